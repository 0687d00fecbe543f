"""The only writer of sign-offs: a head's word for a department's part of a promise."""

from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from departments.models import Department, Link, SignOff
from departments.reports.editions import editions_of
from departments.reports.sign_offs import number_of
from knowledge.models import BriefPage, PromisePage
from knowledge.reports import current_promise_version
from quizzes.days import organisation_day


class NoLinkError(Exception):
    """The department has no part in the promise."""


class NoVersionError(Exception):
    """The brief has no such version: neither out, nor scheduled."""


class PastDayError(Exception):
    """Nobody can promise for a day that is over."""


class NoReasonError(Exception):
    """ "Not yet" needs its because."""


@transaction.atomic
def sign_link(
    *,
    promise: PromisePage,
    department: Department,
    brief: BriefPage | None,
    version: int,
    says: str,
    from_on: date | None = None,
    because: str = "",
    by: AbstractBaseUser,
    at: datetime,
) -> SignOff:
    """Written once and never changed: another word is another row. The same word again is one.

    Raises `NoLinkError`, `NoVersionError`, `PastDayError` and `NoReasonError`.
    """
    _refuse_reasonless(says, because)
    _refuse_past(from_on, at)
    # Two clicks at once wait for each other here.
    Department.objects.select_for_update().get(pk=department.pk)
    _refuse_unlinked(promise, department)
    _refuse_unknown(brief, version, at)
    is_can = says == SignOff.Says.CAN
    word = SignOff(
        promise_id=promise.pk,
        department_id=department.pk,
        brief_id=brief.pk if brief else None,
        version=version if brief else 0,
        promise_version=number_of(current_promise_version(promise)),
        says=says,
        from_on=from_on if is_can else None,
        because="" if is_can else because.strip(),
        by_id=by.pk,
        at=at,
    )
    said = _newest(word)
    if said is not None and _is_the_same(said, word):
        return said
    word.save()
    return word


def _refuse_reasonless(says: str, because: str) -> None:
    if says != SignOff.Says.CAN and not because.strip():
        raise NoReasonError


def _refuse_past(from_on: date | None, at: datetime) -> None:
    if from_on and from_on < organisation_day(at):
        raise PastDayError


def _refuse_unlinked(promise: PromisePage, department: Department) -> None:
    if not Link.objects.filter(promise=promise.pk, department=department.pk).exists():
        raise NoLinkError


def _refuse_unknown(brief: BriefPage | None, version: int, at: datetime) -> None:
    if brief is None:
        return
    if not editions_of([brief], on=organisation_day(at))[brief.pk].has(version):
        raise NoVersionError


def _newest(word: SignOff) -> SignOff | None:
    said = SignOff.objects.filter(
        promise=word.promise_id, department=word.department_id, brief=word.brief_id
    )
    return said.newest_first().first()


def _is_the_same(said: SignOff, word: SignOff) -> bool:
    names = ("version", "promise_version", "says", "from_on", "because", "by_id")
    return all(getattr(said, name) == getattr(word, name) for name in names)
