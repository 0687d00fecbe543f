"""Puts right what is known of somebody's places: title, level, days, and long leave."""

from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from departments.actions.leading import lock_person
from departments.actions.memberships import (
    Place,
    mark_places,
    note_place,
    places_of,
    refuse_same_department,
    refuse_second_home,
    stored_place,
    told_place,
    write,
)
from departments.actions.refusing import Refused, refuse_order
from departments.models import AuditLine, Membership
from departments.models.periods import not_over
from quizzes.days import organisation_day


@transaction.atomic
def set_leave(
    *,
    person: AbstractBaseUser,
    leave_from: date | None,
    leave_to: date | None,
    by: AbstractBaseUser | None,
    at: datetime,
) -> None:
    """In every department of hers; no first day ends what was said before."""
    lock_person(person)
    if leave_to and (leave_from is None or leave_to < leave_from):
        raise Refused(_("Leave needs a first day that isn't after its last."))
    running = places_of(person).filter(not_over(organisation_day(at)))
    if not running:
        raise Refused(_("%(person)s is in no department.") % {"person": person})
    for each in running:
        before = told_place(each)
        write(each, at, leave_from=leave_from, leave_to=leave_to)
        note_place(AuditLine.Kind.AWAY, each, before, by=by, at=at)
    mark_places(person)


@transaction.atomic
def correct_membership(
    *,
    membership: Membership,
    place: Place,
    by: AbstractBaseUser | None,
    at: datetime,
    reason: str = "",
) -> Membership:
    """Title, level and days were written wrongly; the department stays."""
    lock_person(membership.person)
    stored = stored_place(membership)
    refuse_order(place.starts_on, place.ends_on)
    if stored.is_home:
        refuse_second_home(stored.person, place.starts_on, place.ends_on, besides=stored)
    refuse_same_department(stored.person, place, besides=stored)
    before = told_place(stored)
    corrected = write(
        stored,
        at,
        starts_on=place.starts_on,
        ends_on=place.ends_on,
        title=place.title,
        level=place.level,
    )
    note_place(AuditLine.Kind.CORRECTED, corrected, before, by=by, at=at, reason=reason)
    mark_places(stored.person)
    return corrected
