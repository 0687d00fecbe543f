"""The promise register: what is known of each promise, in the order its reader needs."""

import csv
import re
from datetime import datetime
from html import unescape
from io import StringIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from customers.reports.evidence import evidence_of
from customers.wording import verdict_word
from departments.models import Department
from departments.reports.threads import threads_of
from departments.wording import waiting_words
from knowledge.models import PromisePage
from portal.models import User
from strategy.models import Override
from strategy.reports.register_words import links_told
from tests.conftest import NOW
from tests.customers.rows import counted
from tests.factories import (
    A_DAY,
    TODAY,
    CampaignFactory,
    DepartmentFactory,
    HeadshipFactory,
    MeasureFactory,
    MembershipFactory,
    ModuleFactory,
    PersonFactory,
    PromiseFactory,
    RequirementFactory,
)
from tests.strategy.scheduling import schedule

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_site")]

KEPT, SHORT, FEW = [(500, 500)] * 6, [(100, 500)] * 6, [(4, 5)] * 6
ROW = re.compile(r"<h3><a href=\"/promises/([\w-]+)/\">")


def promise_called(
    title: str, counts: list[tuple[int, int]] | None = None, **more: object
) -> PromisePage:
    promise: PromisePage = PromiseFactory(title=title, slug=title.lower(), **more)
    if counts:
        counted(MeasureFactory(claim=promise.claims.get()), counts)
    return promise


@pytest.fixture
def promises() -> list[PromisePage]:
    """In the editors' order: one of each verdict that isn't "too close"."""
    verdicts = {"Kept": KEPT, "Short": SHORT, "Few": FEW, "Unproven": None}
    return [promise_called(title, counts) for title, counts in verdicts.items()]


@pytest.fixture
def visitor(client: Client) -> Client:
    client.force_login(PersonFactory())
    return client


def read(client: Client, query: str = "") -> str:
    response = client.get(f"/promises/{query}")
    assert response.status_code == 200
    return re.sub(r"[ \n]+", " ", unescape(response.content.decode()))


def row_of(client: Client, slug: str) -> str:
    rows = re.split(r"<li> <div class=\"stack stack--tight\"> <div class=\"titled\">", read(client))
    return next(row for row in rows if f'href="/promises/{slug}/"' in row)


def exported(client: Client, query: str = "") -> list[dict[str, str]]:
    response = client.get(f"/promises/register.csv{query}")
    text = b"".join(response).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text)))


def test_marketing_reads_first_of_what_nobody_can_say_whether_it_is_kept(
    client: Client, promises: list[PromisePage]
) -> None:
    client.force_login(PersonFactory(groups=["Marketing"]))
    assert ROW.findall(read(client)) == ["unproven", "few", "short", "kept"]


def test_others_read_first_where_their_department_has_a_part(
    client: Client, promises: list[PromisePage]
) -> None:
    care = DepartmentFactory(name="Care")
    promise_called("Ours", departments=[care])
    client.force_login(MembershipFactory(department=care).person)
    assert ROW.findall(read(client)) == ["ours", "kept", "short", "few", "unproven"]


def test_each_promise_has_its_verdict_as_the_reports_know_it(
    visitor: Client, promises: list[PromisePage]
) -> None:
    for promise, found in zip(promises, evidence_of(promises, on=TODAY).values(), strict=True):
        assert verdict_word(found.verdict) in row_of(visitor, promise.slug)


def test_a_link_that_does_not_hold_is_told_with_what_it_waits_for(visitor: Client) -> None:
    finance, care = DepartmentFactory(name="Finance"), DepartmentFactory(name="Care")
    promise = promise_called("Refund", departments=[finance, care])
    row = row_of(visitor, "refund")
    thread = threads_of([promise], on=TODAY)[promise.pk]
    assert links_told(thread) == "0 of 2 links"
    assert "0 of 2 links" in row
    waits = [waiting_words(one) for one in thread.waiting]
    assert [wait for wait in waits if f"<li>{wait}</li>" not in row] == []


def test_how_many_of_a_small_department_are_missing_is_its_heads_to_know(client: Client) -> None:
    company = DepartmentFactory(name="Company")
    finance = DepartmentFactory(name="Finance", parent=company)
    MembershipFactory.create_batch(3, department=finance)
    promise = promise_called("Refund", departments=[finance])
    module = ModuleFactory()
    module.brief.promises = [promise]
    module.brief.save()
    RequirementFactory(department=finance, module=module)

    client.force_login(HeadshipFactory(department=finance).person)
    assert "<li>Finance: 2 people" in row_of(client, "refund")
    client.force_login(PersonFactory(groups=["Marketing"]))
    assert "<li>Finance: not enough of its people yet" in row_of(client, "refund")
    (line,) = exported(client)
    assert line["Waiting on"].startswith("Finance: not enough of its people yet")


def test_of_many_departments_that_are_waited_for_some_are_counted(visitor: Client) -> None:
    promise_called("Refund", departments=DepartmentFactory.create_batch(5))
    assert "<li>2 more</li>" in row_of(visitor, "refund")


