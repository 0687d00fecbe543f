"""How long one person is ready on one module, and when to practise.

**Guarantee.** A person who does what is asked never loses a day: a pass gives at least
`floor_days`, and practice with enough right answers never brings the date forward; only a must-know
question can. Nobody gains by cramming: only the first answer to a question on a day counts, and
a second pass on the same day moves nothing. Nobody is called ready for longer than `cap_days` after
the last pass or practice. All else equal, turning a wrong answer into a right and sure one never
lowers the date.

**Traces.** A `Trace` is what FSRS-6 keeps of one person's memory of one question: its stability in
days (after that long, recall has fallen to 90 %), its difficulty from 1 to 10, and the day of the
last answer that counted. Callers hand over the traces of the module's live *by heart* questions
that the person has answered; a retired question is left out, and with it its part in everything
below. Answers become FSRS ratings:

====================  ======
wrong                 Again
right, guessing       Again   (a lucky guess is not recall)
right, fairly sure    Hard
right, sure           Good
====================  ======

**Score.** The expected recall of a trace, `t` whole days after its last answer, is
`R = (1 + F·t/(m·S))^(-d)` with `d = 0.1542`, `F = 0.9^(-1/d) - 1` and `m` the organisation's
`stretch`, which is 1 until its own answers have shown that people remember longer. The score of a
module is the mean over its traces. It only falls as days go by, so bisection finds the last day at
or above a line.

**Dates.** All dates are days of the organisation's calendar; "ready until" includes its day.

1. The *model date* is the last day on which the score is at or above `keep_line`, looking no
   further than `cap_days` ahead; it is yesterday where the score is below the line today.
2. The *must-know date* is the last day on which each answered must-know question, taken alone, is
   at or above `keep_line`.
3. After a pass: the latest of the model date, today + `floor_days` and the earlier date, but never
   later than the must-know date. Without any trace (a module of look-up questions only) there is no
   model date.
4. After practice with at least `practice_share` right: as after a pass. With fewer right: the model
   date, but never later than the earlier date or the must-know date. Practice that went badly
   must not call anybody ready who wasn't.
5. After an attempt that was no pass: the earlier date, but never later than the must-know date.
6. Where 3 to 5 lead to a day before today, the person has lapsed. Who was ready until now lapses as
   of yesterday; who had lapsed before keeps the day on which that happened.
7. Where a module sets a fixed validity, a pass gives today + `valid_days`, and nothing but the next
   pass moves it, must-know or not.
8. Practice is offered from the first day on which the score is below `fresh_line`, but not before
   today + `first_practice_days`, and always by the last ready day.

**Source.** FSRS-6 with its default parameters, from the package `fsrs`, which counts whole elapsed
days. It is fed each calendar date at 12:00 UTC with fuzzing off, so that answers on neighbouring
dates are always one day apart. The defaults come from users of flash cards: a date is an estimate.
"""

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from fractions import Fraction
from math import ceil
from statistics import fmean
from typing import cast

from fsrs import Card, Rating, Scheduler, State

from knowledge.workdays import workday_within

_SCHEDULER = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
# The last of the 21 default parameters of FSRS-6, and what follows from it.
_DECAY = _SCHEDULER.parameters[20]
_FACTOR = 0.9 ** (-1 / _DECAY) - 1


# A date is near in its last fortnight, the day itself included.
DUE_WITHIN = timedelta(days=13)


class Sureness(StrEnum):
    GUESSING = "guessing"
    FAIRLY_SURE = "fairly-sure"
    SURE = "sure"


_RATING_WHEN_RIGHT = {
    Sureness.GUESSING: Rating.Again,
    Sureness.FAIRLY_SURE: Rating.Hard,
    Sureness.SURE: Rating.Good,
}


@dataclass(frozen=True, slots=True)
class MemoryRules:
    """The organisation's lines and limits; shares from 0 to 1, the rest in days."""

    pass_mark: float = 0.80
    keep_line: float = 0.70
    floor_days: int = 14
    cap_days: int = 180
    fresh_line: float = 0.90
    first_practice_days: int = 3
    practice_share: float = 0.60
    stretch: float = 1.0


