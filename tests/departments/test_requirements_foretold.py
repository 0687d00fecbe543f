"""What is told before a requirement is saved, in companies put together at random."""

from random import Random

import pytest

from departments.models import Department, Exemption, Requirement
from departments.reports import (
    Terms,
    department_readiness,
    department_requirements,
    requirement_effect,
)
from knowledge.models import ModulePage
from tests.factories import (
    A_DAY,
    TODAY,
    DepartmentFactory,
    MembershipFactory,
    ModuleFactory,
    RequirementFactory,
    StandingFactory,
)

pytestmark = pytest.mark.django_db

STATES = ("ready", "lapsed", "practice_due")


def some_company(chance: Random, module: ModulePage) -> list[Department]:
    departments = [DepartmentFactory(name="Company")]
    for _number in range(chance.randint(2, 6)):
        departments.append(DepartmentFactory(parent=chance.choice(departments)))
    for _number in range(chance.randint(5, 15)):
        some_person(chance, chance.choice(departments), module)
    return list(Department.objects.all())


def some_person(chance: Random, department: Department, module: ModulePage) -> None:
    person = MembershipFactory(
        department=department,
        starts_on=TODAY - chance.choice((-1, 0, 3, 30, 400)) * A_DAY,
        ends_on=chance.choice((None, None, None, TODAY + 401 * A_DAY)),
        on_leave=chance.random() < 0.2,
        person__is_active=chance.random() < 0.9,
    ).person
    if chance.random() < 0.7:
        StandingFactory(person=person, module=module, **{chance.choice(STATES): True})
    if chance.random() < 0.2:
        Exemption.objects.create(
            person=person,
            module=module,
            reason="Trainer",
            starts_on=TODAY - A_DAY,
            ends_on=TODAY + chance.choice((-1, 0, 9)) * A_DAY,
        )


def some_terms(chance: Random) -> Terms:
    return Terms(
        chance.choice((None, TODAY, TODAY + 20 * A_DAY)), chance.choice((1, 3, 4, 30, 1000))
    )


def save(department: Department, module: ModulePage, terms: Terms) -> None:
    Requirement.objects.update_or_create(
        department=department,
        module=module,
        defaults={"due_on": terms.due_on, "joiner_days": terms.joiner_days},
    )


@pytest.mark.parametrize("seed", range(12))
def test_what_is_foretold_is_what_the_pages_say_afterwards(seed: int) -> None:
    chance = Random(seed)
    module = ModuleFactory()
    departments = some_company(chance, module)
    for place in chance.sample(departments, chance.randint(0, len(departments) - 1)):
        RequirementFactory(department=place, module=module, joiner_days=chance.choice((1, 60)))
    asking, terms = chance.choice(departments), some_terms(chance)
    wanted = Requirement(
        department=asking, module=module, due_on=terms.due_on, joiner_days=terms.joiner_days
    )
    foretold = requirement_effect(wanted, on=TODAY)
    save(asking, module, terms)

    (own,) = department_requirements(asking, on=TODAY).own
    assert own.people == foretold.people
    assert foretold.people - foretold.needed == (
        foretold.joiners + foretold.on_leave + foretold.exempt
    )

    # Whoever is asked elsewhere stands on the same page; without them the figures are the same.
    Requirement.objects.filter(module=module, department__path__startswith=asking.path).exclude(
        department=asking
    ).delete()
    whole = requirement_effect(wanted, on=TODAY)
    tally = department_readiness(asking, on=TODAY).columns[0].tally
    assert (whole.ready, whole.needed) == (tally.ready, tally.needed)
    assert whole.people - whole.needed == tally.not_counted
    assert (whole.people, whole.elsewhere) == (foretold.people + foretold.elsewhere, 0)


@pytest.mark.parametrize("seed", range(12))
def test_those_who_are_asked_elsewhere_are_no_part_of_what_is_foretold(seed: int) -> None:
    chance = Random(1000 + seed)
    module = ModuleFactory()
    departments = some_company(chance, module)
    nested = chance.sample(departments[1:], chance.randint(1, len(departments) - 1))
    for place in nested:
        RequirementFactory(department=place, module=module, joiner_days=chance.choice((1, 60)))
    company = departments[0]
    terms = some_terms(chance)
    foretold = requirement_effect(
        Requirement(
            department=company, module=module, due_on=terms.due_on, joiner_days=terms.joiner_days
        ),
        on=TODAY,
    )
    save(company, module, terms)

    bound = [
        row.cells[0].readiness
        for row in department_readiness(company, on=TODAY).rows
        if not any(
            Department.objects.get(pk=row.department_id).path.startswith(place.path)
            for place in nested
        )
    ]
    counted = [each.state for each in bound if each and each.state.is_counted]
    assert len(bound) == foretold.people
    assert len(counted) == foretold.needed
    assert sum(state.is_ready for state in counted) == foretold.ready
