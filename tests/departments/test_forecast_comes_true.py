"""The forecast of today against what happens: the clock goes on, and nobody does anything."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from departments.forecast import DAYS
from departments.models import Assignment, Department, Exemption, Extension
from departments.pace import FEWEST_OCCASIONS, Rate
from departments.reports import department_readiness
from departments.reports.forecasts import module_forecast, sampled, usual_pace
from departments.reports.scheduled import scheduled_changes
from knowledge.actions import approve_change
from knowledge.models import BriefPage, Change, ModulePage
from quizzes.models import StandingEvent
from tests.changing import changed, decided, module_about, planned, published_brief, redrafted
from tests.conftest import NOW
from tests.factories import (
    TODAY,
    DepartmentFactory,
    MembershipFactory,
    PersonFactory,
    RequirementFactory,
    StandingFactory,
)

pytestmark = pytest.mark.django_db

LONG_AGO = NOW - timedelta(days=200)
A_WEEK_AGO = NOW - timedelta(days=7)
GOES_LIVE = NOW + timedelta(days=10)


@pytest.fixture
def refund() -> BriefPage:
    return published_brief(LONG_AGO, days="Five working days.", form="No forms.")


@pytest.fixture
def module(refund: BriefPage) -> ModulePage:
    return module_about(refund, questions_per_fact=1)


@pytest.fixture
def care(module: ModulePage) -> Department:
    care: Department = DepartmentFactory(name="Care")
    RequirementFactory(department=care, module=module, joiner_days=30)
    return care


def after(days: int) -> date:
    return TODAY + timedelta(days=days)


def scheduled(brief: BriefPage, words: str, at: datetime = GOES_LIVE) -> None:
    """Another version, planned, decided and approved, that goes live then."""
    draft = redrafted(brief, {"days": words})
    plan = planned(draft, at=NOW)
    decided(plan, draft, "keep", at=NOW)
    approve_change(plan=plan, by=PersonFactory(), at=NOW)
    draft.go_live_at = at
    draft.save_revision().publish()


def ready(care: Department, module: ModulePage, days: int, **membership: object) -> int:
    """Somebody in Care who is ready for so many days; returns who."""
    person: int = MembershipFactory(department=care, **membership).person_id
    StandingFactory(
        person_id=person,
        module=module,
        passed_on=after(-20),
        ready_until=after(days),
        practice_from=after(days),
        version=1,
    )
    return person


def people_of_every_kind(care: Department, module: ModulePage) -> None:
    """Whose dates end, who come, go, are away, exempt, given time, or also work elsewhere."""
    for days in (-5, 3, 16, 17, 18, 60, 120, 120):
        ready(care, module, days)
    MembershipFactory(department=care)
    MembershipFactory(department=care, starts_on=after(-10))
    MembershipFactory(department=care, starts_on=after(21))
    ready(care, module, 120, ends_on=after(33))
    ready(care, module, 120, leave_from=after(5), leave_to=after(12))
    ready(care, module, 120, leave_from=after(-30), leave_to=after(40))
    waived = ready(care, module, -1)
    for first, last in ((-20, 8), (30, 45)):
        Exemption.objects.create(
            person_id=waived,
            module=module,
            reason="Works on paper",
            starts_on=after(first),
            ends_on=after(last),
        )
    late = MembershipFactory(department=care, starts_on=after(-10)).person_id
    Extension.objects.create(person_id=late, module=module, until=after(50), reason="A long course")
    people_elsewhere(care, module)


def people_elsewhere(care: Department, module: ModulePage) -> None:
    sales = DepartmentFactory(name="Sales")
    phones = DepartmentFactory(name="Phones", parent=care)
    mover = ready(care, module, 120, ends_on=after(24))
    MembershipFactory(department=sales, person_id=mover, starts_on=after(25))
    lent = ready(sales, module, 120, leave_from=after(40), leave_to=after(50))
    MembershipFactory(
        department=phones,
        person_id=lent,
        is_home=False,
        starts_on=after(14),
        leave_from=after(20),
        leave_to=after(30),
    )
    RequirementFactory(department=sales, module=module, starts_on=after(70))
    Assignment.objects.create(
        person_id=ready(phones, module, 120), module=module, due_on=after(20), reason="Her wish"
    )


def what_happens(
    care: Department, module: ModulePage, clock: time_machine.Traveller
) -> Iterable[tuple[date, object]]:
    for days in range(DAYS + 1):
        clock.move_to(NOW + timedelta(days=days, minutes=1))
        call_command("publish_scheduled")
        report = department_readiness(care, on=after(days))
        (column,) = (each for each in report.columns if each.module_id == module.pk)
        yield after(days), column.tally


@pytest.mark.once
def test_the_days_come_as_they_were_foretold_if_nobody_does_anything(
    refund: BriefPage, module: ModulePage, care: Department, clock: time_machine.Traveller
) -> None:
    for days in (30, 120):
        ready(care, module, days)
    changed(refund, {"days": "Four working days."}, at=A_WEEK_AGO)
    people_of_every_kind(care, module)
    scheduled(refund, "Three working days.")

    foretold = module_forecast(care, module.pk, on=TODAY, scheduled=scheduled_changes(on=TODAY))

    happened = list(what_happens(care, module, clock))
    assert Change.objects.filter(brief=refund).count() == 3
    assert [(day, foretold.at(day).tally) for day, _tally in happened] == happened


def test_a_change_that_takes_the_last_one_back_gives_the_dates_back(
    refund: BriefPage, module: ModulePage, care: Department, clock: time_machine.Traveller
) -> None:
    ready(care, module, 40)
    changed(refund, {"days": "Four working days."}, at=NOW - timedelta(days=20))
    scheduled(refund, "Five working days.")

    foretold = module_forecast(care, module.pk, on=TODAY, scheduled=scheduled_changes(on=TODAY))

    assert (foretold.at(after(9)).least, foretold.at(after(10)).least) == (0, 1)
    clock.move_to(GOES_LIVE + timedelta(minutes=1))
    call_command("publish_scheduled")
    assert department_readiness(care, on=after(10)).columns[0].tally.ready == 1


def test_wording_and_a_plan_of_another_draft_are_no_change_ahead(
    refund: BriefPage, module: ModulePage, care: Department
) -> None:
    assert scheduled_changes(on=TODAY) == []
    draft = redrafted(refund, {"days": "Within five working days."})
    plan = planned(draft, "wording", at=NOW)
    approve_change(plan=plan, by=PersonFactory(), at=NOW)
    draft.go_live_at = GOES_LIVE
    draft.save_revision().publish()
    assert scheduled_changes(on=TODAY) == []


def dated(person: int, module: ModulePage, at: int, until: int) -> None:
    StandingEvent.objects.create(
        person_id=person,
        module=module,
        at=NOW + timedelta(days=at),
        kind=StandingEvent.Kind.PRACTISED,
        version=1,
        ready_to=after(until),
        practice_from=after(until),
    )


def test_the_pace_is_that_of_the_department_alone(care: Department, module: ModulePage) -> None:
    for person in range(FEWEST_OCCASIONS):
        who = MembershipFactory(department=care).person_id
        dated(who, module, -50, -20)
        if person:
            dated(who, module, -21, 30)
    dated(MembershipFactory().person_id, module, -50, -20)

    assert usual_pace(care, on=TODAY) == Rate(FEWEST_OCCASIONS - 1, FEWEST_OCCASIONS)


@pytest.mark.parametrize(("people", "expected"), [(0, 0), (13, 13), (300, 300), (301, 151)])
def test_of_a_large_department_some_tell_the_pace(people: int, expected: int) -> None:
    assert len(sampled(range(people))) == expected


def test_a_larger_team_costs_no_more_queries(care: Department, module: ModulePage) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            module_forecast(care, module.pk, on=TODAY)
        return len(captured)

    ready(care, module, 20)
    queries()
    few = queries()
    people_of_every_kind(care, module)
    assert queries() == few <= 6
