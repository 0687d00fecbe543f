"""Where one reader stands, module by module."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.contrib.auth.models import AbstractBaseUser

from departments.models import Membership
from departments.readiness import Need, Period, Proof, Readiness, Reason, state_on
from departments.reports.rows import Cell, proof_of
from departments.reports.workforce import proved_by, workforce_of
from knowledge.models import ModulePage


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
    proved = proved_by([person.pk], [module.pk for module in modules]).get(person.pk, {})
    always = Need(membership=Period())
    found = {pk: state_on(on, always, proof_of(each)) for pk, each in proved.items()}
    return {pk: readiness for pk, readiness in found.items() if readiness}


def own_cells(membership: Membership, *, on: date) -> list[Cell]:
    """What all her departments, and her assignments, ask of a person, as she reads it herself.

    Others see of a joiner only that she isn't counted yet; she sees what she has shown so far,
    and the day until which she has time.
    """
    return _cells(membership.person_id, on)


def _cells(person: int, on: date) -> list[Cell]:
    workforce = workforce_of([person], on=on)
    if not workforce.colleagues:
        return []
    proved = workforce.proved.get(person, {})
    cells = workforce.rows(on=on, scope="")[0].cells
    asked = (cell for cell in cells if cell.readiness is not None)
    return [_as_she_reads_it(cell, proof_of(proved.get(cell.module_id)), on) for cell in asked]


def _as_she_reads_it(cell: Cell, proof: Proof, on: date) -> Cell:
    until = _joiner_until(cell)
    if until is None:
        return cell
    return replace(
        cell,
        readiness=state_on(on, Need(membership=Period()), proof),
        due_on=max(cell.due_on or until, until),
        joiner_until=until,
    )


def _joiner_until(cell: Cell) -> date | None:
    has_time = {Reason.JOINER, Reason.ASSIGNED}
    found = cell.readiness
    return found.until if found and found.reason in has_time else None


def _asked(person: AbstractBaseUser, on: date) -> dict[int, Cell]:
    return {cell.module_id: cell for cell in _cells(person.pk, on)}


def _own(module: ModulePage, cell: Cell | None, begun: Readiness | None, on: date) -> OwnModule:
    if cell is None:
        return OwnModule(module, begun)
    return OwnModule(module, cell.readiness, cell.due_ahead(on))
