"""What waits for one person at the gates of campaigns."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import OuterRef, Q, Subquery

from departments.models import Department
from strategy.models import Campaign, GateAsk, GateEntry, Override

TURNS = (GateEntry.Kind.SCHEDULED, GateEntry.Kind.HELD, GateEntry.Kind.LAUNCHED)
# How long a head is told that a department was asked: it may have got ready since.
TOLD_FOR = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class GatesWaiting:
    """Departments of theirs that are waited for; what they are asked to agree to, or to look back
    on; campaigns of theirs that are held.
    """

    asks: tuple[GateAsk, ...] = ()
    to_answer: tuple[Override, ...] = ()
    to_review: tuple[Override, ...] = ()
    held: tuple[GateEntry, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.asks or self.to_answer or self.to_review or self.held)


def gates_waiting_for(person: AbstractBaseUser, *, on: date) -> GatesWaiting:
    """Two queries, and one for who leads a department."""
    overrides = list(_overrides(person, on))
    return GatesWaiting(
        asks=_asks(person, on) if getattr(person, "is_head", False) else (),
        to_answer=tuple(one for one in overrides if one.agreed_at is None),
        to_review=tuple(one for one in overrides if one.agreed_at is not None),
        held=_held(person),
    )


def _overrides(person: AbstractBaseUser, on: date) -> "list[Override]":
    to_answer = Q(
        second_id=person.pk,
        agreed_at=None,
        refused_at=None,
        withdrawn_at=None,
        campaign__live=False,
    )
    is_mine = Q(second_id=person.pk) | Q(asked_by_id=person.pk)
    is_due = Q(agreed_at__isnull=False, reviewed_at=None, review_on__lte=on)
    to_review = is_mine & is_due & Q(campaign__first_published_at__isnull=False)
    told = Override.objects.filter(to_answer | to_review).select_related("campaign", "asked_by")
    return list(told.order_by("launches_on", "pk"))


def _asks(person: AbstractBaseUser, on: date) -> tuple[GateAsk, ...]:
    """Each launch once for each department, as it was asked last."""
    led = Department.objects.headed_by(person, on=on).order_by()
    asks = GateAsk.objects.filter(
        department__in=led.values("pk"),
        launches_on__gte=on,
        asked_at__date__gt=on - TOLD_FOR,
        campaign__live=False,
    ).select_related("campaign", "department", "asked_by")
    newest = {(ask.campaign_id, ask.department_id): ask for ask in asks.order_by("asked_at", "pk")}
    return tuple(sorted(newest.values(), key=lambda ask: (ask.launches_on, ask.pk)))


def _held(person: AbstractBaseUser) -> tuple[GateEntry, ...]:
    """Where nothing was decided since it was held."""
    turns = GateEntry.objects.filter(campaign=OuterRef("campaign"), kind__in=TURNS)
    newest = Subquery(turns.order_by("-at", "-pk").values("pk")[:1])
    mine = Campaign.objects.filter(owner_id=person.pk, live=False)
    held = GateEntry.objects.filter(
        campaign__in=mine.values("pk"), kind=GateEntry.Kind.HELD, pk=newest
    )
    return tuple(held.select_related("campaign").order_by("at", "pk"))
