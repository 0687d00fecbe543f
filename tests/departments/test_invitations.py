"""Invitations: one mail for each, with a link by which she chooses her password."""

import re
from datetime import timedelta
from pathlib import Path
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.test import Client

from departments.actions.inviting import invite_people
from departments.importers.people import import_people
from portal.models import User
from tests.departments.rosters import AWAY
from tests.factories import MembershipFactory, PersonFactory
from tests.importing import AT, PEOPLE_HEADER, write

pytestmark = pytest.mark.django_db
LIST = PEOPLE_HEADER + (
    "ana@x.example,Ana,Lind,W/Care,Adviser,,2024-03-01,,,,\n"
    "bo@x.example,Bo,Moss,W/Care,Adviser,,2024-03-01,,,,\n"
)


class Picky(EmailBackend):
    """A server that knows no “ana”."""

    def send_messages(self, messages: Any) -> Any:
        messages = list(messages)
        if any(to.startswith("ana@") for message in messages for to in message.to):
            raise SMTPRecipientsRefused({})
        return super().send_messages(messages)


@pytest.fixture(autouse=True)
def kept(settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path


def newcomers(folder: Path, **options: Any) -> None:
    import_people(write(folder, "people.csv", LIST), at=AT, **options)


def link_in(message: Any) -> str:
    found = re.search(r"https?://\S+/accounts/password/reset/key/\S+", str(message.body))
    assert found
    return found[0]


def test_an_invitation_leads_to_a_password_once(
    tmp_path: Path, client: Client, portal_site: None
) -> None:
    newcomers(tmp_path)
    invite_people()
    link = link_in(mail.outbox[0])
    page = client.get(link, follow=True)
    form = page.redirect_chain[-1][0]
    chosen = {"password1": "a-long-way-to-say-it", "password2": "a-long-way-to-say-it"}
    client.post(form, chosen)
    person = User.objects.get(email="ana@x.example")
    assert person.check_password("a-long-way-to-say-it")
    client.logout()
    page = Client().get(link, follow=True)
    assert "password1" not in page.content.decode()


def test_nobody_is_invited_twice_unless_asked(tmp_path: Path) -> None:
    newcomers(tmp_path)
    assert invite_people().sent == 2
    assert invite_people().sent == 0
    assert invite_people(again=True).sent == 2


def test_who_has_a_password_or_has_left_is_not_invited(tmp_path: Path) -> None:
    PersonFactory()
    PersonFactory(deactivated=True, password="!")
    left = MembershipFactory(left=True).person
    User.objects.filter(pk=left.pk).update(password="!x")
    assert invite_people(again=True).sent == 0


def test_a_server_that_is_away_loses_nobody(tmp_path: Path, settings: Any) -> None:
    newcomers(tmp_path)
    usual = settings.MAILERS
    settings.MAILERS = AWAY
    told = invite_people()
    assert (told.sent, told.waiting) == (0, 2)
    assert not User.objects.exclude(invited_at=None).exists()
    settings.MAILERS = usual
    assert invite_people().sent == 2


def test_an_address_that_is_refused_does_not_hold_up_the_others(
    tmp_path: Path, settings: Any
) -> None:
    newcomers(tmp_path)
    settings.MAILERS = {"default": {"BACKEND": f"{__name__}.Picky"}}
    told = invite_people()
    assert (told.sent, told.refused, told.waiting) == (1, 1, 0)
    assert User.objects.get(invited_at=None).email == "ana@x.example"


def test_an_import_invites_those_who_are_new_and_only_once_all_is_stored(
    tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    PersonFactory(email="ana@x.example", password="!")
    with django_capture_on_commit_callbacks(execute=True):
        newcomers(tmp_path, invite=invite_people)
        assert not mail.outbox
    assert [message.to for message in mail.outbox] == [["bo@x.example"]]


def test_the_command_invites_who_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    newcomers(tmp_path)
    call_command("invite_people", "Bo@x.example")
    assert "1 invited" in capsys.readouterr().out
    assert User.objects.get(invited_at=None).email == "ana@x.example"
    assert User.objects.get(email="bo@x.example").invited_at == AT + timedelta(0)
