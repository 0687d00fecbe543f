"""A promise has a new version when a customer could hold us to something else, and only then."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

from knowledge.models import Claim, PromisePage, PromiseVersion
from knowledge.publishing import going_live_at
from knowledge.reports import (
    current_promise_version,
    current_promise_versions,
    promise_versions,
)
from knowledge.terms import (
    ClaimTerms,
    Move,
    PromiseTerms,
    TermsChange,
    claim_changes,
    is_the_same_promise,
)
from tests.factories import PersonFactory, PromiseFactory
from tests.knowledge.promising import MEASURE, claim_of, published, republish
from tests.knowledge.translating import in_french, two_languages

CLAIM = ClaimTerms("three-days", "at-least", Decimal(95), "%", MEASURE, "share")
AT_MOST = replace(CLAIM, comparator="at-most", target=Decimal(6), unit="minutes", statistic="mean")


def of(*claims: ClaimTerms, sentence: str = "You get it.") -> PromiseTerms:
    return PromiseTerms(sentence, claims)


@pytest.mark.parametrize(
    "other",
    [
        {"comparator": "at-most"},
        {"target": Decimal("94.5")},
        {"unit": "days"},
        {"measure": "refunds arrive within 5 working days"},
        {"statistic": "mean"},
        {"condition": "paid by card"},
    ],
)
def test_every_term_of_a_claim_counts(other: dict[str, Any]) -> None:
    assert not is_the_same_promise(of(CLAIM), of(replace(CLAIM, **other)))


def test_another_sentence_is_another_promise() -> None:
    assert not is_the_same_promise(of(CLAIM), of(CLAIM, sentence="You get it, some day."))


def test_blanks_zeros_and_the_order_of_claims_say_nothing() -> None:
    other = replace(AT_MOST, key="other")
    worded = replace(CLAIM, target=Decimal("95.000"), measure=f" {MEASURE.replace(' ', '  ')}")
    assert is_the_same_promise(of(CLAIM, other), of(other, worded, sentence="You  get it. "))


def test_a_claim_more_is_another_promise() -> None:
    assert not is_the_same_promise(of(CLAIM), of(CLAIM, replace(AT_MOST, key="other")))
    assert not is_the_same_promise(of(CLAIM, replace(AT_MOST, key="other")), of(CLAIM))


@pytest.mark.parametrize(
    ("was", "other", "move"),
    [
        (CLAIM, {"target": Decimal(90)}, Move.LOWERED),
        (CLAIM, {"target": Decimal(99)}, Move.RAISED),
        (AT_MOST, {"target": Decimal(8)}, Move.LOWERED),
        (AT_MOST, {"target": Decimal(5)}, Move.RAISED),
        (CLAIM, {"target": Decimal(90), "condition": "paid by card"}, Move.CHANGED),
        (CLAIM, {"measure": "refunds arrive"}, Move.CHANGED),
    ],
)
def test_only_a_target_that_moves_alone_lowers_or_raises(
    was: ClaimTerms, other: dict[str, Any], move: Move
) -> None:
    assert TermsChange(was, replace(was, **other)).move is move


def test_a_claim_that_is_new_and_one_that_went_are_told_apart() -> None:
    changes = claim_changes([CLAIM], [replace(CLAIM, key="other")])
    assert [change.move for change in changes] == [Move.NEW, Move.GONE]


def test_terms_come_back_from_the_store_as_they_were() -> None:
    assert ClaimTerms.from_json(CLAIM.as_json) == CLAIM
    assert CLAIM.as_json["target"] == "95"


def numbers(page: PromisePage) -> list[int]:
    return list(PromiseVersion.objects.filter(promise=page).values_list("number", flat=True))


@pytest.mark.django_db
def test_the_first_version_is_what_was_published() -> None:
    page = published(sentence="When we agree it, you get it.")
    version = current_promise_version(page)
    assert version is not None
    assert (version.number, version.sentence) == (1, "When we agree it, you get it.")
    assert [(claim.key, claim.target) for claim in version.terms.claims] == [
        ("in-three-days", Decimal(95))
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "versions"),
    [
        ({"sentence": "When we agree it, you get it in five days."}, [1, 2]),
        ({"claim": {"target": Decimal(90)}}, [1, 2]),
        ({"claim": {"expectation": "It’s in my account."}}, [1]),
        ({"why_us": "We put it right.", "lands_at": "Refund", "title": "Refund"}, [1]),
    ],
)
def test_publishing_makes_a_version_only_of_another_promise(
    words: dict[str, Any], versions: list[int]
) -> None:
    page = published()
    republish(page, **words)
    assert numbers(page) == versions


@pytest.mark.django_db
def test_a_draft_and_what_is_only_scheduled_are_no_version() -> None:
    page: Any = PromiseFactory(live=False)
    page.go_live_at = timezone.now() + timedelta(days=3)
    page.save_revision().publish()
    assert numbers(page) == []
    page = published()
    page.sentence = "Not yet."
    page.save_revision()
    assert numbers(page) == [1]


@pytest.mark.django_db
def test_a_version_knows_its_moment_and_who_published_it() -> None:
    author = PersonFactory()
    page: Any = PromiseFactory()
    then = datetime(2026, 3, 3, 9, tzinfo=UTC)
    with going_live_at(then):
        page.save_revision(user=author).publish()
    version = page.versions.get()
    assert (version.at, version.author) == (then, author)


@pytest.mark.django_db
def test_a_translation_promises_nothing_of_its_own() -> None:
    with two_languages():
        in_french(published(), sentence="Vous le recevez.")
    assert PromiseVersion.objects.count() == 1


@pytest.mark.django_db
def test_the_current_versions_of_many_promises_cost_one_query(
    django_assert_num_queries: Any,
) -> None:
    pages: list[Any] = [published(), PromiseFactory()]
    republish(pages[0], claim={"target": Decimal(90)})
    with django_assert_num_queries(1):
        found = current_promise_versions(pages)
    assert {pk: version.number for pk, version in found.items()} == {pages[0].pk: 2}


@pytest.mark.django_db
def test_each_version_tells_what_it_changed(django_assert_num_queries: Any) -> None:
    page = published()
    republish(page, claim={"target": Decimal(90)})
    republish(page, sentence="You get it.")
    with django_assert_num_queries(1):
        third, second, first = promise_versions(page)
    assert [(change.now, change.is_sentence) for change in third.changes] == [("You get it.", True)]
    told = [(change.move, change.was_target, change.now_target) for change in second.changes]
    assert told == [(Move.LOWERED, "95%", "90%")]
    assert second.changes[0].now == f"At least 90% of {MEASURE}"
    assert first.changes == ()


@pytest.mark.django_db
def test_the_promise_page_speaks_of_its_version(visitor: Client) -> None:
    page = published()
    republish(page, claim={"target": Decimal(90)})
    shown = visitor.get(f"/promises/{page.slug}/").content.decode()
    assert "Version 2 since" in shown
    assert "was 95%, is 90%." in shown
    assert "Lower the claim" not in shown


@pytest.mark.django_db
def test_a_promise_from_before_versions_begins_with_the_one_that_is_live() -> None:
    migration: Any = import_module("knowledge.migrations.0011_first_promise_versions")
    page, draft = PromiseFactory(), PromiseFactory(live=False)
    migration.record_first_versions(apps, None)
    version = current_promise_version(page)
    assert version is not None
    assert version.number == 1
    assert version.terms.claims[0].key == claim_of(page).key
    assert current_promise_version(draft) is None
    republish(page, why_us="Because.")
    assert numbers(page) == [1]
    assert Claim.objects.get(promise=page).target == version.terms.claims[0].target
