"""The flags of the demo, played by themselves: one waited 41 days, three wait still."""

from datetime import date

import pytest
from django.core import mail
from pytest_django import DjangoCaptureOnCommitCallbacks

from departments.reports.flags import flags_told, open_flags
from knowledge.models import PromisePage
from portal.demo import flags as played
from portal.demo.flags import FAIR_REFUND, FULL_SPEED, fly_flags
from tests.factories import PersonFactory, PromiseFactory

pytestmark = pytest.mark.django_db

ANCHOR = date(2026, 11, 20)


@pytest.fixture
def refund() -> PromisePage:
    for name in ("MIRREN", "RHYS", "TAMSIN", "ADAEZE", "INES"):
        PersonFactory(email=getattr(played, name))
    PromiseFactory(slug=FULL_SPEED)
    page: PromisePage = PromiseFactory(slug=FAIR_REFUND, owner=PersonFactory(email=played.NOOR))
    return page


def test_a_flag_of_september_waited_41_days(refund: PromisePage) -> None:
    fly_flags(ANCHOR)

    answered = flags_told(refund, on=ANCHOR).answered
    assert answered is not None
    assert (answered.raised_on, answered.waited_days) == (date(2026, 9, 3), 41)


def test_two_flags_on_the_refund_wait_for_an_answer(refund: PromisePage) -> None:
    fly_flags(ANCHOR)

    told = {flag.text: flag.raised_at.date() for flag in open_flags([refund])[refund.pk]}
    assert told == {
        "Thursday runs skip bank holidays": date(2026, 11, 9),
        "Closed accounts have no payment method": date(2026, 11, 13),
    }


def test_nobody_gets_a_mail_of_what_is_played(
    refund: PromisePage, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        fly_flags(ANCHOR)

    assert mail.outbox == []
