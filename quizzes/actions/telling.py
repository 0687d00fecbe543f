"""Tells people by mail what a correction did to them."""

import logging
from smtplib import SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from quizzes.models import Correction, CorrectionNotice

logger = logging.getLogger(__name__)


def tell_corrected(correction: Correction) -> None:
    """One mail for one person. Whom it doesn't reach reads it on Today: nothing is lost."""
    notices = correction.notices.select_related("person", "module", "correction")
    for notice in notices.filter(person__is_active=True).order_by("pk"):
        try:
            _tell(notice)
        except SMTPRecipientsRefused:
            logger.exception("A notice of a correction was refused")
        except OSError:
            # The server is away: the next mail would wait for it as long.
            logger.exception("Notices of a correction were not sent")
            return


def _tell(notice: CorrectionNotice) -> None:
    context = {"notice": notice, "url": settings.BASE_URL + reverse("portal:today")}
    subject = render_to_string("quizzes/email/correction_subject.txt", context)
    message = render_to_string("quizzes/email/correction_message.txt", context)
    send_mail(" ".join(subject.split()), message, None, [notice.person.email])
