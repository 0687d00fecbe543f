"""Lowering a claim: three steps, one new version, and nothing that somebody else was writing."""

from decimal import Decimal
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from knowledge.actions import (
    ChangedMeanwhileError,
    NothingChangesError,
    UnpublishedChangesError,
    lower_claim,
)
from knowledge.models import PromisePage
from knowledge.reports import current_promise_version
from portal.models import User
from tests.conftest import NOW
from tests.factories import BriefFactory, PersonFactory, PromiseFactory
from tests.knowledge.promising import MEASURE, claim_of, published, republish, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_site")]

WHY = "The weekly run can’t do better."


@pytest.fixture
def refund() -> PromisePage:
    return published()


def url_of(refund: PromisePage) -> str:
    return reverse("knowledge:claim-lower", args=[refund.slug, claim_of(refund).key])


def written(refund: PromisePage, **fields: str) -> dict[str, str]:
    claim = claim_of(refund)
    start = {
        "target": "90",
        "measure": claim.measure,
        "condition": "",
        "sentence": refund.sentence,
        "expectation": "It’s in my account by Thursday.",
        "reason": WHY,
        "step": "preview",
    }
    return {**start, **fields}


def send(client: Client, refund: PromisePage, **fields: str) -> Any:
    return client.post(url_of(refund), written(refund, **fields))


def preview(client: Client, refund: PromisePage, **fields: str) -> BeautifulSoup:
    answer = send(client, refund, **fields)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def confirmed(client: Client, refund: PromisePage, **fields: str) -> Any:
    """Presses the button below the preview, with what it carries."""
    shown = preview(client, refund, **fields)
    hidden = {str(each["name"]): str(each["value"]) for each in shown.select("main [type=hidden]")}
    return client.post(url_of(refund), {**hidden, "step": "confirm"})


def number(refund: PromisePage) -> int:
    version = current_promise_version(refund)
    return version.number if version else 0


def test_the_form_begins_with_what_the_claim_says(desk: Client, refund: PromisePage) -> None:
    shown = BeautifulSoup(desk.get(url_of(refund)).content, "html.parser")
    assert shown.select_one("[name=target]")["value"] == "95"  # type: ignore[index]  # it is there
    assert shown.select_one("[name=measure]").text.strip() == MEASURE  # type: ignore[union-attr]  # it is there


def test_the_preview_shows_was_and_now_and_publishes_nothing(
    desk: Client, refund: PromisePage
) -> None:
    shown = preview(desk, refund)
    words = " ".join(shown.main.get_text(" ").split()) if shown.main else ""
    assert "This lowers the claim." in words
    assert f"Was At least 95% of {MEASURE} Now At least 90% of {MEASURE}" in words
    assert "It’s in my account by Thursday." in words
    assert claim_of(refund).target == Decimal(95)


@pytest.mark.parametrize(
    ("fields", "heading"),
    [
        ({"target": "99"}, "This raises the claim."),
        ({"condition": "paid by card"}, "This changes what we say."),
    ],
)
def test_the_page_is_named_by_what_it_does(
    desk: Client, refund: PromisePage, fields: dict[str, str], heading: str
) -> None:
    shown = preview(desk, refund, **fields)
    assert shown.h1 is not None
    assert shown.h1.text.strip() == heading


def test_confirming_publishes_one_new_version_with_its_reason(
    desk: Client, marketer: User, refund: PromisePage
) -> None:
    answer = confirmed(desk, refund, sentence="You get it, and you know the day.")
    assert answer.status_code == 302
    version = current_promise_version(refund)
    assert version is not None
    assert (version.number, version.reason, version.author) == (2, WHY, marketer)
    stored = PromisePage.objects.get(pk=refund.pk)
    claim = claim_of(stored)
    assert (claim.target, claim.expectation) == (Decimal(90), "It’s in my account by Thursday.")
    assert (claim.pk, claim.key) == (claim_of(refund).pk, "in-three-days")
    assert stored.sentence == "You get it, and you know the day."
    assert stored.live
    assert not stored.has_unpublished_changes


def test_afterwards_the_briefs_that_may_still_say_it_are_listed(
    desk: Client, refund: PromisePage
) -> None:
    brief: Any = BriefFactory(title="Refunds in brief")
    brief.promises = [refund]
    brief.save()
    answer = desk.get(confirmed(desk, refund).url)
    assert "Version 2 is published." in answer.content.decode()
    assert "was 95%, is 90%." in answer.content.decode()
    assert f'href="/briefs/{brief.slug}/"' in answer.content.decode()


