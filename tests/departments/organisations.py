"""Organisations at random, with everything that decides who counts where."""

from datetime import date, datetime, timedelta
from random import Random

from departments.models import (
    Assignment,
    Department,
    Exemption,
    Extension,
    Membership,
    Requirement,
)
from knowledge.models import ModulePage
from portal.models import User
from quizzes.models import Standing, StandingEvent
from tests.conftest import NOW
from tests.factories import A_DAY, LONG_AGO, TODAY, DepartmentFactory

LEVELS = [level.value for level in Membership.Level]
TITLES = ["Adviser", "Engineer", "Planner"]


def organisation(rng: Random, modules: list[ModulePage]) -> list[Department]:
    """Nine departments, 25 people in one to three of them, and rules and gifts at random."""
    departments = [DepartmentFactory(name="Top")]
    departments += [
        DepartmentFactory(name=f"Part {number}", parent=rng.choice(departments))
        for number in range(8)
    ]
    people = User.objects.bulk_create(
        User(email=f"{number}@example.com", last_name=f"{number}") for number in range(25)
    )
    for person in people:
        for place in range(rng.choice([1, 1, 1, 2, 3])):
            place_at_random(rng, person, departments, is_home=place == 0 and rng.random() < 0.9)
    ask_at_random(rng, departments, modules)
    give_at_random(rng, people, modules)
    prove_at_random(rng, people, modules)
    return departments


def place_at_random(
    rng: Random, person: User, departments: list[Department], *, is_home: bool
) -> None:
    Membership.objects.get_or_create(
        person=person,
        department=rng.choice(departments),
        starts_on=TODAY - rng.choice([45, 400]) * A_DAY,
        defaults={
            "is_home": is_home,
            "title": rng.choice(TITLES),
            "level": rng.choice(LEVELS),
            "leave_from": rng.choice([None, None, None, TODAY - 40 * A_DAY]),
            "known_from": LONG_AGO,
        },
    )


def ask_at_random(rng: Random, departments: list[Department], modules: list[ModulePage]) -> None:
    Requirement.objects.bulk_create(
        Requirement(
            department=department,
            module=module,
            levels=rng.choice([[], [], rng.sample(LEVELS, 2)]),
            titles=rng.choice([[], [], rng.sample(TITLES, 2)]),
            starts_on=rng.choice([None, None, TODAY + A_DAY]),
            known_from=LONG_AGO,
        )
        for department in departments
        for module in modules
        if rng.random() < 0.25
    )


def give_at_random(rng: Random, people: list[User], modules: list[ModulePage]) -> None:
    for person in rng.sample(people, 8):
        assign(person, rng.choice(modules), TODAY + rng.choice([-5, 5]) * A_DAY)
        more_time(person, rng.choice(modules), TODAY + 9 * A_DAY, given_on=TODAY - 40 * A_DAY)
        waive(person, rng.choice(modules), given_on=TODAY - 40 * A_DAY)


def assign(person: User, module: ModulePage, due_on: date) -> Assignment:
    return Assignment.objects.create(
        person=person, module=module, due_on=due_on, reason="Covers for Sam", starts_on=LONG_AGO
    )


def more_time(person: User, module: ModulePage, until: date, given_on: date = TODAY) -> None:
    Extension.objects.create(
        person=person, module=module, until=until, reason="Moving house", known_from=given_on
    )


def waive(person: User, module: ModulePage, given_on: date = TODAY) -> Exemption:
    return Exemption.objects.create(
        person=person,
        module=module,
        reason="Back office",
        starts_on=TODAY - 100 * A_DAY,
        ends_on=TODAY + 30 * A_DAY,
        known_from=given_on,
    )


def prove_at_random(rng: Random, people: list[User], modules: list[ModulePage]) -> None:
    """Each started long ago; most passed, some before and some after the month was over."""
    for person in people:
        for module in modules:
            if rng.random() < 0.7:
                prove(person, module, *days_of_passes(rng))


def days_of_passes(rng: Random) -> list[date]:
    return sorted(TODAY - rng.randrange(1, 90) * A_DAY for _pass in range(rng.choice([0, 1, 2])))


def prove(person: User, module: ModulePage, *days: date) -> None:
    """Passed on these days, each time for a month; without a day only started."""
    StandingEvent.objects.bulk_create(
        StandingEvent(
            person=person,
            module=module,
            at=datetime.combine(day, NOW.timetz()),
            kind=StandingEvent.Kind.PASSED,
            version=1,
            ready_to=day + timedelta(days=30),
            practice_from=day + timedelta(days=20),
        )
        for day in days
    )
    if not days:
        StandingEvent.objects.create(person=person, module=module, at=NOW - 99 * A_DAY)
    last = days[-1] if days else None
    Standing.objects.update_or_create(
        person=person,
        module=module,
        defaults={
            "started_at": NOW - 99 * A_DAY,
            "passed_on": last,
            "version": 1 if last else None,
            "ready_until": last and last + timedelta(days=30),
            "practice_from": last and last + timedelta(days=20),
        },
    )
