"""One figure, one wording: every page and file that tells it, against a second opinion."""

import csv
import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from html import unescape
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from customers.models import Reading
from customers.verdicts import Verdict
from customers.wording import VERDICT_WORDS
from knowledge.models import Claim, PromisePage
from knowledge.reports import promise_address
from strategy.models import Campaign
from strategy.reports.gate_told import checks_told
from strategy.reports.gates import gate_of
from tests.customers.second_opinion import Opinion, opinion
from tests.factories import TODAY
from tests.strategy.second_opinion import Chain, Rows, deliver, worst
from tests.strategy.staging import Stage
from tests.strategy.worlds import World

pytestmark = [pytest.mark.django_db, pytest.mark.once]

WORST_FIRST = ("falling-short", "unproven", "too-few", "too-close", "kept")
CHECKS = ("know", "signed", "deliver", "flags")
STATUS = {"met": "Met", "not-met": "Not met", "cant-say": "Can't say"}

type Read = Callable[..., str]


def words_in(page: str) -> str:
    shown = re.sub(r"(?s)<(script|style|svg|template)\b.*?</\1>", "", page)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", shown)).replace("’", "'").split())


@pytest.fixture
def read(client: Client) -> Read:
    def visit(address: str, *args: Any) -> str:
        url = address if address.startswith("/") else reverse(address, args=args)
        response: Any = client.get(url)
        assert response.status_code == 200, url
        body = b"".join(response.streaming_content) if response.streaming else response.content
        text = body.decode("utf-8-sig")
        return words_in(text) if "<html" in text else text.replace("\u00a0", " ")

    return visit


@pytest.fixture
def world(seed: int, client: Client, portal_site: None) -> World:  # made before the world's pages
    made = World(seed)
    client.force_login(made.head_of_all())
    return made


def claims_of(promise: PromisePage) -> list[Opinion]:
    stored = Claim.objects.filter(promise=promise).order_by("sort_order", "pk")
    return [opinion(claim, TODAY) for claim in stored]


def verdict(found: Opinion) -> str:
    return str(VERDICT_WORDS[Verdict(found.verdict)])


def today_of(world: World, promise: PromisePage, rows: Rows) -> Chain:
    brief = world.brief if world.brief.promises.filter(pk=promise.pk).exists() else None
    return rows.chain(promise, brief, rows.newest(brief.pk, TODAY) if brief else 0, TODAY)


def links(found: Chain) -> str:
    if not found.knots:
        return "No links yet"
    met = sum(knot.met for knot in found.knots)
    return f"{met} of {len(found.knots)} link{'s'[: len(found.knots) != 1]}"


def thread_words(found: Chain) -> Iterator[str]:
    """What the promise's page has to say of its links and people."""
    if found.knots:
        yield f"The thread: {links(found)} hold"
    if found.needed:
        people = "person" if found.needed == 1 else "people"
        yield f"Do we know it? {found.ready} of {found.needed} {people}"
    for knot in found.knots:
        if knot.needed:
            yield f"{knot.ready} of {knot.needed} ready – needs {knot.required}"


def test_a_promise_is_told_alike_on_its_page_its_evidence_and_the_register(
    world: World, read: Read
) -> None:
    rows, register = Rows(TODAY), read("/promises/")
    lines = {line[0]: line for line in csv.reader(StringIO(read("strategy:register-export")))}
    for promise in world.promises:
        found, claims, line = (
            today_of(world, promise, rows),
            claims_of(promise),
            lines[str(promise)],
        )
        page, line = read(promise_address(promise)), lines[promise.title]
        evidence = read("customers:evidence-detail", promise.slug)
        own = register.partition(f" {promise.title} ")[2].partition("Next launch")[0]
        decides = min(claims, key=lambda one: WORST_FIRST.index(one.verdict))

        assert [words for words in thread_words(found) if words not in page] == []
        assert (line[4], line[7]) == (verdict(decides), links(found))
        assert f"Links met {links(found)} " in own
        because = f" – {line[5]}" if line[5] else ""
        counted = re.split(" As at | Last reading ", line[6])[0]
        for told in (own, page.partition("Did we do it?")[2], evidence):
            assert f"{line[4]}{because}" in told
            assert counted in told
        missing = [one for one in claims for told in (page, evidence) if verdict(one) not in told]
        assert missing == []


def test_a_gate_is_told_alike_wherever_it_is_told(world: World, read: Read) -> None:
    campaign, rows = Campaign.objects.get(pk=world.campaign.pk), Rows(TODAY)
    day = max(campaign.launches_on, TODAY)
    expected = rows.gate(campaign, day)
    met = sum(expected[name] == "met" for name in CHECKS)
    is_agreed = expected["open"] == "True" and met < len(CHECKS)
    first = "Yes" if expected["open"] == "True" else "Not yet"
    page, editor = (
        read("strategy:gate-detail", campaign.slug),
        read("wagtailsnippets_strategy_campaign:edit", campaign.pk),
    )

    answer = f"{first}{', by agreement' if is_agreed else ''}. {met} of 4 checks are met."
    assert answer in page
    assert answer in editor
    assert f"{met} of 4 checks" in read("strategy:campaign-index")
    short = "By agreement" if is_agreed else first
    assert f"{short}: {met} of 4" in read("launches:upcoming")
    lines = [f"{name.capitalize()}: {STATUS[expected[name]]}" for name in CHECKS]
    assert [line for line in lines if line not in editor] == []
    assert [row for row in rows_of(campaign, day, rows) if row not in page] == []
    begins = tuple(delivery_told(campaign, day))
    own = page.partition("Four checks")[2].partition(" Deliver ")[2]
    assert not campaign.promises.exists() or own.startswith(begins)


def rows_of(campaign: Campaign, day: date, rows: Rows) -> Iterator[str]:
    """What the table of links has to say: the needed, and who will be ready."""
    for promise in campaign.promises.all():
        found = rows.chain(promise, campaign.brief, campaign.brief_version, day)
        for knot in found.knots:
            if knot.needed:
                yield f" {knot.required} of {knot.needed} {knot.ready} "


def delivery_told(campaign: Campaign, day: date) -> Iterator[str]:
    """With which verdicts the answer may be told: those that decide it."""
    claims = [one for promise in campaign.promises.all() for one in claims_of(promise)]
    answers = [deliver(one, day) for one in claims]
    answer = worst(answers)
    if answer == "met":
        yield "Met"
    if answer == "cant-say":
        yield "Can't say – the last reading is too old"
    for one in claims:
        if deliver(one, day) == answer:
            yield f"{STATUS[answer]} – {verdict(one).lower()}"


def test_of_equally_bad_claims_one_decides_everywhere() -> None:
    stage = Stage()
    Reading.objects.update(n=9, k=9)
    Claim.objects.create(
        promise=stage.promise, target=Decimal(95), measure="calls are answered", sort_order=9
    )

    delivered = checks_told(gate_of(stage.campaign, on=TODAY))[2]

    assert delivered.note == "unproven"
    assert delivered.change == "Somebody measures what is claimed."
