"""The screen of a month's question: it says first that it is confidential, and thanks."""

from typing import Any

import pytest
from django.test import Client

from departments.models import Department, Pulse, PulseAnswer, PulseTurnout
from tests.departments.pulses import company_of, people_in, pulse_about

pytestmark = pytest.mark.django_db

ADDRESS = "/pulse/"


@pytest.fixture
def care() -> Department:
    return company_of(Care=6)["Care"]


def send(client: Client, pulse: Pulse, **said: Any) -> Any:
    return client.post(ADDRESS, {"pulse": pulse.pk, "belief": "yes"} | said, follow=True)


def test_it_is_said_to_be_confidential_before_the_answers(care: Department, client: Client) -> None:
    pulse_about()
    client.force_login(people_in(care)[0])
    page = client.get(ADDRESS).content.decode()
    assert -1 < page.find("shown only in groups of 5 or more") < page.find('value="yes"')


def test_evidence_is_shown_only_after_answering(care: Department, client: Client) -> None:
    pulse = pulse_about()
    client.force_login(people_in(care)[0])
    assert "What customers say" not in client.get(ADDRESS).content.decode()
    page = send(client, pulse, belief="no").content.decode()
    assert "What customers say" in page
    assert "Thank you." in page
    assert "Tuesday 1\u00a0December" in page


def test_an_empty_form_asks_for_an_answer(care: Department, client: Client) -> None:
    pulse = pulse_about()
    client.force_login(people_in(care)[0])
    assert "Choose an answer" in send(client, pulse, belief="").content.decode()
    assert not PulseTurnout.objects.exists()


def test_a_page_left_open_since_last_month_answers_nothing(
    care: Department, client: Client
) -> None:
    pulse = pulse_about()
    client.force_login(people_in(care)[0])
    client.post(ADDRESS, {"pulse": pulse.pk + 1, "belief": "yes"})
    assert not PulseAnswer.objects.exists()


def test_answering_again_is_thanked_for(care: Department, client: Client) -> None:
    pulse = pulse_about()
    client.force_login(people_in(care)[0])
    send(client, pulse)
    assert "Thank you." in send(client, pulse, belief="no").content.decode()
    assert PulseAnswer.objects.get().belief == "yes"


def test_a_month_without_a_question_says_so(care: Department, client: Client) -> None:
    client.force_login(people_in(care)[0])
    assert "No question this month." in client.get(ADDRESS).content.decode()


def test_a_report_of_an_error_does_not_hold_the_answer(care: Department, client: Client) -> None:
    pulse = pulse_about()
    client.force_login(people_in(care)[0])
    request: Any = client.post(ADDRESS, {"pulse": pulse.pk, "belief": "yes"}).wsgi_request
    assert request.sensitive_post_parameters == "__ALL__"
