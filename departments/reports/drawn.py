"""The thread of a promise as it is drawn for one reader today: links, and what they say of each
other."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.contrib.auth.models import AbstractBaseUser
from django.db import models

from departments.models import HandoffRating, Link
from departments.permissions import is_administrator
from departments.reports.chains import home_path, own_department
from departments.reports.handoffs import NeedLine, RatingLine, open_needs, rating_line
from departments.reports.known import Known
from departments.reports.sights import Sight, sight_of
from departments.reports.threads import LinkState, Thread, brief_of, thread_today
from knowledge.models import BriefPage, PromisePage


@dataclass(frozen=True, slots=True)
class Signing:
    """The version for which a reader may speak, and whether it has no word of the head yet."""

    version: int
    is_due: bool


@dataclass(frozen=True, slots=True)
class DrawnLink:
    """`ratings` are what others on the thread say of what they get from it, the newest of each;
    `needs` are what they ask of it.
    """

    state: LinkState
    is_own: bool
    is_led: bool
    ratings: Sequence[RatingLine]
    needs: Sequence[NeedLine]
    signing: Signing | None


@dataclass(frozen=True, slots=True)
class DrawnThread:
    """`known` and `sight` are what it was told from, for whoever asks about another day."""

    thread: Thread
    links: tuple[DrawnLink, ...]
    known: Known = field(repr=False)
    sight: Sight | None = field(default=None, repr=False)

    @property
    def is_complete(self) -> bool:
        """Whether it says where it reaches the customer."""
        promise = self.thread.promise
        return bool(promise.lands_at or promise.customer_gets)

    @property
    def to_sign(self) -> DrawnLink | None:
        """The first link that waits for the word of this reader, who leads it."""
        due = (link for link in self.links if link.signing and link.signing.is_due)
        return next((link for link in due if link.is_led), None)


def drawn_thread(promise: PromisePage, person: AbstractBaseUser, *, on: date) -> DrawnThread:
    """As this person may see it; a fixed number of queries."""
    brief = brief_of(promise)
    known = Known([promise], [brief] if brief else [], on=on)
    thread = thread_today(promise, brief, known)
    if not thread.links:
        return DrawnThread(thread, (), known)
    sight = sight_of(person, [thread], on=on)
    seen = sight.of(thread)
    drawing = Drawing(known, seen, brief, sight, person)
    return DrawnThread(seen, tuple(drawing.links(on)), known, sight)


class Drawing:
    """What stands around the links of one thread."""

    def __init__(
        self,
        known: Known,
        thread: Thread,
        brief: BriefPage | None,
        sight: Sight,
        person: AbstractBaseUser,
    ) -> None:
        self.known, self.thread, self.brief = known, thread, brief
        self.sight, self.person = sight, person

    def links(self, on: date) -> Iterable[DrawnLink]:
        states = self.thread.links
        own = own_department((state.link for state in states), home_path(self.person, on))
        ratings = newest_ratings(self.thread.promise, [state.link for state in states], on)
        needs = self._needs(on)
        for state in states:
            supplier = state.department_id
            yield DrawnLink(
                state=state,
                is_own=own is not None and supplier == own.pk,
                is_led=self.sight.ground.is_led(state.department),
                ratings=[each for each in ratings if each.rating.supplier_id == supplier],
                needs=[each for each in needs if each.need.supplier_id == supplier],
                signing=self._signing(state),
            )

    def _needs(self, on: date) -> list[NeedLine]:
        """What is open between departments of this thread, about this promise or none."""
        here = {state.department_id for state in self.thread.links}
        return [
            line
            for line in open_needs(here, on=on)
            if {line.need.department_id, line.need.supplier_id} <= here
            and line.need.promise_id in {None, self.thread.promise.pk}
        ]

    def _signing(self, state: LinkState) -> Signing | None:
        if not (self.sight.ground.is_led(state.department) or is_administrator(self.person)):
            return None
        versions = self.known.signable(self.brief)
        unsigned = [each for each in versions if self._is_unsigned(state, each)]
        return Signing((unsigned or versions)[0], is_due=bool(unsigned))

    def _is_unsigned(self, state: LinkState, version: int) -> bool:
        said = self.known.said(self.thread.promise, state.department_id, self.brief, version)
        return said.word is None


def newest_ratings(promise: PromisePage, links: Sequence[Link], on: date) -> list[RatingLine]:
    """Of each department about each other one of the thread, the last; one query."""
    keys = [link.department_id for link in links]
    about = models.Q(promise=promise.pk) | models.Q(promise=None)
    ratings = HandoffRating.objects.filter(about, supplier__in=keys, receiver__in=keys)
    found: dict[tuple[int, int], HandoffRating] = {}
    # One about this very promise goes before one about none in particular.
    ordered = ratings.order_by(models.F("promise").asc(nulls_last=True), "-month", "-pk")
    for rating in ordered.select_related("supplier", "receiver"):
        found.setdefault((rating.supplier_id, rating.receiver_id), rating)
    return [rating_line(rating, on) for rating in found.values()]
