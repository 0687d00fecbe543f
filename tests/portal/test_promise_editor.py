"""What the editor asks of a promise: a sponsor, a source, a kind of figure that fits."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from departments.models import Link
from knowledge.models import Claim, PromisePage
from portal.reports.authoring import authoring_of
from tests.editing import PUBLISH, Desk, changed, problems
from tests.factories import (
    DepartmentFactory,
    MembershipFactory,
    PersonFactory,
    PromiseFactory,
)

pytestmark = pytest.mark.usefixtures("portal_site")

WORDS = ["Choose who decided that this is promised. Until then, save it as a draft."]


@pytest.fixture
def desk(client: Client) -> Desk:
    client.force_login(PersonFactory(groups=["Marketing"]))
    return Desk(client, PromiseFactory(live=False))


def remarks_of(promise: PromisePage) -> str:
    return " ".join(str(remark.text) for remark in authoring_of(promise).remarks)


def test_a_promise_goes_out_only_with_its_sponsor(desk: Desk) -> None:
    data = desk.open()
    desk.save_draft(data)
    refused = desk.save(data, PUBLISH)
    assert refused.context["form"].errors["sponsor"] == WORDS
    assert not PromisePage.objects.get().live
    desk.publish(sponsor=str(PersonFactory().pk))
    assert PromisePage.objects.get().live


@pytest.mark.parametrize("from_above", [True, False])
def test_many_promises_at_once_go_out_only_with_their_sponsors(
    desk: Desk, *, from_above: bool
) -> None:
    page: Any = desk.edited
    page.save_revision()
    ticked = page.get_parent() if from_above else page
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    sent = {"include_descendants": "on"} if from_above else {}
    desk.client.post(f"{url}?id={ticked.pk}", sent)
    assert not PromisePage.objects.get().live
    page.sponsor = PersonFactory()
    page.save_revision()
    desk.client.post(f"{url}?id={ticked.pk}", sent)
    assert PromisePage.objects.get().live


def test_an_outside_figure_is_not_even_drafted_without_its_source(desk: Desk) -> None:
    data = changed(desk.open(), benchmark="Others need nine days.")
    errors, _formsets = problems(desk.save(data))
    assert errors == {
        "benchmark_source": ["Say where this figure comes from, or leave it out."],
    }
    desk.save_draft(changed(data, benchmark_source="The regulator, March 2026"))


def test_where_it_lands_and_what_a_customer_expects_are_written_with_it(desk: Desk) -> None:
    written = {
        "lands_at": "Refund",
        "customer_gets": "Has the money.",
        "why_us": "We put it right.",
    }
    claim = {"claims__0__expectation": "My money is back."}
    desk.publish(changed(desk.open(), sponsor=str(PersonFactory().pk), **written, **claim))
    page = PromisePage.objects.get()
    assert {name: getattr(page, name) for name in written} == written
    assert Claim.objects.get().expectation == "My money is back."


def test_a_share_is_counted_in_per_cent(desk: Desk) -> None:
    sponsor = str(PersonFactory().pk)
    minutes = {"claims__0__unit": "minutes", "claims__0__target": "6"}
    data = changed(desk.open(), sponsor=sponsor, **minutes)
    _errors, formsets = problems(desk.save(data, PUBLISH))
    assert "A share is counted in %" in str(formsets["claims"])
    desk.publish(data, claims__0__statistic="mean")
    assert (Claim.objects.get().target, Claim.objects.get().unit) == (Decimal(6), "minutes")


def test_a_link_that_asks_for_more_people_than_there_are_is_named() -> None:
    care = DepartmentFactory(name="Care")
    team = DepartmentFactory(name="Evening", parent=care)
    for department in (care, team, team):
        MembershipFactory(department=department)
    MembershipFactory(department=team, left=True)
    promise = PromiseFactory(departments=[care])
    Link.objects.update(at_least=3)
    assert "its link asks for" not in remarks_of(PromisePage.objects.get())
    Link.objects.update(at_least=4)
    promise = PromisePage.objects.get(pk=promise.pk)
    assert "Care has 3 people, and its link asks for 4" in remarks_of(promise)
    assert "Nobody is its sponsor yet" in remarks_of(promise)
