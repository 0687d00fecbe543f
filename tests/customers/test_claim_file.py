"""The claim file: every version of a claim, and what the evidence said at that date."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from customers.models import Measure
from knowledge.actions.promising import lower_claim
from knowledge.reports import terms_of
from tests.conftest import NOW
from tests.customers.measuring import claimed, measured, read
from tests.drafting import signed_in
from tests.factories import A_DAY, MembershipFactory, PersonFactory

pytestmark = pytest.mark.django_db

FILE = "/promises/fair-refund/evidence/file/"
OCTOBER = date(2026, 10, 1)


@pytest.fixture
def measure(portal_site: None) -> Measure:
    return measured(claimed())


@pytest.fixture
def colleague(portal_site: None) -> Client:
    return signed_in(MembershipFactory().person)


@pytest.fixture
def file(measure: Measure, colleague: Client) -> dict[str, Any]:
    """A claim whose reading was corrected before today, and is corrected again tomorrow."""
    first, second, third = NOW - 6 * A_DAY, NOW - 5 * A_DAY, NOW + A_DAY
    read(measure, OCTOBER, at=first, replaced_at=second, k=318, n=548)
    read(measure, OCTOBER, at=second, replaced_at=third, k=540, n=548)
    read(measure, OCTOBER, at=third, k=318, n=548)
    answer = colleague.get(FILE, {"format": "json"})
    assert 'filename="fair-refund-claim-file-2026-11-20.json"' in answer["Content-Disposition"]
    told: dict[str, Any] = json.loads(answer.content)
    return told


def test_the_claim_file_says_what_held_then_and_what_is_known_now(file: dict[str, Any]) -> None:
    own = [each for each in file["verdicts"] if "refunds arrive in time" in each["claim"]]
    today = {each["known"]: each["verdict"] for each in own if each["as_at"] == "2026-11-20"}
    assert today == {"by what was entered by then": "Kept", "as known today": "Falling short"}


def test_each_version_is_judged_by_its_own_terms(measure: Measure, colleague: Client) -> None:
    promise: Any = measure.promise
    terms = next(each for each in terms_of(promise).claims if each.key == "in-time")
    lower_claim(
        promise=promise,
        terms=replace(terms, target=Decimal(50)),
        reason="It was never so.",
        by=PersonFactory(administrator=True),
        at=NOW,
    )
    read(measure, OCTOBER, at=NOW - 5 * A_DAY, k=318, n=548)
    told = json.loads(colleague.get(FILE, {"format": "json"}).content)
    assert [(each["version"], bool(each["ends_on"])) for each in told["claims"][::2]] == [
        (1, True),
        (2, False),
    ]
    own = [each for each in told["verdicts"] if "refunds arrive in time" in each["claim"]]
    last = {each["version"]: each["verdict"] for each in own}
    assert last == {1: "Falling short", 2: "Kept"}


def test_the_claim_file_keeps_corrected_readings(file: dict[str, Any]) -> None:
    replaced = [(each["k"], bool(each["replaced_at"])) for each in file["readings"]]
    assert replaced == [(318, True), (540, True), (318, False)]


def test_the_claim_file_as_a_table_holds_no_formula(measure: Measure, colleague: Client) -> None:
    read(measure, OCTOBER, k=318, n=548, note="=1+1")
    answer: Any = colleague.get(FILE)
    table = b"".join(answer.streaming_content).decode()
    assert "'=1+1" in table
    assert table.count("\nverdict,") == table.count("\nclaim,") * 4
