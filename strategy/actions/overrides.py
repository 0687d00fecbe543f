"""Launching although the gate is closed: asked for by one person, agreed to by another.

What was agreed to covers the checks that weren't met at that moment, for that launch day and for
the promises that were made then. Whatever fails later holds the campaign all the same.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from knowledge.publishing import is_played
from quizzes.days import organisation_day
from strategy.actions.launching import write_entry
from strategy.actions.override_mail import tell_asker, tell_second
from strategy.models import Campaign, GateEntry, Override
from strategy.permissions import (
    is_review_early,
    may_agree,
    may_launch,
    may_review,
    may_take_back,
    second_people,
)
from strategy.reports.gates import CampaignGate, gate_of
from strategy.reports.overrides import picture_of, seen_of, sponsors_of, waiting_override

Kind = GateEntry.Kind


class NotAgreedError(Exception):
    """It can't be asked or agreed to, or looked back on, as things are; nothing was written."""


class AskedAlreadyError(NotAgreedError):
    """A second person has been asked, and hasn't answered."""


class GateIsOpenError(NotAgreedError):
    """Nothing has to be agreed to."""


class IsOutError(NotAgreedError):
    """The campaign was launched."""


class NoPromisesError(NotAgreedError):
    """It makes no promise yet: nobody could know what is agreed to."""


class AnsweredAlreadyError(NotAgreedError):
    """Somebody was faster, or clicked twice."""


class DayMovedError(NotAgreedError):
    """The launch day is another one than when it was asked."""


class ChangedMeanwhile(NotAgreedError):
    """The gate isn't as the second person saw it."""


class TooEarlyError(NotAgreedError):
    """It is looked back on from launch day on."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Why, what customers will be told, and when it is looked back on."""

    reason: str
    tells_customers: str
    review_on: date


@transaction.atomic
def ask_override(
    *,
    campaign: Campaign,
    wish: Wish,
    second: AbstractBaseUser,
    by: AbstractBaseUser,
    at: datetime,
) -> Override:
    """A question for another launch day that still waits is taken back by this one.

    Raises `NotAgreedError`, and `PermissionDenied` where one of the two may not.
    """
    locked = Campaign.objects.select_for_update().get(pk=campaign.pk)
    gate = gate_of(locked, on=organisation_day(at))
    refuse_needless(gate)
    waiting = refuse_second_question(gate)
    refuse_wrong_people(gate, second, by)
    if waiting:
        take_back(override=waiting, by=by, at=at)
    override = Override(
        campaign=locked,
        reason=wish.reason,
        tells_customers=wish.tells_customers,
        review_on=wish.review_on,
        covers=list(gate.result.unmet),
        saw=picture_of(gate),
        launches_on=gate.plan.launches_on,
        asked_by_id=by.pk,
        asked_at=at,
        second_id=second.pk,
    )
    try:
        with transaction.atomic():
            override.save()
    except IntegrityError as rival:
        raise AskedAlreadyError from rival
    note(gate, locked, Kind.OVERRIDE_ASKED, by=by, at=at, text=wish.reason)
    if not is_played():
        transaction.on_commit(lambda: tell_second(override), robust=True)
    return override


def refuse_needless(gate: CampaignGate) -> None:
    if gate.plan.is_live:
        raise IsOutError
    if not gate.promises:
        raise NoPromisesError
    if gate.is_open:
        raise GateIsOpenError


def refuse_second_question(gate: CampaignGate) -> Override | None:
    """The question that waits, if it is for another launch day."""
    waiting = waiting_override(gate.plan.pk)
    if waiting and waiting.launches_on == gate.plan.launches_on:
        raise AskedAlreadyError
    return waiting


def refuse_wrong_people(gate: CampaignGate, second: AbstractBaseUser, by: AbstractBaseUser) -> None:
    people = second_people(by.pk, sponsors_of(gate))
    if not may_launch(by) or not people.filter(pk=second.pk).exists():
        raise PermissionDenied


@transaction.atomic
def take_back(*, override: Override, by: AbstractBaseUser, at: datetime) -> Override:
    """Nobody is asked any longer. Raises `AnsweredAlreadyError`."""
    locked = Override.objects.select_for_update().get(pk=override.pk)
    if not locked.is_waiting:
        raise AnsweredAlreadyError
    if not may_take_back(by, locked):
        raise PermissionDenied
    locked.withdrawn_at = at
    locked.save(update_fields=["withdrawn_at"])
    campaign = locked.campaign
    campaign.launches_on = locked.launches_on
    write_entry(campaign, Kind.OVERRIDE_WITHDRAWN, by=by, at=at)
    return locked


@transaction.atomic
def answer_override(
    *,
    override: Override,
    agrees: bool,
    seen: str,
    because: str = "",
    by: AbstractBaseUser,
    at: datetime,
) -> Override:
    """What is covered is what isn't met when it is agreed to: `seen` is what the second person saw.

    Raises `NotAgreedError`, and `PermissionDenied` for whoever wasn't asked.
    """
    locked = Override.objects.select_for_update().get(pk=override.pk)
    if not locked.is_waiting:
        raise AnsweredAlreadyError
    gate = gate_of(locked.campaign, on=organisation_day(at))
    if not may_agree(by, locked, sponsors_of(gate)):
        raise PermissionDenied
    if agrees:
        agree(locked, gate, seen, at)
    else:
        locked.refused_at, locked.refused_because = at, because
    locked.save()
    kind = Kind.OVERRIDE_AGREED if agrees else Kind.OVERRIDE_REFUSED
    note(gate, locked.campaign, kind, by=by, at=at, text=because)
    if not is_played():
        transaction.on_commit(lambda: tell_asker(locked), robust=True)
    return locked


def agree(override: Override, gate: CampaignGate, seen: str, at: datetime) -> None:
    refuse_needless(gate)
    if override.launches_on != gate.plan.launches_on:
        raise DayMovedError
    if seen != seen_of(gate):
        raise ChangedMeanwhile
    override.agreed_at = at
    override.covers, override.saw = list(gate.result.unmet), picture_of(gate)


@transaction.atomic
def review_override(
    *, override: Override, review: str, by: AbstractBaseUser, at: datetime
) -> Override:
    """Somebody looked back: from now on it isn't counted.

    Raises `AnsweredAlreadyError`, `TooEarlyError` and `PermissionDenied`.
    """
    locked = Override.objects.select_for_update().get(pk=override.pk)
    if locked.reviewed_at:
        raise AnsweredAlreadyError
    if not may_review(by, locked):
        raise PermissionDenied
    if is_review_early(locked, on=organisation_day(at)):
        raise TooEarlyError
    locked.review, locked.reviewed_by_id, locked.reviewed_at = review, by.pk, at
    locked.save(update_fields=["review", "reviewed_by", "reviewed_at"])
    campaign = locked.campaign
    campaign.launches_on = locked.launches_on
    write_entry(campaign, Kind.REVIEWED, by=by, at=at, note=review)
    return locked


def note(
    gate: CampaignGate,
    campaign: Campaign,
    kind: str,
    *,
    by: AbstractBaseUser,
    at: datetime,
    text: str = "",
) -> None:
    # A draft's row may still have the day of an earlier draft.
    campaign.launches_on = gate.plan.launches_on
    figures = (gate.met, len(gate.checks))
    write_entry(campaign, kind, by=by, at=at, figures=figures, note=text)
