"""The only writer of the tree of departments: they are added, renamed, moved, merged and closed.

Every act counts from the organisation's present day on, so that no past day changes, and leaves a
line in the log. Nothing is deleted: a department that is closed stays for the days it was there.
Each raises `Refused`, with a sentence, where it would leave no tree, or somebody nowhere.
"""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from departments.actions.auditing import audit
from departments.actions.leading import end_headships_of, lock_tree
from departments.actions.marking import mark
from departments.actions.merging import carry_over
from departments.actions.refusing import (
    DAY,
    checked_name,
    refuse_closed,
    refuse_depth,
    refuse_links,
    refuse_no_tree,
    refuse_parts,
    refuse_people,
    refuse_second_top,
    refuse_taken,
)
from departments.actions.requirements import drop_requirement
from departments.actions.roster import modules_by_department
from departments.models import AuditLine, Department, DepartmentMove, Requirement
from departments.reports import terms_of
from departments.reports.trees import open_on
from quizzes.days import organisation_day


@transaction.atomic
def add_department(
    *, name: str, parent: Department | None, by: AbstractBaseUser | None, at: datetime
) -> Department:
    """Without a parent it is the top of a tree that has none yet."""
    lock_tree()
    new = Department(name=checked_name(name))
    if parent is None:
        refuse_second_top(new.name)
        Department.add_root(instance=new)
    else:
        parent = fresh(parent)
        refuse_closed(parent, at)
        refuse_depth(parent, levels=1)
        refuse_taken(new.name, parent)
        parent.add_child(instance=new)
    audit(AuditLine.Kind.DEPARTMENT, by=by, at=at, department=new, after=told(new))
    return new


@transaction.atomic
def rename_department(
    *, department: Department, name: str, by: AbstractBaseUser | None, at: datetime
) -> Department:
    lock_tree()
    department, name = fresh(department), checked_name(name)
    before, parent = told(department), department.get_parent()
    if name == department.name:
        return department
    refuse_taken(name, parent, besides=department)
    department.name = name
    department.save(update_fields=["name"])
    if parent:
        # Sisters stand in the order of their names.
        department.move(parent, "sorted-child")
    return noted(department, before, by=by, at=at)


@transaction.atomic
def move_department(
    *, department: Department, parent: Department, by: AbstractBaseUser | None, at: datetime
) -> Department:
    """Its people are asked what the departments above it ask from now on."""
    lock_tree()
    department, parent = fresh(department), fresh(parent)
    refuse_closed(department, at)
    refuse_closed(parent, at)
    refuse_no_tree(department, parent)
    if department.is_child_of(parent):
        return department
    refuse_taken(department.name, parent)
    refuse_depth(parent, levels=levels_of(department))
    return put_under(department, parent, by=by, at=at)


def put_under(
    department: Department, parent: Department, *, by: AbstractBaseUser | None, at: datetime
) -> Department:
    before, old = told(department), department.get_parent()
    department.move(parent, "sorted-child")
    DepartmentMove.objects.create(
        department=department, before=old, after=parent, moved_on=organisation_day(at)
    )
    moved = noted(department, before, by=by, at=at)
    mark(department=moved)
    return moved


@transaction.atomic
def merge_departments(
    *, merged: Department, into: Department, by: AbstractBaseUser | None, at: datetime
) -> Department:
    """Its people and its parts go over to the other one today; its own requirements end."""
    lock_tree()
    merged, into = fresh(merged), fresh(into)
    refuse_closed(merged, at)
    refuse_closed(into, at)
    refuse_no_tree(merged, into)
    refuse_links(merged)
    children = list(merged.get_children().filter(open_on(organisation_day(at))))
    for child in children:
        refuse_taken(child.name, into)
        refuse_depth(into, levels=levels_of(child))
    for child in children:
        put_under(fresh(child), fresh(into), by=by, at=at)
    carry_over(merged, into, by=by, at=at)
    return shut(fresh(merged), by=by, at=at, into=fresh(into))


@transaction.atomic
def close_department(
    *, department: Department, by: AbstractBaseUser | None, at: datetime
) -> Department:
    """Only one that nobody and nothing hangs on."""
    lock_tree()
    department = fresh(department)
    refuse_closed(department, at)
    refuse_parts(department, at)
    refuse_people(department, at)
    refuse_links(department)
    return shut(department, by=by, at=at)


def shut(
    department: Department,
    *,
    by: AbstractBaseUser | None,
    at: datetime,
    into: Department | None = None,
) -> Department:
    before, last_day = told(department), organisation_day(at) - DAY
    reason = _("Merged into %(department)s") % {"department": into.name} if into else _("Closed")
    for requirement in Requirement.objects.filter(department=department):
        drop_requirement(requirement=requirement, seen=terms_of(requirement), actor=by, at=at)
    end_headships_of(department, last_day=last_day, reason=reason, by=by, at=at)
    department.closed_on, department.merged_into = last_day, into
    department.save(update_fields=["closed_on", "merged_into"])
    mark(department=department)
    return noted(department, before, by=by, at=at, reason=reason)


def noted(
    department: Department,
    before: dict[str, Any],
    *,
    by: AbstractBaseUser | None,
    at: datetime,
    reason: str = "",
) -> Department:
    department = fresh(department)
    kind, after = AuditLine.Kind.DEPARTMENT, told(department)
    audit(kind, by=by, at=at, department=department, reason=reason, before=before, after=after)
    return department


def fresh(department: Department) -> Department:
    """As it stands now: a move changes the places of others, too."""
    found: Department = Department.objects.get(pk=department.pk)
    return found


def told(department: Department) -> dict[str, Any]:
    """What the log says of it: its name, what it stands under, and what is asked in it."""
    parent = department.get_parent(update=True)
    asked = modules_by_department([department.pk])[department.pk]
    last_day = department.closed_on
    return {
        **asked,
        "under": parent.name if parent else "",
        **({"closed_on": last_day.isoformat()} if last_day else {}),
    }


def levels_of(department: Department) -> int:
    """How many levels the department takes up, with all below it."""
    deepest = Department.get_tree(department).order_by("-depth").first()
    return int(deepest.depth) - int(department.depth) + 1
