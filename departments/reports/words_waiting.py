"""Which versions wait for the word of whoever leads a department with a link."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AbstractBaseUser

from departments.models import Department, Headship, Link
from departments.reports.asked import steps_down_to
from departments.reports.known import Known
from departments.reports.threads import briefs_of
from knowledge.models import BriefPage, PromisePage
from knowledge.models.languages import in_readers_words

MOST_TOLD = 3


@dataclass(frozen=True, slots=True)
class WordWaiting:
    """A version of a promise without the word of a department's head; `on` is when it goes out."""

    promise: PromisePage
    department: Department
    version: int
    on: date | None


def words_waiting(person: AbstractBaseUser, *, on: date) -> list[WordWaiting]:
    """Of what this person leads, and nobody nearer to it does, the soonest first.

    Two queries for who leads no department with a link, else six, and some for what is scheduled.
    """
    links = _led_links(person, on)
    if not links:
        return []
    promises = in_readers_words({link.promise_id: link.promise for link in links}.values())
    briefs = briefs_of(promises)
    known = Known(promises, {brief.pk: brief for brief in briefs.values()}.values(), on=on)
    found = [each for link in links for each in _unsaid(link, briefs.get(link.promise_id), known)]
    return sorted(found, key=lambda each: each.on or on)[:MOST_TOLD]


def _unsaid(link: Link, brief: BriefPage | None, known: Known) -> Iterator[WordWaiting]:
    editions = known.editions[brief.pk] if brief else None
    for version in known.signable(brief):
        said = known.said(link.promise, link.department_id, brief, version)
        if said.word is None:
            is_ahead = editions is not None and version > editions.live
            day = editions.out_on(version) if editions and is_ahead else None
            yield WordWaiting(link.promise, link.department, version, day)


def _led_links(person: AbstractBaseUser, on: date) -> Sequence[Link]:
    """One of each promise and department."""
    links = Link.objects.filter(
        promise__in=PromisePage.objects.open_to_colleagues(),
        department__in=Department.objects.headed_by(person, on=on).values("pk"),
    ).select_related("promise", "department")
    by_key = {(link.promise_id, link.department_id): link for link in links.order_by("pk")}
    nearest = _nearest_heads([link.department.path for link in by_key.values()], on)
    return [link for link in by_key.values() if person.pk in nearest[link.department.path]]


def _nearest_heads(paths: Sequence[str], on: date) -> dict[str, set[int]]:
    """Who leads each of these departments, else the nearest above it that somebody leads."""
    above = {step for path in paths for step in steps_down_to(path)}
    leading = Headship.objects.current(on=on).filter(department__path__in=above)
    led: dict[str, set[int]] = {}
    for path, person in leading.values_list("department__path", "person_id"):
        led.setdefault(path, set()).add(person)
    return {
        path: next(led[step] for step in reversed(steps_down_to(path)) if step in led)
        for path in paths
    }
