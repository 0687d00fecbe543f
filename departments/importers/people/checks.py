"""What a row of the list may not say, with the remedy for each."""

from collections.abc import Callable, Iterable

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from departments.importers.paths import SEPARATOR
from departments.importers.people.columns import DATE_COLUMNS
from departments.importers.people.lines import MOST_SHOWN, PeopleLine, RowFaults
from departments.models import Department, Headship, Membership
from departments.reports.roster import GROUPS

ROLES = (None, "", *Headship.Kind.values)
MOST_LEVELS = Department.path.field.max_length // Department.steplen
_GROUPS = frozenset(GROUPS)


def check_people(people: Iterable[PeopleLine], faults: RowFaults) -> None:
    lines: dict[str, int] = {}
    user = get_user_model()
    most = {
        "email": user.email.field.max_length,
        "given_name": user.first_name.field.max_length,
        "family_name": user.last_name.field.max_length,
        "title": Membership.title.field.max_length,
    }
    check_departments = _department_check()
    for person in people:
        if person.skipped:
            continue
        _check_email(person, lines.setdefault(person.email, person.line), faults)
        for column, letters in most.items():
            check_length(getattr(person, column), letters, person.line, faults)
        for check in (_check_order, _check_role_and_groups, check_departments):
            check(person, faults)


def check_length(text: str, most: int | None, line: int, faults: RowFaults) -> None:
    if most and len(text) > most:
        faults.add(
            line,
            _("“%(text)s…” is too long.") % {"text": text[:30]},
            _("%(most)s letters are the most.") % {"most": most},
        )


def _check_email(person: PeopleLine, first_line: int, faults: RowFaults) -> None:
    if not person.email:
        faults.add(
            person.line,
            _("There is no e-mail address."),
            _("Write the one at work: by it a person is found again."),
        )
        return
    if first_line != person.line:
        faults.add(
            person.line,
            _("“%(email)s” is in line %(line)s already.")
            % {"email": person.email[:MOST_SHOWN], "line": first_line},
            _("Keep one row for each person."),
        )
    try:
        validate_email(person.email)
    except ValidationError:
        faults.add(
            person.line,
            _("“%(email)s” is not an e-mail address.") % {"email": person.email[:MOST_SHOWN]},
            _("Write it like mara.quillfeather@wrenfield.example."),
        )


def _check_order(person: PeopleLine, faults: RowFaults) -> None:
    if person.starts_on and person.ends_on and person.ends_on < person.starts_on:
        faults.add(
            person.line,
            _("“ends_on” is before “starts_on”."),
            _("The last day can't be before the first."),
        )
    if not person.leave_to:
        return
    if not person.leave_from:
        faults.add(
            person.line,
            _("There is a last day of leave but no first."),
            _("Write “leave_from” too."),
        )
    elif person.leave_to < person.leave_from:
        faults.add(
            person.line,
            _("“leave_to” is before “leave_from”."),
            _("The last day of leave can't be before the first."),
        )


def _check_role_and_groups(person: PeopleLine, faults: RowFaults) -> None:
    if person.role not in ROLES:
        faults.add(
            person.line,
            _("“%(role)s” is not a role.") % {"role": (person.role or "")[:MOST_SHOWN]},
            _("Leave it empty, or write head or deputy."),
        )
    for name in sorted((person.groups or _GROUPS) - _GROUPS):
        faults.add(
            person.line,
            _("“%(group)s” is not a group that a file can give.") % {"group": name[:MOST_SHOWN]},
            _("These can: %(groups)s. Administrators are made by hand.")
            % {"groups": "; ".join(GROUPS)},
        )


def _department_check() -> Callable[[PeopleLine, RowFaults], None]:
    """Looks at each department once, however many people are in it."""
    sound: set[tuple[str, ...]] = set()

    def check(person: PeopleLine, faults: RowFaults) -> None:
        if not person.department:
            _check_no_department(person, faults)
        for department in (person.department, *person.also_in):
            if department and department not in sound:
                known = person.line in faults
                _check_department(department, person.line, faults)
                if not known and person.line not in faults:
                    sound.add(department)

    return check


def _check_department(department: tuple[str, ...], line: int, faults: RowFaults) -> None:
    if not all(department):
        faults.add(
            line,
            _("The department “%(path)s” has an empty part.")
            % {"path": SEPARATOR.join(department)[:MOST_SHOWN]},
            _("Write it like Wrenfield/Customer Care."),
        )
    if len(department) > MOST_LEVELS:
        faults.add(
            line,
            _("The department has %(levels)s levels.") % {"levels": len(department)},
            _("%(most)s are the most.") % {"most": MOST_LEVELS},
        )
    for name in department:
        check_length(name, Department.name.field.max_length, line, faults)


def _check_no_department(person: PeopleLine, faults: RowFaults) -> None:
    belonging = [column for column in ("role", *DATE_COLUMNS, "also_in") if getattr(person, column)]
    if belonging:
        faults.add(
            person.line,
            _("Without a department there can't be: %(columns)s.")
            % {"columns": ", ".join(belonging)},
            _("Write the department, or empty these cells."),
        )
