"""What the cells of campaigns.csv name: pages by address, people by e-mail, the rest by name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, Self

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from customers.importers.cells import MOST_SHOWN, SEVERAL
from departments.importers.dates import parse_any_day
from knowledge.importers.reporting import FaultList
from knowledge.importers.tables import Row
from knowledge.models import BriefPage, Channel, PromisePage, Segment

COLUMNS = (
    "title",
    "slug",
    "hears",
    "expectation",
    "promises",
    "brief",
    "version",
    "launch day",
    "segments",
    "channels",
    "sponsor",
    "owner",
)


@dataclass(frozen=True, slots=True)
class Named:
    """All that a column may name, and what to write where a cell names nothing of it."""

    things: Mapping[str, Any]
    remedy: Any

    @classmethod
    def of(cls, things: Iterable[Any], by: str, remedy: Any) -> Self:
        return cls({str(getattr(thing, by)).casefold(): thing for thing in things}, remedy)

    def found(self, name: str, line: int, faults: FaultList) -> Any:
        thing = self.things.get(name.casefold())
        if thing is None:
            near = get_close_matches(name.casefold(), self.things, n=3)
            meant = _("Did you mean %(names)s?") % {"names": ", ".join(near)} if near else ""
            words = _("There is no “%(name)s”.") % {"name": name[:MOST_SHOWN]}
            faults.add(line, words, meant or str(self.remedy))
        return thing


@dataclass(frozen=True, slots=True)
class Columns:
    """Reads one row after the other; what can't be read is a fault of the list."""

    faults: FaultList
    named: Mapping[str, Named] = field(default_factory=dict)

    @classmethod
    def of(cls, faults: FaultList) -> Self:
        page = _("Write the last part of its address, as in /promises/fair-refund/.")
        person = _("Write the e-mail address with which they sign in.")
        listed = _("Write it as it stands in the editor's list, or add it there first.")
        people = Named.of(get_user_model().objects.filter(is_active=True), "email", person)
        return cls(
            faults,
            {
                "promises": Named.of(PromisePage.objects.in_source_language(), "slug", page),
                "brief": Named.of(BriefPage.objects.in_source_language(), "slug", page),
                "segments": Named.of(Segment.objects.all(), "name", listed),
                "channels": Named.of(Channel.objects.all(), "name", listed),
                "sponsor": people,
                "owner": people,
            },
        )

    def one(self, row: Row, column: str) -> Any:
        name = row[column]
        return self.named[column].found(name, row.line, self.faults) if name else None

    def several(self, row: Row, column: str) -> list[Any]:
        names = [name.strip() for name in row[column].split(SEVERAL)]
        found = (self.named[column].found(name, row.line, self.faults) for name in names if name)
        return [thing for thing in found if thing is not None]

    def day(self, row: Row) -> Any:
        day = parse_any_day(row["launch day"], None)
        if day is None:
            words = _("“%(cell)s” is no launch day.") % {"cell": row["launch day"][:MOST_SHOWN]}
            self.faults.add(row.line, words, _("Write it like 2026-12-14."))
        return day

    def version(self, row: Row) -> int:
        cell = row["version"] or "1"
        if cell.isascii() and cell.isdigit() and 0 < int(cell[:6]) < 32_768:
            return int(cell[:6])
        words = _("“%(cell)s” is no version.") % {"cell": cell[:MOST_SHOWN]}
        self.faults.add(row.line, words, _("Write the version's number, such as 2."))
        return 1
