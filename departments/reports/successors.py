"""What knowledge asks about pages: who follows an owner who left, and how many rely on a module."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import models

from departments.models import Headship, Membership, Requirement
from departments.models.periods import not_over
from departments.reports.people import paths_down_to


def successors_of(people: Collection[int], on: date) -> dict[int, Any]:
    """Of these people those who have left, each with the head of her last department, or None.

    Whoever is switched off has left, and so has whoever has all her departments behind her; who
    never was in one has not. The nearest department counts, then those above it, and in each its
    head before its deputies; a head who has left herself follows nobody. Two queries.
    """
    last = {pk: place for pk, place in last_places(people).items() if has_left(place, on)}
    ways = {pk: paths_down_to(place.department)[::-1] for pk, place in last.items()}
    heads = heads_by_path({path for way in ways.values() for path in way}, on)
    return {
        pk: next((heads[path] for path in way if path in heads), None) for pk, way in ways.items()
    }


def last_places(people: Collection[int]) -> dict[int, Membership]:
    """Of each person the membership that ends last, her home before others of the same day."""
    places = (
        Membership.objects.filter(person__in=people)
        .select_related("person", "department")
        .order_by(models.F("ends_on").asc(nulls_last=True), "is_home", "starts_on", "pk")
    )
    return {place.person_id: place for place in places}


def has_left(last: Membership, on: date) -> bool:
    is_over = last.ends_on is not None and last.ends_on < on
    return is_over or not last.person.is_active


def heads_by_path(paths: Collection[str], on: date) -> dict[str, Any]:
    if not paths:
        return {}
    places = Membership.objects.filter(person=models.OuterRef("person"))
    there = places.filter(not_over(on))
    heads = (
        Headship.objects.current(on=on)
        .filter(department__path__in=paths, person__is_active=True)
        .exclude(models.Exists(places) & ~models.Exists(there))
        .select_related("person", "department")
        .order_by("-starts_on", "-pk")
    )
    # The last one stays: a head over her deputies, and whoever has led longest.
    ranked = sorted(heads, key=lambda headship: headship.kind == Headship.Kind.HEAD)
    return {headship.department.path: headship.person for headship in ranked}


def audience_of(modules: Collection[int], on: date) -> dict[int, int]:
    """How many people must know each of these modules, whatever counts for them; two queries."""
    asking = defaultdict[int, list[str]](list)
    requirements = Requirement.objects.filter(module__in=modules)
    for module, path in requirements.values_list("module", "department__path"):
        asking[module].append(path)
    homes = Membership.objects.current(on=on).filter(is_home=True, person__is_active=True)
    people = list(
        homes.order_by().values_list("department__path").annotate(number=models.Count("pk"))
    )
    return {
        module: sum(number for path, number in people if path.startswith(tuple(above)))
        for module, above in asking.items()
    }
