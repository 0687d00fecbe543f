"""The tree of departments as administrators see it: how many work where, led by whom."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from departments.models import AuditLine, Department, Headship, Membership
from departments.models.periods import not_over
from departments.reports.asked import steps_down_to
from departments.reports.audit import LogLine
from departments.reports.directory import newest
from departments.reports.trees import parents_of, tree_on
from departments.tree import objections

OF_A_DEPARTMENT = (
    AuditLine.Kind.DEPARTMENT,
    AuditLine.Kind.HEADED,
    AuditLine.Kind.REQUIRED,
    AuditLine.Kind.CHANGED,
    AuditLine.Kind.DROPPED,
)


@dataclass(frozen=True, slots=True)
class TreeLine:
    """A department in the tree: who leads it, how many are at home in it, and in it or below."""

    department: Department
    people: int
    people_in_all: int
    leading: tuple[Headship, ...]


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why the tree isn't one; the sentence is to be translated, then filled in."""

    sentence: str
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TreeFile:
    """The whole tree, what was closed, and what is wrong with it."""

    lines: tuple[TreeLine, ...]
    closed: tuple[Department, ...]
    troubles: tuple[Trouble, ...]


@dataclass(frozen=True, slots=True)
class DepartmentFile:
    """One department: where it stands, who leads it or will, and what was done to it."""

    department: Department
    parent: Department | None
    parts: tuple[Department, ...]
    people: int
    people_in_all: int
    headships: tuple[Headship, ...]
    lines: tuple[LogLine, ...]
    is_open: bool

    @property
    def deputies(self) -> list[Headship]:
        return [each for each in self.headships if each.kind == Headship.Kind.DEPUTY]


def tree_file(on: date) -> TreeFile:
    """Six queries, however many departments and people there are."""
    everything = list(Department.objects.select_related("merged_into"))
    names = {each.pk: each.name for each in everything}
    closed = [each for each in everything if each.closed_on and each.closed_on < on]
    troubles = [
        Trouble(
            each.sentence,
            {"department": names[each.department], "other": names.get(each.other or 0, "")},
        )
        for each in objections(parents_of(everything))
    ]
    return TreeFile(tuple(tree_lines(on)), tuple(closed), tuple(troubles))


def department_file(department: Department, *, on: date) -> DepartmentFile:
    """Six queries, however many people there are."""
    tree = tree_on(on)
    below = tree.below(department.pk)
    people = people_at_home(on)
    headships = Headship.objects.filter(not_over(on), department=department)
    lines = AuditLine.objects.filter(department=department, kind__in=OF_A_DEPARTMENT)
    return DepartmentFile(
        department=department,
        parent=tree.parent_of(department.pk),
        parts=tuple(each for each in below if each.depth == department.depth + 1),
        people=people[department.pk],
        people_in_all=sum(people[each.pk] for each in below),
        headships=tuple(headships.select_related("person").order_by("-kind", "starts_on", "pk")),
        lines=newest(lines),
        is_open=department.pk in tree,
    )


def tree_lines(on: date) -> list[TreeLine]:
    """Four queries, however many departments and people there are."""
    tree = tree_on(on)
    people = people_at_home(on)
    leading = leading_in(on)
    in_all: Counter[str] = Counter()
    for department in tree.departments.values():
        in_all.update(dict.fromkeys(steps_down_to(department.path), people[department.pk]))
    return [
        TreeLine(
            department,
            people[department.pk],
            in_all[department.path],
            tuple(leading.get(department.pk, ())),
        )
        for department in tree.departments.values()
    ]


def people_at_home(on: date) -> Counter[int]:
    homes = Membership.objects.current(on=on).filter(is_home=True).order_by()
    counted = homes.values_list("department").annotate(Count("pk"))
    return Counter(dict(counted))


def leading_in(on: date) -> dict[int, list[Headship]]:
    """Heads before deputies."""
    found: dict[int, list[Headship]] = {}
    current = Headship.objects.current(on=on).select_related("person")
    for headship in current.order_by("-kind", "person__last_name", "pk"):
        found.setdefault(headship.department_id, []).append(headship)
    return found


def department_choices(on: date) -> list[tuple[str, str]]:
    """Open departments by key, each with the names from the top down."""
    tree = tree_on(on)
    names: dict[str, str] = {}
    for each in tree.departments.values():
        above = names.get(each.path[: -Department.steplen])
        names[each.path] = f"{above} / {each.name}" if above else each.name
    return [(str(each.pk), names[each.path]) for each in tree.departments.values()]
