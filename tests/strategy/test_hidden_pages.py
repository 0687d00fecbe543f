"""A campaign may be planned around pages that nobody may read yet: it doesn't speak of them."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from knowledge.models import PromisePage
from tests.factories import HeadshipFactory
from tests.house.hidden import STATES
from tests.strategy.campaigning import by_the_button, is_out, marketer, signed_in
from tests.strategy.staging import Stage, flagged

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_site")]

CANARY = "Zebrafish"
HIDING = pytest.mark.parametrize("hide", STATES.values(), ids=STATES)


@pytest.fixture
def stage() -> Stage:
    return Stage()


@pytest.fixture
def hidden(stage: Stage) -> PromisePage:
    """Another promise that its campaign makes."""
    promise = stage.promised(CANARY, stage.care)
    flagged(promise, f"A {CANARY} can't do this")
    stage.campaign.promises = [stage.promise, promise]
    stage.campaign.save_revision()
    return promise


@pytest.fixture
def head(stage: Stage) -> Client:
    return signed_in(HeadshipFactory(department=stage.care).person)


def read(client: Client, stage: Stage) -> str:
    addresses = [
        reverse("strategy:campaign-index"),
        reverse("strategy:gate-detail", args=[stage.campaign.slug]),
    ]
    return "".join(client.get(address).content.decode() for address in addresses)


@HIDING
def test_no_page_of_a_campaign_speaks_of_a_promise_that_is_hidden(
    stage: Stage, hidden: PromisePage, head: Client, hide: Callable[[Page], None]
) -> None:
    assert CANARY in read(head, stage)
    hide(hidden)
    assert CANARY not in read(head, stage)
    assert "isn’t published" in read(head, stage)


@HIDING
def test_the_gate_does_not_name_a_brief_that_is_hidden(
    stage: Stage, head: Client, hide: Callable[[Page], None]
) -> None:
    stage.brief.title = stage.brief.draft_title = CANARY
    stage.brief.save()
    assert CANARY in read(head, stage)
    hide(stage.brief)
    assert CANARY not in read(head, stage)


@HIDING
def test_what_promises_something_hidden_does_not_go_out(hide: Callable[[Page], None]) -> None:
    stage = Stage()
    hide(stage.promise)
    answer = by_the_button(stage.campaign, marketer())
    stage.campaign.latest_revision.publish()
    assert "“Fair Refund” isn&#x27;t published" in answer.content.decode()
    assert not is_out(stage.campaign)
