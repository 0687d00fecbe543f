"""What a department needs of others and gets from them, and what others need and get of it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q, QuerySet

from departments.handoffs import closes_on, may_close, mean_of, month_of, points_of
from departments.models import Department, HandoffRating, Link, Need
from knowledge.models import PromisePage
from knowledge.workdays import reply_due_on
from quizzes.days import organisation_day

MOST_SETTLED = 12
MONTHS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class NeedLine:
    """A need, who asked whom, and the reply clock: `due_on` while it waits for an answer."""

    need: Need
    is_own: bool
    asked_on: date
    due_on: date | None
    is_late: bool

    @property
    def waits_for_us(self) -> bool:
        return not self.is_own and self.due_on is not None


@dataclass(frozen=True, slots=True)
class RatingLine:
    """A rating, and from when it may be closed without a reply."""

    rating: HandoffRating
    points: float
    signed_on: date
    closes_on: date
    may_close: bool

    @property
    def waits_for_reply(self) -> bool:
        return self.rating.replied_at is None and self.rating.closed_at is None


@dataclass(frozen=True, slots=True)
class HandoffSeries:
    """What one department got from another, month by month, the newest first."""

    other: Department
    lines: tuple[RatingLine, ...]

    @property
    def months(self) -> list[tuple[date, float]]:
        """The mean of the ratings of each month, the oldest first."""
        by_month: dict[date, list[float]] = {}
        for line in self.lines:
            by_month.setdefault(line.rating.month, []).append(line.points)
        return [(month, mean_of(by_month[month])) for month in sorted(by_month)][-MONTHS_SHOWN:]


@dataclass(frozen=True, slots=True)
class InboundHandoff:
    """A link before ours on a promise; whether this month's rating stands already."""

    promise: PromisePage
    supplier: Department
    is_rated: bool


@dataclass(frozen=True, slots=True)
class Handoffs:
    """All of a department's hand-offs."""

    we_need: tuple[NeedLine, ...]
    they_need: tuple[NeedLine, ...]
    settled: tuple[NeedLine, ...]
    inbound: tuple[InboundHandoff, ...]
    received: tuple[HandoffSeries, ...]
    given: tuple[HandoffSeries, ...]


def handoffs_of(department: Department, *, on: date) -> Handoffs:
    """Five queries, however many needs, ratings and links there are."""
    needs = [need_line(need, department.pk, on) for need in _needs(Q(department=department))]
    asked = [need_line(need, department.pk, on) for need in _needs(Q(supplier=department))]
    received = list(_ratings(Q(receiver=department)))
    given = list(_ratings(Q(supplier=department)))
    settled = [line for line in (*needs, *asked) if line.need.closed_at]
    settled.sort(key=lambda line: (line.need.closed_at, line.need.pk), reverse=True)
    return Handoffs(
        we_need=tuple(line for line in needs if not line.need.closed_at),
        they_need=tuple(line for line in asked if not line.need.closed_at),
        settled=tuple(settled[:MOST_SETTLED]),
        inbound=tuple(_inbound(department, received, on)),
        received=_series(received, lambda rating: rating.supplier, on),
        given=_series(given, lambda rating: rating.receiver, on),
    )


def need_line(need: Need, reader: int, on: date) -> NeedLine:
    asked_on = organisation_day(need.posted_at)
    due_on = reply_due_on(asked_on) if need.state == Need.State.OPEN else None
    return NeedLine(
        need=need,
        is_own=need.department_id == reader,
        asked_on=asked_on,
        due_on=due_on,
        is_late=due_on is not None and due_on < on,
    )


def rating_line(rating: HandoffRating, on: date) -> RatingLine:
    signed_on = organisation_day(rating.signed_at)
    return RatingLine(
        rating=rating,
        points=points_of(rating.complete, rating.on_time, rating.clear),
        signed_on=signed_on,
        closes_on=closes_on(signed_on),
        may_close=rating.closed_at is None
        and may_close(signed_on, is_replied=rating.replied_at is not None, on=on),
    )


def open_needs(departments: Iterable[int], *, on: date) -> list[NeedLine]:
    """What is open between these departments and others; one query.

    Between two departments of one head, it is told to the one that answers.
    """
    mine = set(departments)
    needs = _needs(Q(department__in=mine) | Q(supplier__in=mine)).filter(closed_at=None)
    return [
        need_line(need, need.supplier_id if need.supplier_id in mine else need.department_id, on)
        for need in needs
    ]


def ratings_to_reply(departments: Iterable[int], *, on: date) -> list[RatingLine]:
    """What was said of these departments, and waits for their reply; one query."""
    waiting = _ratings(Q(supplier__in=list(departments), replied_at=None, closed_at=None))
    return [rating_line(rating, on) for rating in waiting]


def led_departments(person: AbstractBaseUser, *, on: date) -> list[int]:
    headed = Department.objects.headed_by(person, on=on)
    return list(headed.filter(closed_on=None).values_list("pk", flat=True))


def others(department: Department) -> list[Department]:
    """Whom a department may ask: every other that is open, the whole organisation left out."""
    return list(
        Department.objects.filter(closed_on=None, depth__gt=1)
        .exclude(pk=department.pk)
        .order_by("name", "path")
    )


def open_promises() -> list[PromisePage]:
    return list(PromisePage.objects.open_to_colleagues().order_by("title"))


def _needs(of: Q) -> QuerySet[Need]:
    return Need.objects.filter(of).select_related("department", "supplier", "promise", "posted_by")


def _ratings(of: Q) -> QuerySet[HandoffRating]:
    ratings = HandoffRating.objects.filter(of)
    return ratings.select_related("supplier", "receiver", "promise", "signed_by")


def _series(
    ratings: Iterable[HandoffRating], other: Callable[[HandoffRating], Department], on: date
) -> tuple[HandoffSeries, ...]:
    """By the other department, in alphabetical order."""
    found: dict[int, list[HandoffRating]] = {}
    for rating in ratings:
        found.setdefault(other(rating).pk, []).append(rating)
    series = [
        HandoffSeries(other(some[0]), tuple(rating_line(rating, on) for rating in some))
        for some in found.values()
    ]
    return tuple(sorted(series, key=lambda each: (each.other.name, each.other.path)))


def _inbound(
    department: Department, received: Sequence[HandoffRating], on: date
) -> Iterator[InboundHandoff]:
    """The links straight before the department's own, promise by promise."""
    rated = {
        (rating.promise_id, rating.supplier_id)
        for rating in received
        if rating.month == month_of(on)
    }
    links = Link.objects.filter(
        promise__in=PromisePage.objects.open_to_colleagues().filter(links__department=department)
    ).select_related("promise", "department")
    ordered = list(links.order_by("promise__title", "promise_id", "sort_order", "pk"))
    seen: set[tuple[int, int]] = set()
    for before, link in pairwise(ordered):
        key = (link.promise_id, before.department_id)
        is_ours = link.department_id == department.pk != before.department_id
        if is_ours and before.promise_id == link.promise_id and key not in seen:
            seen.add(key)
            yield InboundHandoff(link.promise, before.department, key in rated)
