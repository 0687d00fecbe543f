"""requirements.csv: which department must be ready on which module, and by when."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _

from departments.importers.dates import parse_day
from departments.importers.paths import SEPARATOR, key_of, split_path, stored_departments
from departments.models import Department, Requirement
from knowledge.importers.reporting import Entry, FaultList, ImportReport, Outcome
from knowledge.importers.tables import Row, read_table
from knowledge.importers.writing import all_or_nothing
from knowledge.models import ModulePage

COLUMNS = ("department", "module", "due")
MOST_DAYS = 1000

_DAYS = re.compile(r"(\d{1,4}) days?")


@dataclass(frozen=True, slots=True)
class Due:
    """By a day; or, for everybody, some days after joining."""

    on: date | None = None
    days: int | None = None


@dataclass(frozen=True, slots=True)
class RequirementPlan:
    requirement: Requirement
    outcome: Outcome
    name: str


def import_requirements(path: Path, *, dry_run: bool = False) -> ImportReport:
    """Brings the requirements of the file to its state; others are left alone.

    Raises `ImportRefused` with every fault, having written nothing.
    """
    faults = FaultList(path.name)
    rows = read_table(path, COLUMNS, faults)
    faults.refuse_if_any()
    with all_or_nothing(path.name):
        plans = plan_requirements(rows, faults)
        faults.refuse_if_any()
        if not dry_run:
            write_requirements(plans)
    return ImportReport(tuple(Entry(plan.name, plan.outcome) for plan in plans), is_dry_run=dry_run)


def plan_requirements(rows: Iterable[Row], faults: FaultList) -> list[RequirementPlan]:
    departments = stored_departments()
    modules = {module.slug: module for module in ModulePage.objects.all()}
    stored = {
        (requirement.department_id, requirement.module_id): requirement
        for requirement in Requirement.objects.all()
    }
    lines: dict[tuple[int, int], int] = {}
    plans = []
    for row in rows:
        department = departments.get(key_of(split_path(row["department"])))
        module = modules.get(row["module"])
        due = parse_due(row["due"])
        _check(row, department, module, due, faults)
        if department and module and due:
            _check_once(lines, (department.pk, module.pk), row, faults)
            requirement = stored.get((department.pk, module.pk))
            plans.append(_plan(requirement or Requirement(), department, module, due, row))
    return plans


def parse_due(text: str) -> Due | None:
    if found := _DAYS.fullmatch(text.lower()):
        days = int(found[1])
        return Due(days=days) if 1 <= days <= MOST_DAYS else None
    day = parse_day(text)
    return Due(on=day) if day else None


def _check(
    row: Row,
    department: Department | None,
    module: ModulePage | None,
    due: Due | None,
    faults: FaultList,
) -> None:
    if department is None:
        faults.add(
            row.line,
            _("There is no department “%(path)s”.") % {"path": row["department"]},
            _("Import people first, or write its path like Wrenfield/Customer Care."),
        )
    if module is None:
        faults.add(
            row.line,
            _("There is no module “%(module)s”.") % {"module": row["module"]},
            _("Write the last part of its address, as in /learn/fair-refund/."),
        )
    if due is None:
        faults.add(
            row.line,
            _("“%(text)s” says no date and no number of days.") % {"text": row["due"]},
            _("Write a date like 2026-02-28, or a time after joining like 30 days."),
        )


def _check_once(
    lines: dict[tuple[int, int], int], pair: tuple[int, int], row: Row, faults: FaultList
) -> None:
    if pair in lines:
        faults.add(
            row.line,
            _("This department and module are in line %(line)s already.") % {"line": lines[pair]},
            _("Keep one of the two rows."),
        )
    lines.setdefault(pair, row.line)


def _plan(
    requirement: Requirement, department: Department, module: ModulePage, due: Due, row: Row
) -> RequirementPlan:
    before = (requirement.due_on, requirement.joiner_days)
    requirement.department, requirement.module = department, module
    requirement.due_on = due.on
    requirement.joiner_days = due.days or requirement.joiner_days
    if not requirement.pk:
        outcome = Outcome.NEW
    elif before != (requirement.due_on, requirement.joiner_days):
        outcome = Outcome.CHANGED
    else:
        outcome = Outcome.UNCHANGED
    path = SEPARATOR.join(split_path(row["department"]))
    return RequirementPlan(requirement, outcome, f"{path}: {module.title}, {row['due']}")


def write_requirements(plans: Iterable[RequirementPlan]) -> None:
    plans = list(plans)
    Requirement.objects.bulk_create(
        plan.requirement for plan in plans if plan.outcome is Outcome.NEW
    )
    changed = [plan.requirement for plan in plans if plan.outcome is Outcome.CHANGED]
    if changed:
        Requirement.objects.bulk_update(changed, ["due_on", "joiner_days"])
