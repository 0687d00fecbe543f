"""Reads people.csv: every row becomes a person with her place, or a fault."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from departments.importers.dates import parse_day
from departments.importers.paths import split_path
from departments.models import Department, Headship, Membership
from knowledge.importers.reporting import FaultList
from knowledge.importers.tables import Row, parse_table, read_table

COLUMNS = (
    "email",
    "given_name",
    "family_name",
    "department",
    "title",
    "role",
    "starts_on",
    "ends_on",
    "leave_from",
    "leave_to",
    "groups",
)
DATE_COLUMNS = ("starts_on", "ends_on", "leave_from", "leave_to")
GROUPS = ("Marketing", "Customer experience", "Leaders")
ROLES = ("", *Headship.Kind.values)


@dataclass(frozen=True, slots=True)
class PeopleLine:
    """One row of the file. Without a department there are no dates, and the title isn't kept."""

    line: int
    email: str
    given_name: str
    family_name: str
    department: tuple[str, ...]
    title: str
    role: str
    starts_on: date | None
    ends_on: date | None
    leave_from: date | None
    leave_to: date | None
    groups: frozenset[str]


def read_people(path: Path, faults: FaultList) -> list[PeopleLine]:
    return check_people(read_table(path, COLUMNS, faults), faults)


def parse_people(text: str, faults: FaultList) -> list[PeopleLine]:
    return check_people(parse_table(text, COLUMNS, faults), faults)


def check_people(rows: Iterable[Row], faults: FaultList) -> list[PeopleLine]:
    people = []
    lines: dict[str, int] = {}
    for row in rows:
        person = _person(row)
        _check_email(person.email, lines.get(person.email), row.line, faults)
        lines.setdefault(person.email, row.line)
        for check in (_check_names, _check_dates, _check_order, _check_role, _check_groups):
            check(row, person, faults)
        _check_department(row, person, faults)
        people.append(person)
    return people


def _person(row: Row) -> PeopleLine:
    days = {column: parse_day(row[column]) for column in DATE_COLUMNS}
    return PeopleLine(
        line=row.line,
        email=row["email"].lower(),
        given_name=row["given_name"],
        family_name=row["family_name"],
        department=split_path(row["department"]) if row["department"] else (),
        title=row["title"],
        role=row["role"].lower(),
        groups=frozenset(filter(None, map(str.strip, row["groups"].split(";")))),
        **days,
    )


def _check_email(email: str, earlier_line: int | None, line: int, faults: FaultList) -> None:
    if earlier_line is not None:
        faults.add(
            line,
            _("“%(email)s” is in line %(line)s already.") % {"email": email, "line": earlier_line},
            _("Keep one row for each person."),
        )
    try:
        validate_email(email)
    except ValidationError:
        faults.add(
            line,
            _("“%(email)s” is not an e-mail address.") % {"email": email},
            _("Write it like mara.quillfeather@wrenfield.example."),
        )


def _check_names(row: Row, _person: PeopleLine, faults: FaultList) -> None:
    user = get_user_model()
    for column, most in (
        ("given_name", user.first_name.field.max_length),
        ("family_name", user.last_name.field.max_length),
        ("title", Membership.title.field.max_length),
    ):
        if not row[column] and column != "title":
            faults.add(
                row.line,
                _("“%(column)s” is empty.") % {"column": column},
                _("Write the name that colleagues know."),
            )
        _check_length(row[column], most, row.line, faults)


def _check_length(text: str, most: int | None, line: int, faults: FaultList) -> None:
    if most and len(text) > most:
        faults.add(
            line,
            _("“%(text)s…” is too long.") % {"text": text[:30]},
            _("%(most)s letters are the most.") % {"most": most},
        )


def _check_dates(row: Row, person: PeopleLine, faults: FaultList) -> None:
    for column in DATE_COLUMNS:
        if row[column] and getattr(person, column) is None:
            faults.add(
                row.line,
                _("“%(text)s” is not a date.") % {"text": row[column]},
                _("Write it like 2026-02-28."),
            )


def _check_order(row: Row, person: PeopleLine, faults: FaultList) -> None:
    for first, last, message, remedy in (
        (
            person.starts_on,
            person.ends_on,
            _("“ends_on” is before “starts_on”."),
            _("The last day can't be before the first."),
        ),
        (
            person.leave_from,
            person.leave_to,
            _("“leave_to” is before “leave_from”."),
            _("The last day of leave can't be before the first."),
        ),
    ):
        if first and last and last < first:
            faults.add(row.line, message, remedy)
    if row["leave_to"] and not row["leave_from"]:
        faults.add(
            row.line,
            _("There is a last day of leave but no first."),
            _("Write “leave_from” too."),
        )


def _check_role(row: Row, person: PeopleLine, faults: FaultList) -> None:
    if person.role not in ROLES:
        faults.add(
            row.line,
            _("“%(role)s” is not a role.") % {"role": row["role"]},
            _("Leave it empty, or write head or deputy."),
        )


def _check_groups(row: Row, person: PeopleLine, faults: FaultList) -> None:
    for name in sorted(person.groups.difference(GROUPS)):
        faults.add(
            row.line,
            _("“%(group)s” is not a group that a file can give.") % {"group": name},
            _("These can: %(groups)s. Administrators are made by hand.")
            % {"groups": "; ".join(GROUPS)},
        )


def _check_department(row: Row, person: PeopleLine, faults: FaultList) -> None:
    if not person.department:
        _check_no_department(row, faults)
        return
    if not all(person.department):
        faults.add(
            row.line,
            _("The department “%(path)s” has an empty part.") % {"path": row["department"]},
            _("Write it like Wrenfield/Customer Care."),
        )
    if not row["starts_on"]:
        faults.add(
            row.line,
            _("“starts_on” is empty."),
            _("Write the first day in the department, like 2026-02-28."),
        )
    for name in person.department:
        _check_length(name, Department.name.field.max_length, row.line, faults)


def _check_no_department(row: Row, faults: FaultList) -> None:
    belonging = [column for column in ("role", *DATE_COLUMNS) if row[column]]
    if belonging:
        faults.add(
            row.line,
            _("Without a department there can't be: %(columns)s.")
            % {"columns": ", ".join(belonging)},
            _("Write the department, or empty these cells."),
        )