def test_nothing_to_look_at_leads_to_the_promise(desk: Client, refund: PromisePage) -> None:
    answer = desk.get(reverse("knowledge:claim-lowered", args=[refund.slug, claim_of(refund).key]))
    assert answer["Location"] == f"/promises/{refund.slug}/"


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"target": "95"}, "We say that already."),
        ({"target": "95.000", "measure": f"{MEASURE} "}, "We say that already."),
        ({"target": "ninety"}, "Write a number, such as 90 or 1.5"),
        ({"target": "-1"}, "0"),
        ({"target": "101"}, "Write 100 at the most"),
        ({"measure": ""}, "Write what the figure is counted of"),
        ({"reason": " "}, "Write in a sentence why we say something else now"),
        ({"sentence": "word " * 26}, "This has 26 words"),
    ],
)
def test_what_cannot_be_published_is_told_at_its_field(
    desk: Client, refund: PromisePage, fields: dict[str, str], told: str
) -> None:
    shown = preview(desk, refund, **fields)
    errors = " ".join(each.text for each in shown.select(".field__error"))
    assert told in errors
    assert number(refund) == 1


def test_back_leads_to_the_form_with_what_was_written(desk: Client, refund: PromisePage) -> None:
    shown = preview(desk, refund, step="back", target="88")
    assert shown.select_one("input[name=target]:not([type=hidden])")["value"] == "88"  # type: ignore[index]  # it is there


def test_what_waits_in_a_draft_is_not_published_along(desk: Client, refund: PromisePage) -> None:
    draft = refund.get_latest_revision_as_object()
    draft.why_us = "Half a thought."
    draft.save_revision()
    shown = preview(desk, refund)
    assert "its draft holds changes that aren’t published" in shown.text
    assert shown.select_one("[name=target]") is None
    with pytest.raises(UnpublishedChangesError):
        lower_claim(
            promise=refund,
            terms=said(refund, target=Decimal(90)),
            reason=WHY,
            by=PersonFactory(administrator=True),
            at=NOW,
        )
    assert PromisePage.objects.get(pk=refund.pk).why_us == ""


def test_a_promise_that_somebody_has_locked_stays_as_it_is(
    desk: Client, marketer: User, refund: PromisePage
) -> None:
    Page.objects.filter(pk=refund.pk).update(
        locked=True, locked_by=PersonFactory(administrator=True), locked_at=NOW
    )
    assert "is locked in the editor" in desk.get(url_of(refund)).content.decode()
    send(desk, refund, step="confirm", seen="1")
    with pytest.raises(PermissionDenied):
        lower_claim(
            promise=refund,
            terms=said(refund, target=Decimal(90)),
            reason=WHY,
            by=marketer,
            at=NOW,
        )
    assert number(refund) == 1


def test_what_changed_meanwhile_is_looked_at_again(desk: Client, refund: PromisePage) -> None:
    shown = preview(desk, refund)
    hidden = {str(each["name"]): str(each["value"]) for each in shown.select("main [type=hidden]")}
    republish(refund, claim={"target": Decimal(93)})
    answer = desk.post(url_of(refund), {**hidden, "step": "confirm"})
    assert "Somebody has changed this promise meanwhile." in answer.content.decode()
    assert claim_of(refund).target == Decimal(93)


def test_a_claim_of_a_promise_without_versions_keeps_what_it_said_before(marketer: User) -> None:
    page = PromiseFactory()
    lower_claim(promise=page, terms=said(page, target=Decimal(90)), reason=WHY, by=marketer, at=NOW)
    targets = [version.terms.claims[0].target for version in page.versions.order_by("number")]
    assert targets == [Decimal(95), Decimal(90)]


def test_the_action_refuses_whoever_may_not_publish_and_what_is_not_there(
    marketer: User, refund: PromisePage
) -> None:
    terms = said(refund, target=Decimal(90))
    with pytest.raises(PermissionDenied):
        lower_claim(promise=refund, terms=terms, reason=WHY, by=PersonFactory(), at=NOW)
    with pytest.raises(ChangedMeanwhileError):
        lower_claim(promise=refund, terms=said(refund, key="gone"), reason=WHY, by=marketer, at=NOW)
    with pytest.raises(NothingChangesError):
        lower_claim(promise=refund, terms=said(refund), reason=WHY, by=marketer, at=NOW)
    assert number(refund) == 1
    assert PromisePage.objects.get(pk=refund.pk).latest_revision_id == refund.latest_revision_id


def test_it_is_nobody_elses_page(client: Client, refund: PromisePage) -> None:
    owner = PersonFactory()
    Page.objects.filter(pk=refund.pk).update(owner=owner)
    client.force_login(owner)
    assert client.get(url_of(refund)).status_code == 404
    assert send(client, refund, step="confirm", seen="1").status_code == 404
    assert number(refund) == 1


def test_a_draft_promise_has_no_claim_to_lower(desk: Client) -> None:
    page = PromiseFactory(live=False)
    assert desk.get(url_of(page)).status_code == 404
