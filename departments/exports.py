"""Files that are taken out: the very rows of the screen, or what an import takes back."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from io import StringIO

from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext as _

from departments.models import Link
from departments.readiness import State
from departments.reports import Cell, DepartmentReadiness, PersonRow, WrittenRequirement
from departments.reports.misconceptions import Line
from departments.reports.roster import COLUMNS, RosterRow, department_paths, roster
from departments.wording import REASON_WORDS, STATE_WORDS
from knowledge.importers.cells import FORMULA_STARTS, neutralised

__all__ = [
    "FORMULA_STARTS",
    "chains_csv",
    "misconceptions_csv",
    "neutralised",
    "people_csv",
    "readiness_csv",
    "requirements_csv",
]


# Their date is the last day on which the version before counts.
WAITING = frozenset({State.PREVIOUS_VERSION, State.CHECK_THE_CHANGE})


def people_csv(people: Iterable[AbstractUser], *, on: date) -> Iterator[str]:
    """Lines of CSV that `import_people` takes back unchanged: one per person, her latest place."""
    yield "\ufeff" + csv_line(COLUMNS)
    for row in roster(people, on=on):
        yield csv_line(people_row(row))


def people_row(row: RosterRow) -> list[str]:
    names = [row.person.email, row.person.first_name, row.person.last_name]
    groups = ";".join(row.groups)
    if row.membership is None:
        return [*names, *[""] * (len(COLUMNS) - 4), groups]
    place = row.membership
    days = (place.starts_on, place.ends_on, place.leave_from, place.leave_to)
    told = [day.isoformat() if day else "" for day in days]
    return [*names, "/".join(row.department), place.title, row.role, *told, groups]


def readiness_csv(report: DepartmentReadiness, rows: Iterable[PersonRow]) -> Iterator[str]:
    """Lines of CSV: one per person and module that is shown, with the day in the head.

    Dates are ISO. A byte order mark comes first: without it a spreadsheet misreads accents.
    """
    yield "\ufeff" + csv_line(
        [
            _("Name"),
            _("Department"),
            _("Module"),
            _("State on %(day)s") % {"day": report.on.isoformat()},
            _("Ready until"),
            _("Not counted until"),
            _("Reason"),
            _("Check the change by"),
        ]
    )
    for row in rows:
        for cell in row.cells:
            if cell.readiness is not None:
                yield csv_line(readiness_row(row, cell))


def readiness_row(row: PersonRow, cell: Cell) -> list[str]:
    readiness = cell.readiness
    if readiness is None:
        return []
    return [
        row.name,
        row.department_name,
        cell.title,
        str(STATE_WORDS[readiness.state]),
        day_in_file(readiness.ready_until),
        day_in_file(readiness.until),
        readiness.because or (str(REASON_WORDS[readiness.reason]) if readiness.reason else ""),
        day_in_file(readiness.ready_until if readiness.state in WAITING else None),
    ]


def day_in_file(day: date | None) -> str:
    return day.isoformat() if day else ""


def csv_line(cells: Iterable[str]) -> str:
    line = StringIO()
    csv.writer(line).writerow([neutralised(cell) for cell in cells])
    return line.getvalue()


def requirements_csv(requirements: Iterable[WrittenRequirement]) -> Iterator[str]:
    """Lines of CSV that `import_requirements` takes back unchanged."""
    yield "\ufeff" + csv_line(["department", "module", "due"])
    for requirement in requirements:
        due_on, days = requirement.terms.due_on, f"{requirement.terms.joiner_days} days"
        due = f"{due_on.isoformat()}, {days}" if due_on else days
        yield csv_line(["/".join(requirement.department), requirement.module_slug, due])


def chains_csv() -> Iterator[str]:
    """Lines of CSV that `import_chains` takes back unchanged, of all published promises."""
    yield "\ufeff" + csv_line(["promise", "department", "part", "standard"])
    paths = department_paths()
    links = Link.objects.filter(promise__live=True).order_by("promise__path", "sort_order")
    for slug, department, part, standard in links.values_list(
        "promise__slug", "department_id", "part", "standard"
    ):
        yield csv_line([slug, "/".join(paths[department]), part, standard])


def misconceptions_csv(lines: Iterable[Line]) -> Iterator[str]:
    """Lines of CSV: the total of each mistake, then its departments, told as on the page."""
    yield "\ufeff" + csv_line(
        [
            _("Brief"),
            _("Fact"),
            _("Sentence"),
            _("Question"),
            _("What they are sure of"),
            _("Department"),
            _("Asked"),
            _("Sure"),
        ]
    )
    for line in lines:
        fact = line.fact
        told = [fact.brief.title, fact.title, fact.statement, line.question.stem, line.said]
        cells = [(_("All"), line.total), *((one.name, one.cell) for one in line.departments)]
        for name, cell in cells:
            yield csv_line([*told, name or _("Other teams"), str(cell.n), cell.in_file])
