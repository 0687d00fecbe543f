"""Who is asked for which module, and in which of her departments she counts for it.

**Guarantee.** Whoever is asked for a module by any of her departments counts for it once in the
organisation. So the figures of the parts of a department sum to its own, whoever works where.

**Asked.** In each department where she works, the nearest requirement at or above it that asks her
binds: one that has begun, and names no levels and no job titles, or hers among them. A nearer one
that doesn't ask her leaves the word to the next one above it.

**Counted.** The first that holds:

1. In her home department, where a requirement asks her there. Of two homes, for a while, the older.
2. In the oldest of her other departments, by their keys, where one asks her.
3. At home, where nothing but an assignment asks her.

**Not counted yet.** A joiner until the end of the days that the requirement gives her. Whoever is
asked by an assignment alone, until its day. More time that was given meanwhile moves that day, and
otherwise only the due day: time that was given to somebody who counts takes her out of no count.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from departments.readiness import Need, Period, Readiness, Reason, State


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody works on a day; `path` is the department's place in the tree of that day."""

    department_id: int
    department: str
    path: str
    title: str
    level: str
    is_home: bool
    period: Period
    leave: Period | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """What the department at `path` asks of its people, and of those below it."""

    module_id: int
    path: str
    due_on: date | None
    joiner_days: int
    levels: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    starts_on: date | None = None

    def has_begun(self, on: date) -> bool:
        return self.starts_on is None or self.starts_on <= on

    def asks(self, level: str, title: str) -> bool:
        """`title` as `plain_title` writes it."""
        is_of_level = not self.levels or level in self.levels
        return is_of_level and (not self.titles or title in self.titles)

    def joiner_until(self, joined_on: date) -> date:
        """The last day on which somebody who joined on that day is not counted yet."""
        return joined_on + timedelta(days=self.joiner_days - 1)


@dataclass(frozen=True, slots=True)
class Waiver:
    period: Period
    because: str


@dataclass(frozen=True, slots=True)
class MoreTime:
    given_on: date
    until: date


@dataclass(slots=True)
class Given:
    """What one person was given for one module; more time in the order in which it was given."""

    waivers: list[Waiver] = field(default_factory=list)
    assigned: Period | None = None
    more_time: list[MoreTime] = field(default_factory=list)

    def assigned_until(self, on: date) -> date | None:
        """The day by which she has to be ready, where it is asked of her already."""
        has_begun = self.assigned and (self.assigned.starts_on or on) <= on
        return self.assigned.ends_on if self.assigned and has_begun else None

    def waiver_on(self, day: date) -> Waiver | None:
        return next((each for each in self.waivers if each.period.contains(day)), None)


@dataclass(frozen=True, slots=True)
class Counted:
    """Where somebody counts for a module, and what asks her; nothing but an assignment is none."""

    place: Place
    ask: Ask | None


@dataclass(frozen=True, slots=True)
class Needed:
    """Where somebody counts for a module on a day, what is needed of her, and by when."""

    place: Place
    need: Need
    due_on: date | None


def plain_title(title: str) -> str:
    """However it is written."""
    return " ".join(title.split()).casefold()


def in_counting_order(places: Iterable[Place]) -> list[Place]:
    def order(place: Place) -> tuple[bool, date, int]:
        began = place.period.starts_on or date.min
        # No name and no place in the tree: a new one would count her elsewhere on past days, too.
        return not place.is_home, began if place.is_home else date.min, place.department_id

    return sorted(places, key=order)


