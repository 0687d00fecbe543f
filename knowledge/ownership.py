"""Who keeps a page true, when she is asked to look at it again, and which page comes first.

**Guarantee.** Every page is asked about once in its interval, and somebody who is still there is
asked: an owner who has left is followed on the same day, without anybody remembering it. A page
that waits costs its readers nothing: no date and no state ever rests on it.

**When.** A page is due its interval (days) after somebody last said that it is still true; before
anybody did, after it was first published. A page that was never published is never due.

**Which first.** The hottest and stalest. Points, most first:

- one for each day since it became due;
- fourteen for each remark that waits for a reply: a colleague has already stumbled over it;
- thirty for each tenfold of the people who must know it: 1 person is 0, 10 are 30, 1,000 are 90.

A page that isn't due comes after all that are, however hot it is. Equal pages stay in the order of
their keys.

**Who.** Her owner, as written. When the owner has left, a room above says who follows her:
knowledge must not know departments, so they register a finder when they start (`AppConfig.ready`).
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import log10
from typing import Any

POINTS_A_REMARK = 14
POINTS_A_TENFOLD = 30
# Her page says so a fortnight before, so that nobody is surprised by the day.
SOON_DAYS = 14


@dataclass(frozen=True, slots=True)
class Keeping:
    """What is known of one page: days, and how much rests on it."""

    page_id: int
    interval_days: int
    verified_on: date | None = None
    published_on: date | None = None
    open_remarks: int = 0
    people: int = 0

    @property
    def due_on(self) -> date | None:
        since = self.verified_on or self.published_on
        return since + timedelta(days=self.interval_days) if since else None

    def days_over(self, on: date) -> int:
        """0 on the day itself and before it."""
        return max(0, (on - self.due_on).days) if self.due_on else 0

    def is_due(self, on: date) -> bool:
        return self.due_on is not None and self.due_on <= on

    def is_due_soon(self, on: date) -> bool:
        return self.due_on is not None and self.due_on <= on + timedelta(days=SOON_DAYS)

    def points(self, on: date) -> float:
        remarks = POINTS_A_REMARK * self.open_remarks
        return self.days_over(on) + remarks + POINTS_A_TENFOLD * log10(max(1, self.people))


def hottest_and_stalest_first(pages: Iterable[Keeping], on: date) -> list[Keeping]:
    return sorted(pages, key=lambda page: (not page.is_due(on), -page.points(on), page.page_id))


# Of people's keys, those who have left, each with whoever follows her, or None.
type SuccessorFinder = Callable[[Collection[int], date], Mapping[int, Any]]
# Of modules' keys, how many people must know each.
type AudienceFinder = Callable[[Collection[int], date], Mapping[int, int]]

_successor_finders: list[SuccessorFinder] = []
_audience_finders: list[AudienceFinder] = []


def register_successors(finder: SuccessorFinder) -> None:
    if finder not in _successor_finders:
        _successor_finders.append(finder)


def register_audience(finder: AudienceFinder) -> None:
    if finder not in _audience_finders:
        _audience_finders.append(finder)


def audience_of(modules: Collection[int], on: date) -> dict[int, int]:
    """How many people must know each module; those that nobody must know are left out."""
    found: dict[int, int] = {}
    for finder in _audience_finders if modules else ():
        found |= finder(modules, on)
    return found


@dataclass(frozen=True, slots=True)
class Keeper:
    """Who answers for a page on a day; `written` is whom the page names, `person` may be nobody."""

    written: Any
    person: Any

    @property
    def has_left(self) -> bool:
        return self.written is not None and self.person != self.written

    @property
    def is_missing(self) -> bool:
        return self.written is None or self.has_left


def keepers_of(pages: Iterable[Any], on: date) -> dict[int, Keeper]:
    """Who answers for each page, by its key; fetch the pages together with their owners.

    As many queries as the rooms above need for all of them; none where no page names an owner.
    """
    owners = {page.pk: page.owner for page in pages}
    followers = _followers({owner.pk: owner for owner in owners.values() if owner}, on)
    return {
        pk: Keeper(owner, followers.get(owner.pk, owner) if owner else None)
        for pk, owner in owners.items()
    }


def owner_of(page: Any, on: date) -> Any:
    """Who answers for one page on that day: its owner, or whoever follows her; perhaps nobody."""
    return keepers_of([page], on)[page.pk].person


def _followers(owners: Mapping[int, Any], on: date) -> dict[int, Any]:
    followers: dict[int, Any] = {pk: None for pk, owner in owners.items() if not owner.is_active}
    for finder in _successor_finders if owners else ():
        followers |= finder(owners.keys(), on)
    return followers
