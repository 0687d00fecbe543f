"""What marketing's form of a brief makes, and what it refuses, beside its facts."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from knowledge.models import BriefPage, Product, Segment
from tests.factories import A_DAY, TODAY, PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_site")]


@pytest.fixture
def marketer(client: Client) -> Client:
    client.force_login(PersonFactory(groups=["Marketing"]))
    return client


def faults_of(brief: BriefPage) -> set[str]:
    try:
        brief.full_clean()
    except ValidationError as error:
        return set(error.message_dict)
    return set()


@pytest.mark.parametrize(
    ("length", "faults"), [(-A_DAY, {"valid_until"}), (timedelta(0), set()), (A_DAY, set())]
)
def test_a_brief_ends_no_earlier_than_it_begins(
    brief: BriefPage, length: timedelta, faults: set[str]
) -> None:
    brief.valid_from, brief.valid_until = TODAY, TODAY + length

    assert faults_of(brief) == faults


def test_a_brief_may_end_without_a_beginning(brief: BriefPage) -> None:
    brief.valid_until = TODAY

    assert faults_of(brief) == set()


def test_a_brief_does_not_replace_itself(brief: BriefPage) -> None:
    brief.replaced_by = brief

    assert faults_of(brief) == {"replaced_by"}


def test_a_product_is_made_where_it_is_chosen(marketer: Client) -> None:
    told = {"name": "Home fibre", "state": "pilot", "description": ""}
    made = marketer.post(reverse("product_chooser:create"), told).json()

    assert made["result"]["title"] == "Home fibre"
    assert Product.objects.get().state == Product.State.PILOT


def test_a_segment_is_made_where_it_is_chosen(marketer: Client) -> None:
    marketer.post(reverse("segment_chooser:create"), {"name": "Movers", "description": ""})

    assert Segment.objects.get().name == "Movers"


def test_whoever_may_not_make_products_may_choose_one(client: Client) -> None:
    client.force_login(PersonFactory(groups=["Moderators"]))

    made = client.post(reverse("product_chooser:create"), {"name": "Home fibre", "state": "idea"})

    assert client.get(reverse("product_chooser:choose")).status_code == 200
    assert made.status_code in {302, 403}
    assert not Product.objects.exists()


def test_the_form_offers_a_chooser_for_the_product(marketer: Client, brief: BriefPage) -> None:
    form = marketer.get(reverse("wagtailadmin_pages:edit", args=[brief.pk])).content.decode()

    assert "Choose a product" in form
    assert "Choose a segment" in form
