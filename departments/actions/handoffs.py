"""The only writer of needs and of hand-off ratings."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from departments.handoffs import may_close, month_of
from departments.models import Department, HandoffRating, Need
from knowledge.models import PromisePage
from quizzes.days import organisation_day


class SettledMeanwhile(Exception):
    """Somebody else has answered or closed it since it was read; nothing was written."""


class StillWaiting(Exception):
    """The other side has neither replied nor had fourteen days for it."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """What a team agreed on: points from 1 to 5, and one sentence of what it needs."""

    complete: int
    on_time: int
    clear: int
    sentence: str
    people: int


@transaction.atomic
def post_need(
    *,
    department: Department,
    supplier: Department,
    promise: PromisePage | None,
    text: str,
    why: str,
    by: AbstractBaseUser,
    at: datetime,
) -> Need:
    """The same need that is still open is not posted twice."""
    Department.objects.select_for_update().get(pk=department.pk)
    asked, _is_new = Need.objects.get_or_create(
        department=department,
        supplier=supplier,
        promise=promise,
        text=text,
        closed_at=None,
        defaults={"why": why, "posted_by_id": by.pk, "posted_at": at},
    )
    return asked


@transaction.atomic
def answer_need(
    *, need: Need, state: Need.State, reply: str, by: AbstractBaseUser, at: datetime
) -> Need:
    """Raises `SettledMeanwhile` where the need is closed."""
    stored = _open_need(need)
    stored.state, stored.reply = state, reply
    stored.replied_by_id, stored.replied_at = by.pk, at
    stored.save(update_fields=["state", "reply", "replied_by", "replied_at"])
    return stored


@transaction.atomic
def close_need(*, need: Need, is_met: bool, at: datetime) -> Need:
    """By those who asked: they have what they needed, or need it no longer."""
    stored = _open_need(need)
    stored.state = Need.State.MET if is_met else Need.State.WITHDRAWN
    stored.closed_at = at
    stored.save(update_fields=["state", "closed_at"])
    return stored


def _open_need(need: Need) -> Need:
    stored = Need.objects.select_for_update(of=("self",)).filter(pk=need.pk, closed_at=None).first()
    if stored is None:
        raise SettledMeanwhile
    return stored


@transaction.atomic
def sign_rating(
    *,
    supplier: Department,
    receiver: Department,
    promise: PromisePage | None,
    agreed: Agreed,
    by: AbstractBaseUser,
    at: datetime,
) -> HandoffRating:
    """One for each month; agreed on anew while the supplier has not replied.

    Raises `SettledMeanwhile` where it has.
    """
    Department.objects.select_for_update().get(pk=receiver.pk)
    of_month: dict[str, Any] = {
        "supplier": supplier,
        "receiver": receiver,
        "promise": promise,
        "month": month_of(organisation_day(at)),
    }
    if HandoffRating.objects.filter(**of_month).exclude(replied_at=None, closed_at=None).exists():
        raise SettledMeanwhile
    rating, _is_new = HandoffRating.objects.update_or_create(
        **of_month,
        defaults={
            "complete": agreed.complete,
            "on_time": agreed.on_time,
            "clear": agreed.clear,
            "sentence": agreed.sentence,
            "people": agreed.people,
            "signed_by_id": by.pk,
            "signed_at": at,
        },
    )
    return rating


@transaction.atomic
def reply_to_rating(
    *, rating: HandoffRating, reply: str, by: AbstractBaseUser, at: datetime
) -> HandoffRating:
    stored = _open_rating(rating)
    stored.reply, stored.replied_by_id, stored.replied_at = reply, by.pk, at
    stored.save(update_fields=["reply", "replied_by", "replied_at"])
    return stored


@transaction.atomic
def close_rating(*, rating: HandoffRating, at: datetime) -> HandoffRating:
    """Raises `StillWaiting` before the supplier has replied, or has had fourteen days."""
    stored = _open_rating(rating)
    is_replied = stored.replied_at is not None
    signed_on, on = organisation_day(stored.signed_at), organisation_day(at)
    if not may_close(signed_on, is_replied=is_replied, on=on):
        raise StillWaiting
    stored.closed_at = at
    stored.save(update_fields=["closed_at"])
    return stored


def _open_rating(rating: HandoffRating) -> HandoffRating:
    ratings = HandoffRating.objects.select_for_update(of=("self",))
    stored = ratings.filter(pk=rating.pk, closed_at=None).first()
    if stored is None:
        raise SettledMeanwhile
    return stored
