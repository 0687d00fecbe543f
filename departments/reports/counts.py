"""Departments and modules counted from the rows themselves, from a day on, with nothing kept.

This is what is counted beforehand. It asks the rules that every page asks: who counts where
(`departments.counting`), and how she stands (`departments.readiness`), for each stretch of days in
which nothing of it moves. What is known today is taken to hold: what somebody takes back later
moves the figures when she does.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby, pairwise
from operator import itemgetter

from departments.counting import Ask, Asks, Given, Place, needs_on
from departments.models import Membership, Requirement
from departments.models.periods import overlapping
from departments.readiness import Need, Period
from departments.reports.asked import ask_of
from departments.reports.given_rows import ByPerson, given_to
from departments.reports.rows import Colleague, Proved, proof_of
from departments.reports.workforce import (
    BY_NAME,
    DEPARTMENT,
    PERSON,
    WORKS,
    colleague_of,
    proved_by,
)
from departments.steps import FOR_GOOD, Steps, added, steps_of

A_DAY = timedelta(days=1)
PEOPLE_AT_ONCE = 2_000

# Of a department and a module: for each level, its steps.
type Counts = dict[tuple[int, int], dict[str, Steps]]
type Stretch = tuple[date, date]


class Counting:
    """People alike are many: each kind of them is asked once how it will stand."""

    def __init__(self, asks: Sequence[Ask], departments: Collection[int], since: date) -> None:
        later = {ask.starts_on for ask in asks if ask.starts_on and ask.starts_on > since}
        self._asks = {day: Asks(asks, day) for day in sorted({since, *later})}
        self._longest = max((ask.joiner_days for ask in asks), default=0)
        self._departments = frozenset(departments)
        self._since = since
        self._needs: dict[Need, int] = {}
        self._alike: dict[tuple[object, ...], list[tuple[tuple[int, int, str], int]]] = {}
        self._found: dict[tuple[int, int, str], Counter[tuple[int, Proved | None]]] = defaultdict(
            Counter
        )

    def add(
        self, person: Colleague, given: Mapping[int, Given], proved: Mapping[int, Proved]
    ) -> None:
        for place, need in self._needed(person, given):
            self._found[place][need, proved.get(place[1])] += 1

    def counts(self) -> Counts:
        needs = list(self._needs)
        known: dict[tuple[int, Proved | None], Steps] = {}
        counts: Counts = defaultdict(dict)
        for (department, module, level), kinds in self._found.items():
            for need, proved in kinds.keys() - known.keys():
                known[need, proved] = steps_of(needs[need], proof_of(proved), self._since)
            parts = ((known[kind], people) for kind, people in kinds.items())
            counts[department, module][level] = added(parts, self._since)
        return counts

    def _needed(
        self, person: Colleague, given: Mapping[int, Given]
    ) -> Iterable[tuple[tuple[int, int, str], int]]:
        """Department, module and level, and a number for what is needed of her there."""
        if given or not self._is_plain(person):
            return self._worked_out(person, given)
        place = person.places[0]
        key = (place.department_id, place.level, place.title, place.period.ends_on)
        if key not in self._alike:
            self._alike[key] = list(self._worked_out(person, given))
        return self._alike[key]

    def _is_plain(self, person: Colleague) -> bool:
        """Neither new, nor away, nor in two places, nor still to come."""
        place, days_here = person.places[0], (self._since - person.joined_on).days
        has_begun = place.period.starts_on is None or place.period.starts_on <= self._since
        is_alone = len(person.places) == 1 and has_begun
        return is_alone and place.leave is None and days_here >= self._longest

    def _worked_out(
        self, person: Colleague, given: Mapping[int, Given]
    ) -> Iterator[tuple[tuple[int, int, str], int]]:
        for first, last in self._stretches(person.places, given):
            asks = self._asks[max(day for day in self._asks if day <= first)]
            needed = needs_on(first, person.places, person.joined_on, asks, given)
            for module, found in needed.items():
                place = found.place
                if place.department_id in self._departments:
                    need = plain(found.need, (first, last), self._since)
                    number = self._needs.setdefault(need, len(self._needs))
                    yield (place.department_id, module, place.level), number

    def _stretches(self, places: Iterable[Place], given: Mapping[int, Given]) -> Iterator[Stretch]:
        """From the first day to the last, both included, where nothing begins or ends."""
        turns = set(self._asks)
        for period in periods_of(places, given):
            turns |= {period.starts_on} if period.starts_on else set()
            turns |= {period.ends_on + A_DAY} if has_end(period) and period.ends_on else set()
        starts = [self._since, *sorted(day for day in turns if day > self._since)]
        for start, following in pairwise([*starts, FOR_GOOD]):
            yield start, FOR_GOOD if following == FOR_GOOD else following - A_DAY


def counts_of(departments: Collection[int], modules: Collection[int], *, since: date) -> Counts:
    """Of those who count in exactly these departments; three queries for each 2,000 people."""
    requirements = Requirement.objects.filter(module__in=modules).select_related("department")
    counting = Counting([ask_of(each) for each in requirements], departments, since)
    days = Period(since, FOR_GOOD)
    people = sorted(people_of(departments, days))
    for start in range(0, len(people), PEOPLE_AT_ONCE):
        some = people[start : start + PEOPLE_AT_ONCE]
        proved, given = proved_by(some, list(modules)), _given(some, modules, days)
        for person in colleagues(some, days):
            pk = person.person_id
            counting.add(person, given.get(pk, {}), proved.get(pk, {}))
    return counting.counts()


def _given(people: Sequence[int], modules: Collection[int], days: Period) -> ByPerson[Given]:
    return {
        person: {module: each for module, each in found.items() if module in modules}
        for person, found in given_to(people, days).items()
    }


def people_of(departments: Collection[int], days: Period) -> set[int]:
    members = Membership.objects.filter(
        overlapping(days), department__in=departments, person__is_active=True
    )
    return set(members.values_list("person_id", flat=True))


def colleagues(people: Sequence[int], days: Period) -> Iterator[Colleague]:
    rows = Membership.objects.filter(person_id__in=people).order_by(*BY_NAME)
    told = rows.values_list(*PERSON, *DEPARTMENT, *WORKS)
    for _pk, group in groupby(told, key=itemgetter(0)):
        yield colleague_of(list(group), days)


def periods_of(places: Iterable[Place], given: Mapping[int, Given]) -> Iterator[Period]:
    for place in places:
        yield place.period
        if place.leave:
            yield place.leave
    for each in given.values():
        yield from (waiver.period for waiver in each.waivers)
        if each.assigned:
            yield Period(each.assigned.starts_on)


def has_end(period: Period) -> bool:
    return period.ends_on is not None and period.ends_on < FOR_GOOD


def plain(need: Need, stretch: Stretch, since: date) -> Need:
    """The same need within a stretch; days that are over would tell apart who stands alike."""
    first, last = stretch
    leave, until = need.leave, need.joiner_until
    return replace(
        need,
        membership=Period(None if first <= since else first, None if last == FOR_GOOD else last),
        leave=leave if leave and (leave.ends_on or FOR_GOOD) >= since else None,
        exempt_because="",
        joiner_until=until if until and until >= since else None,
        is_assigned=False,
    )
