"""People and where they work, as administrators see them on one day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import and_
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat

from departments.models import AuditLine, Department, Headship, Membership
from departments.reports.audit import LogLine, log_lines
from departments.wording import full_day

MOST_LINES = 30


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person in a list; `place` is where she is at home, or was last."""

    person: AbstractBaseUser
    place: Membership | None
    others: tuple[Membership, ...]
    has_left: bool


@dataclass(frozen=True, slots=True)
class PersonFile:
    """Where somebody works, worked and will, what she leads, and what was done to that."""

    places: tuple[Membership, ...]
    headships: tuple[Headship, ...]
    lines: tuple[LogLine, ...]
    on: date

    @property
    def home(self) -> Membership | None:
        return next((each for each in self.running if each.is_home), None)

    @property
    def running(self) -> list[Membership]:
        return [each for each in self.places if each.ends_on is None or each.ends_on >= self.on]

    @property
    def leave(self) -> Membership | None:
        """One of her places that says when she is away, if she is or will be."""
        away = (each for each in self.running if each.leave_from)
        return next((each for each in away if not each.leave_to or each.leave_to >= self.on), None)


def newest(lines: QuerySet[AuditLine]) -> tuple[LogLine, ...]:
    """Two queries."""
    told = lines.select_related("by", "person", "department", "module")[:MOST_LINES]
    return tuple(log_lines(told, full_day))


def people_found(words: str, department: Department | None, *, on: date) -> QuerySet[Any]:
    """People whose name or address has all the words; with a department, those in it or below."""
    people = get_user_model()._default_manager.filter(anonymised_on=None)  # noqa: SLF001  (Django's own name)
    if department:
        there = Membership.objects.current(on=on).filter(
            person=OuterRef("pk"), department__path__startswith=department.path
        )
        people = people.filter(Exists(there))
    found: QuerySet[Any] = people.filter(said_of(words))
    return found.order_by("last_name", "first_name", "pk")


def said_of(words: str) -> Q:
    parts = (
        Q(first_name__icontains=word) | Q(last_name__icontains=word) | Q(email__icontains=word)
        for word in words.split()
    )
    return reduce(and_, parts, Q())


def people_called(asked: str, people: QuerySet[Any]) -> list[AbstractBaseUser]:
    """Whose address this is, or else all who are called so; two are enough to know of."""
    whole = Concat("first_name", Value(" "), "last_name")
    called = people.annotate(whole_name=whole)
    exactly = list(people.filter(email__iexact=asked)[:1])
    return exactly or list(called.filter(whole_name__iexact=" ".join(asked.split()))[:2])


def person_lines(people: Iterable[AbstractBaseUser], *, on: date) -> list[PersonLine]:
    """One query, however many people."""
    people = list(people)
    places: Mapping[int, list[Membership]] = {person.pk: [] for person in people}
    known = Membership.objects.filter(person__in=list(places)).select_related("department")
    for each in known.order_by("starts_on", "pk"):
        places[each.person_id].append(each)
    return [person_line(person, places[person.pk], on) for person in people]


def person_line(person: AbstractBaseUser, places: list[Membership], on: date) -> PersonLine:
    there = [each for each in places if each.ends_on is None or each.ends_on >= on]
    homes = [each for each in there if each.is_home] or places[-1:]
    others = tuple(each for each in there if each not in homes)
    return PersonLine(person, next(iter(homes), None), others, bool(places) and not there)


def person_file(person: AbstractBaseUser, *, on: date) -> PersonFile:
    """Four queries."""
    places = Membership.objects.filter(person_id=person.pk).select_related("department", "person")
    headships = Headship.objects.filter(person_id=person.pk).select_related("department")
    return PersonFile(
        tuple(places.order_by("-starts_on", "-is_home", "pk")),
        tuple(headships.order_by("-starts_on", "pk")),
        newest(AuditLine.objects.filter(person_id=person.pk)),
        on,
    )
