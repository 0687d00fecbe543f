"""Process changes on a promise's page and on Today."""

from datetime import date

import pytest
from django.db import connection
from django.template import Context, Template
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from customers.actions.changes import drop_change
from departments.models import Department
from knowledge.models import PromisePage
from portal.models import User
from tests.conftest import NOW
from tests.customers.changing import daily_run
from tests.customers.measuring import claimed, measured
from tests.drafting import signed_in
from tests.factories import (
    HeadshipFactory,
    MembershipFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db

WAITING = (
    "{% change_questions_waiting user as questions %}"
    '{% include "components/change_questions_waiting.html" with questions=questions only %}'
)


def drawn(template: str, person: User, page: PromisePage | None = None) -> str:
    request = RequestFactory().get("/")
    request.user = person
    told = Template("{% load changes %}" + template).render(
        Context({"request": request, "page": page, "user": person})
    )
    return " ".join(told.split())


def test_what_waits_is_shown_to_its_owner_alone(
    promise: PromisePage, finance: Department, owner: User
) -> None:
    change = daily_run(finance)
    told = drawn(WAITING, owner)
    assert "Does Fair Refund change?" in told
    assert drawn(WAITING, PersonFactory()) == ""
    drop_change(change=change, at=NOW)
    assert drawn(WAITING, owner) == ""


def test_whoever_follows_an_owner_that_left_is_asked(
    promise: PromisePage, finance: Department, owner: User
) -> None:
    MembershipFactory(person=owner, department=finance, left=True)
    follower = HeadshipFactory(department=finance).person
    daily_run(finance)
    assert "Does Fair Refund change?" in drawn(WAITING, follower)


def test_nothing_waiting_costs_one_query(promise: PromisePage, owner: User) -> None:
    with CaptureQueriesContext(connection) as queries:
        drawn(WAITING, owner)
    assert len(queries) == 1


def test_the_timeline_tells_what_is_planned_and_why(
    promise: PromisePage, finance: Department, owner: User
) -> None:
    daily_run(finance, title="Weekly run", happens_on=date(2026, 8, 17))
    daily_run(finance)
    told = drawn("{% process_changes page %}", PersonFactory(), promise)
    assert "PC-002</a>, planned.</b> Finance: Daily run. Why: Customers wait." in told
    assert told.index("PC-002") < told.index("PC-001")
    assert "asks you" not in told
    assert "PC-001 asks you: does this promise change?" in drawn(
        "{% process_changes page %}", owner, promise
    )


def test_the_timeline_of_a_measure_counts_for_its_promise(finance: Department) -> None:
    claim = claimed()
    daily_run(finance, measures=(measured(claim),))
    assert "PC-001" in drawn("{% process_changes page %}", PersonFactory(), claim.promise)


def test_what_was_dropped_leaves_the_timeline_and_stays_in_the_log(
    promise: PromisePage, finance: Department
) -> None:
    change = daily_run(finance)
    desk = signed_in(HeadshipFactory(department=finance).person)
    desk.post(f"/changes/{change.reference}/drop/")
    assert "<b>Dropped</b>" in desk.get("/changes/").content.decode()
    assert drawn("{% process_changes page %}", PersonFactory(), promise) == ""
