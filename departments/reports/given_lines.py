"""What people were given that still holds: waivers, more time, single modules. Never silent."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from departments.models import Assignment, Department, Exemption, Extension, Membership
from departments.readiness import Reason
from departments.reports.teams import department_readiness


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
    is_own: bool = False


type Given = Exemption | Extension | Assignment

TABLES: dict[str, type[Given]] = {
    "waiver": Exemption,
    "time": Extension,
    "module": Assignment,
}
LAST_DAY = {"waiver": "ends_on", "time": "until", "module": "due_on"}


def given_below(
    department: Department, *, on: date, reader: int | None = None
) -> dict[str, list[GivenLine]]:
    """By kind, in the order of names. Six queries; a team's more where guests were given much."""
    found = {}
    for slug in TABLES:
        rows = [_line(slug, each, reader) for each in holding(slug, department, on=on)]
        found[slug] = sorted(rows, key=lambda row: (row.name, row.title))
    return found


def people_led(department: Department, *, on: date) -> Any:
    """The keys of whoever works in the department or below it, for a query within a query."""
    members = Membership.objects.current(on=on).filter(
        department__path__startswith=department.path, person__is_active=True
    )
    return members.values("person_id")


def given_here(given: Iterable[Given], department: Department, *, on: date) -> list[Given]:
    """Of whoever is at home elsewhere only what is counted here: the rest is another head's."""
    found = list(given)
    at_home = people_led(department, on=on).filter(is_home=True)
    homes = set(at_home.values_list("person_id", flat=True)) if found else set()
    guests = {each.person_id for each in found} - homes
    counted = set(_counted(department, guests, on)) if guests else set()
    return [
        each
        for each in found
        if each.person_id in homes or (each.person_id, each.module_id) in counted
    ]


def _counted(department: Department, people: set[int], on: date) -> Iterator[tuple[int, int]]:
    for row in department_readiness(department, on=on).rows:
        for cell in row.cells if row.person_id in people else ():
            if cell.readiness and cell.readiness.reason is not Reason.ELSEWHERE:
                yield row.person_id, cell.module_id


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
    held = [each for each in latest.values() if slug != "time" or each.until >= on]
    return given_here(held, department, on=on)


def _line(slug: str, given: Given, reader: int | None) -> GivenLine:
    return GivenLine(
        slug=slug,
        key=given.pk,
        name=str(given.person),
        title=given.module.title,
        until=getattr(given, LAST_DAY[slug]),
        reason=given.reason,
        by=str(given.given_by) if given.given_by else "",
        is_own=given.person_id == reader,
    )
