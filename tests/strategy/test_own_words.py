"""At the gate, a head whose word is missing is led to the page where it is given."""

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from portal.models import User
from tests.conftest import NOW
from tests.factories import HeadshipFactory, PersonFactory
from tests.strategy.staging import Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    return Stage()


def gate_as(person: User, stage: Stage) -> str:
    desk = Client()
    desk.force_login(person)
    gate = reverse("strategy:gate-detail", args=[stage.campaign.slug])
    return unescape(desk.get(gate).content.decode())


def asked_of(stage: Stage) -> str:
    """The address, in the version that the campaign needs."""
    url = reverse("departments:link-sign", args=[stage.promise.slug, stage.finance.pk])
    return f"{url}?version={stage.campaign.brief_version}"


def test_a_head_who_said_not_yet_can_give_their_word_from_the_gate(stage: Stage) -> None:
    head = HeadshipFactory(department=stage.finance).person
    stage.signed(stage.promise, stage.finance, "not-yet", because="the pilot runs", at=NOW)

    assert asked_of(stage) in gate_as(head, stage)


def test_nobody_else_is_asked_for_that_word(stage: Stage) -> None:
    stage.signed(stage.promise, stage.finance, "not-yet", because="the pilot runs", at=NOW)
    others = (PersonFactory(), HeadshipFactory(department=stage.care).person)

    assert not any(asked_of(stage) in gate_as(person, stage) for person in others)


def test_a_head_who_has_signed_is_not_asked_again(stage: Stage) -> None:
    head = HeadshipFactory(department=stage.finance).person

    assert asked_of(stage) not in gate_as(head, stage)
