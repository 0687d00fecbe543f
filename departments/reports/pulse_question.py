"""The question that is open today, and who may answer it."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AbstractBaseUser

from departments.models import (
    Department,
    DepartmentQuerySet,
    Headship,
    Membership,
    Pulse,
    PulseSettings,
    PulseTurnout,
)
from departments.suppression import MINIMUM_GROUP
from knowledge.models import PromisePage

# The organisation itself is the first; the departments directly below it are shown.
SHOWN_DEPTH = 2


@dataclass(frozen=True, slots=True)
class Question:
    """The open question, for one person."""

    pulse: Pulse
    is_member: bool
    has_answered: bool
    is_agreed_by_teams: bool
    asks_of_ten: bool
    own_teams: tuple[Department, ...] = ()

    @property
    def is_waiting(self) -> bool:
        """Whether she can still answer it herself."""
        return self.is_member and not (self.has_answered or self.is_agreed_by_teams)


def open_pulse(*, on: date) -> Pulse | None:
    pulse: Pulse | None = (
        Pulse.objects.filter(
            opens_on__lte=on,
            closes_on__gte=on,
            promise__in=PromisePage.objects.open_to_colleagues(),
        )
        .select_related("promise")
        .order_by("month")
        .first()
    )
    return pulse


def question_for(person: AbstractBaseUser, *, on: date) -> Question | None:
    """Five queries; one where there is no question."""
    pulse = open_pulse(on=on)
    if pulse is None:
        return None
    asking = PulseSettings.load()
    is_agreed = asking.way == PulseSettings.Way.TEAM_AGREED
    return Question(
        pulse=pulse,
        is_member=home_of(person, on=on) is not None,
        has_answered=PulseTurnout.objects.filter(pulse=pulse, person_id=person.pk).exists(),
        is_agreed_by_teams=is_agreed,
        asks_of_ten=asking.asks_of_ten,
        own_teams=tuple(teams_spoken_for(person, on=on)) if is_agreed else (),
    )


def teams_spoken_for(person: AbstractBaseUser, *, on: date) -> DepartmentQuerySet:
    """Those that she leads herself: nobody agrees on anything for the teams below."""
    leading = Headship.objects.current(on=on).filter(person_id=person.pk)
    teams: DepartmentQuerySet = Department.objects.filter(pk__in=leading.values("department"))
    return teams


def home_of(person: AbstractBaseUser, *, on: date) -> Department | None:
    """Where she works on a day, whether or not she is on leave."""
    membership = (
        Membership.objects.current(on=on)
        .filter(person_id=person.pk)
        .select_related("department")
        .order_by("-is_home", "starts_on", "pk")
        .first()
    )
    return membership.department if membership else None


def bucket_of(home: Department, *, on: date) -> Department | None:
    """The department among whose answers hers is kept; none where too few work there.

    It is a department directly below the organisation, with all that is in it.
    """
    path = home.path[: SHOWN_DEPTH * Department.steplen]
    if len(path) < SHOWN_DEPTH * Department.steplen:
        return None
    members = Membership.objects.current(on=on).filter(
        is_home=True, department__path__startswith=path
    )
    people = members.order_by().values("person").distinct()[:MINIMUM_GROUP]
    if len(people) < MINIMUM_GROUP:
        return None
    bucket: Department = Department.objects.get(path=path)
    return bucket
