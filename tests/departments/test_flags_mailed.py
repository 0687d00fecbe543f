"""Who hears of a flag by mail."""

import pytest
from django.core import mail
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from departments.actions.flags import reopen_flag
from departments.models import Department
from knowledge.models import PromisePage
from portal.models import User
from tests.conftest import NOW
from tests.departments.flagging import answered, flag_by, kept_promise
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def promise(care: Department) -> PromisePage:
    return kept_promise(care)


@pytest.fixture
def amara(care: Department) -> User:
    person: User = MembershipFactory(department=care, person__first_name="Amara").person
    return person


def test_the_owner_gets_one_mail_of_a_flag(
    promise: PromisePage,
    amara: User,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        for _time in range(2):
            flag = flag_by(amara, promise)

    (sent,) = mail.outbox
    assert sent.to == [promise.owner.email]
    assert f"{amara} says about Fair Refund" in sent.body
    assert reverse("departments:flag-detail", args=[flag.pk]) in sent.body


def test_the_author_who_gave_a_name_gets_the_answer_by_mail(
    promise: PromisePage,
    amara: User,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    flag = flag_by(amara, promise)
    with django_capture_on_commit_callbacks(execute=True):
        answered(flag)

    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == ([amara.email], "Fair Refund: your flag was answered")
    assert "From Monday." in sent.body


def test_the_owner_hears_that_an_answer_was_not_enough(
    promise: PromisePage,
    amara: User,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    flag = flag_by(amara, promise)
    answered(flag)
    with django_capture_on_commit_callbacks(execute=True):
        reopen_flag(flag=flag, text="And on Fridays?", by=amara, at=NOW)

    (sent,) = mail.outbox
    assert sent.to == [promise.owner.email]
    assert "And on Fridays?" in sent.body
