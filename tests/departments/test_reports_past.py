"""A past day is told as it was known then."""

from dataclasses import replace
from datetime import date, datetime
from random import Random

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from departments.actions.organisation import (
    merge_departments,
    move_department,
    rename_department,
)
from departments.actions.requirements import change_requirement, drop_requirement, require_module
from departments.actions.roster import keep_past
from departments.models import Assignment, Department, Exemption, Extension, Membership, Requirement
from departments.reports import DepartmentReadiness, department_readiness, terms_of
from departments.reports.teams import readiness_then
from knowledge.models import ModulePage
from portal.models import User
from tests.changing import changed, module_about, published_brief, who_passed
from tests.departments.organisations import assign, more_time, organisation, prove, waive
from tests.factories import (
    A_DAY,
    LONG_AGO,
    TODAY,
    DepartmentFactory,
    MembershipFactory,
    ModuleFactory,
    PersonFactory,
    RequirementFactory,
)

pytestmark = pytest.mark.django_db
LAST_MONTH = TODAY - 31 * A_DAY


def told(departments: list[Department], day: date) -> list[DepartmentReadiness]:
    fresh = Department.objects.in_bulk([each.pk for each in departments])
    return [department_readiness(fresh[each.pk], on=day) for each in departments]


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_changed_today_leaves_last_month_as_it_was(seed: int, at: datetime) -> None:
    rng, modules = Random(seed), ModuleFactory.create_batch(3)
    departments = organisation(rng, modules)
    before, now = told(departments, LAST_MONTH), told(departments, TODAY)

    change_at_random(rng, departments, modules, at)

    assert told(departments, LAST_MONTH) == before
    assert told(departments, TODAY) != now


def change_at_random(
    rng: Random, departments: list[Department], modules: list[ModulePage], at: datetime
) -> None:
    people = list(User.objects.filter(memberships__isnull=False).distinct())
    change_places(rng, departments, at)
    change_requirements(rng, departments, modules, at)
    change_tree(rng, departments, at)
    for model in (Assignment, Exemption, Extension):
        some = model.objects.filter(withdrawn_on=None).values_list("pk", flat=True)[:4]
        model.objects.filter(pk__in=list(some)).update(withdrawn_on=TODAY)
    for person in rng.sample(people, 6):
        waive(person, rng.choice(modules))
        more_time(person, rng.choice(modules), TODAY + 50 * A_DAY)
        prove(person, rng.choice(modules), TODAY)
    User.objects.filter(pk__in=[person.pk for person in rng.sample(people, 3)]).update(
        is_active=False
    )


def change_places(rng: Random, departments: list[Department], at: datetime) -> None:
    chosen = rng.sample(list(Membership.objects.all()), 12)
    keep_past([each.pk for each in chosen], on=TODAY)
    for place, each in enumerate(chosen):
        each.known_from = TODAY
        match place % 4:
            case 0:
                each.starts_on, each.ends_on = LONG_AGO, TODAY - 60 * A_DAY
            case 1:
                each.department = rng.choice(departments)
            case 2:
                each.title, each.level, each.leave_from = "Planner", "lead", LAST_MONTH
            case 3:
                each.delete()
                continue
        each.save()
    MembershipFactory(department=rng.choice(departments), known_from=TODAY)


def change_requirements(
    rng: Random, departments: list[Department], modules: list[ModulePage], at: datetime
) -> None:
    first, second, *_others = rng.sample(list(Requirement.objects.all()), 3)
    drop_requirement(requirement=first, seen=terms_of(first), actor=None, at=at)
    terms = replace(terms_of(second), joiner_days=90, levels=("board",))
    change_requirement(requirement=second, seen=terms_of(second), terms=terms, actor=None, at=at)
    require_module(
        department=departments[0], module=ModuleFactory(), terms=terms, actor=None, at=at
    )