class Asks:
    """All that is asked on a day. What each kind of colleague is asked is worked out once."""

    def __init__(self, asks: Iterable[Ask], on: date) -> None:
        self._at: dict[str, list[Ask]] = {}
        for ask in asks:
            if ask.has_begun(on):
                self._at.setdefault(ask.path, []).append(ask)
        begun = [ask for asked in self._at.values() for ask in asked]
        self._levels = {level for ask in begun for level in ask.levels}
        self._titles = {title for ask in begun for title in ask.titles}
        self._found: dict[tuple[str, str, str], dict[int, Ask]] = {}

    def of(self, place: Place) -> Mapping[int, Ask]:
        """What binds whoever works there, by module. Where nothing is asked, the nearest department
        above speaks for a place, and levels and titles that nobody names are all alike.
        """
        title = plain_title(place.title) if self._titles else ""
        key = (
            next((path for path in _upwards(place.path) if path in self._at), ""),
            place.level if place.level in self._levels else "",
            title if title in self._titles else "",
        )
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = self._binding(*key)
        return found

    def _binding(self, path: str, level: str, title: str) -> dict[int, Ask]:
        from_the_top = reversed(list(_upwards(path)))
        return {
            ask.module_id: ask
            for above in from_the_top
            for ask in self._at.get(above, ())
            if ask.asks(level, title)
        }


def _upwards(path: str) -> Iterator[str]:
    """The place itself and all above it; some that are none do no harm."""
    return (path[:length] for length in range(len(path), -1, -1))


def needs_on(
    day: date,
    places: Iterable[Place],
    joined_on: date,
    asks: Asks,
    given: Mapping[int, Given],
) -> dict[int, Needed]:
    """All that one person counts for on a day, by module. `asks` are those of the day."""
    here = in_counting_order(place for place in places if place.period.contains(day))
    if not here:
        return {}
    asked = [(place, asks.of(place)) for place in here]
    assigned = (module for module, each in given.items() if each.assigned_until(day))
    modules = {*assigned}.union(*(of_place for _place, of_place in asked))
    needs = {}
    for module in modules:
        own = given.get(module)
        found = counted(module, asked, own, day)
        if found:
            need = need_of(found, here[0], joined_on, own, day)
            needs[module] = Needed(found.place, need, due_day(found, own, day))
    return needs


def counted(
    module: int, asked: Sequence[tuple[Place, Mapping[int, Ask]]], given: Given | None, on: date
) -> Counted | None:
    """Where she counts for the module; `asked` is each of her places, in counting order."""
    for place, asks in asked:
        if module in asks:
            return Counted(place, asks[module])
    if given and given.assigned_until(on):
        return Counted(asked[0][0], None)
    return None


def counted_elsewhere(department: str) -> Readiness:
    """How she stands in a department where she works, for what she counts for in that other."""
    return Readiness(State.NOT_COUNTED, reason=Reason.ELSEWHERE, because=department)


def need_of(found: Counted, home: Place, joined_on: date, given: Given | None, on: date) -> Need:
    """Away is who is away from home, or from where she counts."""
    given = given or Given()
    base = found.ask.joiner_until(joined_on) if found.ask else given.assigned_until(on)
    waiver = given.waiver_on(on)
    return Need(
        membership=found.place.period,
        leave=_leave_on(on, found.place, home),
        exempt=waiver.period if waiver else None,
        exempt_because=waiver.because if waiver else "",
        joiner_until=_moved(base, given.more_time),
        is_assigned=found.ask is None,
    )


def _leave_on(day: date, *places: Place) -> Period | None:
    """The one that holds: what was over, or is to come, in one place says nothing of the other."""
    leaves = (place.leave for place in places if place.leave)
    return next((leave for leave in leaves if leave.contains(day)), None)


def due_day(found: Counted, given: Given | None, on: date) -> date | None:
    """By when she has to be ready: what she was given last holds."""
    if given and given.more_time:
        return given.more_time[-1].until
    if found.ask:
        return found.ask.due_on
    return given.assigned_until(on) if given else None


def _moved(base: date | None, more_time: Iterable[MoreTime]) -> date | None:
    """The last day on which she isn't counted yet, with the time that she got while she wasn't."""
    until = base
    for more in more_time:
        if base and until and more.given_on <= until:
            until = max(base, more.until)
    return until
