"""Of whom a row asks its module, and from when: columns that a file may leave out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from departments.importers.dates import DateOrder, parse_any_day
from departments.importers.people.levels import level_of, unknown_level
from departments.reports import Terms
from departments.reports.terms import in_order, tidy_titles

SEVERAL = ";"


@dataclass(frozen=True, slots=True)
class Limits:
    """The cells; `None` where the file has no such column, and what is stored stays."""

    levels: str | None = None
    titles: str | None = None
    starts_on: str | None = None
    order: DateOrder | None = None

    def over(self, stored: Terms) -> Terms:
        """The stored terms, with what these cells say; they have no faults."""
        levels = in_order(map(level_of, _parts(self.levels)))
        return Terms(
            stored.due_on,
            stored.joiner_days,
            stored.levels if self.levels is None else levels,
            stored.titles if self.titles is None else tidy_titles(_parts(self.titles)),
            stored.starts_on if self.starts_on is None else self.day,
        )

    @property
    def day(self) -> date | None:
        return parse_any_day(self.starts_on, self.order) if self.starts_on else None

    @property
    def unknown_levels(self) -> Iterator[tuple[str, str]]:
        yield from (unknown_level(text) for text in _parts(self.levels) if not level_of(text))

    @property
    def is_day_unclear(self) -> bool:
        return bool(self.starts_on) and self.day is None


def _parts(cell: str | None) -> list[str]:
    return [part.strip() for part in (cell or "").split(SEVERAL) if part.strip()]