@dataclass(frozen=True, slots=True)
class Trace:
    """One person's memory of one question, as of her last answer that counted."""

    stability: float
    difficulty: float
    reviewed_on: date
    must_know: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """How one drawn question of an attempt was answered: from 0 to 1, `None` is unanswered."""

    mark: float | None
    must_know: bool = False

    @property
    def is_whole(self) -> bool:
        return self.mark == 1


@dataclass(frozen=True, slots=True)
class Dates:
    """The last ready day, and the first day on which practice is offered."""

    ready_until: date
    practice_from: date


def review(
    trace: Trace | None,
    *,
    right: bool,
    sureness: Sureness,
    on: date,
    must_know: bool = False,
) -> Trace:
    """The trace after an answer given on `on`; `trace` is `None` for the first answer ever.

    A second answer on the same day returns the trace as it was. `must_know` speaks for a first
    answer; an existing trace keeps its own flag.
    """
    rating = _RATING_WHEN_RIGHT[sureness] if right else Rating.Again
    if trace is None:
        return _rated(Card(card_id=0, due=_noon(on)), rating, on=on, must_know=must_know)
    if on <= trace.reviewed_on:
        return trace
    return _rated(_card(trace), rating, on=on, must_know=trace.must_know)


def recall(trace: Trace, on: date, stretch: float = 1.0) -> float:
    """The expected share of right answers on that day, from 0 to 1."""
    days = max(0, (on - trace.reviewed_on).days)
    return float((1 + _FACTOR * days / (trace.stability * stretch)) ** -_DECAY)


def module_score(traces: Collection[Trace], on: date, stretch: float = 1.0) -> float | None:
    """The mean expected recall on that day; `None` where nothing was answered."""
    return fmean(recall(trace, on, stretch) for trace in traces) if traces else None


def needed_to_pass(count: int, pass_mark: float) -> int:
    """How many of `count` questions must be right: 5 of 6 at 80 %."""
    # The mark is a decimal that a person typed: 0.07 of 100 is 7, in floats a hair more.
    return ceil(Fraction(pass_mark).limit_denominator(10_000) * count)


def is_pass(marks: Sequence[Mark], rules: MemoryRules) -> bool:
    """Enough of the drawn questions, and every must-know among them; unanswered is not right.

    Parts of answers add up: two halves are one. A must-know has to be whole.
    """
    is_safe = all(mark.is_whole for mark in marks if mark.must_know)
    return bool(marks) and is_safe and total(marks) >= needed_to_pass(len(marks), rules.pass_mark)


def total(marks: Iterable[Mark]) -> Fraction:
    """The sum of the marks. Thirds add up to one, which they don't in floats."""
    return sum(
        (Fraction(mark.mark or 0).limit_denominator(1000) for mark in marks), start=Fraction()
    )


def dates_after_pass(
    traces: Collection[Trace],
    *,
    on: date,
    rules: MemoryRules,
    earlier: Dates | None = None,
    passed_on: date | None = None,
    valid_days: int | None = None,
) -> Dates:
    """The dates after a pass; `traces` include its answers, `passed_on` is the pass before."""
    if earlier is not None and passed_on == on:
        return earlier
    if valid_days is not None:
        return _dates(traces, on + timedelta(days=valid_days), on=on, rules=rules)
    until = _settled(_most_granted(traces, on, rules, earlier), on, earlier)
    return _dates(traces, until, on=on, rules=rules)


def dates_after_practice(
    traces: Collection[Trace],
    *,
    on: date,
    rules: MemoryRules,
    earlier: Dates,
    right: int,
    answered: int,
    valid_days: int | None = None,
) -> Dates:
    """The dates after practice, for someone who has passed before.

    `answered` counts the session's answers that were the first to their question that day, `right`
    the right ones among them; where there are none, nothing moves.
    """
    if not traces or not answered:
        return earlier
    if valid_days is not None:
        return _dates(traces, earlier.ready_until, on=on, rules=rules)
    if right >= needed_to_pass(answered, rules.practice_share):
        until = _most_granted(traces, on, rules, earlier)
    else:
        model_date, must_know_date = (
            _model_date(traces, on, rules),
            _must_know_date(traces, on, rules),
        )
        until = min(model_date, must_know_date, earlier.ready_until)
    return _dates(traces, _settled(until, on, earlier), on=on, rules=rules)


