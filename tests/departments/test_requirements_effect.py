"""What it would mean to ask for a module: told before it is saved."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from departments.models import Department, Exemption, Requirement
from departments.reports import (
    Effect,
    department_readiness,
    department_requirements,
    modules_to_ask,
    requirement_effect,
    requirement_effects,
    requirement_removal,
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


@pytest.fixture
def module() -> ModulePage:
    return ModuleFactory(title="Fair Refund")


def effect_in(department: Department, module: ModulePage, **terms: Any) -> Effect:
    wanted = Requirement(department=department, module=module, **terms)
    return requirement_effect(wanted, on=TODAY)


def test_everybody_who_counts_below_the_department_is_asked(
    company: Department, care: Department, module: ModulePage
) -> None:
    MembershipFactory(department=company)
    MembershipFactory(department=care)
    MembershipFactory(department=care, left=True)
    assert effect_in(company, module).people == 2
    assert effect_in(care, module).people == 1


def test_who_counts_at_home_is_not_asked_by_her_second_department(
    company: Department, care: Department, module: ModulePage
) -> None:
    sales = DepartmentFactory(name="Sales", parent=company)
    at_home = MembershipFactory(department=sales).person
    MembershipFactory(department=care, person=at_home, is_home=False)
    assert effect_in(care, module).people == 1
    RequirementFactory(department=sales, module=module)
    effect = effect_in(care, module)
    assert (effect.people, effect.elsewhere) == (0, 1)


def test_only_people_of_the_levels_and_titles_that_it_names_are_asked(
    care: Department, module: ModulePage
) -> None:
    MembershipFactory(department=care, level="lead", title=" shift  Planner ")
    MembershipFactory(department=care, level="lead", title="Adviser")
    MembershipFactory(department=care, level="staff", title="Shift planner")
    effect = effect_in(care, module, levels=["lead"], titles=["Shift planner"])
    assert (effect.people, effect.needed, effect.not_of_kind) == (1, 1, 2)


def test_what_is_asked_from_a_day_on_is_told_as_it_will_be_then(
    care: Department, module: ModulePage
) -> None:
    MembershipFactory(department=care, ends_on=TODAY + A_DAY)
    MembershipFactory(department=care, starts_on=TODAY + 3 * A_DAY)
    MembershipFactory(department=care)
    effect = effect_in(care, module, starts_on=TODAY + 5 * A_DAY)
    assert (effect.people, effect.needed, effect.joiners, effect.is_to_come) == (2, 1, 1, True)


def test_who_is_ready_already_is_told_of_those_who_count(
    care: Department, module: ModulePage
) -> None:
    StandingFactory(person=MembershipFactory(department=care).person, module=module, ready=True)
    MembershipFactory(department=care)
    MembershipFactory(department=care, on_leave=True)
    effect = effect_in(care, module)
    assert (effect.people, effect.needed, effect.ready, effect.on_leave) == (3, 2, 1, 1)


def test_joiners_have_until_the_last_of_their_days(care: Department, module: ModulePage) -> None:
    MembershipFactory(department=care, starts_on=TODAY - 7 * A_DAY)
    MembershipFactory(department=care, starts_on=TODAY - 2 * A_DAY)
    MembershipFactory(department=care, starts_on=TODAY - 20 * A_DAY)
    MembershipFactory(department=care, on_leave=True)
    effect = effect_in(care, module, joiner_days=10)
    assert (effect.joiners, effect.joiners_until) == (2, TODAY + 7 * A_DAY)
    assert effect.needed == 1


def test_an_exempt_person_is_asked_but_not_counted(care: Department, module: ModulePage) -> None:
    person = MembershipFactory(department=care).person
    Exemption.objects.create(
        person=person, module=module, reason="Trainer", starts_on=TODAY, ends_on=TODAY
    )
    effect = effect_in(care, module)
    assert (effect.people, effect.needed, effect.exempt) == (1, 0, 1)


def test_the_days_left_are_counted_from_today(care: Department, module: ModulePage) -> None:
    assert effect_in(care, module, due_on=date(2026, 12, 4)).days == 14
    assert effect_in(care, module).days is None


def test_a_part_that_asks_for_the_same_itself_is_left_out(
    company: Department, care: Department, module: ModulePage
) -> None:
    team = DepartmentFactory(parent=care)
    RequirementFactory(department=care, module=module)
    MembershipFactory(department=company)
    MembershipFactory(department=care)
    MembershipFactory(department=team)
    effect = effect_in(company, module)
    assert (effect.people, effect.elsewhere) == (1, 2)


def test_what_is_told_before_is_what_the_team_page_says_afterwards(
    company: Department, care: Department, module: ModulePage
) -> None:
    for place, state in ((company, "ready"), (care, "lapsed"), (care, "practice_due")):
        person = MembershipFactory(department=place).person
        StandingFactory(person=person, module=module, **{state: True})
    MembershipFactory(department=care, joiner=True)
    before = effect_in(company, module)
    RequirementFactory(department=company, module=module, due_on=None)
    tally = department_readiness(company, on=TODAY).columns[0].tally
    assert (before.ready, before.needed) == (tally.ready, tally.needed) == (2, 3)
    assert before.people - before.needed == tally.not_counted


def test_several_requirements_are_told_as_they_are_together(
    company: Department, care: Department, module: ModulePage
) -> None:
    MembershipFactory(department=company)
    MembershipFactory(department=care)
    wanted = [Requirement(department=place, module=module) for place in (company, care)]
    assert [each.people for each in requirement_effects(wanted, on=TODAY)] == [1, 1]


def test_what_is_removed_frees_those_whom_nothing_else_binds(
    company: Department, care: Department, module: ModulePage
) -> None:
    MembershipFactory(department=care)
    MembershipFactory(department=company)
    above = RequirementFactory(department=company, module=module)
    own = RequirementFactory(department=care, module=module)
    assert requirement_removal(own, on=TODAY).above == above
    assert requirement_removal(own, on=TODAY).people == 1
    assert requirement_removal(above, on=TODAY).above is None
    assert requirement_removal(above, on=TODAY).people == 1


def test_own_inherited_and_lower_requirements_are_told_apart(
    company: Department, care: Department
) -> None:
    team = DepartmentFactory(parent=care)
    above, own, below = (RequirementFactory(department=place) for place in (company, care, team))
    MembershipFactory(department=team)
    asked = department_requirements(care, on=TODAY)
    told = [
        [each.requirement_id for each in part] for part in (asked.own, asked.inherited, asked.below)
    ]
    assert told == [[own.pk], [above.pk], [below.pk]]
    assert [each.people for each in (*asked.own, *asked.inherited, *asked.below)] == [1, 1, 1]


def test_the_list_counts_whom_each_asks_when_it_begins(
    company: Department, care: Department, module: ModulePage
) -> None:
    MembershipFactory(department=care, level="lead")
    MembershipFactory(department=care, level="staff")
    RequirementFactory(department=company, module=module)
    RequirementFactory(department=care, module=module, levels=["lead"], starts_on=TODAY + A_DAY)
    asked = department_requirements(care, on=TODAY)
    assert [each.people for each in (*asked.own, *asked.inherited)] == [1, 2]
    asked = department_requirements(care, on=TODAY + A_DAY)
    assert [each.people for each in (*asked.own, *asked.inherited)] == [1, 1]


def test_what_is_removed_is_still_asked_by_what_is_above_of_some(
    company: Department, care: Department, module: ModulePage
) -> None:
    MembershipFactory(department=care, level="lead")
    MembershipFactory(department=care, level="staff")
    RequirementFactory(department=company, module=module, levels=["lead"])
    own = RequirementFactory(department=care, module=module)
    removal = requirement_removal(own, on=TODAY)
    assert (removal.people, removal.kept, removal.freed) == (2, 1, 1)


def test_what_is_asked_only_of_some_above_may_be_asked_of_all(
    company: Department, care: Department, module: ModulePage
) -> None:
    RequirementFactory(department=company, module=module, titles=["Planner"])
    assert module in modules_to_ask(care)


def test_an_own_requirement_hides_the_one_from_above(
    company: Department, care: Department, module: ModulePage
) -> None:
    RequirementFactory(department=company, module=module)
    RequirementFactory(department=care, module=module)
    assert department_requirements(care, on=TODAY).inherited == ()


def test_a_requirement_of_a_closed_module_is_only_counted(care: Department) -> None:
    opened, closed = RequirementFactory.create_batch(2, department=care)
    closed.module.unpublish()
    asked = department_requirements(care, on=TODAY)
    assert [each.requirement_id for each in asked.own] == [opened.pk]
    assert asked.hidden == 1


def test_only_open_modules_that_nobody_above_asks_for_can_be_asked_for(
    company: Department, care: Department, module: ModulePage
) -> None:
    RequirementFactory(department=company)
    RequirementFactory(department=care)
    ModuleFactory(live=False)
    elsewhere = RequirementFactory(department=DepartmentFactory(parent=care)).module
    assert set(modules_to_ask(care)) == {module, elsewhere}


def test_an_effect_costs_the_same_for_more_people_departments_and_requirements(
    company: Department, module: ModulePage
) -> None:
    counts = []
    for _round in range(2):
        for _number in range(3):
            team = DepartmentFactory(parent=company)
            MembershipFactory.create_batch(3, department=team)
            RequirementFactory(department=team, module=module)
        stored = list(Requirement.objects.select_related("department", "module"))
        with CaptureQueriesContext(connection) as queries:
            requirement_effects(stored, on=TODAY)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 6
