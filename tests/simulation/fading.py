"""The first table: after how many days the expected score of a module falls below a line.

`quizzes.memory` counts whole days, and the table has tenths. Recall depends on nothing but days
divided by stability, so with every stability a thousand times as long, a day is a thousandth.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import cast

from fsrs import Card, Rating, Scheduler

from quizzes.memory import Sureness, Trace, module_score, review

LEARNED_ON = date(2026, 1, 5)
LINES = (0.9, 0.8, 0.7)
QUESTIONS = 10
GRAIN = 1000
SEARCHED_DAYS = 2000


@dataclass(frozen=True, slots=True)
class Fading:
    """A row: what was published for the three lines (empty where nothing was), and what we get."""

    situation: str
    published: tuple[str, str, str]
    ours: tuple[float, float, float]

    @property
    def agrees(self) -> bool:
        return all(map(is_rounded_to, self.ours, self.published))


def is_rounded_to(days: float, published: str) -> bool:
    """Whether the published figure is this one, to as many places as it was given."""
    if published.startswith(">"):
        return days > float(published[1:])
    decimals = len(published.partition(".")[2])
    return not published or abs(days - float(published)) <= 0.5 / 10**decimals


def fading_table() -> Iterator[Fading]:
    good, bad = answered(None, 0), answered(None, 0, right=False)
    on_day_3, on_day_7 = answered(good, 3), answered(good, 7)
    yield row("10 of 10 right", ("2.3", "7.6", "21"), [good])
    for wrong, published in ((1, ("", "6.0", "17")), (2, ("", "4.6", "14"))):
        traces = [good] * (QUESTIONS - wrong) + [bad] * wrong
        yield row(f"{QUESTIONS - wrong} right, {wrong} wrong", published, traces)
    yield row("Wrong, right ten minutes later: fsrs", ("0.2", "0.8", ""), [ten_minutes_later()])
    yield row("Wrong, right later that day: ours", ("", "", ""), [answered(bad, 0)])
    yield row("Right twice on the same day", ("2.3", "7.6", "21"), [answered(good, 0)])
    yield row("One practice on day 3", ("14", "46", "128"), [on_day_3])
    yield row("One practice on day 7", ("21", "71", "199"), [on_day_7])
    yield row("Third success, each when below 80 %", ("", ">500", ""), [third_success(good)])


def row(situation: str, published: tuple[str, str, str], traces: Sequence[Trace]) -> Fading:
    at_90, at_80, at_70 = (days_until_below(line, traces) for line in LINES)
    return Fading(situation, published, (at_90, at_80, at_70))


def days_until_below(line: float, traces: Sequence[Trace]) -> float:
    """Counted from the last answer."""
    on = max(trace.reviewed_on for trace in traces)
    drawn_out = [replace(trace, stability=trace.stability * GRAIN) for trace in traces]

    def is_below(grains: int) -> bool:
        return (module_score(drawn_out, on + timedelta(days=grains)) or 0) < line

    return bisect_left(range(SEARCHED_DAYS * GRAIN), x=True, key=is_below) / GRAIN


def answered(trace: Trace | None, day: int, *, right: bool = True) -> Trace:
    on = LEARNED_ON + timedelta(days=day)
    return review(trace, right=right, sureness=Sureness.SURE, on=on)


def ten_minutes_later() -> Trace:
    """By the scheduler itself, because `review` knows no second answer on a day, by design."""
    scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    first = datetime.combine(LEARNED_ON, time(12), tzinfo=UTC)
    card, _log = scheduler.review_card(Card(card_id=0, due=first), Rating.Again, first)
    card, _log = scheduler.review_card(card, Rating.Good, first + timedelta(minutes=10))
    return Trace(cast("float", card.stability), cast("float", card.difficulty), LEARNED_ON)


def third_success(first: Trace) -> Trace:
    """Right whenever it is asked, on the first whole day on which recall is below 80 %."""
    trace = first
    for _again in range(2):
        waited = -int(-days_until_below(0.8, [trace]) // 1)
        trace = answered(trace, (trace.reviewed_on - LEARNED_ON).days + waited)
    return trace