def change_tree(rng: Random, departments: list[Department], at: datetime) -> None:
    DepartmentFactory(name="A new one", parent=departments[0])
    under_the_top = [each for each in departments[1:] if each.depth == 2]
    department, parent = rng.sample(under_the_top, 2)
    move_department(department=department, parent=parent, by=None, at=at)


@pytest.mark.parametrize("seed", range(2))
def test_today_folded_from_the_events_is_today(seed: int) -> None:
    departments = organisation(Random(seed), ModuleFactory.create_batch(3))

    for department in Department.objects.filter(pk__in=[each.pk for each in departments]):
        folded = readiness_then(department, on=TODAY, known_on=TODAY)
        report = department_readiness(department, on=TODAY)
        assert replace(folded, branches=()) == replace(report, branches=())
        assert {each for each in report.branches if each not in folded.branches} <= {
            each for each in report.branches if not any(tally.needed for tally in each.tallies)
        }


def test_a_change_that_goes_live_today_leaves_yesterday_as_it_was(at: datetime) -> None:
    brief = published_brief(at - 60 * A_DAY, limit="You can agree up to £50 alone.")
    module = module_about(brief)
    care = asking_since_long_ago(module)
    MembershipFactory(
        department=care, person=who_passed(module, at - 9 * A_DAY), known_from=LONG_AGO
    )
    before = department_readiness(care, on=TODAY - A_DAY)

    changed(brief, {"limit": "You can agree up to £60 alone."}, at=at)

    assert department_readiness(care, on=TODAY - A_DAY) == before
    assert before.columns[0].tally.previous == 0
    assert department_readiness(care, on=TODAY).columns[0].tally.previous == 1
    assert readiness_then(care, on=TODAY, known_on=TODAY) == department_readiness(care, on=TODAY)


def asking_since_long_ago(module: ModulePage) -> Department:
    care: Department = DepartmentFactory(name="Care")
    RequirementFactory(department=care, module=module, known_from=LONG_AGO)
    return care


def test_a_past_day_costs_the_same_for_more_people_modules_and_departments() -> None:
    company: Department = DepartmentFactory()

    def grow() -> int:
        below = DepartmentFactory(parent=Department.objects.get(pk=company.pk))
        for _number in range(3):
            module = RequirementFactory(department=below, known_from=LONG_AGO).module
            member = MembershipFactory(department=below, known_from=LONG_AGO)
            prove(member.person, module, TODAY - 60 * A_DAY, TODAY - 50 * A_DAY)
            assign(member.person, ModuleFactory(), TODAY)
        with CaptureQueriesContext(connection) as queries:
            department_readiness(Department.objects.get(pk=company.pk), on=LAST_MONTH)
        return len(queries)

    assert grow() == grow() <= 13


def test_whoever_came_with_a_merged_department_was_no_joiner_then(
    at: datetime, clock: time_machine.Traveller
) -> None:
    care = asking_since_long_ago(ModuleFactory())
    lines = DepartmentFactory(name="Lines", parent=care)
    phones = DepartmentFactory(name="Phones", parent=Department.objects.get(pk=care.pk))
    MembershipFactory(department=phones, known_from=LONG_AGO)
    merge_departments(merged=phones, into=lines, by=None, at=at)
    (before,) = told([care], TODAY)

    clock.move_to(at + 2 * A_DAY)

    (later,) = told([care], TODAY)
    assert (later.rows, later.columns) == (before.rows, before.columns)


def test_a_new_name_moves_nobody_from_one_past_count_to_another(at: datetime) -> None:
    company: Department = DepartmentFactory()
    module, person = ModuleFactory(), PersonFactory()
    parts = [DepartmentFactory(name=name, parent=company) for name in ("Care", "Lines")]
    for part in parts:
        RequirementFactory(department=part, module=module, known_from=LONG_AGO)
        MembershipFactory(department=part, person=person, is_home=False, known_from=LONG_AGO)
    before = [each.columns for each in told(parts, LAST_MONTH)]

    rename_department(department=parts[0], name="Phones", by=None, at=at)

    assert [each.columns for each in told(parts, LAST_MONTH)] == before
