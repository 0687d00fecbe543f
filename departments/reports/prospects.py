"""What is needed of whom over a span of days, as it is known today.

The same rows and the same rule as those of one day (`departments.counting`), told for each stretch
of days in which none of the rows begins or ends.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain, pairwise

from departments.counting import Asks, Given, needs_on
from departments.readiness import Need, Period
from departments.reports.rows import Colleague
from departments.reports.workforce import Workforce

A_DAY = timedelta(days=1)


class Span:
    """Of the rows of a department's people, what its part at `scope` needs of them, day by day.

    `workforce` was loaded for at least these days; only the `modules` are looked at.
    """

    def __init__(
        self, workforce: Workforce, scope: str, days: Period, modules: Collection[int]
    ) -> None:
        self._workforce = workforce
        self._scope = scope
        self._first, self._last = days.starts_on or date.min, days.ends_on or date.max
        self._asks = [ask for ask in workforce.asks if ask.module_id in modules]
        self._asks_on: dict[date, Asks] = {}
        self._modules = modules

    def needs(self) -> Iterator[tuple[int, int, tuple[Need, ...]]]:
        """A person, a module, and a need for each stretch in which she counts here for it."""
        for each in self._workforce.colleagues:
            given = self._workforce.given.get(each.person_id, {})
            own = {module: given[module] for module in self._modules if module in given}
            for module, needs in self._needs_of(each, own).items():
                yield each.person_id, module, tuple(needs)

    def _needs_of(
        self, colleague: Colleague, given: Mapping[int, Given]
    ) -> Mapping[int, Sequence[Need]]:
        found = defaultdict[int, list[Need]](list)
        starts = self._starts(colleague, given.values())
        for start, following in pairwise([*starts, self._last + A_DAY]):
            asks = self._asks_of(start)
            needed = needs_on(start, colleague.places, colleague.joined_on, asks, given)
            for module, each in needed.items():
                if each.place.path.startswith(self._scope):
                    found[module].append(_within(each.need, start, following - A_DAY))
        return found

    def _starts(self, colleague: Colleague, given: Iterable[Given]) -> list[date]:
        periods = [place.period for place in colleague.places]
        periods += [place.leave for place in colleague.places if place.leave]
        for each in given:
            periods += [waiver.period for waiver in each.waivers]
            periods += [Period(each.assigned.starts_on, None)] if each.assigned else []
        asked = {ask.starts_on for ask in self._asks if ask.starts_on}
        turns = {*asked, *chain.from_iterable(map(_turns, periods))}
        return [self._first, *sorted(day for day in turns if self._first < day <= self._last)]

    def _asks_of(self, day: date) -> Asks:
        if day not in self._asks_on:
            self._asks_on[day] = Asks(self._asks, day)
        return self._asks_on[day]


def _turns(period: Period) -> Iterator[date]:
    """The days on which something begins to hold, and holds no longer."""
    if period.starts_on:
        yield period.starts_on
    if period.ends_on:
        yield period.ends_on + A_DAY


def _within(need: Need, start: date, end: date) -> Need:
    """The same within a stretch: days that are over would only tell apart who stands alike."""
    leave, until = need.leave, need.joiner_until
    return replace(
        need,
        membership=Period(start, end),
        leave=leave if leave and (leave.ends_on or end) >= start else None,
        exempt_because="",
        joiner_until=until if until and until >= start else None,
        is_assigned=False,
    )
