"""A change that will ask a team something is foretold to its head, without a word of it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext

from departments.models import Department, Exemption
from departments.reports.coming import coming_changes
from knowledge.actions import approve_change
from knowledge.models import BriefPage, ModulePage
from tests.changing import decided, module_about, planned, published_brief, redrafted
from tests.conftest import NOW
from tests.factories import (
    A_DAY,
    TODAY,
    DepartmentFactory,
    MembershipFactory,
    PersonFactory,
    StandingFactory,
)

pytestmark = pytest.mark.django_db

GOES_LIVE = NOW + timedelta(days=10)


@pytest.fixture
def refund() -> BriefPage:
    return published_brief(NOW - timedelta(days=200), days="Five working days.", form="No forms.")


@pytest.fixture
def module(refund: BriefPage) -> ModulePage:
    return module_about(refund, questions_per_fact=1)


@pytest.fixture
def care() -> Department:
    care: Department = DepartmentFactory(name="Care")
    return care


def scheduled(brief: BriefPage, words: str, title: str) -> None:
    draft = redrafted(brief, {"days": words})
    draft.title = title
    plan = planned(draft, at=NOW)
    decided(plan, draft, "keep", at=NOW)
    approve_change(plan=plan, by=PersonFactory(), at=NOW)
    draft.go_live_at = GOES_LIVE
    draft.save_revision().publish()


def ready(department: Department, module: ModulePage, **membership: Any) -> Any:
    person = MembershipFactory(department=department, **membership).person
    StandingFactory(person=person, module=module, ready=True)
    return person


def test_a_head_sees_how_many_of_her_people_a_coming_change_asks_and_by_when(
    care: Department, refund: BriefPage, module: ModulePage
) -> None:
    for _number in range(2):
        ready(care, module)
    ready(DepartmentFactory(name="Evening", parent=care), module)
    ready(DepartmentFactory(name="Sales"), module)
    ready(care, module, on_leave=True)
    MembershipFactory(department=care)
    exempt = ready(care, module)
    Exemption.objects.create(
        person=exempt, module=module, reason="Trainer", starts_on=TODAY, ends_on=TODAY + A_DAY
    )
    assert coming_changes(care, TODAY) == []
    scheduled(refund, "Three working days.", refund.title)
    (change,) = coming_changes(care, TODAY)
    assert (change.people, change.minutes, change.modules) == (3, 6, (module.title,))
    assert change.goes_live_on == date(2026, 11, 30)
    assert change.check_by > change.goes_live_on
    assert coming_changes(Department.objects.get(name="Sales"), TODAY)[0].people == 1


def test_no_word_of_the_draft_is_told_before_it_goes_live(
    care: Department, refund: BriefPage, module: ModulePage
) -> None:
    ready(care, module)
    scheduled(refund, "Three working days.", "Refunds in three days")
    page = Template(
        "{% load acting %}{% coming_changes_for department as coming %}"
        '{% include "components/coming_changes.html" with coming=coming only %}'
    )
    shown = page.render(Context({"department": care.pk}))
    assert refund.title in shown
    told = "Changes on Monday 30 November: it asks 1 person of your team for 2 minutes"
    assert told in " ".join(shown.split())
    assert "hree" not in shown


def test_it_costs_the_same_for_more_people(
    care: Department, refund: BriefPage, module: ModulePage
) -> None:
    scheduled(refund, "Three working days.", refund.title)
    counts = []
    for _round in range(2):
        for _number in range(3):
            ready(care, module)
        with CaptureQueriesContext(connection) as queries:
            coming_changes(care, TODAY)
        counts.append(len(queries))
    assert counts[0] == counts[1]
