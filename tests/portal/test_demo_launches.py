"""What the demo promises, whether it is kept, and what its gates say, as the story tells it."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client

from customers.models import ProcessChange
from customers.reports.evidence import evidence_of
from customers.since import Kind
from customers.verdicts import Verdict
from customers.wording import verdict_words
from departments.reports.threads import threads_of
from knowledge.models import PromisePage
from portal.demo.accounts import PASSWORD, SIGN_INS
from strategy.gate import Check, Status
from strategy.models import Campaign, GateEntry, Override
from strategy.reports.gates import CampaignGate, gate_of
from tests.portal.test_demo import install_demo

# k of n in three months, the low and the high end in per cent, and the verdict's words.
VERDICTS = {
    "switch-in-five": (1541, 1640, 92.9, 94.9, "Kept"),
    "price-lock": (249020, 250180, 99.5, 99.6, "Kept"),
    "fair-refund": (853, 1434, 57.3, 61.6, "Falling short – changed since PC-014"),
    "person-in-two": (
        23886,
        30120,
        78.9,
        79.7,
        "Falling short – just short; changed since PC-014",
    ),
    "full-speed-at-eight": (61, 70, 79.2, 92.4, "Too close to call: about 300 would settle it"),
    "whole-home-wi-fi": (12, 14, 64.7, 95.2, "Too few to say: 14 so far; ask 30 or more"),
}
LINKS = {
    "switch-in-five": (5, 5),
    "price-lock": (5, 5),
    "fair-refund": (3, 4),
    "person-in-two": (4, 4),
    "full-speed-at-eight": (4, 4),
    "whole-home-wi-fi": (1, 4),
}
AN_HOUR = timedelta(hours=1)
MONEY_BACK, WI_FI = "money-back-no-quibble", "whole-home-wi-fi"


@pytest.mark.once
@pytest.mark.django_db
def test_verdicts_are_those_of_the_story(at: datetime) -> None:
    install_demo(at)
    promises = list(PromisePage.objects.live())
    found = {
        promise.slug: evidence_of(promises, on=at.date())[promise.pk].worst for promise in promises
    }
    told = {
        slug: (
            claim.judgement.k,
            claim.judgement.n,
            round(claim.judgement.low or 0, 1),
            round(claim.judgement.high or 0, 1),
            verdict_words(claim.judgement, claim.since),
        )
        for slug, claim in found.items()
        if claim
    }
    assert told == VERDICTS


@pytest.mark.once
@pytest.mark.django_db
def test_refunds_fell_after_the_weekly_run_and_not_before(at: datetime) -> None:
    install_demo(at)
    refund = PromisePage.objects.get(slug="fair-refund")
    claim = evidence_of([refund], on=at.date())[refund.pk].worst
    assert claim
    verdicts = [month.judgement.verdict for month in claim.months]
    assert verdicts == [Verdict.KEPT] * 2 + [Verdict.FALLING_SHORT] * 4
    assert (claim.since.kind, claim.since.reference) == (Kind.CHANGED_SINCE, "PC-014")
    run = ProcessChange.objects.get(reference="PC-014")
    assert run.happens_on == date(2026, 8, 17)
    assert run.measures.count() == 7


@pytest.mark.once
@pytest.mark.django_db
def test_links_hold_as_the_story_tells_it(at: datetime) -> None:
    install_demo(at)
    threads = threads_of(PromisePage.objects.live(), on=at.date())
    assert {
        thread.promise.slug: (thread.met, len(thread.links)) for thread in threads.values()
    } == LINKS


def gate(slug: str, on: date, day: date | None = None) -> CampaignGate:
    return gate_of(Campaign.objects.get(slug=slug), on=on, day=day)


def statuses(found: CampaignGate) -> dict[Check, Status]:
    return {check.name: check.status for check in found.checks}


@pytest.mark.once
@pytest.mark.django_db
def test_money_back_is_not_ready_in_any_of_four_ways(at: datetime) -> None:
    install_demo(at)
    found = gate(MONEY_BACK, at.date())
    assert found.day == date(2026, 12, 7)
    assert statuses(found) == dict.fromkeys(Check, Status.NOT_MET)
    (refund,) = found.promises
    assert (refund.today.ready, refund.today.needed, refund.today.version) == (27, 30, 3)
    assert (refund.thread.version, refund.thread.out_on) == (4, date(2026, 11, 30))
    assert refund.thread.signed == 3
    unsigned = [link for link in refund.thread.links if not link.is_signed]
    assert [link.department.name for link in unsigned] == ["Finance & Billing"]
    assert unsigned[0].word
    assert unsigned[0].word.because == "The pilot of a daily run starts on Monday 23 November."
    assert len(refund.flags) == 2


@pytest.mark.once
@pytest.mark.django_db
def test_wi_fi_has_one_of_four_and_seven_weeks_left(at: datetime) -> None:
    install_demo(at)
    found = gate(WI_FI, at.date())
    assert (found.day - at.date()).days // 7 == 7
    assert statuses(found) == {
        Check.KNOW: Status.NOT_MET,
        Check.SIGNED: Status.NOT_MET,
        Check.DELIVER: Status.CANT_SAY,
        Check.FLAGS: Status.MET,
    }
    (wi_fi,) = found.promises
    assert (wi_fi.today.ready, wi_fi.today.needed) == (14, 39)
    required = {link.department.name: link.required for link in wi_fi.today.links}
    assert sorted(required.values()) == [5, 7, 8, 10]
    assert wi_fi.today.required == 30
    assert wi_fi.thread.signed == 3
    assert wi_fi.evidence.worst
    assert wi_fi.evidence.worst.judgement.n == 14


@pytest.mark.once
@pytest.mark.django_db
def test_what_if_comes_true_day_by_day_until_the_launch(at: datetime) -> None:
    """The clock is moved, what is scheduled goes out, and nobody does anything."""
    install_demo(at)
    today = at.date()
    foretold = {
        day: picture(gate(MONEY_BACK, today, day))
        for day in days_between(today, gate(MONEY_BACK, today).day)
    }
    came_true = {}
    for day in foretold:
        with time_machine.travel(at + (day - today) + AN_HOUR, tick=False):
            call_command("publish_scheduled")
            came_true[day] = picture(gate(MONEY_BACK, day, day))
    assert came_true == foretold
    assert len(foretold) == 18
    assert len({known for known, *_others in foretold.values()}) > 1


def days_between(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def picture(found: CampaignGate) -> tuple[object, ...]:
    links = tuple(
        (link.department.name, link.required, link.needed, link.ready, link.is_signed)
        for facts in found.promises
        for link in facts.thread.links
    )
    return (
        tuple(facts.thread.is_out for facts in found.promises),
        tuple(statuses(found).items()),
        links,
    )


@pytest.mark.once
@pytest.mark.django_db
def test_the_launch_that_was_forced_is_closed(at: datetime) -> None:
    install_demo(at)
    sale = Campaign.objects.get(slug="price-lock-summer-sale")
    assert sale.live
    assert not Override.objects.unreviewed().exists()
    entries = GateEntry.objects.filter(campaign=sale).order_by("at").values_list("kind", flat=True)
    assert list(entries) == [
        GateEntry.Kind.PLANNED,
        GateEntry.Kind.OVERRIDE_ASKED,
        GateEntry.Kind.OVERRIDE_AGREED,
        GateEntry.Kind.LAUNCHED,
        GateEntry.Kind.REVIEWED,
    ]


@pytest.mark.once
@pytest.mark.django_db
def test_every_visitor_may_open_every_promise_campaign_and_change(
    client: Client, at: datetime
) -> None:
    install_demo(at)
    promises = PromisePage.objects.live().values_list("slug", flat=True)
    campaigns = Campaign.objects.values_list("slug", flat=True)
    changes = ProcessChange.objects.values_list("reference", flat=True)
    addresses = [
        "/campaigns/",
        "/calendar/",
        "/changes/",
        *(f"/promises/{slug}/{page}" for slug in promises for page in ("", "evidence/", "flags/")),
        *(f"/campaigns/{slug}/gate/" for slug in campaigns),
        *(f"/changes/{reference}/" for reference in changes),
    ]
    for sign_in in SIGN_INS:
        client.login(username=sign_in.email, password=PASSWORD)
        answers = {address: client.get(address).status_code for address in addresses}
        assert set(answers.values()) == {200}, answers
