"""Where one reader stands, module by module."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.contrib.auth.models import AbstractBaseUser

from departments.models import Membership
from departments.readiness import Need, Period, Proof, Readiness, Reason, State, state_on
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
    """How a person stands with these modules, by their keys; five queries, a joiner's six."""
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
    return _begun(person.pk, [module.pk for module in modules], on)


def own_cells(membership: Membership, *, on: date) -> list[Cell]:
    """A person's row as she reads it herself.

    Others see of a joiner only that she isn't counted yet; she sees what she has shown so far,
    and the day until which she has time.
    """
    cells = person_readiness(membership, on=on).cells
    joining = {cell.module_id: until for cell in cells if (until := _joiner_until(cell))}
    begun = _begun(membership.person_id, joining, on) if joining else {}
    return [
        replace(
            cell,
            readiness=begun.get(cell.module_id, Readiness(State.NOT_STARTED)),
            due_on=max(cell.due_on or joining[cell.module_id], joining[cell.module_id]),
            joiner_until=joining[cell.module_id],
        )
        if cell.module_id in joining
        else cell
        for cell in cells
    ]


def _joiner_until(cell: Cell) -> date | None:
    is_joiner = cell.readiness is not None and cell.readiness.reason is Reason.JOINER
    return cell.readiness.until if cell.readiness and is_joiner else None


def _begun(person: int, modules: Iterable[int], on: date) -> dict[int, Readiness]:
    standings = Standing.objects.filter(person_id=person, module_id__in=list(modules))
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
                own_ready_until=standing.own_ready_until,
                own_practice_from=standing.own_practice_from,
                unchecked=standing.unchecked_id,
            ),
        )
        for standing in standings
    }
    return {pk: found for pk, found in readiness.items() if found}


def _asked(person: AbstractBaseUser, on: date) -> dict[int, Cell]:
    membership = home_membership(person, on=on)
    cells = own_cells(membership, on=on) if membership else []
    return {cell.module_id: cell for cell in cells if cell.readiness}


def _own(module: ModulePage, cell: Cell | None, begun: Readiness | None, on: date) -> OwnModule:
    if cell is None:
        return OwnModule(module, begun)
    return OwnModule(module, cell.readiness, cell.due_ahead(on))
