"""The only writer of flags and of what is said to them.

Of whoever stays unnamed nothing is kept that leads to the person: no name, no hour, and no
department of fewer than five people. None of that person's rows is written or even held meanwhile,
as PostgreSQL notes in a row who held it. So nobody counts how many such flags one person raises: a
promise takes ten of them a day, whoever raises them.
"""

from datetime import date, datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import transaction

from departments.actions.flag_mail import tell_of_flag, tell_of_reply
from departments.models import Flag, FlagReply
from departments.permissions import may_reopen_flag
from departments.reports.pulse_question import bucket_of, home_of
from knowledge.models import PromisePage
from knowledge.permissions import may_reply
from knowledge.publishing import is_played
from knowledge.workdays import reply_due_on
from quizzes.days import day_begins, organisation_day

MOST_FLAGS_A_DAY = 10
# More than anybody has to say on one day.
MOST_REPLIES_A_DAY = 30

Kind = FlagReply.Kind


class TooManyFlagsError(Exception):
    """Somebody has raised as many flags today as a day has room for."""


class TooManyUnnamedError(Exception):
    """A promise has as many flags without a name today as a day has room for."""


class TooManyRepliesError(Exception):
    """Somebody has said as much today as a day has room for."""


class MovedMeanwhile(Exception):
    """Somebody else has answered or reopened it since it was read; nothing was written."""


@transaction.atomic
def raise_flag(
    *,
    promise: PromisePage,
    text: str,
    by: AbstractBaseUser,
    at: datetime,
    is_named: bool = True,
    tells_department: bool = True,
) -> Flag:
    """The same flag that still waits isn't raised twice.

    Raises `TooManyFlagsError`, and `TooManyUnnamedError` where it is to have no name.
    """
    day = organisation_day(at)
    home = home_of(by, on=day) if tells_department else None
    if is_named:
        get_user_model().objects.select_for_update(of=("self",)).get(pk=by.pk)
        return _raised(promise, text, raised_by_id=by.pk, raised_at=at, department=home)
    PromisePage.objects.select_for_update(of=("self",)).get(pk=promise.pk)
    told = bucket_of(home, on=day) if home else None
    return _raised(promise, text, raised_by_id=None, raised_at=day_begins(day), department=told)


def _raised(
    promise: PromisePage, text: str, *, raised_by_id: int | None, raised_at: datetime, **said: Any
) -> Flag:
    said |= {"promise": promise, "text": text, "raised_by_id": raised_by_id}
    before = Flag.objects.filter(**said, answered_at=None).first()
    if before:
        return before
    day = organisation_day(raised_at)
    _refuse_flood(promise, raised_by_id, day)
    flag = Flag.objects.create(**said, raised_at=raised_at, due_on=reply_due_on(day))
    if not is_played():
        transaction.on_commit(lambda: tell_of_flag(flag, on=day), robust=True)
    return flag


def _refuse_flood(promise: PromisePage, raised_by_id: int | None, day: date) -> None:
    today = Flag.objects.filter(raised_at__date=day)
    if raised_by_id is None:
        if today.filter(raised_by=None, promise=promise).count() >= MOST_FLAGS_A_DAY:
            raise TooManyUnnamedError
    elif today.filter(raised_by=raised_by_id).count() >= MOST_FLAGS_A_DAY:
        raise TooManyFlagsError


@transaction.atomic
def reply_to_flag(
    *, flag: Flag, text: str, by: AbstractBaseUser, at: datetime, is_answer: bool = False
) -> FlagReply:
    """Anybody may remark; an answer is for whoever answers for the promise.

    Raises `MovedMeanwhile`, `TooManyRepliesError` and `PermissionDenied`.
    """
    stored = _held(flag)
    if not is_answer:
        return _said(stored, Kind.REMARK, text, by=by, at=at)
    if not stored.is_open:
        raise MovedMeanwhile
    if not may_reply(by, stored.promise, organisation_day(at)):
        raise PermissionDenied
    reply = _said(stored, Kind.ANSWER, text, by=by, at=at)
    stored.answered_at = at
    stored.save(update_fields=["answered_at"])
    return reply


@transaction.atomic
def reopen_flag(*, flag: Flag, text: str, by: AbstractBaseUser, at: datetime) -> FlagReply:
    """ "This doesn't answer it": it waits again, and a new answer is due in two working days.

    Raises `MovedMeanwhile`, `TooManyRepliesError` and `PermissionDenied`.
    """
    stored, day = _held(flag), organisation_day(at)
    if stored.is_open:
        raise MovedMeanwhile
    if not may_reopen_flag(by, stored, on=day):
        raise PermissionDenied
    reply = _said(stored, Kind.REOPENED, text, by=by, at=at)
    stored.answered_at, stored.due_on = None, reply_due_on(day)
    stored.save(update_fields=["answered_at", "due_on"])
    return reply


def _held(flag: Flag) -> Flag:
    flags = Flag.objects.select_for_update(of=("self",))
    return flags.select_related("promise__owner", "promise__carer").get(pk=flag.pk)


def _said(flag: Flag, kind: str, text: str, *, by: AbstractBaseUser, at: datetime) -> FlagReply:
    """Sent twice in a row, it is said once."""
    before = flag.replies.order_by("at", "pk").last()
    if before and (before.kind, before.text, before.by_id) == (kind, text, by.pk):
        return before
    own = FlagReply.objects.filter(by_id=by.pk, at__date=organisation_day(at))
    if own.count() >= MOST_REPLIES_A_DAY:
        raise TooManyRepliesError
    reply = FlagReply.objects.create(flag=flag, kind=kind, text=text, by_id=by.pk, at=at)
    if not is_played():
        transaction.on_commit(
            lambda: tell_of_reply(reply, flag, on=organisation_day(at)), robust=True
        )
    return reply
