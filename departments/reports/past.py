"""What was known on a past day of a department's people.

Nothing that is changed today changes it: who worked where, and who must know what, is told by what
was known then (`known_from`, and the rows that were superseded since); the tree is that day's; what
was given is told without what was given or taken back later; and what was proved is folded from
the events until the end of that day. Whether somebody may sign in today plays no part.

Of people and modules only the names are today's. A page that was closed to colleagues since stays
closed, on past days too.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models
from django.utils import timezone

from departments.counting import Ask, plain_title
from departments.models import Membership, PastMembership, PastRequirement, Requirement
from departments.models.periods import holds_on
from departments.readiness import ChangeEvent, Event, Period, Proof, fold
from departments.reports.asked import asked_below
from departments.reports.given_rows import ByPerson, given_to
from departments.reports.rows import Colleague, Column, Proved
from departments.reports.trees import TreeOfDay
from departments.reports.workforce import WORKS, Workforce, colleague_of
from knowledge.models import ModulePage
from knowledge.models.languages import in_readers_words
from quizzes.days import organisation_day
from quizzes.models import ModuleChange, StandingEvent

A_DAY = timedelta(days=1)
# The path of a department that wasn't in the tree.
NOWHERE = ""
NAMES = ("pk", "first_name", "last_name", "email")
ASKED = (
    "module_id",
    "department_id",
    "due_on",
    "joiner_days",
    "levels",
    "titles",
    "starts_on",
)
RECORDED = ("ready_to", "practice_from", "version", "own_ready_to")


def workforce_then(tree: TreeOfDay, department: int, *, known_on: date) -> Workforce:
    """Of the department as it stood on the tree's day, and all below it; eight queries."""
    path, days = tree.departments[department].path, Period(tree.on, tree.on)
    colleagues = colleagues_then(tree, department, known_on, days)
    people = [each.person_id for each in colleagues]
    asks = asks_then(tree, department, colleagues, known_on)
    given = given_to(people, days, known_on=known_on)
    modules = modules_then(asked_below(path, asks, given, colleagues, tree.on))
    return Workforce(
        colleagues=colleagues,
        asks=asks,
        columns=[Column(page.pk, page.title, page.slug, page.path) for page in modules],
        given=given,
        proved=proved_then(people, modules, known_on),
    )


def known_then(known_on: date) -> models.Q:
    """Rows that hold still, as far as they were known on that day."""
    return models.Q(known_from__lte=known_on)


def superseded_since(known_on: date) -> models.Q:
    return known_then(known_on) & models.Q(known_until__gt=known_on)


def colleagues_then(
    tree: TreeOfDay, department: int, known_on: date, days: Period
) -> list[Colleague]:
    stored = Membership.objects.filter(known_then(known_on))
    superseded = PastMembership.objects.filter(superseded_since(known_on))
    here = holds_on(tree.on) & models.Q(
        department_id__in=[each.pk for each in tree.below(department)]
    )
    is_theirs = models.Q(person_id__in=stored.filter(here).values("person_id")) | models.Q(
        person_id__in=superseded.filter(here).values("person_id")
    )
    fields = ("person_id", "department_id", *WORKS)
    rows = sorted(
        stored.filter(is_theirs)
        .order_by()
        .values_list(*fields)
        .union(superseded.filter(is_theirs).values_list(*fields), all=True),
        key=itemgetter(0),
    )
    places = {person: list(found) for person, found in groupby(rows, key=itemgetter(0))}
    named = get_user_model().objects.filter(pk__in=places)
    return [
        there(colleague_of([*located(name, places[name[0]], tree)], days))
        for name in named.order_by("last_name", "first_name", "pk").values_list(*NAMES)
    ]


def located(
    name: Sequence[Any], rows: Iterable[Sequence[Any]], tree: TreeOfDay
) -> Iterator[tuple[Any, ...]]:
    """Memberships as `colleague_of` reads them, with their departments' places of that day.

    A department that wasn't there has none, but who worked in it is no joiner.
    """
    for _person, department, *works in rows:
        found = tree.departments.get(department)
        place = (found.name, found.path) if found else ("", NOWHERE)
        yield (*name, department, *place, *works)


def there(colleague: Colleague) -> Colleague:
    """Only where there was a department."""
    places = tuple(place for place in colleague.places if place.path != NOWHERE)
    return replace(colleague, places=places)


def asks_then(
    tree: TreeOfDay, department: int, colleagues: Iterable[Colleague], known_on: date
) -> list[Ask]:
    places = {place.department_id for each in colleagues for place in each.places}
    above = {each.pk for place in {department, *places} for each in tree.above(place)}
    here = models.Q(department_id__in=above.union(each.pk for each in tree.below(department)))
    stored = Requirement.objects.filter(known_then(known_on) & here)
    superseded = PastRequirement.objects.filter(superseded_since(known_on) & here)
    rows = stored.values_list(*ASKED).union(superseded.values_list(*ASKED), all=True)
    return [
        Ask(
            module_id=module,
            path=tree.departments[asking].path,
            due_on=due_on,
            joiner_days=joiner_days,
            levels=frozenset(levels),
            titles=frozenset(map(plain_title, titles)),
            starts_on=starts_on,
        )
        for module, asking, due_on, joiner_days, levels, titles, starts_on in rows
    ]


def modules_then(keys: Iterable[int]) -> list[ModulePage]:
    """Those that have been published, and are closed to nobody."""
    published = models.Q(live=True) | models.Q(first_published_at__isnull=False)
    pages = ModulePage.objects.public().in_source_language().filter(published, pk__in=keys)
    return sorted(in_readers_words(pages), key=lambda page: page.path)


def proved_then(
    people: Sequence[int], modules: Sequence[ModulePage], known_on: date
) -> ByPerson[Proved]:
    """Folded from what was recorded until the end of the day; two queries."""
    end = timezone.make_aware(datetime.combine(known_on + A_DAY, time.min))
    changes = changes_before(end, modules)
    events = StandingEvent.objects.filter(
        person_id__in=people, module_id__in=[page.pk for page in modules], at__lt=end
    )
    fields: Any = ("person_id", "module_id", "at", *RECORDED)
    found = defaultdict[int, dict[int, Proved]](dict)
    rows: Any = events.order_by("person_id", "module_id", "at", "pk").values_list(*fields)
    for (person, module), group in groupby(rows, key=itemgetter(0, 1)):
        log = [(at, Event(organisation_day(at), *recorded)) for _p, _m, at, *recorded in group]
        told = sorted([*log, *changes[module]], key=itemgetter(0))
        found[person][module] = as_proved(fold((entry for _at, entry in told), known_on))
    return found


def changes_before(
    end: datetime, modules: Sequence[ModulePage]
) -> defaultdict[int, list[tuple[datetime, Event | ChangeEvent]]]:
    briefs = {page.pk: page.brief_id for page in modules}
    changes = defaultdict[int, list[tuple[datetime, Event | ChangeEvent]]](list)
    stored = ModuleChange.objects.filter(module_id__in=briefs, at__lt=end).select_related("change")
    for each in stored.order_by("at", "pk"):
        is_own = each.change.brief_id == briefs[each.module_id]
        version = each.change.version if is_own else None
        told = ChangeEvent(organisation_day(each.at), each.step, version)
        changes[each.module_id].append((each.at, told))
    return changes


def as_proved(proof: Proof) -> Proved:
    return (
        proof.ready_until,
        proof.practice_from,
        proof.version,
        proof.own_ready_until,
        proof.own_practice_from,
        proof.unchecked,
    )