def dates_after_not_yet(
    traces: Collection[Trace],
    *,
    on: date,
    rules: MemoryRules,
    earlier: Dates,
    valid_days: int | None = None,
) -> Dates:
    """The dates after an attempt that was no pass, for someone who has passed before."""
    if valid_days is not None or not any(trace.must_know for trace in traces):
        return earlier
    until = min(earlier.ready_until, _must_know_date(traces, on, rules))
    return Dates(ready_until=until, practice_from=min(earlier.practice_from, until))


def practice_due_on(ready_until: date, practice_from: date | None) -> date:
    """The first day on which two minutes are worth asking for, in the fortnight before the date.

    Nobody is asked on a day off: a weekend waits until Monday, or is asked on the Friday before
    where the date comes first.
    """
    return workday_within(
        max(ready_until - DUE_WITHIN, practice_from or ready_until), last=ready_until
    )


def weakest[K](traces: Mapping[K, Trace | None], on: date, count: int = 5) -> list[K]:
    """What to practise: unanswered (`None`) first, then lowest recall; ties keep their order."""

    def strength(key: K) -> float:
        trace = traces[key]
        return -1.0 if trace is None else recall(trace, on)

    return sorted(traces, key=strength)[:count]


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=UTC)


def _card(trace: Trace) -> Card:
    # A Card that is given no id sleeps for a millisecond to make one.
    return Card(
        card_id=0,
        state=State.Review,
        stability=trace.stability,
        difficulty=trace.difficulty,
        due=_noon(trace.reviewed_on),
        last_review=_noon(trace.reviewed_on),
    )


def _rated(card: Card, rating: Rating, *, on: date, must_know: bool) -> Trace:
    reviewed, _log = _SCHEDULER.review_card(card, rating, _noon(on))
    # Both are optional in the package's types, and always set once a card is reviewed.
    return Trace(
        stability=cast("float", reviewed.stability),
        difficulty=cast("float", reviewed.difficulty),
        reviewed_on=on,
        must_know=must_know,
    )


def _last_day(holds: Callable[[date], bool], on: date, within: int) -> date:
    """The last day from `on` to `on + within` on which it holds, else the day before `on`.

    What is lost must stay lost, or bisection finds nothing of meaning.
    """

    def is_lost(days: int) -> bool:
        return not holds(on + timedelta(days=days))

    return on + timedelta(days=bisect_left(range(within + 1), x=True, key=is_lost) - 1)


def _last_day_at(line: float, traces: Collection[Trace], on: date, rules: MemoryRules) -> date:
    def is_at_or_above(day: date) -> bool:
        score = module_score(traces, day, rules.stretch)
        return score is not None and score >= line

    return _last_day(is_at_or_above, on, rules.cap_days)


def _model_date(traces: Collection[Trace], on: date, rules: MemoryRules) -> date:
    return _last_day_at(rules.keep_line, traces, on, rules)


def _must_know_date(traces: Collection[Trace], on: date, rules: MemoryRules) -> date:
    """Without any must-know this is the cap, which therefore binds every date that passes here."""
    must_knows = [trace for trace in traces if trace.must_know]

    def are_kept(day: date) -> bool:
        return all(recall(trace, day, rules.stretch) >= rules.keep_line for trace in must_knows)

    return _last_day(are_kept, on, rules.cap_days)


def _most_granted(
    traces: Collection[Trace], on: date, rules: MemoryRules, earlier: Dates | None
) -> date:
    candidates = [_model_date(traces, on, rules), on + timedelta(days=rules.floor_days)]
    if earlier is not None:
        candidates.append(earlier.ready_until)
    return min(max(candidates), _must_know_date(traces, on, rules))


def _settled(until: date, on: date, earlier: Dates | None) -> date:
    """A person found to have lapsed does so as of yesterday, or keeps the day she lapsed before."""
    if until >= on or earlier is None:
        return until
    return min(until, earlier.ready_until)


def _dates(traces: Collection[Trace], until: date, *, on: date, rules: MemoryRules) -> Dates:
    return Dates(ready_until=until, practice_from=min(_practice_from(traces, on, rules), until))


def _practice_from(traces: Collection[Trace], on: date, rules: MemoryRules) -> date:
    if not traces:
        return date.max
    fresh_until = _last_day_at(rules.fresh_line, traces, on, rules)
    return max(
        on + timedelta(days=rules.first_practice_days),
        fresh_until + timedelta(days=1),
    )
