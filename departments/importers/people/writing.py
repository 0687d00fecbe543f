"""Writes a plan in as many queries for one person as for a thousand."""

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import Q

from departments.importers.paths import PathKey, key_of
from departments.importers.people.planning import PeoplePlan, PersonPlan
from departments.importers.people.stored import Stored
from departments.importers.spells import Spell
from departments.models import Department, Headship, Membership

# One statement that updates many rows takes time by their square.
UPDATED_AT_ONCE = 500


def write_people(plan: PeoplePlan, stored: Stored) -> None:
    ids = {key: department.pk for key, department in stored.departments.items()}
    _write_departments(plan.new_departments, ids)
    _write_names(plan.people)
    _write_memberships(plan.people, ids)
    _write_headships(plan.people, ids)
    _write_groups(plan.people)


def _write_departments(paths: Iterable[tuple[str, ...]], ids: dict[PathKey, int]) -> None:
    for path in paths:
        key = key_of(path)
        department = Department(name=path[-1])
        if len(path) == 1:
            Department.add_root(instance=department)
        else:
            # Fetched afresh: a new sibling moves the others, so a path in memory grows old.
            Department.objects.get(pk=ids[key[:-1]]).add_child(instance=department)
        ids[key] = department.pk


def _write_names(people: Iterable[PersonPlan]) -> None:
    users = get_user_model().objects
    new = [plan.person for plan in people if plan.is_new]
    renamed = [plan.person for plan in people if plan.is_renamed and not plan.is_new]
    users.bulk_create(new)
    if renamed:
        users.bulk_update(renamed, ["first_name", "last_name"], UPDATED_AT_ONCE)


def _write_memberships(people: Iterable[PersonPlan], ids: dict[PathKey, int]) -> None:
    _write_spells(
        Membership,
        [
            (
                spell.pk,
                _columns(plan, spell, ids)
                | {
                    "title": spell.details.title,
                    "leave_from": spell.details.leave_from,
                    "leave_to": spell.details.leave_to,
                },
            )
            for plan in people
            for spell in plan.memberships
        ],
    )


def _write_headships(people: Iterable[PersonPlan], ids: dict[PathKey, int]) -> None:
    _write_spells(
        Headship,
        [
            (spell.pk, _columns(plan, spell, ids) | {"kind": spell.details})
            for plan in people
            for spell in plan.headships
        ],
    )


def _columns(plan: PersonPlan, spell: Spell[Any], ids: dict[PathKey, int]) -> dict[str, Any]:
    return {
        "person_id": plan.person.pk,
        "department_id": ids[spell.department],
        "starts_on": spell.starts_on,
        "ends_on": spell.ends_on,
    }


def _write_spells[Row: (Membership, Headship)](
    model: type[Row], rows: Sequence[tuple[int | None, dict[str, Any]]]
) -> None:
    """Updates the rows that have a primary key, and adds the others."""
    # The old home ends before the new one begins: a person has one open home at a time.
    stored = [(pk, columns) for pk, columns in rows if pk]
    if stored:
        _pk, first = stored[0]
        model.objects.bulk_update(
            [model(pk=pk, **columns) for pk, columns in stored], list(first), UPDATED_AT_ONCE
        )
    model.objects.bulk_create([model(**columns) for pk, columns in rows if not pk])


def _write_groups(people: Iterable[PersonPlan]) -> None:
    people = [plan for plan in people if plan.groups_added or plan.groups_removed]
    if not people:
        return
    names = {name for plan in people for name in plan.groups_added | plan.groups_removed}
    Group.objects.bulk_create([Group(name=name) for name in sorted(names)], ignore_conflicts=True)
    ids = dict(Group.objects.filter(name__in=names).values_list("name", "pk"))
    given = get_user_model().groups.through
    given.objects.bulk_create(
        given(user_id=plan.person.pk, group_id=ids[name])
        for plan in people
        for name in plan.groups_added
    )
    taken = [
        Q(user_id=plan.person.pk, group_id=ids[name])
        for plan in people
        for name in plan.groups_removed
    ]
    if taken:
        given.objects.filter(reduce(or_, taken)).delete()
