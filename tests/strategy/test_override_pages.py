"""Asking for a second person, answering and looking back, as the screens let people do it."""

from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from departments.models import Flag
from portal.models import User
from strategy.models import Override
from tests.conftest import NOW
from tests.factories import TODAY, HeadshipFactory, PersonFactory
from tests.strategy.campaigning import signed_in
from tests.strategy.deciding import REASON, TELLS, agreed, asked, closed_stage, marketer, seen
from tests.strategy.staging import LAUNCH_DAY, Stage, after

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_site")]


@pytest.fixture
def stage() -> Stage:
    return closed_stage()


@pytest.fixture
def amara() -> User:
    return marketer(first_name="Amara")


@pytest.fixture
def edda() -> User:
    person: User = HeadshipFactory(person__first_name="Edda").person
    return person


def words_of(response: Any) -> str:
    return " ".join(unescape(response.content.decode()).replace("\u00a0", " ").split())


def add_url(stage: Stage) -> str:
    return reverse("strategy:override-add", args=[stage.campaign.slug])


def url_of(override: Override) -> str:
    return reverse("strategy:override-detail", args=[override.campaign.slug, override.pk])


def sent(client: Client, stage: Stage, person: User, **said: Any) -> str:
    form = {"reason": REASON, "tells_customers": TELLS, "review_on": after(40), "second": person.pk}
    return words_of(client.post(add_url(stage), {**form, **said}, follow=True))


def test_who_is_asked_is_named(stage: Stage, amara: User, edda: User) -> None:
    assert f"{edda} is asked by mail and on Today" in sent(signed_in(amara), stage, edda)
    assert Override.objects.get().second == edda


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"reason": ""}, "Say why it can't wait"),
        ({"tells_customers": ""}, "Say what customers will be told when it isn't kept"),
        ({"review_on": LAUNCH_DAY}, "Choose a day after the launch"),
        ({"review_on": after(900)}, "Choose a day within a year of the launch"),
        ({"second": ""}, "Choose who looks at it with you"),
    ],
)
def test_the_form_says_what_is_missing(
    stage: Stage, amara: User, edda: User, said: dict[str, Any], words: str
) -> None:
    assert words in sent(signed_in(amara), stage, edda, **said)
    assert not Override.objects.exists()


def test_the_form_offers_neither_oneself_nor_just_anybody(stage: Stage, amara: User) -> None:
    client = signed_in(amara)

    for somebody in (amara, PersonFactory()):
        assert "Choose somebody of the list" in sent(client, stage, somebody)


def test_whoever_was_asked_already_is_said_so(stage: Stage, amara: User, edda: User) -> None:
    asked(stage, by=amara, second=edda)

    answer = signed_in(amara).get(add_url(stage), follow=True)

    assert "A second person has been asked already." in words_of(answer)


def test_the_second_person_reads_what_the_gate_says_now(
    stage: Stage, amara: User, edda: User
) -> None:
    override = asked(stage, by=amara, second=edda)

    text = words_of(signed_in(edda).get(url_of(override)))
    assert "What the gate says now" in text
    assert "Flags: some wait for an answer" in text

    Flag.objects.update(answered_at=NOW)
    text = words_of(signed_in(edda).get(url_of(override)))
    assert "The gate is open now: nothing has to be agreed to." in text
    assert "Send your answer" not in text


def test_who_does_not_agree_says_why(stage: Stage, amara: User, edda: User) -> None:
    override, client = asked(stage, by=amara, second=edda), signed_in(edda)
    said = {"answer": "refuses", "seen": seen(override)}

    text = words_of(client.post(url_of(override), said))
    assert "Say why it should wait" in text

    answer = client.post(url_of(override), {**said, "because": "The pilot runs."}, follow=True)
    assert f"{edda} didn’t agree: “The pilot runs.”" in words_of(answer)


def test_what_changed_meanwhile_is_looked_at_again(stage: Stage, amara: User, edda: User) -> None:
    override = asked(stage, by=amara, second=edda)
    said = {"answer": "agrees", "seen": "something else"}

    answer = signed_in(edda).post(url_of(override), said, follow=True)

    assert "The gate has changed since you opened this page." in words_of(answer)
    assert Override.objects.get().is_waiting


def test_others_read_it_and_answer_nothing(stage: Stage, amara: User, edda: User) -> None:
    override, client = asked(stage, by=amara, second=edda), signed_in(PersonFactory())
    take_back = reverse("strategy:override-take-back", args=[stage.campaign.slug, override.pk])

    assert REASON in words_of(client.get(url_of(override)))
    refused = [client.post(url_of(override), {"answer": "agrees"}), client.post(take_back)]

    assert [answer.status_code for answer in refused] == [403, 403]
    assert Override.objects.get().is_waiting


def test_who_asked_takes_it_back_with_one_button(stage: Stage, amara: User, edda: User) -> None:
    override, client = asked(stage, by=amara, second=edda), signed_in(amara)
    take_back = reverse("strategy:override-take-back", args=[stage.campaign.slug, override.pk])

    assert "Taken back." in words_of(client.post(take_back, follow=True))
    assert "The question was taken back" in words_of(client.get(url_of(override)))


def test_nobody_looks_back_before_the_launch(stage: Stage, amara: User, edda: User) -> None:
    override, client = agreed(stage, by=amara, second=edda), signed_in(amara)

    assert "From Monday 7 December you can say here how it went." in words_of(
        client.get(url_of(override))
    )
    early = client.post(url_of(override), {"review": "Well."}, follow=True)

    assert "You can look back on it from launch day on." in words_of(early)


def test_a_day_that_moves_is_said_at_the_gate(stage: Stage, amara: User, edda: User) -> None:
    agreed(stage, by=amara, second=edda)
    stage.campaign.launches_on = after(30)
    stage.campaign.save_revision()

    gate = reverse("strategy:gate-detail", args=[stage.campaign.slug])

    assert "That was for Monday 7 December. The launch day has moved" in words_of(
        signed_in(amara).get(gate)
    )


def test_the_promise_and_the_list_of_campaigns_speak_of_it(amara: User, edda: User) -> None:
    stage = closed_stage(launches_on=TODAY)
    agreed(stage, by=amara, second=edda)
    stage.campaign.latest_revision.publish(user=amara)
    client = signed_in(PersonFactory())

    assert "went out on Friday 20 November although its gate was closed." in words_of(
        client.get(stage.promise.url)
    )
    assert "1 launch in the last 12 months went out although its gate was closed." in words_of(
        client.get(reverse("strategy:campaign-index"))
    )
