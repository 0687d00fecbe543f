"""Mails for tests: switched on, planned and sent at a moment."""

from datetime import datetime, timedelta

from portal.actions.mailing import Run, send_waiting
from portal.actions.planning import plan_mails
from portal.models import Mail, MailSettings, User
from tests.conftest import NOW


def switch_on(at: datetime = NOW - timedelta(days=30), **values: object) -> MailSettings:
    stored: MailSettings = MailSettings.load()
    for name, value in ({"is_on": True} | values).items():
        setattr(stored, name, value)
    stored.save()
    MailSettings.objects.update(switched_on_at=at)
    return stored


def run_mails(at: datetime) -> Run:
    """What the command does at a moment."""
    plan_mails(at)
    return send_waiting(lambda: at)


def states_of(person: User) -> list[str]:
    return list(Mail.objects.filter(person=person).order_by("pk").values_list("state", flat=True))


def wants_digest(person: User) -> bool:
    return bool(User.objects.get(pk=person.pk).wants_digest)
