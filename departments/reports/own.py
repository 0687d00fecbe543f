"""Where one reader stands, module by module."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AbstractBaseUser

from departments.readiness import Need, Period, Proof, Readiness, state_on
from departments.reports.people import Cell, home_membership, person_readiness
from knowledge.models import ModulePage
from quizzes.models import Standing


@dataclass(frozen=True, slots=True)
class OwnModule:
    """A module and how its reader stands; no readiness where she neither must know it nor began."""

    module: ModulePage
    readiness: Readiness | None
    due_on: date | None = None

    @property
    def title(self) -> str:
        title: str = self.module.title
        return title

    @property
    def slug(self) -> str:
        slug: str = self.module.slug
        return slug


def own_modules(
    person: AbstractBaseUser, modules: Iterable[ModulePage], *, on: date
) -> dict[int, OwnModule]:
    """How a person stands with these modules, by their keys; five queries."""
    modules = list(modules)
    asked = _asked(person, on)
    begun = begun_modules(person, modules, on=on)
    return {
        module.pk: _own(module, asked.get(module.pk), begun.get(module.pk), on)
        for module in modules
    }


def begun_modules(
    person: AbstractBaseUser, modules: Iterable[ModulePage], *, on: date
) -> dict[int, Readiness]:
    """How a person stands with those of the modules that she has begun, asked of her or not."""
    standings = Standing.objects.filter(
        person_id=person.pk, module__in=[module.pk for module in modules]
    )
    always = Need(membership=Period())
    readiness = {
        standing.module_id: state_on(
            on,
            always,
            Proof(
                started=True,
                ready_until=standing.ready_until,
                practice_from=standing.practice_from,
                version=standing.version,
            ),
        )
        for standing in standings
    }
    return {pk: found for pk, found in readiness.items() if found}


def _asked(person: AbstractBaseUser, on: date) -> dict[int, Cell]:
    membership = home_membership(person, on=on)
    cells = person_readiness(membership, on=on).cells if membership else ()
    return {cell.module_id: cell for cell in cells if cell.readiness}


def _own(module: ModulePage, cell: Cell | None, begun: Readiness | None, on: date) -> OwnModule:
    if cell is None:
        return OwnModule(module, begun)
    is_ahead = cell.due_on is not None and cell.due_on >= on
    return OwnModule(module, cell.readiness, cell.due_on if is_ahead else None)
