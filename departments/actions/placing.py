"""The only writer, beside the list of people, of who works where, from when to when.

Every act keeps what was known before, leaves a line in the log, and asks for a new count of every
department that it touches. Nobody is at home in two departments on one day. What somebody has
proved is hers, and no act here touches it. Each raises `Refused`, with a sentence.
"""

from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from departments.actions.leading import end_headships_by, lock_person, lock_tree
from departments.actions.memberships import (
    Place,
    end,
    mark_places,
    named,
    places_of,
    refuse_place,
    refuse_same_department,
    refuse_second_home,
    stored_place,
    write,
)
from departments.actions.refusing import DAY, Refused
from departments.actions.roster import Placement, note_roster
from departments.models import AuditLine, Membership
from departments.models.periods import not_over
from quizzes.days import organisation_day


@transaction.atomic
def place_person(
    *, person: AbstractBaseUser, place: Place, by: AbstractBaseUser | None, at: datetime
) -> Membership:
    """She joins, or comes back: from then on it is her home."""
    lock_tree()
    lock_person(person)
    refuse_place(place, at)
    refuse_second_home(person, place.starts_on, place.ends_on)
    refuse_same_department(person, place)
    return _add(person, place, is_home=True, by=by, at=at)


@transaction.atomic
def add_second_department(
    *, person: AbstractBaseUser, place: Place, by: AbstractBaseUser | None, at: datetime
) -> Membership:
    """She works there, too; she stays counted at home for what both ask."""
    lock_tree()
    lock_person(person)
    refuse_place(place, at)
    refuse_same_department(person, place)
    return _add(person, place, is_home=False, by=by, at=at)


@transaction.atomic
def move_person(
    *,
    person: AbstractBaseUser,
    place: Place,
    by: AbstractBaseUser | None,
    at: datetime,
    reason: str = "",
) -> Membership:
    """Her home changes on the place's first day; its last day stays that of her home before."""
    lock_tree()
    lock_person(person)
    refuse_place(place, at)
    home = _home_to_leave(person, place)
    seconds = places_of(person, is_home=False).filter(not_over(place.starts_on))
    for second in seconds.filter(department=place.department):
        end(second, place.starts_on - DAY, at)
    old = home.department_id
    if home.starts_on == place.starts_on:
        moved = write(home, at, department=place.department, title=place.title, level=place.level)
    else:
        moved = _go_over(home, place, at)
    if old != place.department.pk:
        last_day = place.starts_on - DAY
        end_headships_by(person, last_day=last_day, department=old, by=by, at=at)
    kind, new = AuditLine.Kind.MOVED, place.department.pk
    note_roster(
        [Placement(person.pk, kind, old, new, reason=reason, day=place.starts_on)], by=by, at=at
    )
    mark_places(person, old)
    return moved


@transaction.atomic
def end_membership(
    *, membership: Membership, last_day: date, by: AbstractBaseUser | None, at: datetime
) -> None:
    """Only of a second department: a home is left by moving, or with the organisation."""
    lock_person(membership.person)
    stored = stored_place(membership)
    if stored.is_home:
        told = _("%(department)s is home for %(person)s. Move her, or end her time here.")
        raise Refused(told % {"department": stored.department, "person": stored.person})
    end(stored, last_day, at)
    left = Placement(
        stored.person_id, AuditLine.Kind.LEFT, before=stored.department_id, day=last_day
    )
    note_roster([left], by=by, at=at)
    mark_places(stored.person, stored.department_id)


@transaction.atomic
def end_employment(
    *,
    person: AbstractBaseUser,
    last_day: date,
    by: AbstractBaseUser | None,
    at: datetime,
    reason: str = "",
) -> None:
    """All her places and headships end; what was planned for later is taken back."""
    lock_person(person)
    if by is not None and by.pk == person.pk:
        raise Refused(_("You can’t end your own time here. Ask another administrator."))
    open_ones = list(places_of(person).filter(not_over(last_day + DAY)))
    if not any(each.starts_on <= last_day for each in open_ones):
        told = _("%(person)s is in no department on that day.")
        raise Refused(told % {"person": person})
    for each in open_ones:
        end(each, last_day, at)
    end_headships_by(person, last_day=last_day, by=by, at=at)
    left = [
        Placement(person.pk, AuditLine.Kind.LEFT, before=key, reason=reason, day=last_day)
        for key in dict.fromkeys(each.department_id for each in open_ones)
    ]
    note_roster(left, by=by, at=at)
    mark_places(person, *(each.department_id for each in open_ones))


def _add(
    person: AbstractBaseUser,
    place: Place,
    *,
    is_home: bool,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Membership:
    added = Membership.objects.create(
        person_id=person.pk,
        department=place.department,
        title=place.title,
        level=place.level,
        is_home=is_home,
        starts_on=place.starts_on,
        ends_on=place.ends_on,
        known_from=organisation_day(at),
    )
    joined = Placement(
        person.pk, AuditLine.Kind.JOINED, after=place.department.pk, day=place.starts_on
    )
    note_roster([joined], by=by, at=at)
    mark_places(person)
    return added


def _go_over(home: Membership, place: Place, at: datetime) -> Membership:
    is_away = home.leave_from is not None and (
        home.leave_to is None or home.leave_to >= place.starts_on
    )
    last_day = home.ends_on
    end(home, place.starts_on - DAY, at)
    return Membership.objects.create(
        person_id=home.person_id,
        department=place.department,
        title=place.title,
        level=place.level,
        starts_on=place.starts_on,
        ends_on=last_day,
        leave_from=home.leave_from if is_away else None,
        leave_to=home.leave_to if is_away else None,
        known_from=organisation_day(at),
    )


def _home_to_leave(person: AbstractBaseUser, place: Place) -> Membership:
    homes = places_of(person, is_home=True).filter(not_over(place.starts_on))
    coming = list(homes.order_by("starts_on"))
    if not coming or coming[0].starts_on > place.starts_on:
        told = _("%(person)s is at home nowhere on that day. Place her instead.")
        raise Refused(told % {"person": person})
    home, *later = coming
    if home.department_id == place.department.pk:
        told = _("%(person)s is at home in %(department)s already, from %(day)s on.")
        raise Refused(told % named(home))
    if later:
        told = _("%(person)s is to go to %(department)s on %(day)s. Put that right first.")
        raise Refused(told % named(later[0]))
    return home
