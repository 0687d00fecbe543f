"""Signing in, and the first password of somebody who came from a list."""

import re

import pytest
from django.contrib.auth.hashers import make_password
from django.core import mail
from django.test import Client
from django.urls import reverse
from structlog.testing import capture_logs

from departments.models import Membership
from portal.forms import SignInForm
from portal.models import User
from tests.factories import A_DAY, PASSWORD, TODAY, MembershipFactory, PersonFactory

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


def test_a_wrong_password_says_what_to_do(client: Client) -> None:
    shown = client.post(SIGN_IN, {"login": "ines@wrenfield.example", "password": "wrong-words"})

    assert "choose “I can’t sign in”" in shown.content.decode()


@pytest.mark.parametrize("login", ["", "ines"])
def test_an_empty_sign_in_says_what_to_write(login: str) -> None:
    errors = SignInForm({"login": login, "password": ""}).errors

    assert errors["login"] == ["Enter your work e-mail, like name@company.com"]
    assert errors["password"] == ["Enter your password"]


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


@pytest.mark.parametrize("path", ["/accounts/email/", "/accounts/confirm-email/"])
def test_nobody_changes_her_own_address(client: Client, path: str) -> None:
    person = PersonFactory(email="colleague@wrenfield.example")
    client.force_login(person)

    response = client.post(path, {"email": "boss@wrenfield.example", "action_add": ""})

    assert response.status_code == 404
    person.refresh_from_db()
    assert person.email == "colleague@wrenfield.example"


def test_a_leaver_is_out_at_her_next_click_and_cannot_sign_in(client: Client) -> None:
    membership = MembershipFactory()
    client.force_login(membership.person)
    assert client.get("/").status_code == 200

    Membership.objects.update(ends_on=TODAY - A_DAY)

    assert client.get("/").status_code == 302
    again = client.post(SIGN_IN, {"login": membership.person.email, "password": PASSWORD})
    assert again["Location"] == reverse("account_inactive")
    assert client.get("/").status_code == 302


def test_a_key_to_set_a_password_is_not_written_to_the_log(client: Client, newcomer: User) -> None:
    client.post(reverse("account_reset_password"), {"email": newcomer.email})
    link = re.search(r"http://testserver(\S+)", str(mail.outbox[0].body))
    assert link is not None

    with capture_logs() as logs:
        client.get(link[1])

    assert logs[-1]["event"] == "request"
    assert link[1].split("/")[-2] not in str(logs)
