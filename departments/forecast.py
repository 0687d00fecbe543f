"""How many people will be ready for a module, day by day: a band, and never one line.

**Guarantee.** The lower edge is what happens if nobody practises, checks or passes anything: it is
the rule of `departments.readiness`, told for each of the days with what is known today. Move the
clock to one of these days while nobody does anything, and the figures are the same. The upper edge
is never below the lower one, never above the people who are needed, and both begin at today's
figure.

**What is known today.** Each person's dates; who joins, leaves, is away, exempt or new until when;
from when a module is asked; and changes that are scheduled, each with the day on which it goes live
and the last day of its grace. Such a change cuts the date of everybody who proved the module, just
as it will when it comes: until then she is *Ready*, within the grace *Ready (previous version)*,
then she has a change to check. A change that is held on its day moves the cliff.

**The upper edge.** To those who are ready anyhow it adds the rate's share, rounded to whole people
(half a person up), of those who are *asked*: their own memory still holds today, and by that day a
last ready day of theirs, or the grace of a scheduled change, will have gone by. Whoever answers
once goes on answering; who has lapsed before today, or never passed, isn't expected. The rate is
`departments.pace`'s; where it is unknown, the upper edge is that all answer.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass
from datetime import date, timedelta
from functools import reduce

from departments.pace import Rate
from departments.readiness import ChangeEvent, Need, Proof, Readiness, Tally, state_on, tally

DAYS = 90
A_DAY = timedelta(days=1)
# Of a tally, and how many are asked.
NO_FIGURES = (0, 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Prospect:
    """One person and one module: what she has shown, and a need for each stretch of days.

    Stretches have no day in common; on days between them nobody needs it of her.
    """

    needs: tuple[Need, ...]
    proof: Proof


@dataclass(frozen=True, slots=True)
class Outlook:
    """The figures from a day on: `tally` if nobody does anything, and how many are asked."""

    on: date
    tally: Tally
    asked: int
    most: int

    @property
    def least(self) -> int:
        return self.tally.ready


@dataclass(frozen=True, slots=True)
class Forecast:
    """The days from `on` to `until`, as the days on which a figure moves; the first is `on`.

    `reached` is how many the first of the changes will ask.
    """

    on: date
    until: date
    rate: Rate
    steps: tuple[Outlook, ...]
    reached: int = 0

    def at(self, day: date) -> Outlook:
        return [step for step in self.steps if step.on <= day][-1]

    @property
    def today(self) -> Outlook:
        return self.steps[0]

    @property
    def cliff(self) -> Outlook | None:
        """The first day with the deepest fall of the lower edge; `None` where nothing falls."""
        falls = [
            (before.least - after.least, after)
            for before, after in zip(self.steps, self.steps[1:], strict=False)
        ]
        deepest = max((fall for fall, _after in falls), default=0)
        return (
            next((after for fall, after in falls if fall == deepest), None) if deepest > 0 else None
        )


def forecast(
    prospects: Iterable[Prospect],
    changes: Sequence[ChangeEvent],
    *,
    on: date,
    rate: Rate,
    days: int = DAYS,
) -> Forecast:
    """`changes` are those that will reach the module, on the day of each and in their order."""
    until = on + timedelta(days=days)
    moves = defaultdict[date, list[int]](lambda: [*NO_FIGURES])
    alike = Counter(prospects)
    for prospect, people in alike.items():
        before: tuple[int, ...] = NO_FIGURES
        for day in _turning_days(prospect, changes, on, until):
            now = _figures(day, prospect, changes, on)
            for place, (new, old) in enumerate(zip(now, before, strict=True)):
                moves[day][place] += people * (new - old)
            before = now
    reached = sum(people for each, people in alike.items() if _is_reached(each, changes))
    return Forecast(on, until, rate, tuple(_steps(moves, on, rate)), reached)


def state_ahead(day: date, prospect: Prospect, changes: Iterable[ChangeEvent]) -> Readiness | None:
    """How she will stand that day if she does nothing; `None` where nobody needs it of her."""
    proof = _proof_ahead(day, prospect.proof, changes)
    found = (state_on(day, need, proof) for need in prospect.needs)
    return next((readiness for readiness in found if readiness is not None), None)


def is_asked(day: date, proof: Proof, changes: Sequence[ChangeEvent], on: date) -> bool:
    """Whether a day by which she is asked for something lies between today and that day."""
    if proof.own is None or proof.own.ready_until < on:
        return False
    return any(on <= end < day for end in _deadlines(proof, changes))


def _proof_ahead(day: date, proof: Proof, changes: Iterable[ChangeEvent]) -> Proof:
    live = (change for change in changes if change.recorded_on <= day)
    return reduce(lambda before, change: change.after(before), live, proof)


def _figures(
    day: date, prospect: Prospect, changes: Sequence[ChangeEvent], on: date
) -> tuple[int, ...]:
    """The tally of one person, and whether she is asked without being ready."""
    found = state_ahead(day, prospect, changes)
    if found is None:
        return NO_FIGURES
    is_open = found.state.is_counted and not found.state.is_ready
    asked = is_open and is_asked(day, prospect.proof, changes, on)
    return (*astuple(tally([found.state])), int(asked))


def _is_reached(prospect: Prospect, changes: Sequence[ChangeEvent]) -> bool:
    for change in changes[:1]:
        found = state_ahead(change.recorded_on, prospect, changes)
        return bool(found and found.state.is_counted and prospect.proof.own)
    return False


def _deadlines(proof: Proof, changes: Sequence[ChangeEvent]) -> Iterator[date]:
    for change in (None, *changes):
        proof = change.after(proof) if change else proof
        if proof.ready_until:
            yield proof.ready_until
        if change and change.step.asks and proof.is_unchecked:
            yield change.step.until


def _turning_days(
    prospect: Prospect, changes: Sequence[ChangeEvent], on: date, until: date
) -> list[date]:
    """The days on which her state can be another than the day before; the first is today."""
    days = {on, *(change.recorded_on for change in changes)}
    ends = {change.step.until for change in changes}
    for need in prospect.needs:
        for period in filter(None, (need.membership, need.leave, need.exempt)):
            days |= {period.starts_on} if period.starts_on else set()
            ends |= {period.ends_on} if period.ends_on else set()
        ends |= {need.joiner_until} if need.joiner_until else set()
    ends |= {end for end in (prospect.proof.ready_until, prospect.proof.own_ready_until) if end}
    days |= {end + A_DAY for end in ends if end < until}
    return sorted(day for day in days if on <= day <= until)


def _steps(moves: dict[date, list[int]], on: date, rate: Rate) -> Iterator[Outlook]:
    """The days on which a figure moves, with the figures from then on."""
    now, told = [*NO_FIGURES], None
    for day in sorted({on, *moves}):
        now = [figure + move for figure, move in zip(now, moves[day], strict=True)]
        if now != told:
            figures, asked = Tally(*now[:4]), now[4]
            yield Outlook(day, figures, asked, figures.ready + rate.of(asked))
        told = now
