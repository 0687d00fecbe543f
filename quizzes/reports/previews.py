"""What other settings would do: to made-up people, and to everybody who has passed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any

from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext_lazy as _

from quizzes import memory
from quizzes.memory import Dates, Mark, MemoryRules, Sureness, Trace
from quizzes.models import Card, Question, Standing

# Passes that are reckoned anew while somebody waits for the page.
MOST_RECKONED = 1_000

SURE, FAIRLY, GUESSING = Sureness.SURE, Sureness.FAIRLY_SURE, Sureness.GUESSING
# Any day will do: only what lies between two days is told.
A_DAY = date(2026, 1, 5)


@dataclass(frozen=True, slots=True)
class MadeUp:
    """Somebody who answered ten questions; the first of them must be known where that is told."""

    title: Any
    right: int = 10
    sureness: Sureness = SURE
    must_know: Sureness | None = None
    practises: bool = False

    @property
    def answers(self) -> list[tuple[bool, Sureness, bool]]:
        """Right, how sure, and whether it must be known."""
        found = [(place < self.right, self.sureness, False) for place in range(10)]
        return found if self.must_know is None else [(True, self.must_know, True), *found[1:]]


MADE_UP = (
    MadeUp(_("10 of 10 right, all sure")),
    MadeUp(_("10 of 10 right, all fairly sure"), sureness=FAIRLY),
    MadeUp(_("8 right and sure, 2 wrong"), right=8),
    MadeUp(_("10 of 10 right, but a must-know only guessed"), must_know=GUESSING),
    MadeUp(_("10 of 10 right, and as many again in the first practice"), practises=True),
)


@dataclass(frozen=True, slots=True)
class Lasts:
    """For how many days somebody is ready after her pass; `None` where it is no pass."""

    title: Any
    before: int | None
    after: int | None

    @property
    def is_changed(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Reckoned:
    """Of `n` passes, how many are ready today by the dates that were given, and by dates reckoned
    anew under either rules; `of` is how many there are where only some were reckoned."""

    n: int
    of: int
    given: int
    before: int
    after: int

    @property
    def is_sample(self) -> bool:
        return self.n < self.of


def lasting(before: MemoryRules, after: MemoryRules) -> list[Lasts]:
    return [Lasts(one.title, days_ready(one, before), days_ready(one, after)) for one in MADE_UP]


def days_ready(one: MadeUp, rules: MemoryRules) -> int | None:
    """From the pass until the date, by the rules that move everybody's."""
    marks = [Mark(float(right), must_know) for right, _sureness, must_know in one.answers]
    if not memory.is_pass(marks, rules):
        return None
    traces = [
        memory.review(None, right=right, sureness=sureness, on=A_DAY, must_know=must_know)
        for right, sureness, must_know in one.answers
    ]
    dates = memory.dates_after_pass(traces, on=A_DAY, rules=rules)
    if one.practises:
        dates = practised(traces, dates, rules)
    return (dates.ready_until - A_DAY).days


def practised(traces: Sequence[Trace], earlier: Dates, rules: MemoryRules) -> Dates:
    on = earlier.practice_from
    return memory.dates_after_practice(
        [memory.review(trace, right=True, sureness=SURE, on=on) for trace in traces],
        on=on,
        rules=rules,
        earlier=earlier,
        right=len(traces),
        answered=len(traces),
    )


def reckoned_anew(before: MemoryRules, after: MemoryRules, *, on: date) -> Reckoned:
    """Everybody who has passed; of more than `MOST_RECKONED` passes, every so many. Three queries.

    A date is reckoned as if all that is remembered had been shown on the day of the last answer.
    """
    passed = Standing.objects.filter(passed_on__isnull=False, person__is_active=True)
    of = passed.count()
    every = max(1, ceil(of / MOST_RECKONED))
    sample = passed.annotate(place=F("pk") % every).filter(place=0)
    rows = sample.values_list(
        "person_id", "module_id", "passed_on", "ready_until", "module__valid_days"
    )
    standings: list[tuple[Any, ...]] = list(rows[:MOST_RECKONED])
    traces = traces_of_all(sample)
    anew = [
        [
            is_ready(traces[person, module], passed_on, valid_days, rules, on)
            for person, module, passed_on, _until, valid_days in standings
        ]
        for rules in (before, after)
    ]
    return Reckoned(
        n=len(standings),
        of=of,
        given=sum(until >= on for _person, _module, _passed_on, until, _days in standings),
        before=sum(anew[0]),
        after=sum(anew[1]),
    )


def traces_of_all(standings: Any) -> dict[tuple[int, int], list[Trace]]:
    """What dates rest on, by person and module; see `traces_of`."""
    counted = Question.objects.live().counted().by_heart().filter(pk=OuterRef("question"))
    of_pass = standings.filter(person=OuterRef("person"), module=OuterRef("question__module"))
    cards = Card.objects.filter(Exists(counted), Exists(of_pass))
    rows: Iterable[tuple[Any, ...]] = cards.values_list(
        "person_id",
        "question__module_id",
        "stability",
        "difficulty",
        "reviewed_on",
        "question__is_must_know",
    )
    found: dict[tuple[int, int], list[Trace]] = defaultdict(list)
    for person, module, *trace in rows:
        found[person, module].append(Trace(*trace))
    return found


def is_ready(
    traces: Sequence[Trace], passed_on: date, valid_days: int | None, rules: MemoryRules, on: date
) -> bool:
    last = max([trace.reviewed_on for trace in traces], default=passed_on)
    shown_on = passed_on if valid_days is not None else max(last, passed_on)
    dates = memory.dates_after_pass(traces, on=shown_on, rules=rules, valid_days=valid_days)
    return dates.ready_until >= on
