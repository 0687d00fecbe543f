"""Writes a plan in as many queries for one person as for a thousand."""

import secrets
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import reduce
from itertools import batched
from operator import or_
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import Group
from django.db.models import Q

from departments.actions.inserting import insert_all
from departments.actions.roster import keep_past, note_roster
from departments.importers.paths import PathKey
from departments.importers.people.noting import mark_departments, placements
from departments.importers.people.plans import PeoplePlan, PersonPlan
from departments.importers.people.stored import Stored
from departments.importers.people.tree import add_departments
from departments.importers.spells import Spell
from departments.models import Headship, Membership

# One statement that updates many rows takes time by their square.
UPDATED_AT_ONCE = 500
ADDED_AT_ONCE = 5_000
TAKEN_AT_ONCE = 200


def write_people(
    people: Sequence[PersonPlan],
    plan: PeoplePlan,
    stored: Stored,
    *,
    by: AbstractBaseUser | None,
    reason: str,
    at: datetime,
) -> None:
    """`people` are those of the plan who come in, or leave; `reason` is told in the log."""
    ids = {key: department.pk for key, department in stored.departments.items()}
    add_departments(plan.new_departments, ids)
    _write_names(people)
    changed = [person for person in people if person.memberships or person.others or person.dropped]
    _write_memberships(changed, ids, plan.today, is_first=bool(changed) and stored.is_empty())
    _write_headships(people, ids)
    _write_groups(people)
    note_roster(placements(people, ids, today=plan.today, reason=reason), by=by, at=at)
    mark_departments(changed, ids)


def _write_names(people: Iterable[PersonPlan]) -> None:
    user = get_user_model()
    people = list(people)
    for plans in batched((plan for plan in people if plan.pk is None), ADDED_AT_ONCE):
        added = user.objects.bulk_create(
            user(
                email=plan.row.email,
                first_name=plan.given_name,
                last_name=plan.family_name,
                password=_no_password(),
            )
            for plan in plans
        )
        for plan, person in zip(plans, added, strict=True):
            plan.pk = person.pk
    renamed = [
        user(pk=plan.pk, first_name=plan.given_name, last_name=plan.family_name)
        for plan in people
        if plan.is_renamed
    ]
    if renamed:
        user.objects.bulk_update(renamed, ["first_name", "last_name"], UPDATED_AT_ONCE)


def _no_password() -> str:
    """What `make_password(None)` gives, a hundred times as fast."""
    return UNUSABLE_PASSWORD_PREFIX + secrets.token_urlsafe(30)


def _write_memberships(
    people: Sequence[PersonPlan], ids: dict[PathKey, int], today: date, *, is_first: bool
) -> None:
    dropped = [spell.pk for plan in people for spell in plan.dropped if spell.pk]
    spells = [
        (plan, spell, is_home)
        for plan in people
        for is_home, times in ((True, plan.memberships), (False, plan.others))
        for spell in times
    ]
    keep_past([*dropped, *(spell.pk for _plan, spell, _home in spells if spell.pk)], on=today)
    for some in batched(dropped, TAKEN_AT_ONCE):
        Membership.objects.filter(pk__in=some).delete()
    _write_spells(
        Membership,
        (
            (
                spell.pk,
                _columns(plan, spell, ids)
                | {
                    "title": spell.details.title,
                    "level": spell.details.level,
                    "is_home": is_home,
                    "leave_from": spell.details.leave_from,
                    "leave_to": spell.details.leave_to,
                    # The first list tells what everybody knew.
                    "known_from": min(spell.starts_on, today) if is_first else today,
                },
            )
            for plan, spell, is_home in spells
        ),
    )


def _write_headships(people: Iterable[PersonPlan], ids: dict[PathKey, int]) -> None:
    people = [plan for plan in people if plan.headships or plan.dropped_headships]
    dropped = [spell.pk for plan in people for spell in plan.dropped_headships if spell.pk]
    for some in batched(dropped, TAKEN_AT_ONCE):
        Headship.objects.filter(pk__in=some).delete()
    _write_spells(
        Headship,
        (
            (spell.pk, _columns(plan, spell, ids) | {"kind": spell.details})
            for plan in people
            for spell in plan.headships
        ),
    )


def _columns(plan: PersonPlan, spell: Spell[Any], ids: dict[PathKey, int]) -> dict[str, Any]:
    return {
        "person_id": plan.pk,
        "department_id": ids[spell.department],
        "starts_on": spell.starts_on,
        "ends_on": spell.ends_on,
    }


def _write_spells[Row: (Membership, Headship)](
    model: type[Row], rows: Iterator[tuple[int | None, dict[str, Any]]]
) -> None:
    """Updates the rows that have a primary key, and adds the others."""
    stored: list[Row] = []
    new: list[Row] = []
    names: list[str] = []
    for pk, columns in rows:
        names = names or list(columns)
        (stored if pk else new).append(model(pk=pk, **columns))
    # The old home ends before the new one begins: a person has one open home at a time.
    if stored:
        model.objects.bulk_update(stored, names, UPDATED_AT_ONCE)
    insert_all(model, new)


def _write_groups(people: Iterable[PersonPlan]) -> None:
    people = [plan for plan in people if plan.groups_added or plan.groups_removed]
    if not people:
        return
    names = {name for plan in people for name in plan.groups_added | plan.groups_removed}
    Group.objects.bulk_create([Group(name=name) for name in sorted(names)], ignore_conflicts=True)
    ids = dict(Group.objects.filter(name__in=names).values_list("name", "pk"))
    given = get_user_model().groups.through
    given.objects.bulk_create(
        (
            given(user_id=plan.pk, group_id=ids[name])
            for plan in people
            for name in plan.groups_added
        ),
        ADDED_AT_ONCE,
    )
    taken = [
        Q(user_id=plan.pk, group_id=ids[name]) for plan in people for name in plan.groups_removed
    ]
    for some in batched(taken, TAKEN_AT_ONCE):
        given.objects.filter(reduce(or_, some)).delete()
