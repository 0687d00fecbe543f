"""Readings by hand, and what everybody can read of them."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from customers.models import Measure, Reading
from knowledge.models import Claim
from portal.models import User
from tests.conftest import NOW
from tests.customers.measuring import SOURCE, claimed, measured, read
from tests.drafting import signed_in
from tests.factories import MembershipFactory, PersonFactory

pytestmark = pytest.mark.django_db

PAGE = "/promises/fair-refund/evidence/"
ADD = f"{PAGE}add/"
SEPTEMBER, OCTOBER = date(2026, 9, 1), date(2026, 10, 1)
FORM = {"period": "2026-10", "k": "318", "n": "548", "source": SOURCE}


@pytest.fixture
def claim(portal_site: None) -> Claim:
    return claimed()


@pytest.fixture
def measure(claim: Claim, owner: User) -> Measure:
    return measured(claim, owner=owner)


@pytest.fixture
def colleague(claim: Claim) -> Client:
    return signed_in(MembershipFactory().person)


def words(client: Client, address: str = PAGE) -> str:
    """The text of a page, blanks as one."""
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_a_month_is_entered_with_one_choice(measure: Measure, owner: User) -> None:
    answer = signed_in(owner).post(ADD, FORM, follow=True)
    told = answer.content.decode()
    assert "Saved: 318 of 548 for October 2026." in told
    reading = Reading.objects.get()
    assert (reading.starts_on, reading.ends_on) == (OCTOBER, date(2026, 10, 31))
    assert (reading.k, reading.n, reading.entered_by) == (318, 548, owner)


def test_this_month_speaks_for_its_days_so_far(measure: Measure, owner: User) -> None:
    signed_in(owner).post(ADD, FORM | {"period": "2026-11"})
    assert Reading.objects.get().ends_on == NOW.date()


def test_other_days_are_written(measure: Measure, owner: User) -> None:
    # Days that are written count, whatever month still stands above them.
    days = {"starts_on": "2026-11-02", "ends_on": "2026-11-08"}
    signed_in(owner).post(ADD, FORM | days)
    assert Reading.objects.get().starts_on == date(2026, 11, 2)


def test_entering_it_again_corrects_and_keeps_the_old_figures(
    measure: Measure, owner: User, colleague: Client
) -> None:
    read(measure, OCTOBER, k=300, n=548)
    answer = signed_in(owner).post(ADD, FORM, follow=True)
    assert "300 of 548 became 318 of 548. The old figures stay visible." in answer.content.decode()
    told = words(colleague)
    assert "<s>300 of 548</s>" in told
    assert "Corrected on 20 Nov" in told
    assert "Noor Ashgrove" in told


def test_the_very_same_changes_nothing(measure: Measure, owner: User) -> None:
    desk = signed_in(owner)
    desk.post(ADD, FORM)
    answer = desk.post(ADD, FORM, follow=True)
    assert "Nothing was changed." in answer.content.decode()
    assert Reading.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"k": "549"}, "549 can&#x27;t be part of 548. Swap the two"),
        ({"k": ""}, "Write both “How many got what was promised” and “Out of how many”"),
        ({"n": "1,000"}, "Write a whole number like 1541, in digits alone"),
        ({"source": ""}, "Write where the figures come from"),
        ({"period": "other"}, "Choose a day"),
        ({"period": "other", "starts_on": "2026-11-09", "ends_on": "2026-11-30"}, "days to come"),
        ({"period": "other", "starts_on": "2026-08-20", "ends_on": "2026-09-10"}, "already speaks"),
    ],
)
def test_what_cannot_be_is_told_with_its_remedy(
    measure: Measure, owner: User, said: dict[str, str], told: str
) -> None:
    read(measure, SEPTEMBER, k=1, n=2)
    answer = signed_in(owner).post(ADD, FORM | said)
    assert told in answer.content.decode()
    assert Reading.objects.count() == 1


def test_values_are_pasted_instead_of_their_mean(claim: Claim, owner: User) -> None:
    Claim.objects.filter(pk=claim.pk).update(statistic="mean", unit="minutes")
    measured(claim, owner=owner, statistic="mean", unit="minutes")
    said = {"period": "2026-10", "values": "2 4 4\n4 5 5 7 9", "source": SOURCE}
    signed_in(owner).post(ADD, said)
    assert Reading.objects.get().mean == Decimal(5)


@pytest.mark.parametrize("groups", [["Customer experience"], ["Marketing"]])
def test_groups_may_enter_readings(measure: Measure, groups: list[str]) -> None:
    assert signed_in(PersonFactory(groups=groups)).get(ADD).status_code == 200


def test_whoever_answers_for_the_promise_may_enter_readings(measure: Measure) -> None:
    person = PersonFactory()
    promise: Any = measure.promise
    promise.owner = person
    promise.save_revision().publish()
    assert signed_in(person).get(ADD).status_code == 200


def test_others_may_not_and_are_not_offered_it(measure: Measure, colleague: Client) -> None:
    assert colleague.get(ADD).status_code == 404
    assert colleague.post(ADD, FORM).status_code == 404
    assert ADD not in words(colleague)
    assert not Reading.objects.exists()


def test_whoever_owns_one_measure_enters_no_other(measure: Measure, owner: User) -> None:
    other = measured(reference="other", promise=measure.promise)
    assert signed_in(owner).get(ADD, {"measure": other.reference}).status_code == 404


def test_of_several_measures_one_is_chosen_first(measure: Measure) -> None:
    measured(reference="other", name="Calls about it", promise=measure.promise)
    desk = signed_in(PersonFactory(groups=["Marketing"]))
    assert "A reading of what?" in words(desk, ADD)
    assert "Calls about it" in words(desk, f"{ADD}?measure=other")


def test_the_verdict_stands_with_n_and_day(measure: Measure, colleague: Client) -> None:
    read(measure, OCTOBER, k=318, n=548)
    told = words(colleague)
    assert "Falling short" in told
    assert "318 of 548" in told
    assert "58%" in told
    assert "As at 28 October." in told


def test_stale_evidence_says_so(measure: Measure, colleague: Client) -> None:
    read(measure, SEPTEMBER, k=326, n=534)
    told = words(colleague)
    assert "Last reading 28 September" in told
    assert "more than 45 days ago" in told


def test_a_claim_without_a_measure_asks_for_one(claim: Claim, colleague: Client) -> None:
    assert "Nobody has said yet how this is measured: marketing does." in words(colleague)
    desk = signed_in(PersonFactory(groups=["Marketing"]))
    address = f"{reverse('measures:add')}?claim=in-time"
    assert address in words(desk)
    assert 'value="Refunds arrive in time"' in words(desk, address)


def test_more_readings_cost_no_more_queries(measure: Measure, colleague: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            words(colleague)
        return len(queries)

    read(measure, SEPTEMBER, k=1, n=2)
    asked()
    before = asked()
    for number in range(8):
        read(measure, OCTOBER, k=1, n=2, source=f"Source {number}", entered_by=PersonFactory())
    measured(reference="other", promise=measure.promise)
    assert asked() == before


def test_a_restricted_promise_has_no_page(measure: Measure, colleague: Client, owner: User) -> None:
    promise: Any = measure.promise
    promise.unpublish()
    for address in (PAGE, ADD, f"{PAGE}file/"):
        assert signed_in(owner).get(address).status_code == 404
