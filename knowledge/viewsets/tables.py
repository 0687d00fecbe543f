"""The dry run's table on the screen: the same as in the terminal, in pages and by outcome."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from knowledge.importers.reporting import Entry, Outcome, outcome_names
from knowledge.importers.runs import Told
from knowledge.viewsets.remedies import in_the_form

ON_A_PAGE = 200
FAULTS_SHOWN = 100
WRITTEN = frozenset({Outcome.NEW, Outcome.CHANGED, Outcome.MOVED, Outcome.LEFT})


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to narrow the table."""

    name: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class TableRow:
    entry: Entry
    outcome: str

    @property
    def is_written(self) -> bool:
        return self.entry.outcome in WRITTEN

    @property
    def note(self) -> str:
        return in_the_form(self.entry.note)


@dataclass(frozen=True, slots=True)
class EntryTable:
    """One page of the rows; `pages` are the numbers for the way to the others."""

    choices: list[Choice]
    page: "Page[Entry]"
    pages: list[Any]
    rows: list[TableRow]

    @property
    def has_places(self) -> bool:
        return any(row.entry.file or row.entry.line for row in self.rows)


def entry_table(told: Told, asked: str, number: str) -> EntryTable:
    """`asked` is an outcome; without one, all that isn't simply unchanged is shown."""
    names = outcome_names()
    grouped = _by_outcome(told.entries)
    chosen = grouped.get(asked) or [entry for entry in told.entries if _is_told(entry)]
    page = Paginator(chosen, ON_A_PAGE).get_page(number)
    return EntryTable(
        choices=_choices(told.entries, grouped, asked if asked in grouped else ""),
        page=page,
        pages=list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)),
        rows=[TableRow(entry, names[entry.outcome]) for entry in page],
    )


def _choices(
    entries: Sequence[Entry], grouped: Mapping[str, list[Entry]], asked: str
) -> list[Choice]:
    told = sum(map(_is_told, entries))
    label = _("all") if told == len(entries) else _("all but unchanged")
    counted = [
        (outcome.value, name, len(grouped[outcome.value]))
        for outcome, name in outcome_names().items()
        if outcome.value in grouped
    ]
    return [
        Choice(name, words, count, name == asked)
        for name, words, count in [("", label, told), *counted]
    ]


def _is_told(entry: Entry) -> bool:
    return entry.outcome is not Outcome.UNCHANGED or bool(entry.note)


def _by_outcome(entries: Sequence[Entry]) -> dict[str, list[Entry]]:
    grouped: dict[str, list[Entry]] = {}
    for entry in entries:
        grouped.setdefault(entry.outcome.value, []).append(entry)
    return grouped
