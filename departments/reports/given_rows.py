"""What heads granted single people, as rows are made of it: waivers, more time, assignments."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import Any

from django.db import models

from departments.counting import Given, MoreTime, Waiver
from departments.models import Assignment, Exemption, Extension
from departments.models.periods import overlapping
from departments.models.requirements import still_given
from departments.readiness import Period

ACT = ("act", "pk", "person_id", "module_id", "reason")

type ByPerson[T] = Mapping[int, Mapping[int, T]]


def given_to(people: Any, days: Period, *, known_on: date | None = None) -> ByPerson[Given]:
    """What each person has been given for each module, as known on that day, else on the first.

    With `people`, keys or a query of keys. One query.
    """
    return given_by(given_rows(people, days, known_on=known_on))


def given_rows(people: Any, days: Period, *, known_on: date | None = None) -> Any:
    """Rows of ACT, a first and a last day."""
    # Named by `person__pk`, keys are prepared in half the time, and no table is joined either way.
    known_on = known_on or days.starts_on or date.min
    known = still_given(known_on)
    told = known & models.Q(known_from__lte=known_on)
    waived = Exemption.objects.filter(told, overlapping(days), person__pk__in=people)
    assigned = assigned_to(people, days, known_on=known_on)
    more_time = Extension.objects.filter(told, person__pk__in=people)
    return (
        waived.annotate(act=models.Value("waived"))
        .values_list(*ACT, "starts_on", "ends_on")
        .union(
            assigned.annotate(act=models.Value("assigned")).values_list(
                *ACT, "starts_on", "due_on"
            ),
            more_time.annotate(act=models.Value("more time"))
            .order_by()
            .values_list(*ACT, "known_from", "until"),
            all=True,
        )
    )


def assigned_to(people: Any, days: Period, *, known_on: date) -> models.QuerySet[Assignment]:
    begun = models.Q(starts_on__lte=days.ends_on)
    return Assignment.objects.filter(still_given(known_on), begun, person__pk__in=people)


def given_by(rows: Iterable[Sequence[Any]]) -> ByPerson[Given]:
    """From the rows of `given_rows`; the order of their keys is that of giving."""
    given = defaultdict[int, defaultdict[int, Given]](lambda: defaultdict(Given))
    for act, _pk, person, module, reason, first, last in sorted(rows, key=itemgetter(0, 1)):
        found = given[person][module]
        match act:
            case "waived":
                found.waivers.append(Waiver(Period(first, last), reason))
            case "assigned":
                found.assigned = Period(first, last)
            case _:
                found.more_time.append(MoreTime(first, last))
    return given
