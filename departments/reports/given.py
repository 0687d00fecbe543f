"""What people were given that still holds: waivers, more time, single modules. Never silent."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from departments.models import Assignment, Department, Exemption, Extension, Membership


@dataclass(frozen=True, slots=True)
class GivenLine:
    """One thing that one person was given; `slug` and `key` name it in addresses."""

    slug: str
    key: int
    name: str
    title: str
    until: date
    reason: str
    by: str


type Given = Exemption | Extension | Assignment

TABLES: dict[str, type[Given]] = {
    "waiver": Exemption,
    "time": Extension,
    "module": Assignment,
}
LAST_DAY = {"waiver": "ends_on", "time": "until", "module": "due_on"}


def given_below(department: Department, *, on: date) -> dict[str, list[GivenLine]]:
    """By kind, in the order of names. Three queries."""
    found = {}
    for slug in TABLES:
        rows = [_line(slug, each) for each in holding(slug, department, on=on)]
        found[slug] = sorted(rows, key=lambda row: (row.name, row.title))
    return found


def people_led(department: Department, *, on: date) -> Any:
    """The keys of whoever works in the department or below it, for a query within a query."""
    members = Membership.objects.current(on=on).filter(
        department__path__startswith=department.path, person__is_active=True
    )
    return members.values("person_id")


def holding(slug: str, department: Department, *, on: date) -> list[Given]:
    """What holds and hasn't ended; of more time only what was given last."""
    people = people_led(department, on=on)
    rows: Any = TABLES[slug]._default_manager.filter(  # noqa: SLF001  (Django's own name)
        person__in=people, withdrawn_on=None
    )
    if slug == "waiver":
        rows = rows.filter(ends_on__gte=on)
    latest: dict[Any, Any] = {
        (each.person_id, each.module_id, "" if slug == "time" else each.pk): each
        for each in rows.select_related("person", "module", "given_by").order_by("pk")
    }
    return [each for each in latest.values() if slug != "time" or each.until >= on]


def _line(slug: str, given: Given) -> GivenLine:
    return GivenLine(
        slug=slug,
        key=given.pk,
        name=str(given.person),
        title=given.module.title,
        until=getattr(given, LAST_DAY[slug]),
        reason=given.reason,
        by=str(given.given_by) if given.given_by else "",
    )
