"""Changes of briefs that are scheduled, as they will reach modules when they go live."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Revision

from departments.readiness import ChangeEvent
from knowledge.changes import FactChange, FactText, fact_changes, from_json
from knowledge.models import BriefPage, Change, ChangePlan, ModulePage
from knowledge.reports import plan_for
from quizzes import checking
from quizzes.checking import Missed, Step
from quizzes.days import organisation_day
from quizzes.reports import Versions, changes_of, fact_keys_by_module

FACT_FIELDS = ("key", "title", "kind", "statement", "limits", "proof")


@dataclass(frozen=True, slots=True)
class ScheduledChange:
    """What a brief's next version will ask, from which day, and until when there is grace.

    `keys` are the changed facts for which each module's questions ask.
    """

    brief_id: int
    title: str
    version: int
    kind: str
    goes_live_on: date
    until: date
    before: tuple[FactText, ...]
    now: tuple[FactText, ...]
    keys: Mapping[int, frozenset[str]]


def scheduled_changes(*, on: date) -> list[ScheduledChange]:
    """Those that will ask somebody something, in the order in which they go live.

    One query where nothing is scheduled; else three for each brief.
    """
    briefs = ContentType.objects.get_for_model(BriefPage)
    revisions = Revision.objects.filter(content_type=briefs, approved_go_live_at__isnull=False)
    found = (_scheduled(revision, on) for revision in revisions.order_by("approved_go_live_at"))
    return [one for one in found if one]


def changes_ahead(scheduled: Iterable[ScheduledChange], module: int) -> list[ChangeEvent]:
    """The steps that these will be for a module; three queries where there are any."""
    reaching = [one for one in scheduled if one.keys.get(module)]
    if not reaching:
        return []
    missed, now = _before(module, reaching)
    events = []
    for number, one in enumerate(reaching, start=1):
        now[one.brief_id] = one.now
        # Numbers that no change has yet.
        key = -number
        missed.append((key, Missed(one.brief_id, one.before, one.keys[module])))
        step = Step(key, one.until, lifts=_taken_back(missed, now))
        events.append(ChangeEvent(one.goes_live_on, step, version=one.version))
    return events


def _scheduled(revision: Revision, on: date) -> ScheduledChange | None:
    last = Change.objects.filter(brief_id=int(revision.object_id)).newest_first().first()
    if last is None:
        return None
    facts = facts_of(revision)
    changes = fact_changes(last.fact_texts, facts)
    plan = plan_for(last, changes)
    if plan is None or plan.kind == Change.Kind.WORDING:
        return None
    return _asking(revision, last, plan, changes, facts, on)


def facts_of(revision: Revision) -> list[FactText]:
    """As a draft of a brief tells them."""
    return from_json(
        {name: fact.get(name, "") for name in FACT_FIELDS} for fact in revision.content["facts"]
    )


def _asking(
    revision: Revision,
    last: Change,
    plan: ChangePlan,
    changes: Sequence[FactChange],
    facts: Sequence[FactText],
    on: date,
) -> ScheduledChange:
    # What should have gone out already goes out with the next run.
    goes_live_on = max(organisation_day(revision.approved_go_live_at), on)
    asked = fact_keys_by_module([one for one in changes if not one.is_new])
    return ScheduledChange(
        brief_id=last.brief_id,
        title=revision.content["title"],
        version=last.version + 1,
        kind=plan.kind,
        goes_live_on=goes_live_on,
        until=goes_live_on + timedelta(days=plan.grace_days),
        before=tuple(last.fact_texts),
        now=tuple(facts),
        keys={module: frozenset(keys) for module, keys in asked.items()},
    )


type Missing = list[tuple[int, Missed]]


def _before(
    module: int, reaching: Sequence[ScheduledChange]
) -> tuple[Missing, dict[int, Sequence[FactText]]]:
    """The changes that asked for something so far, and what every brief says today."""
    earlier = [one for one in changes_of(ModulePage.objects.get(pk=module)) if one.fact_keys]
    versions = Versions({one.change.brief_id for one in earlier})
    missed: Missing = []
    for one in earlier:
        before = versions.before(one.change)
        facts = tuple(before.fact_texts) if before else ()
        missed.append((one.pk, Missed(one.change.brief_id, facts, frozenset(one.fact_keys))))
    today = {one.brief_id: one.before for one in reaching}
    return missed, {**versions.facts_now, **today}


def _taken_back(missed: Missing, now: Mapping[int, Sequence[FactText]]) -> frozenset[int]:
    """The changes since which nothing differs any more, once the last one has gone live."""
    every = [one for _key, one in missed]
    return frozenset(
        key
        for place, (key, _one) in enumerate(missed[:-1])
        if not checking.still_changed(every[place:], now)
    )
