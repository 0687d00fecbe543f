"""A promise through three lenses: do people know it, do they believe it, do customers get it?

They stand side by side and are never added up; one sentence says what follows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from customers.diagnosis import Diagnosis, Level, believing, diagnose, knowing
from customers.reports.evidence import Evidence, evidence_of_one
from departments.beliefs import Said
from departments.reports.drawn import DrawnThread
from departments.reports.pulse import Month, months_told
from departments.reports.threads import Thread, thread_on
from knowledge.models import PromisePage
from strategy.reports.launches import Launch, launches, next_launches


@dataclass(frozen=True, slots=True)
class Lenses:
    """What is known of a promise on a day.

    `thread` is today's, `ahead` that of the next launch for the version it asks for. `newest` and
    `first` are the last and the first month in which colleagues were asked, of those that are told.
    """

    on: date
    thread: Thread
    ahead: Thread | None
    launch: Launch | None
    evidence: Evidence
    newest: Month | None
    first: Month | None
    diagnosis: Diagnosis

    @property
    def links_known(self) -> int:
        """How many links have enough people ready: this may be told of the smallest group, too."""
        return sum(bool(link.is_known) for link in self.thread.links)

    @property
    def said(self) -> Said | None:
        return said_in(self.newest)


def said_in(month: Month | None) -> Said | None:
    return month.total.said if month and month.total else None


def lenses_of(promise: PromisePage, drawn: DrawnThread, *, on: date) -> Lenses:
    """`drawn` is the thread as the reader may see it. A fixed number of queries, however many
    readings and answers there are."""
    launch = next_launches(launches(on=on), on=on).get(promise.pk)
    evidence = evidence_of_one(promise, on=on)
    told = [month for month in months_told(on=on, promise=promise) if month.total]
    return Lenses(
        on=on,
        thread=drawn.thread,
        ahead=_ahead(drawn, launch),
        launch=launch,
        evidence=evidence,
        newest=told[0] if told else None,
        first=told[-1] if len(told) > 1 else None,
        diagnosis=_diagnosis(drawn.thread, told, evidence),
    )


def _ahead(drawn: DrawnThread, launch: Launch | None) -> Thread | None:
    """The day of the launch, where the campaign asks for the brief that is looked at here."""
    today = drawn.thread
    if launch is None or today.brief is None or launch.plan.brief_id != today.brief.pk:
        return None
    if drawn.sight is None or launch.on <= today.on:
        return None
    ahead = thread_on(
        today.promise,
        on=today.on,
        day=launch.on,
        brief=today.brief,
        version=launch.plan.brief_version,
        known=drawn.known,
    )
    return drawn.sight.of_day(ahead, today)


def _diagnosis(thread: Thread, told: Sequence[Month], evidence: Evidence) -> Diagnosis:
    said = said_in(told[0]) if told else None
    return diagnose(
        knowing(thread.ready, thread.needed),
        believing(said.yes, said.n) if said else Level.UNKNOWN,
        evidence.verdict,
        is_stale=evidence.is_stale,
    )
