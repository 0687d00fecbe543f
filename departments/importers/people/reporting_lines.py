"""Who leads a department, where the list has managers but no roles.

**Guarantee.** Whoever comes in comes in, whatever her manager is. Nobody loses a role by this.

**Steps.** A manager is found by e-mail, by number or by a name that only one person has. Nobody's
manager is herself, and who reports to nobody, to `XX` or to herself is at the top. Managers that
lead back to where they began are a circle: its reporting lines are left out, and said. Then, in
each department, the one who reports to nobody in it and to whom most of its people report is its
head. With two alike there is none: that is for a person to decide.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from departments.importers.paths import PathKey, key_of
from departments.importers.people.lines import PeopleLine
from departments.importers.people.names import is_nobody, is_vacant, spellings, split_name
from departments.models import Headship

_SHOWN_IN_A_CIRCLE = 6


@dataclass(slots=True)
class ReportingLines:
    """Managers by row number in the file; `notes` are about the file as a whole."""

    managers: dict[int, PeopleLine] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    heads: int = 0


def lead_departments(
    people: Sequence[PeopleLine], left_out: Iterable[PeopleLine]
) -> ReportingLines:
    """Gives the role to the heads among `people`, and each row what is to be said about it."""
    lines = ReportingLines()
    found = _Directory(people)
    absent = {person.number for person in left_out if person.number}
    for person in people:
        manager = _manager_of(person, found, absent)
        if manager is not None:
            lines.managers[person.line] = manager
    for circle in _circles(people, lines.managers):
        _leave_out(circle, lines)
    lines.notes.extend(found.notes())
    for head in _heads(people, lines.managers):
        head.role = Headship.Kind.HEAD.value
        lines.heads += 1
    return lines


class _Directory:
    """Finds people by what stands in a manager's cell."""

    def __init__(self, people: Sequence[PeopleLine]) -> None:
        self.by_email = {person.email: person for person in people}
        self.by_number: defaultdict[str, list[PeopleLine]] = defaultdict(list)
        self.by_name: defaultdict[str, list[PeopleLine]] = defaultdict(list)
        for person in people:
            self.by_name[person.name.casefold()].append(person)
            if person.number:
                self.by_number[person.number].append(person)

    def find(self, text: str) -> list[PeopleLine]:
        """By the first spelling that names somebody: address, number or name."""
        for spelling in spellings(text):
            if person := self.by_email.get(spelling.lower()):
                return [person]
            name = " ".join(filter(None, split_name(spelling))).casefold()
            for places, key in ((self.by_number, spelling), (self.by_name, name)):
                if key in places:
                    return places[key]
        return []

    def notes(self) -> Iterator[str]:
        for number, people in self.by_number.items():
            if len(people) > 1:
                yield _("The number “%(number)s” stands in lines %(lines)s.") % {
                    "number": number,
                    "lines": ", ".join(str(person.line) for person in people),
                }


def _manager_of(person: PeopleLine, found: _Directory, absent: set[str]) -> PeopleLine | None:
    text = person.manager
    if is_nobody(text):
        return None
    managers = found.find(text)
    if len(managers) == 1 and managers[0] is not person:
        return managers[0]
    if person in managers:
        told = _("Is given as their own manager, and so stands at the top.")
    elif managers:
        told = _("More than one person is “%(manager)s”: the manager is left out.")
    elif is_vacant(text) or not absent.isdisjoint(spellings(text)):
        told = _("The manager's post is vacant: the manager is left out.")
    else:
        told = _("The manager “%(manager)s” isn't among those who come in, so is left out.")
    person.add_note(told.replace("%(manager)s", text[:60]))
    return None


def _circles(
    people: Iterable[PeopleLine], managers: dict[int, PeopleLine]
) -> Iterator[list[PeopleLine]]:
    """Each circle once. Every row is walked over once, so nothing loops."""
    walk_of: dict[int, int] = {}
    for walk, start in enumerate(people):
        person: PeopleLine | None = start
        path: list[PeopleLine] = []
        while person is not None and person.line not in walk_of:
            walk_of[person.line] = walk
            path.append(person)
            person = managers.get(person.line)
        if person is not None and walk_of[person.line] == walk:
            yield path[path.index(person) :]


def _leave_out(circle: Sequence[PeopleLine], lines: ReportingLines) -> None:
    shown = [str(person.line) for person in [*circle[:_SHOWN_IN_A_CIRCLE], circle[0]]]
    if len(circle) > _SHOWN_IN_A_CIRCLE:
        shown.insert(-1, "…")
    told = _("The managers of lines %(lines)s lead back to themselves: these are left out.") % {
        "lines": " → ".join(shown)
    }
    lines.notes.append(told)
    for person in circle:
        person.add_note(told)
        lines.managers.pop(person.line)


def _heads(people: Iterable[PeopleLine], managers: dict[int, PeopleLine]) -> Iterator[PeopleLine]:
    """In each department the one on whom most of it hangs, if there is such a one."""
    keys: dict[tuple[str, ...], PathKey] = {}
    reports: defaultdict[PathKey, Counter[int]] = defaultdict(Counter)
    by_line = {person.line: person for person in people}
    for person in by_line.values():
        manager = managers.get(person.line)
        if manager and person.department and _is_together(person, manager, keys):
            reports[_key(person, keys)][manager.line] += 1
    for key in reports:
        first = _first(reports[key], by_line, managers, keys)
        if first:
            yield first


def _first(
    counted: Counter[int],
    by_line: dict[int, PeopleLine],
    managers: dict[int, PeopleLine],
    keys: dict[tuple[str, ...], PathKey],
) -> PeopleLine | None:
    at_the_top = Counter(
        {
            line: count
            for line, count in counted.items()
            if line not in managers or not _is_together(by_line[line], managers[line], keys)
        }
    )
    best = at_the_top.most_common(2)
    if not best or (len(best) > 1 and best[0][1] == best[1][1]):
        return None
    return by_line[best[0][0]]


def _is_together(one: PeopleLine, other: PeopleLine, keys: dict[tuple[str, ...], PathKey]) -> bool:
    return _key(one, keys) == _key(other, keys)


def _key(person: PeopleLine, keys: dict[tuple[str, ...], PathKey]) -> PathKey:
    known = keys.get(person.department)
    if known is None:
        known = keys[person.department] = key_of(person.department)
    return known
