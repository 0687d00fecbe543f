"""The thread of a promise on a day: each link's people, its head's word, and what is missing.

One way to count, for today and for every day ahead: `departments.reports.chain_people`. Today is
told as it is now, and a day ahead as it will be if nobody practises, checks or passes anything.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import models

from departments import chains
from departments.chains import Standing
from departments.models import Department, Link
from departments.reports.chain_people import Stand, joined
from departments.reports.known import Known
from departments.reports.thread_states import LinkState, Thread
from departments.steps import NOTHING
from knowledge.models import BriefPage, PromisePage

# Of more people than these, it is told today what was counted beforehand.
MOST_LOOKED_AT = 2_000

__all__ = [
    "LinkState",
    "Thread",
    "brief_of",
    "briefs_of",
    "thread_of",
    "thread_on",
    "threads_of",
]


def thread_on(
    promise: PromisePage,
    *,
    on: date,
    day: date,
    brief: BriefPage | None,
    version: int,
    known: Known | None = None,
) -> Thread:
    """`on` is today, of which everything is known; `day` is today or later.

    No query of its own where `known` has been asked about this promise and brief before.
    """
    known = known or Known([promise], [brief] if brief else [], on=on)
    return Telling(known, promise, brief, version, max(day, on)).thread()


def thread_of(promise: PromisePage, *, on: date) -> Thread:
    """As it stands today, for the version of its brief that colleagues read."""
    brief = briefs_of([promise]).get(promise.pk)
    return thread_today(promise, brief, Known([promise], [brief] if brief else [], on=on))


def thread_today(promise: PromisePage, brief: BriefPage | None, known: Known) -> Thread:
    """For the version that colleagues read. Of very many people it is told by what was counted
    beforehand, as the organisation's page is; then nobody is named in `not_ready`.
    """
    telling = Telling(known, promise, brief, brief.version if brief else 0, known.on)
    return telling.counted_thread() or telling.thread()


def threads_of(promises: Iterable[PromisePage], *, on: date) -> dict[int, Thread]:
    """Each as it stands today, by the promises' keys; a fixed number of queries."""
    promises = list(promises)
    briefs = briefs_of(promises)
    known = Known(promises, briefs.values(), on=on)
    large = [each for each in promises if is_large(known, each, briefs.get(each.pk))]
    if large:
        # The people of the others are loaded without those of the large ones.
        others = [each for each in promises if each not in large]
        rest = Known(others, briefs.values(), on=on)
        return _told(large, briefs, known) | _told(others, briefs, rest)
    return _told(promises, briefs, known)


def _told(
    promises: Iterable[PromisePage], briefs: Mapping[int, BriefPage], known: Known
) -> dict[int, Thread]:
    return {each.pk: thread_today(each, briefs.get(each.pk), known) for each in promises}


def is_large(known: Known, promise: PromisePage, brief: BriefPage | None) -> bool:
    return Telling(known, promise, brief, 0, known.on).counted_total() is not None


def brief_of(promise: PromisePage) -> BriefPage | None:
    return briefs_of([promise]).get(promise.pk)


def briefs_of(promises: Iterable[PromisePage]) -> dict[int, BriefPage]:
    """The brief that explains each promise: of several the first by its title; one query."""
    keys = [promise.pk for promise in promises]
    serving = BriefPage.objects.open_to_colleagues().filter(promises__in=keys)
    found: dict[int, BriefPage] = {}
    for brief in serving.annotate(served=models.F("promises")).order_by("title", "pk"):
        found.setdefault(brief.served, brief)
    return found


@dataclass(frozen=True, slots=True)
class People:
    needed: int
    ready: int
    at_usual_pace: int = 0


def _is_below(path: str, paths: Iterable[str]) -> bool:
    return any(path != other and path.startswith(other) for other in paths)


