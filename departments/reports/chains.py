"""A promise's chain of links as one reader stands to it.

Her part is the link of her home department; where that has none, of the nearest department above
it. A department below hers has a part of its own, which isn't hers.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import inf

from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.db.models.functions import Coalesce

from departments.models import Department, Link, Membership
from knowledge.models import PromisePage
from knowledge.models.languages import in_readers_words


@dataclass(frozen=True, slots=True)
class Step:
    """One link: what a department does, how well, and who goes on; nobody means the customer."""

    department: str
    part: str
    standard: str
    is_own: bool
    following: str


@dataclass(frozen=True, slots=True)
class Chain:
    """A promise's links in order. Who is in no department can have no part in them."""

    steps: tuple[Step, ...] = ()
    has_reader_department: bool = False

    @property
    def own(self) -> list[Step]:
        return [step for step in self.steps if step.is_own]


def chain_of(promise: PromisePage, person: AbstractBaseUser, *, on: date) -> Chain:
    """The chain of a promise, in a preview that of its draft; two queries."""
    links = promise.links.select_related("department")
    return _chain(links, home_path(person, on))


def chains_of(
    promises: Iterable[PromisePage], person: AbstractBaseUser, *, on: date
) -> dict[int, Chain]:
    """The published chains of several promises; one query."""
    home = models.Subquery(_home_paths(person, on)[:1])
    links = (
        Link.objects.filter(promise__in=[promise.pk for promise in promises])
        .select_related("department")
        .annotate(reader_path=Coalesce(home, models.Value("")))
    )
    of_promise = defaultdict[int, list[Link]](list)
    for link in links:
        of_promise[link.promise_id].append(link)
    return {pk: _chain(links, links[0].reader_path) for pk, links in of_promise.items()}


def with_part_of(
    promises: models.QuerySet[PromisePage], person: AbstractBaseUser, *, on: date
) -> models.QuerySet[PromisePage]:
    """Those of the promises in which the person has a part."""
    path = home_path(person, on)
    paths = [path[:end] for end in range(Department.steplen, len(path) + 1, Department.steplen)]
    own_links = Link.objects.filter(promise=models.OuterRef("pk"), department__path__in=paths)
    return promises.filter(models.Exists(own_links))


def _home_paths(person: AbstractBaseUser, on: date) -> models.QuerySet[Membership, str]:
    current = Membership.objects.current(on=on).filter(person_id=person.pk, is_home=True)
    return current.order_by("starts_on").values_list("department__path", flat=True)


def home_path(person: AbstractBaseUser, on: date) -> str:
    return _home_paths(person, on).first() or ""


def _chain(links: Iterable[Link], reader_path: str) -> Chain:
    links = in_order(links)
    own = own_department(links, reader_path)
    following = [*(link.department.name for link in links[1:]), ""]
    return Chain(
        tuple(
            Step(
                department=link.department.name,
                part=link.part,
                standard=link.standard,
                is_own=own is not None and link.department.pk == own.pk,
                following=name,
            )
            for link, name in zip(links, following, strict=False)
        ),
        has_reader_department=bool(reader_path),
    )


def own_department(links: Iterable[Link], path: str) -> Department | None:
    """Whose link is that of somebody at this place in the tree: the nearest at it or above it."""
    above = [link.department for link in links if path.startswith(link.department.path)]
    return max(above, key=lambda department: department.depth, default=None)


def in_order(links: Iterable[Link]) -> list[Link]:
    """From the first link to the last, in the reader's words."""
    return sorted(in_readers_words(links), key=_place)


def _place(link: Link) -> tuple[float, float]:
    """Links that were never put in order stand as they were added, a draft's new ones last."""
    return (link.sort_order or 0, link.pk or inf)
