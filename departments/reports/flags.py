"""What people say they can't do of a promise: what waits for an answer, and how long it waited."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import F, Prefetch, Q, QuerySet

from departments.models import Flag, FlagReply
from knowledge.models import PromisePage
from knowledge.ownership import keepers_of
from quizzes.days import day_begins, organisation_day

# How long whoever raised a flag is told on Today that it was answered.
TOLD_FOR = timedelta(days=7)
MOST_OPEN_SHOWN = 3


@dataclass(frozen=True, slots=True)
class FlagLine:
    """A flag and its reply clock: `due_on` while it waits for an answer."""

    flag: Flag
    raised_on: date
    due_on: date | None
    is_late: bool
    answered_on: date | None
    replies: tuple[FlagReply, ...] = ()

    @property
    def waited_days(self) -> int | None:
        """From the day on which it was raised to that of the answer that stands."""
        return (self.answered_on - self.raised_on).days if self.answered_on else None


@dataclass(frozen=True, slots=True)
class FlagsTold:
    """A promise's flags in short: the longest waiting ones, and the one answered last."""

    open: tuple[FlagLine, ...]
    open_count: int
    answered: FlagLine | None

    @property
    def is_cut(self) -> bool:
        return self.open_count > len(self.open)


@dataclass(frozen=True, slots=True)
class FlagsWaiting:
    """What one person is told: flags to answer, and her own that were answered lately."""

    to_answer: tuple[FlagLine, ...] = ()
    answered: tuple[FlagLine, ...] = field(default=())


def open_flags(promises: Iterable[PromisePage]) -> dict[int, tuple[Flag, ...]]:
    """The flags that wait for an answer, by their promise's key, the longest waiting first.

    One query; every promise asked about has an entry.
    """
    found: dict[int, list[Flag]] = {promise.pk: [] for promise in promises}
    waiting = Flag.objects.filter(promise__in=list(found), answered_at=None)
    for flag in waiting.select_related("department", "raised_by").order_by("raised_at", "pk"):
        found[flag.promise_id].append(flag)
    return {pk: tuple(flags) for pk, flags in found.items()}


def flags_of(promise: PromisePage) -> QuerySet[Flag]:
    """Its flags with what was said to each, in two queries.

    Those that wait come first, the longest waiting before the others; then the answered ones, the
    newest answer first.
    """
    flags = Flag.objects.filter(promise=promise).select_related("department", "raised_by")
    said = Prefetch("replies", FlagReply.objects.select_related("by").order_by("at", "pk"))
    newest_answer = F("answered_at").desc(nulls_first=True)
    return flags.order_by(newest_answer, "raised_at", "pk").prefetch_related(said)


def flag_line(flag: Flag, on: date, *, replies: Iterable[FlagReply] = ()) -> FlagLine:
    return FlagLine(
        flag=flag,
        raised_on=organisation_day(flag.raised_at),
        due_on=flag.due_on if flag.is_open else None,
        is_late=flag.is_open and flag.due_on < on,
        answered_on=organisation_day(flag.answered_at) if flag.answered_at else None,
        replies=tuple(replies),
    )


def flags_told(promise: PromisePage, *, on: date) -> FlagsTold:
    """Two queries."""
    waiting = open_flags([promise])[promise.pk]
    answered = Flag.objects.filter(promise=promise, answered_at__isnull=False)
    newest = answered.order_by("-answered_at", "-pk").first()
    return FlagsTold(
        open=tuple(flag_line(flag, on) for flag in waiting[:MOST_OPEN_SHOWN]),
        open_count=len(waiting),
        answered=flag_line(newest, on) if newest else None,
    )


def flags_waiting_for(person: AbstractBaseUser, *, on: date) -> FlagsWaiting:
    """One query; for heads, who may follow an owner that has left, those of finding her too."""
    answered_lately = Q(raised_by=person.pk, answered_at__gte=day_begins(on) - TOLD_FOR)
    may_follow = getattr(person, "is_head", True)
    flags = Flag.objects.filter(
        answered_lately | Q(answered_at=None) & (Q() if may_follow else _kept_by(person)),
        promise__in=PromisePage.objects.open_to_colleagues(),
    )
    shown = flags.select_related("promise__owner", "department", "raised_by")
    found = list(shown.order_by("raised_at", "pk"))
    waiting = [flag for flag in found if flag.is_open]
    hers = _answered_by(person, {flag.promise for flag in waiting}, on)
    return FlagsWaiting(
        to_answer=tuple(flag_line(flag, on) for flag in waiting if flag.promise_id in hers),
        answered=tuple(flag_line(flag, on) for flag in found if not flag.is_open),
    )


def _kept_by(person: AbstractBaseUser) -> Q:
    return Q(promise__owner=person.pk) | Q(promise__carer=person.pk)


def _answered_by(person: AbstractBaseUser, promises: set[PromisePage], on: date) -> set[int]:
    """Those that she owns or cares for, and those whose owner she follows."""
    hers = {page.pk for page in promises if person.pk in (page.owner_id, page.carer_id)}
    others = [page for page in promises if page.pk not in hers]
    keepers = keepers_of(others, on) if others else {}
    return hers | {pk for pk, keeper in keepers.items() if keeper.person == person}
