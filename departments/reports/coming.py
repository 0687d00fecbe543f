"""Changes that will ask a team something, before they go live: how many people, how long, by when.

Nothing of a draft's words is told: the brief by the title that colleagues know, its modules, the
kind of the change and its days.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import models

from departments.models import Department, Exemption, Membership
from departments.reports.reach import minutes_a_module
from departments.reports.scheduled import ScheduledChange, scheduled_changes
from knowledge.changes import ChangeKind
from knowledge.models import BriefPage, ModulePage
from quizzes.models import Standing


@dataclass(frozen=True, slots=True)
class ComingChange:
    """`check_by` is the last day on which those who proved the version before are still ready."""

    title: str
    goes_live_on: date
    check_by: date
    modules: tuple[str, ...]
    people: int
    minutes: int


def coming_changes(department: Department, on: date) -> list[ComingChange]:
    """Those that ask somebody in the department, or below it; in the order of their days.

    One query where nothing is scheduled.
    """
    scheduled = [each for each in scheduled_changes(on=on) if each.keys]
    if not scheduled:
        return []
    proved = _proved_by_people_of(department, scheduled, on)
    titles = _open_titles(scheduled)
    costs = {kind: minutes_a_module(ChangeKind(kind)) for kind in {one.kind for one in scheduled}}
    told = (
        _told(one, [(pk, proved[pk]) for pk in one.keys if pk in proved], titles, costs[one.kind])
        for one in scheduled
        if one.brief_id in titles
    )
    return [one for one in told if one.people]


type Titles = dict[int, str]


def _told(
    change: ScheduledChange,
    proved: Sequence[tuple[int, set[int]]],
    titles: Titles,
    minutes: int,
) -> ComingChange:
    asked = sum(len(people) for _module, people in proved)
    return ComingChange(
        title=titles[change.brief_id],
        goes_live_on=change.goes_live_on,
        check_by=change.until,
        modules=tuple(titles[module] for module, _people in proved if module in titles),
        people=len(set[int]().union(*(people for _module, people in proved))),
        minutes=asked * minutes,
    )


def _proved_by_people_of(
    department: Department, scheduled: Iterable[ScheduledChange], on: date
) -> dict[int, set[int]]:
    """By module, who is at home there, not away, not exempt, and has proved it."""
    away = models.Q(leave_from__lte=on) & (models.Q(leave_to=None) | models.Q(leave_to__gte=on))
    members = (
        Membership.objects.current(on=on)
        .filter(is_home=True, person__is_active=True, department__path__startswith=department.path)
        .exclude(away)
    )
    exempt = Exemption.objects.current(on=on).filter(
        person=models.OuterRef("person"), module=models.OuterRef("module")
    )
    standings = Standing.objects.filter(
        ~models.Exists(exempt),
        person__in=members.values("person"),
        module__in={module for one in scheduled for module in one.keys},
        passed_on__isnull=False,
    )
    found = defaultdict[int, set[int]](set)
    for person, module in standings.values_list("person_id", "module_id"):
        found[module].add(person)
    return found


def _open_titles(scheduled: Iterable[ScheduledChange]) -> Titles:
    """As colleagues know them; what they can't open isn't told."""
    scheduled = list(scheduled)
    briefs = BriefPage.objects.open_to_colleagues().filter(pk__in={o.brief_id for o in scheduled})
    keys = {module for one in scheduled for module in one.keys}
    modules = ModulePage.objects.open_to_colleagues().filter(pk__in=keys)
    return dict(briefs.values_list("pk", "title")) | dict(modules.values_list("pk", "title"))
