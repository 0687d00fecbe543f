"""Whoever keeps the products, and no page, reads no title of a draft."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse

from knowledge.models import Product
from tests.factories import BriefFactory, PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_site")]

CANARY = "Canary of a launch"


@pytest.fixture
def product() -> Product:
    """A draft names it."""
    made: Product = Product.objects.create(name="Fibre")
    BriefFactory(title=CANARY, live=False, product=made).save_revision()
    return made


@pytest.fixture
def desk(client: Client) -> Client:
    group = Group.objects.create(name="Products")
    may = ("access_admin", "change_product", "delete_product")
    group.permissions.set(Permission.objects.filter(codename__in=may))
    client.force_login(PersonFactory(groups=["Products"]))
    return client


@pytest.mark.parametrize("name", ["edit", "usage", "delete"])
def test_the_products_pages_name_no_draft(desk: Client, product: Product, name: str) -> None:
    answer = desk.get(reverse(f"products:{name}", args=[product.pk]), follow=True)
    assert answer.status_code == 200
    assert CANARY not in answer.content.decode()


def test_a_product_that_a_draft_names_is_still_kept(desk: Client, product: Product) -> None:
    desk.post(reverse("products:delete", args=[product.pk]))
    assert Product.objects.filter(pk=product.pk).exists()


def test_today_names_no_draft(desk: Client, product: Product) -> None:
    assert CANARY not in desk.get("/").content.decode()


def test_today_names_the_drafts_of_whoever_writes_them(client: Client, product: Product) -> None:
    client.force_login(PersonFactory(groups=["Marketing"]))
    assert CANARY in client.get("/").content.decode()
