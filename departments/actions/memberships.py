"""How a person's place is read, written and told, by every act that changes it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _

from departments.actions.auditing import audit
from departments.actions.marking import mark
from departments.actions.refusing import Refused, refuse_closed, refuse_order
from departments.actions.roster import keep_past
from departments.models import AuditLine, Department, Membership
from departments.models.organisation import MembershipQuerySet
from departments.models.periods import not_over
from departments.wording import full_day
from quizzes.days import organisation_day


@dataclass(frozen=True, slots=True)
class Place:
    """What somebody is in a department, and the days for which; no last day is for good."""

    department: Department
    starts_on: date
    ends_on: date | None = None
    title: str = ""
    level: str = Membership.Level.STAFF


def write(membership: Membership, at: datetime, **columns: Any) -> Membership:
    day = organisation_day(at)
    keep_past([membership.pk], on=day)
    for name, value in (columns | {"known_from": day}).items():
        setattr(membership, name, value)
    membership.save(update_fields=[*columns, "known_from"])
    return membership


def end(membership: Membership, last_day: date, at: datetime) -> None:
    """One that would begin afterwards is taken back."""
    if membership.starts_on > last_day:
        keep_past([membership.pk], on=organisation_day(at))
        membership.delete()
    elif membership.ends_on is None or membership.ends_on > last_day:
        write(membership, at, ends_on=last_day)


def places_of(person: AbstractBaseUser, **narrowed: Any) -> MembershipQuerySet:
    found: MembershipQuerySet = Membership.objects.filter(person_id=person.pk, **narrowed)
    return found.select_related("person", "department")


def stored_place(membership: Membership) -> Membership:
    stored: Membership = Membership.objects.select_related("person", "department").get(
        pk=membership.pk
    )
    return stored


def overlapping(
    places: MembershipQuerySet, starts_on: date, ends_on: date | None
) -> Membership | None:
    found = places.filter(not_over(starts_on)).order_by("starts_on")
    return (found.filter(starts_on__lte=ends_on) if ends_on else found).first()


def refuse_place(place: Place, at: datetime) -> None:
    refuse_closed(place.department, at)
    refuse_order(place.starts_on, place.ends_on)


def refuse_second_home(
    person: AbstractBaseUser,
    starts_on: date,
    ends_on: date | None,
    *,
    besides: Membership | None = None,
) -> None:
    homes = places_of(person, is_home=True)
    homes = homes.exclude(pk=besides.pk) if besides else homes
    if other := overlapping(homes, starts_on, ends_on):
        told = _(
            "%(person)s is at home in %(department)s from %(day)s on, and nobody has two homes on "
            "one day. Move her instead, or choose other days."
        )
        raise Refused(told % named(other))


def refuse_same_department(
    person: AbstractBaseUser, place: Place, *, besides: Membership | None = None
) -> None:
    there = places_of(person, department=besides.department if besides else place.department)
    there = there.exclude(pk=besides.pk) if besides else there
    other = overlapping(there, place.starts_on, place.ends_on)
    if other:
        told = _("%(person)s is in %(department)s in these days already, from %(day)s on.")
        raise Refused(told % named(other))


def named(membership: Membership) -> dict[str, Any]:
    return {
        "person": membership.person,
        "department": membership.department,
        "day": full_day(membership.starts_on),
    }


def told_place(membership: Membership) -> dict[str, Any]:
    days = ("starts_on", "ends_on", "leave_from", "leave_to")
    written = {name: getattr(membership, name) for name in days}
    return {
        "department": membership.department.name,
        "title": membership.title,
        "level": membership.level,
        **{name: day.isoformat() if day else None for name, day in written.items()},
    }


def note_place(
    kind: AuditLine.Kind,
    membership: Membership,
    before: dict[str, Any],
    *,
    by: AbstractBaseUser | None,
    at: datetime,
    reason: str = "",
) -> None:
    audit(
        kind,
        by=by,
        at=at,
        department=membership.department,
        person=membership.person,
        reason=reason,
        before=before,
        after=told_place(membership),
    )


def mark_places(person: AbstractBaseUser, *left: int) -> None:
    for key in {*places_of(person).values_list("department", flat=True), *left}:
        mark(department=key)