class Telling:
    """One promise, one version and one day, told from what is known."""

    def __init__(
        self, known: Known, promise: PromisePage, brief: BriefPage | None, version: int, day: date
    ) -> None:
        self.known, self.promise, self.brief = known, promise, brief
        self.version, self.day = version, day
        self.links = known.links.get(promise.pk, [])
        self.modules = known.modules[brief.pk] if brief else ()
        self.editions = known.editions[brief.pk] if brief else None
        self.newest = self.editions.newest(day) if self.editions else 0
        self.is_out = version <= self.newest

    def thread(self) -> Thread:
        stands = [self._stand(link.department) for link in self.links]
        everybody = joined(stands)
        links = [
            self._link(
                link,
                People(
                    len(stand.needed),
                    len(stand.ready),
                    len(stand.ready) + self._will_be(link.department_id, stand.asked),
                ),
            )
            for link, stand in zip(self.links, stands, strict=True)
        ]
        people = People(
            len(everybody.needed), len(everybody.ready), self._at_usual_pace(stands, everybody)
        )
        today = len(self._everybody(self.known.on).needed)
        return self._thread(links, people, today, everybody.not_ready)

    def counted_thread(self) -> Thread | None:
        """Of a large thread, today."""
        total = self.counted_total()
        if total is None:
            return None
        links = [self._link(link, self._counted(link.department_id)) for link in self.links]
        return self._thread(links, total, total.needed, frozenset())

    def counted_total(self) -> People | None:
        """None where they are few enough to be looked at one by one, or show several modules."""
        paths = {link.department.path: link.department_id for link in self.links}
        outermost = [key for path, key in paths.items() if not _is_below(path, paths)]
        counted = [self._counted(key) for key in outermost] if len(self.modules) == 1 else []
        total = People(sum(each.needed for each in counted), sum(each.ready for each in counted))
        return total if total.needed > MOST_LOOKED_AT else None

    def _counted(self, department: int) -> People:
        found = self.known.counted.get((department, self.modules[0]), NOTHING)
        ready = found.ready - found.previous
        return People(found.needed, ready if self.is_out else 0)

    def _thread(
        self, links: Iterable[LinkState], people: People, today: int, not_ready: frozenset[int]
    ) -> Thread:
        return Thread(
            promise=self.promise,
            brief=self.brief,
            version=self.version,
            on=self.known.on,
            day=self.day,
            links=tuple(links),
            needed=people.needed,
            ready=people.ready,
            at_usual_pace=people.at_usual_pace or people.ready,
            is_out=self.is_out,
            out_on=self.editions.out_on(self.version) if self.editions else None,
            newest=self.newest,
            newest_on=self.editions.out_on(self.newest) if self.editions else None,
            modules=self.modules,
            needed_today=today,
            not_ready=not_ready,
        )

    @property
    def judged(self) -> int:
        return max(self.version, self.newest)

    def _stand(self, department: Department) -> Stand:
        stand = self.known.stand(department, self.brief, self.day)
        return stand if self.is_out else stand.unready()

    def _everybody(self, day: date) -> Stand:
        links = self.links
        return joined(self.known.stand(link.department, self.brief, day) for link in links)

    def _link(self, link: Link, people: People) -> LinkState:
        required = chains.required(people.needed, share=link.share, at_least=link.at_least)
        standing = Standing(people.needed, required, people.ready, self.is_out)
        said = self.known.said(self.promise, link.department_id, self.brief, self.judged)
        return LinkState(
            link=link,
            standing=standing,
            at_usual_pace=people.at_usual_pace or people.ready,
            said=said,
            lacks=chains.lacks(standing, said.rule, day=self.day),
            by=self._by(link.department),
        )

    def _will_be(self, department: int, asked: frozenset[int]) -> int:
        """How many of those who are asked will have answered, at the department's usual pace."""
        is_ahead = self.day > self.known.on
        return self.known.rates[department].of(len(asked)) if asked and is_ahead else 0

    def _at_usual_pace(self, stands: Sequence[Stand], everybody: Stand) -> int:
        """Who works in several links goes at the pace of the first of them."""
        ready, told = len(everybody.ready), frozenset[int]()
        for link, stand in zip(self.links, stands, strict=True):
            ready += self._will_be(link.department_id, (stand.needed & everybody.asked) - told)
            told |= stand.needed
        return ready

    def _by(self, department: Department) -> date | None:
        """The day on which it is due there, where that comes first; else the day that is told."""
        ahead = self.day if self.day > self.known.on else None
        due = self.known.due_on(department, self.brief)
        days = [day for day in (ahead, due) if day and day >= self.known.on]
        return min(days, default=None)
