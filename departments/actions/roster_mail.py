"""Tells the administrators what came of a list of people that was read on schedule."""

import logging
from smtplib import SMTPRecipientsRefused

from django.contrib.auth import get_user_model
from django.core.mail import send_mail
from django.template.loader import render_to_string

from departments.models import RosterSync

logger = logging.getLogger(__name__)


def tell_reading(sync: RosterSync) -> bool:
    """One mail for each administrator; who was told isn't told again, whenever this is repeated.

    False where the mail server is away: then it has to be tried again.
    """
    for email in _administrators():
        if email in sync.told:
            continue
        try:
            _tell(sync, email)
        except SMTPRecipientsRefused:
            logger.exception("A report about the list of people was refused")
        except OSError:
            logger.exception("Reports about the list of people were not sent")
            return False
        sync.told.append(email)
        sync.save(update_fields=["told"])
    return True


def _administrators() -> list[str]:
    people = get_user_model().objects.filter(is_superuser=True, is_active=True)
    return list(people.exclude(email="").order_by("pk").values_list("email", flat=True))


def _tell(sync: RosterSync, email: str) -> None:
    context = {"sync": sync}
    subject = render_to_string("departments/email/roster_subject.txt", context)
    message = render_to_string("departments/email/roster_message.txt", context)
    send_mail(" ".join(subject.split()), message, None, [email])
