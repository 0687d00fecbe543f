"""Compares the rows with what is stored: what is new, what changes, what can't be brought in."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _

from departments.importers.paths import (
    SEPARATOR,
    PathKey,
    key_of,
    split_path,
    stored_departments,
)
from departments.importers.requirements.faults import (
    MOST_SHOWN,
    Problem,
    no_due,
    out_of_reach,
    wrong_limits,
)
from departments.importers.requirements.rows import Line
from departments.models import Department, Requirement
from departments.permissions import editable_departments, is_administrator
from departments.reports import Terms, terms_of
from departments.reports.people import paths_down_to
from knowledge.importers.reporting import MOST_FAULTS, Outcome
from knowledge.models import ModulePage

DEFAULT_DAYS: int = Requirement().joiner_days

type Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Portal:
    """What is there for whoever brings the file in.

    `asked` has all requirements, by department and module; `asked_at` by place in the tree.
    """

    departments: Mapping[PathKey, Department]
    modules: Mapping[str, ModulePage]
    asked: Mapping[Pair, Requirement]
    asked_at: Mapping[tuple[str, int], Requirement]
    editable: frozenset[int]
    is_limited: bool
    # The day on which somebody brings it in; on the server nobody does.
    today: date | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """One requirement as the file wants it; `before` are the terms that are stored."""

    line: int
    department: Department
    module: ModulePage
    terms: Terms
    stored: Requirement | None

    @property
    def before(self) -> Terms:
        return terms_of(self.stored) if self.stored else self.terms

    @property
    def outcome(self) -> Outcome:
        if self.stored is None:
            return Outcome.NEW
        return Outcome.UNCHANGED if self.before == self.terms else Outcome.CHANGED


@dataclass(frozen=True, slots=True)
class Checked:
    """One row: the plan for it, or why there is none."""

    line: int
    name: str
    due_in_words: str
    plan: Plan | None
    problems: tuple[Problem, ...] = ()


def load_portal(editor: AbstractBaseUser | None, day: date) -> Portal:
    departments = stored_departments()
    modules = ModulePage.objects.in_source_language()
    is_limited = editor is not None and not is_administrator(editor)
    if editor is not None and is_limited:
        allowed = frozenset(editable_departments(editor, on=day).values_list("pk", flat=True))
        departments = {key: each for key, each in departments.items() if each.pk in allowed}
        modules = modules.open_to_colleagues()
    requirements = list(Requirement.objects.select_related("department"))
    return Portal(
        departments=departments,
        modules={module.slug: module for module in modules},
        asked={(each.department_id, each.module_id): each for each in requirements},
        asked_at={(each.department.path, each.module_id): each for each in requirements},
        editable=frozenset(each.pk for each in departments.values()),
        is_limited=is_limited,
        today=day if editor else None,
    )


def check_lines(lines: Iterable[Line], portal: Portal) -> Iterator[Checked]:
    first_lines: dict[Pair, int] = {}
    return (check_line(line, portal, first_lines) for line in lines)


def until_too_many_faults(checked: Iterable[Checked]) -> Iterator[Checked]:
    """A file with so many faults is the wrong file: the rest of it isn't looked at."""
    faulty = 0
    for each in checked:
        yield each
        faulty += bool(each.problems)
        if faulty >= MOST_FAULTS:
            return


def check_line(line: Line, portal: Portal, first_lines: dict[Pair, int]) -> Checked:
    department = portal.departments.get(key_of(split_path(line.department)))
    slug = last_part(line.module)
    module = portal.modules.get(slug) or portal.modules.get(slug.lower())
    problems = [
        *(no_department(line, portal) if department is None else ()),
        *(no_module(line, portal) if module is None else ()),
        *(no_due(line) if line.due is None else ()),
        *wrong_limits(line.limits),
    ]
    plan = None
    if department and module and line.due and not problems:
        pair = (department.pk, module.pk)
        problems += [
            *twice(pair, line, first_lines),
            *asked_above(department, module, portal),
            *out_of_reach(line, portal.asked.get(pair), portal.today),
        ]
        plan = plan_for(line, department, module, portal) if not problems else None
    title = module.title if module else line.module[:MOST_SHOWN]
    name = f"{SEPARATOR.join(split_path(line.department[:MOST_SHOWN]))}: {title}"
    return Checked(line.line, name, due_in_words(line), plan, tuple(problems))


def last_part(address: str) -> str:
    """“fair-refund” of “/learn/fair-refund/”, as it is copied from the browser."""
    return address.rstrip("/").rpartition("/")[2]


def plan_for(line: Line, department: Department, module: ModulePage, portal: Portal) -> Plan:
    stored = portal.asked.get((department.pk, module.pk))
    days = line.due.days if line.due else None
    before = terms_of(stored) if stored else Terms(None, DEFAULT_DAYS)
    due_on = line.due.on if line.due else None
    terms = replace(line.limits.over(before), due_on=due_on, joiner_days=days or before.joiner_days)
    return Plan(line.line, department, module, terms, stored)


def due_in_words(line: Line) -> str:
    told = []
    if line.due and line.due.on:
        told.append(_("by %(day)s") % {"day": line.due.on.isoformat()})
    if line.due and line.due.days:
        told.append(_("%(days)s days for joiners") % {"days": line.due.days})
    told += filter(None, (line.limits.levels, line.limits.titles))
    if line.limits.day:
        told.append(_("from %(day)s") % {"day": line.limits.day.isoformat()})
    return ", ".join(told)


def no_department(line: Line, portal: Portal) -> Iterable[Problem]:
    path = {"path": line.department[:MOST_SHOWN]}
    if portal.is_limited:
        yield Problem(
            _("You don't lead a department “%(path)s”.") % path,
            _("Leave the row out, or ask whoever leads it."),
        )
        return
    yield Problem(
        _("There is no department “%(path)s”.") % path,
        _("Import people first, or write its path like Wrenfield/Customer Care."),
    )


def no_module(line: Line, portal: Portal) -> Iterable[Problem]:
    near = get_close_matches(last_part(line.module)[:64].lower(), portal.modules, n=1)
    yield Problem(
        _("There is no module “%(module)s”.") % {"module": line.module[:MOST_SHOWN]},
        _("Did you mean “%(near)s”?") % {"near": near[0]}
        if near
        else _("Write the last part of its address, as in /learn/fair-refund/."),
    )


def twice(pair: Pair, line: Line, first_lines: dict[Pair, int]) -> Iterable[Problem]:
    if pair in first_lines:
        yield Problem(
            _("This department and module are in line %(line)s already.")
            % {"line": first_lines[pair]},
            _("Keep one of the two rows."),
        )
    first_lines.setdefault(pair, line.line)


def asked_above(department: Department, module: ModulePage, portal: Portal) -> Iterable[Problem]:
    """Whoever leads a part can't set aside what is asked from above; on the screen neither."""
    if not portal.is_limited or (department.pk, module.pk) in portal.asked:
        return
    for path in paths_down_to(department)[:-1]:
        asked = portal.asked_at.get((path, module.pk))
        if asked and is_of_all(asked) and asked.department_id not in portal.editable:
            yield Problem(
                _("“%(module)s” is asked for by %(department)s already.")
                % {"module": module.title, "department": asked.department.name},
                _("It can be changed only there. Leave the row out."),
            )


def is_of_all(requirement: Requirement) -> bool:
    return not requirement.levels and not requirement.titles
