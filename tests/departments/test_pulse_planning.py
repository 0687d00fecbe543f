"""Marketing says which promise is asked about, and when: one at a time, and nothing afterwards."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from departments.models import Pulse
from departments.viewsets.pulses import next_days
from knowledge.models import PromisePage
from tests.departments.pulses import pulse_about
from tests.factories import A_DAY, TODAY, PersonFactory, PromiseFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/cms/pulses/"


@pytest.fixture
def marketer(portal_site: None, client: Client) -> Client:
    client.force_login(PersonFactory(groups=["Marketing"]))
    return client


@pytest.fixture
def promise(portal_site: None) -> PromisePage:
    made: PromisePage = PromiseFactory(title="Fair Refund")
    return made


def plan(client: Client, promise: PromisePage, path: str = "new/", **days: date) -> Any:
    days = {"opens_on": date(2026, 12, 1), "closes_on": date(2026, 12, 31)} | days
    return client.post(ADDRESS + path, {"promise": promise.pk} | days, follow=True)


def test_a_month_ahead_is_planned(marketer: Client, promise: PromisePage) -> None:
    plan(marketer, promise)
    pulse = Pulse.objects.get()
    assert (pulse.promise, pulse.month) == (promise, date(2026, 12, 1))


@pytest.mark.parametrize(
    ("days", "why"),
    [
        ({"opens_on": date(2026, 11, 30)}, "Another question is open then"),
        ({"opens_on": TODAY - A_DAY}, "Choose today or a day to come"),
        ({"opens_on": date(2027, 1, 1)}, "The last day can&#x27;t be before the first"),
    ],
)
def test_days_that_can_not_be_are_refused(
    days: dict[str, Any], why: str, marketer: Client, promise: PromisePage
) -> None:
    pulse_about(promise)
    assert why in plan(marketer, promise, **days).content.decode()
    assert Pulse.objects.count() == 1


def test_what_is_open_stays_as_it_is(marketer: Client, promise: PromisePage) -> None:
    pulse = pulse_about(promise)
    page = plan(marketer, promise, f"edit/{pulse.pk}/").content.decode()
    assert "This question is open already" in page
    marketer.post(f"{ADDRESS}delete/{pulse.pk}/")
    kept = Pulse.objects.get()
    assert (kept.opens_on, kept.closes_on) == (pulse.opens_on, pulse.closes_on)


def test_what_is_only_planned_is_changed_and_taken_back(
    marketer: Client, promise: PromisePage
) -> None:
    plan(marketer, promise)
    pulse = Pulse.objects.get()
    plan(marketer, promise, f"edit/{pulse.pk}/", closes_on=date(2026, 12, 24))
    assert Pulse.objects.get().closes_on == date(2026, 12, 24)
    marketer.post(f"{ADDRESS}delete/{pulse.pk}/")
    assert not Pulse.objects.exists()


def test_the_next_month_is_offered_from_its_first_working_day() -> None:
    pulse_about()
    assert next_days() == (date(2026, 12, 1), date(2026, 12, 31))


def test_the_first_question_is_offered_from_today_on() -> None:
    assert next_days() == (TODAY, date(2026, 11, 30))
