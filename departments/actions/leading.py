"""The only writer, beside the list of people, of who leads a department, and from when to when."""

from datetime import date, datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from departments.actions.auditing import audit
from departments.actions.refusing import (
    Refused,
    refuse_closed,
    refuse_gone,
    refuse_order,
)
from departments.models import AuditLine, Department, Headship
from departments.models.periods import not_over


def lock_tree() -> None:
    """A tree is one thing: whoever changes it waits for whoever is changing it.

    Whoever puts somebody into it waits, too: her department could be closing. Taken before people.
    """
    top = Department.objects.filter(depth=1).select_for_update(of=("self",), no_key=True)
    list(top.values_list("pk"))


def lock_person(person: AbstractBaseUser) -> None:
    """Her places and headships are changed by one at a time."""
    list(get_user_model().objects.select_for_update(of=("self",)).filter(pk=person.pk))


def appoint_head(
    *,
    department: Department,
    person: AbstractBaseUser,
    starts_on: date,
    ends_on: date | None,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Headship:
    return _appoint(Headship.Kind.HEAD, department, person, (starts_on, ends_on), by=by, at=at)


def appoint_deputy(
    *,
    department: Department,
    person: AbstractBaseUser,
    starts_on: date,
    ends_on: date | None,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Headship:
    return _appoint(Headship.Kind.DEPUTY, department, person, (starts_on, ends_on), by=by, at=at)


@transaction.atomic
def _appoint(
    kind: Headship.Kind,
    department: Department,
    person: AbstractBaseUser,
    days: tuple[date, date | None],
    *,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Headship:
    """Raises `Refused` where she leads it in these days already, or has left."""
    lock_tree()
    lock_person(person)
    starts_on, ends_on = days
    refuse_closed(department, at)
    refuse_order(starts_on, ends_on)
    refuse_gone(person, starts_on)
    others = Headship.objects.filter(not_over(starts_on), person_id=person.pk)
    others = others.filter(department=department)
    other = (others.filter(starts_on__lte=ends_on) if ends_on else others).first()
    if other:
        told = _("%(person)s leads %(department)s in these days already, from %(day)s on.")
        raise Refused(
            told
            % {
                "person": person,
                "department": department,
                "day": date_format(other.starts_on, "j F Y"),
            }
        )
    headship = Headship.objects.create(
        person_id=person.pk, department=department, kind=kind, starts_on=starts_on, ends_on=ends_on
    )
    _note(headship, by=by, at=at, after=_told(headship))
    return headship


@transaction.atomic
def end_headship(
    *,
    headship: Headship,
    last_day: date,
    by: AbstractBaseUser | None,
    at: datetime,
    reason: str = "",
) -> None:
    """One that hasn't begun by then is taken back; one that has ended stays as it was."""
    lock_person(headship.person)
    stored = Headship.objects.select_related("person", "department").get(pk=headship.pk)
    if stored.ends_on is not None and stored.ends_on <= last_day:
        return
    before = _told(stored)
    if stored.starts_on > last_day:
        _note(stored, by=by, at=at, before=before, reason=reason)
        stored.delete()
        return
    stored.ends_on = last_day
    stored.save(update_fields=["ends_on"])
    _note(stored, by=by, at=at, before=before, after=_told(stored), reason=reason)


def end_headships_of(
    department: Department,
    *,
    last_day: date,
    by: AbstractBaseUser | None,
    at: datetime,
    reason: str = "",
) -> None:
    _end(Headship.objects.filter(department=department), last_day, by=by, at=at, reason=reason)


def end_headships_by(
    person: AbstractBaseUser,
    *,
    last_day: date,
    by: AbstractBaseUser | None,
    at: datetime,
    department: int | None = None,
) -> None:
    """Those that a person has; with a department, only hers there."""
    headships = Headship.objects.filter(person_id=person.pk)
    headships = headships.filter(department=department) if department else headships
    _end(headships, last_day, by=by, at=at)


def _end(
    headships: QuerySet[Headship],
    last_day: date,
    *,
    by: AbstractBaseUser | None,
    at: datetime,
    reason: str = "",
) -> None:
    for headship in headships.select_related("person"):
        end_headship(headship=headship, last_day=last_day, by=by, at=at, reason=reason)


def _told(headship: Headship) -> dict[str, Any]:
    return {
        "kind": headship.kind,
        "starts_on": headship.starts_on.isoformat(),
        "ends_on": headship.ends_on.isoformat() if headship.ends_on else None,
    }


def _note(
    headship: Headship,
    *,
    by: AbstractBaseUser | None,
    at: datetime,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
) -> None:
    audit(
        AuditLine.Kind.HEADED,
        by=by,
        at=at,
        department=headship.department,
        person=headship.person,
        reason=reason,
        before=before,
        after=after,
    )
