"""What the demo's colleagues believe, month by month, as the story tells it."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from departments.models import Pulse, PulseTurnout
from departments.reports.pulse import months_told
from departments.reports.pulse_question import question_for
from knowledge.models import PromisePage
from portal.demo.accounts import PASSWORD, SIGN_INS
from portal.demo.beliefs import spans_until
from portal.demo.placeholders import anchor_on
from portal.models import User
from tests.portal.test_demo import install_demo

YES_OF_ANSWERS = [(41, 50), (40, 49), (36, 50), (24, 48), (19, 46), (18, 47)]
SOME_YEARS = 4 * 366


def test_no_question_of_the_demo_is_open_beside_another_on_any_day_of_installation() -> None:
    for day in range(SOME_YEARS):
        anchor = anchor_on(date(2026, 1, 1) + timedelta(days=day))
        spans = spans_until(anchor, 6)
        days = [day for span in spans for day in (span.opens_on, span.closes_on)]
        assert days == sorted(days)
        assert len({*days[1::2], *days[2::2]}) == 11
        assert days[-1] == anchor - timedelta(days=1)
        assert len({span.month for span in spans}) == 6


@pytest.mark.once
@pytest.mark.django_db
def test_belief_in_fair_refund_falls_as_the_story_tells_it(at: datetime) -> None:
    install_demo(at)
    promise = PromisePage.objects.get(slug="fair-refund")
    months = months_told(on=at.date(), promise=promise)[::-1]
    told = [month.total.said for month in months if month.total and month.total.said]
    assert [(said.yes, said.n) for said in told] == YES_OF_ANSWERS
    care = [
        group.told.said.yes
        for month in months
        for group in month.groups
        if group.name == "Customer Care" and group.told.said
    ]
    assert care == [11, 11, 9, 3, 2, 2]


@pytest.mark.once
@pytest.mark.django_db
def test_departments_of_three_and_four_are_never_named(at: datetime) -> None:
    install_demo(at)
    named = {group.name for month in months_told(on=at.date()) for group in month.groups}
    assert named.isdisjoint({"Digital & IT", "People & Learning"})
    assert "" in named


@pytest.mark.once
@pytest.mark.django_db
def test_a_visitor_finds_an_open_question(client: Client, at: datetime) -> None:
    install_demo(at)
    visitors = User.objects.filter(email__in=[one.email for one in SIGN_INS], is_superuser=False)
    questions = [question_for(person, on=at.date()) for person in visitors]
    assert all(question and question.is_waiting for question in questions)
    assert PulseTurnout.objects.filter(pulse=Pulse.objects.latest("month")).exists()
    client.login(username=SIGN_INS[0].email, password=PASSWORD)
    assert "A real person within two minutes" in client.get("/pulse/").content.decode()
