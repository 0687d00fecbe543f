"""How people stand, as files: the very rows of the page, in states and dates alone."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from departments.exports import day_in_file
from departments.readiness import Readiness, State, Tally
from departments.reports import Cell, DepartmentReadiness, PersonRow
from departments.wording import STATE_WORDS, reason_words
from knowledge.importers.cells import csv_head, csv_line

# Their date is the last day on which the version before counts.
WAITING = frozenset({State.PREVIOUS_VERSION, State.CHECK_THE_CHANGE})
MOST_REMEMBERED = 20_000
PEOPLE_AT_ONCE = 50


def readiness_csv(day: str, rows: Iterable[PersonRow], only: str = "") -> Iterator[str]:
    """Lines of CSV: one per person and module that is shown, with the day in the head.

    Dates are ISO. `only` names the filters, in the last field of the head. A byte order mark comes
    first: without it a spreadsheet misreads accents.
    """
    head = [
        _("Name"),
        _("Department"),
        _("Module"),
        _("State on %(day)s") % {"day": day},
        _("Ready until"),
        _("Not counted until"),
        _("Reason"),
        _("Check the change by"),
    ]
    yield csv_head([*head, _("Only: %(filters)s") % {"filters": only}] if only else head)
    yield from some_at_once(readiness_lines(rows))


def readiness_lines(rows: Iterable[PersonRow]) -> Iterator[str]:
    """Of each person, all her lines. What a cell says is written once and repeated."""
    # The cell is kept beside its words, so that its key is no other's.
    known: dict[int, tuple[Cell, str]] = {}
    for row in rows:
        start = csv_line([row.name, row.department_name]).removesuffix("\r\n")
        lines = []
        for cell in row.cells:
            if cell.readiness is None:
                continue
            told = known.get(id(cell)) or known.setdefault(id(cell), (cell, told_in_file(cell)))
            lines.append(f"{start},{told[1]}")
        yield "".join(lines)
        if len(known) > MOST_REMEMBERED:
            known.clear()


def some_at_once(lines: Iterable[str]) -> Iterator[str]:
    """Each piece that is sent costs as much as a hundred lines."""
    waiting: list[str] = []
    for line in lines:
        waiting.append(line)
        if len(waiting) >= PEOPLE_AT_ONCE:
            yield "".join(waiting)
            waiting.clear()
    yield "".join(waiting)


def told_in_file(cell: Cell) -> str:
    readiness = cell.readiness or Readiness(State.NOT_COUNTED)
    return csv_line(
        [
            cell.title,
            str(STATE_WORDS[readiness.state]),
            day_in_file(readiness.ready_until),
            day_in_file(readiness.until),
            reason_words(readiness),
            day_in_file(readiness.ready_until if readiness.state in WAITING else None),
        ]
    )


def readiness_json(report: DepartmentReadiness, only: str) -> dict[str, Any]:
    """The page's table for programs: states and dates, and who of how many is ready.

    `only` names the filters; figures are those of everybody.
    """
    return {
        "department": report.name,
        "as_at": report.on,
        "only": only,
        "modules": [
            {"module": column.slug, "title": column.title, **figures(column.tally)}
            for column in report.columns
        ],
        "people": [person_json(row) for row in report.rows],
        "departments": [
            {
                "name": branch.name,
                "is_direct": branch.is_direct,
                "modules": [
                    {"module": column.slug, **figures(told)}
                    for column, told in zip(report.columns, branch.tallies, strict=True)
                ],
            }
            for branch in report.branches
        ],
    }


def figures(told: Tally) -> dict[str, int]:
    return {
        "ready": told.ready,
        "needed": told.needed,
        "on_the_version_before": told.previous,
        "not_counted": told.not_counted,
    }


def person_json(row: PersonRow) -> dict[str, Any]:
    return {
        "name": row.name,
        "department": row.department_name,
        "modules": [cell_json(cell, cell.readiness) for cell in row.cells if cell.readiness],
    }


def cell_json(cell: Cell, readiness: Readiness) -> dict[str, Any]:
    return {
        "module": cell.slug,
        "state": readiness.state.value,
        "ready_until": readiness.ready_until,
        "not_counted_until": readiness.until,
        "not_counted_because": reason_words(readiness),
        "due_on": cell.due_on,
    }
