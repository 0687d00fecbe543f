"""Invites people by mail: one link for each, by which she chooses her password. Nobody is sent one.

**Guarantee.** Who was invited isn't invited again by itself. `invited_at` is written only after the
mail server has taken the mail, so whoever isn't reached is invited by the next run.

**Steps.** One run at a time. Those who can come in and have no password yet are invited one after
the other. An address that the server refuses is passed over; where the server is away, the run
ends.
"""

import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from smtplib import SMTPRecipientsRefused
from threading import Thread
from typing import Any

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.core.mail import EmailMessage, mailers
from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from departments.models import Membership
from departments.models.periods import not_over
from knowledge.importers.runs.storing import locked
from quizzes.days import organisation_today

# Seconds that a request waits; the rest is sent while she goes on.
PATIENCE = 1.5

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Invitations:
    """How many mails were taken, how many addresses refused, and how many people still wait."""

    sent: int = 0
    refused: int = 0
    waiting: int = 0


def invitable(*, again: bool = False) -> "QuerySet[Any]":
    """Who may come in and has no password yet; with `again` also who was invited before."""
    times = Membership.objects.filter(person=OuterRef("pk"))
    open_times = times.filter(not_over(organisation_today()))
    people: QuerySet[Any] = get_user_model().objects.filter(
        ~Exists(times) | Exists(open_times),
        is_active=True,
        anonymised_on=None,
        password__startswith=UNUSABLE_PASSWORD_PREFIX,
    )
    return people if again else people.filter(invited_at=None)


def invite_people(people: Sequence[int] | None = None, *, again: bool = False) -> Invitations:
    """Invites those of `people` who are `invitable`, or all who are."""
    lock = locked(Path(settings.VAR_DIR) / "invitations.lock")
    if lock is None:
        return Invitations(waiting=len(_asked(people, again=again)))
    with lock:
        asked = _asked(people, again=again)
        told = Invitations(waiting=len(asked))
        try:
            _send(asked, told)
        except OSError:
            logger.exception("Invitations were not sent: the mail server is away")
        return told


def invite_apart(people: Sequence[int]) -> None:
    """Doesn't let whoever brought the list in wait for a slow mail server."""
    thread = Thread(target=_invite_apart, args=(people,), name="invitations")
    thread.start()
    thread.join(PATIENCE)


def _invite_apart(people: Sequence[int]) -> None:
    try:
        invite_people(people)
    finally:
        connection.close()


def _asked(people: Sequence[int] | None, *, again: bool) -> list[int]:
    keys = invitable(again=again).order_by("pk").values_list("pk", flat=True)
    if people is None:
        return list(keys)
    wanted = set(people)
    return [key for key in keys if key in wanted]


def _send(asked: Collection[int], told: Invitations) -> None:
    if not asked:
        return
    people = get_user_model().objects
    with mailers.default as mailer:
        for key in asked:
            person = people.get(pk=key)
            try:
                mailer.send_messages([_invitation(person)])
            except SMTPRecipientsRefused:
                logger.exception("An invitation was refused")
                told.refused += 1
            else:
                people.filter(pk=key).update(invited_at=timezone.now())
                told.sent += 1
            told.waiting -= 1


def _invitation(person: Any) -> EmailMessage:
    token = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(person)
    way = {"uidb36": user_pk_to_url_str(person), "key": token}
    context = {
        "email": person.email,
        "url": settings.BASE_URL + reverse("account_reset_password_from_key", kwargs=way),
        "sign_in_url": settings.BASE_URL + reverse("account_login"),
        "days": timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT).days,
    }
    with translation.override(person.language or settings.LANGUAGE_CODE):
        subject = render_to_string("departments/email/invitation_subject.txt", context)
        message = render_to_string("departments/email/invitation_message.txt", context)
    return EmailMessage(" ".join(subject.split()), message, None, [person.email])
