"""One week's card for a team's huddle: what to recall, what changed, what waits, whom to thank."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from departments.models import Department
from departments.readiness import Period
from departments.reports.asked import requirements_of, steps_down_to
from departments.reports.workforce import members_below
from departments.suppression import MINIMUM_GROUP
from knowledge.changes import FactChange
from knowledge.models import BriefPage, Change, Fact, ModulePage, Remark
from knowledge.models.languages import in_readers_words
from knowledge.reports.versions import ASKING
from quizzes.checking import most_important_first
from quizzes.days import day_begins
from quizzes.models import Question, StandingEvent
from quizzes.reports import Versions

A_WEEK = timedelta(weeks=1)
# So long after it went out a change is still news.
WEEKS_OF_NEWS = 6
KEPT_UP = (
    StandingEvent.Kind.PASSED,
    StandingEvent.Kind.PRACTISED,
    StandingEvent.Kind.CHECKED,
)


@dataclass(frozen=True, slots=True)
class HuddleChange:
    """The newest change that asks somebody, by the fact of it that matters most."""

    title: str
    reason: str
    fact: FactChange | None


@dataclass(frozen=True, slots=True)
class HuddleCard:
    """`thanked` is how many of the team passed, practised or checked something in the week before.

    Of a remark it tells what it is about, and neither whose it is nor her words.
    """

    department: str
    week: date
    fact: Fact | None
    change: HuddleChange | None
    remark: Remark | None
    thanked: int

    @property
    def friday(self) -> date:
        return self.week + timedelta(days=4)

    @property
    def is_empty(self) -> bool:
        return not (self.fact or self.change or self.remark or self.thanked)


def huddle_card(department: Department, *, week: date) -> HuddleCard:
    """`week` is its Monday. Eleven queries at most."""
    modules = _modules(department.path)
    briefs = _briefs(modules)
    return HuddleCard(
        department=department.name,
        week=week,
        fact=_fact_to_recall(modules, briefs, week),
        change=_newest_change(briefs, week),
        remark=_open_remark(briefs, week),
        thanked=_who_kept_up(department, modules, week),
    )


def _modules(path: str) -> set[int]:
    """What the department or a part of it asks."""
    places = Q(department__path__in=steps_down_to(path)) | Q(department__path__startswith=path)
    return {requirement.module_id for requirement in requirements_of(places)}


def _briefs(modules: Collection[int]) -> dict[int, BriefPage]:
    taught = ModulePage.objects.filter(pk__in=modules).values("brief")
    found = list(BriefPage.objects.open_to_colleagues().filter(pk__in=taught))
    return {brief.pk: brief for brief in in_readers_words(found)}


def _fact_to_recall(modules: Collection[int], briefs: Collection[int], week: date) -> Fact | None:
    """Each week the next of those that the team's modules ask for by heart."""
    asked = Question.objects.live().by_heart().filter(module__in=modules)
    facts = Fact.objects.filter(brief__in=list(briefs), key__in=asked.cited_keys())
    known = list(facts.select_related("brief").order_by("brief__path", "sort_order", "pk"))
    return known[week.toordinal() // 7 % len(known)] if known else None


def _newest_change(briefs: dict[int, BriefPage], week: date) -> HuddleChange | None:
    told = Change.objects.filter(brief__in=briefs, kind__in=ASKING).defer("texts")
    recent = told.filter(
        at__gte=day_begins(week - WEEKS_OF_NEWS * A_WEEK), at__lt=day_begins(week + A_WEEK)
    )
    change = recent.order_by("-at", "-pk").first()
    if change is None:
        return None
    before = Versions([change.brief_id]).before(change)
    facts = [one for one in change.since(before) if not one.is_new] if before else []
    first = next(iter(most_important_first(facts)), None)
    return HuddleChange(briefs[change.brief_id].title, change.reason, first)


def _open_remark(briefs: Collection[int], week: date) -> Remark | None:
    """The one that has waited longest."""
    remarks = Remark.objects.open().filter(page__in=list(briefs), at__lt=day_begins(week + A_WEEK))
    return remarks.select_related("page").order_by("at", "pk").first()


def _who_kept_up(department: Department, modules: Collection[int], week: date) -> int:
    """Nobody in a team of fewer than five: who it was could be told by looking round the table."""
    people = members_below(department.path, Period(week, week)).values("person_id")
    if people.distinct().count() < MINIMUM_GROUP:
        return 0
    events = StandingEvent.objects.filter(
        person_id__in=people,
        module_id__in=modules,
        kind__in=KEPT_UP,
        at__gte=day_begins(week - A_WEEK),
        at__lt=day_begins(week),
    )
    return int(events.order_by().values("person_id").distinct().count())
