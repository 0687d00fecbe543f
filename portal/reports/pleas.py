"""What people ask of people: a nudge, time for a module, a week's look at the team."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from departments.models import Headship, Nudge, TimeRequest
from departments.readiness import State
from departments.reports.nudges import TO_DO
from portal.mailing import (
    MailRules,
    Obligation,
    nudged,
    time_answered,
    time_asked,
    week_of_a_head,
)
from quizzes.days import organisation_day

# As long as a nudge or an answer is worth a mail.
FRESH = timedelta(days=15)
A_WEEK = timedelta(days=7)

type States = Mapping[tuple[int, int], State]


def pleas_to(
    people: Sequence[int], on: date, rules: MailRules, states: States
) -> dict[int, list[Obligation]]:
    """By person; `states` tell which of the modules of a nudge still wait for something."""
    found: dict[int, list[Obligation]] = defaultdict(list)
    for person, obligation in (
        *_nudges(people, on, states),
        *_to_heads(people, on, rules),
        *_answers(people, on),
    ):
        found[person].append(obligation)
    return found


def _nudges(people: Sequence[int], on: date, states: States) -> Iterator[tuple[int, Obligation]]:
    nudges = Nudge.objects.filter(person_id__in=people, week__gte=on - FRESH)
    for nudge in nudges.prefetch_related("modules"):
        of_hers = (states.get((nudge.person_id, module.pk)) for module in nudge.modules.all())
        if any(state in TO_DO for state in of_hers):
            yield nudge.person_id, nudged(nudge.pk, organisation_day(nudge.at))


def _to_heads(
    people: Sequence[int], on: date, rules: MailRules
) -> Iterator[tuple[int, Obligation]]:
    headships = Headship.objects.current(on=on).filter(person_id__in=people)
    paths: dict[int, set[str]] = defaultdict(set)
    for person, path in headships.values_list("person_id", "department__path"):
        paths[person].add(path)
    asked = list(TimeRequest.objects.filter(answer="").select_related("department"))
    for person, led in paths.items():
        yield person, week_of_a_head(on, rules)
        # Only foretold: its day is still to come.
        yield person, week_of_a_head(on + A_WEEK, rules)
        for request in asked:
            if request.asked_by_id != person and _is_below(request.department.path, led):
                day = organisation_day(request.asked_at)
                yield person, time_asked(request.pk, day, request.until)


def _is_below(path: str, led: set[str]) -> bool:
    return any(path != above and path.startswith(above) for above in led)


def _answers(people: Sequence[int], on: date) -> Iterator[tuple[int, Obligation]]:
    answered = TimeRequest.objects.exclude(answer="").filter(asked_by_id__in=people)
    for request in answered.filter(answered_at__date__gte=on - FRESH):
        if request.asked_by_id is not None and request.answered_at is not None:
            day = organisation_day(request.answered_at)
            yield request.asked_by_id, time_answered(request.pk, day, request.until)
