"""Tells people by mail what a correction did to them."""

import logging
from smtplib import SMTPRecipientsRefused

from django.conf import settings
from django.urls import reverse

from knowledge.actions.letters import send_letter
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
    send_letter("quizzes/email/correction", context, to=notice.person)