def test_the_nearest_launch_ahead_is_named_with_how_far_it_is(visitor: Client) -> None:
    promise = promise_called("Refund")
    for days, title in ((-3, "Gone"), (20, "Later"), (4, "Sooner")):
        CampaignFactory(title=title, promises=[promise], launches_on=TODAY + days * A_DAY)
    assert "Sooner: Tuesday 24\u00a0November, planned" in row_of(visitor, "refund")


def test_a_scheduled_launch_says_so(visitor: Client) -> None:
    campaign = CampaignFactory(title="Soon", promises=[promise_called("Refund")])
    schedule(campaign, campaign.launches_on)
    assert "Soon: Friday 4\u00a0December, scheduled" in row_of(visitor, "refund")


def test_a_promise_that_no_launch_makes_and_nobody_owns_says_so(visitor: Client) -> None:
    promise_called("Refund")
    row = row_of(visitor, "refund")
    assert "None planned" in row
    assert "Nobody yet" in row


def agreed(promise: PromisePage, *, reviewed_at: datetime | None = None) -> None:
    Override.objects.create(
        campaign=CampaignFactory(promises=[promise]),
        reason="It is Christmas.",
        tells_customers="We tell them the day.",
        review_on=TODAY,
        launches_on=TODAY,
        asked_at=NOW,
        agreed_at=NOW,
        reviewed_at=reviewed_at,
    )


def test_launches_by_agreement_are_counted_until_somebody_looked_back(visitor: Client) -> None:
    promise = promise_called("Refund")
    agreed(promise, reviewed_at=NOW)
    assert "by agreement" not in row_of(visitor, "refund")
    agreed(promise)
    agreed(promise)
    assert "2 launches by agreement to look back on" in row_of(visitor, "refund")


def test_the_file_says_what_the_page_says_in_its_order(
    client: Client, promises: list[PromisePage]
) -> None:
    client.force_login(PersonFactory(groups=["Marketing"]))
    promise = promise_called("Refund", SHORT, departments=[DepartmentFactory(name="Finance")])
    promise.owner = PersonFactory(first_name="Noor", last_name="Ashgrove")
    promise.save()
    agreed(promise)
    lines = exported(client)
    assert [line["Promise"].lower() for line in lines] == ROW.findall(read(client))
    for line in lines:
        row = row_of(client, line["Promise"].lower())
        told = [cell for name, cell in line.items() if name not in ("Promise", "Pilot")]
        words = [word for cell in told for word in cell.split("; ")]
        assert [word for word in words if word not in row] == []


def test_the_file_keeps_to_the_filters_of_the_page(client: Client) -> None:
    care = DepartmentFactory(name="Care")
    promise_called("Ours", departments=[care])
    promise_called("Pilot", is_pilot=True)
    client.force_login(MembershipFactory(department=care).person)
    assert [line["Promise"] for line in exported(client, "?only=my-part")] == ["Ours"]
    assert [line["Promise"] for line in exported(client, "?only=pilot")] == ["Pilot"]
    assert 'href="/promises/register.csv?only=pilot"' in read(client, "?only=pilot")


def test_no_cell_of_the_file_is_a_formula(visitor: Client) -> None:
    PromiseFactory(title="=1+1", sentence="@SUM(A1)")
    (line,) = exported(visitor)
    assert (line["Promise"], line["Sentence"]) == ("'=1+1", "'@SUM(A1)")


def test_the_file_goes_on_beyond_the_first_page(visitor: Client) -> None:
    PromiseFactory.create_batch(26)
    assert len(ROW.findall(read(visitor))) == 25
    assert len(exported(visitor)) == 26


def some_more(care: Department) -> None:
    for _time in range(3):
        promise = PromiseFactory(departments=[care, DepartmentFactory()])
        counted(MeasureFactory(claim=promise.claims.get()), SHORT)
        agreed(promise)


@pytest.mark.parametrize("address", ["/promises/", "/promises/register.csv"])
@pytest.mark.parametrize("groups", [[], ["Marketing"]])
def test_the_register_costs_the_same_however_many_promises_there_are(
    client: Client, address: str, groups: list[str]
) -> None:
    care = DepartmentFactory(name="Care")
    client.force_login(MembershipFactory(department=care, person__groups=groups).person)
    some_more(care)
    queries_of(client, address)
    before = queries_of(client, address)
    some_more(care)
    assert queries_of(client, address) == before


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        b"".join(client.get(address))
    return len(asked)


@pytest.mark.parametrize("role", ["colleague", "head", "marketing", "administrator"])
def test_departments_without_a_link_are_named_to_whoever_can_change_that(
    client: Client, role: str
) -> None:
    care, sales = DepartmentFactory(name="Care"), DepartmentFactory(name="Sales")
    promise_called("Refund", departments=[care])
    people: dict[str, User] = {
        "colleague": PersonFactory(),
        "head": HeadshipFactory(department=care).person,
        "marketing": PersonFactory(groups=["Marketing"]),
        "administrator": PersonFactory(administrator=True),
    }
    client.force_login(people[role])
    assert (f"<li>{sales.name}</li>" in read(client)) is (role != "colleague")


def test_where_every_department_has_a_link_nothing_is_said(client: Client) -> None:
    promise_called("Refund", departments=[DepartmentFactory(name="Care")])
    client.force_login(PersonFactory(administrator=True))
    assert "Not on any thread yet" not in read(client)
