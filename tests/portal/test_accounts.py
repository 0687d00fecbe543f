"""Signing in, and the first password of somebody who came from a list."""

import re

import pytest
from django.contrib.auth.hashers import make_password
from django.core import mail
from django.test import Client
from django.urls import reverse

from portal.models import User
from tests.factories import PASSWORD, PersonFactory

pytestmark = pytest.mark.django_db

SIGN_IN = "/accounts/login/"


@pytest.fixture
def newcomer() -> User:
    """As the people importer makes her: known, without a password."""
    person: User = PersonFactory(email="mirren@wrenfield.example")
    User.objects.filter(pk=person.pk).update(password=make_password(None))
    return person


def test_a_person_signs_in_with_her_work_email_in_any_case(client: Client) -> None:
    PersonFactory(email="ines@wrenfield.example")

    response = client.post(SIGN_IN, {"login": "Ines@Wrenfield.example", "password": PASSWORD})

    assert response["Location"] == "/"


def test_a_wrong_password_and_an_unknown_person_read_the_same(client: Client) -> None:
    PersonFactory(email="ines@wrenfield.example")

    told = [
        client.post(SIGN_IN, {"login": login, "password": "wrong-words"}).content.decode()
        for login in ("ines@wrenfield.example", "nobody@wrenfield.example")
    ]

    messages = [re.findall(r"<li>(.*?)</li>", page, re.DOTALL) for page in told]
    assert messages[0] == messages[1]
    assert messages[0]


def test_a_newcomer_sets_her_first_password_by_mail(client: Client, newcomer: User) -> None:
    client.post(reverse("account_reset_password"), {"email": newcomer.email})
    link = re.search(r"http://testserver(\S+)", str(mail.outbox[0].body))
    assert link is not None
    form = client.get(link[1], follow=True)
    chosen = {"password1": "thursday-is-refund-day", "password2": "thursday-is-refund-day"}
    client.post(form.redirect_chain[-1][0], chosen)

    assert client.login(email=newcomer.email, password="thursday-is-refund-day")


def test_a_reset_for_an_unknown_address_reads_the_same(client: Client, newcomer: User) -> None:
    reset = reverse("account_reset_password")

    known = client.post(reset, {"email": newcomer.email})
    unknown = client.post(reset, {"email": "nobody@wrenfield.example"})

    assert known.status_code == unknown.status_code == 302
    assert known["Location"] == unknown["Location"]


def test_signing_out_leads_to_the_sign_in_page(client: Client) -> None:
    client.force_login(PersonFactory())

    assert client.post(reverse("account_logout"))["Location"] == SIGN_IN
    assert client.get("/").status_code == 302


@pytest.mark.parametrize("path", ["/", "/learn/", "/briefs/", "/practice/", "/team/", "/cms/"])
def test_everything_asks_to_sign_in_and_comes_back(client: Client, path: str) -> None:
    response = client.get(path)

    assert response["Location"] == f"{SIGN_IN}?next={path}"
