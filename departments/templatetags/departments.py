from collections.abc import Iterable
from dataclasses import dataclass

from django import template
from django.contrib.auth.models import AbstractBaseUser
from django.db import models

from departments.readiness import Readiness
from departments.reports import standing_readiness
from departments.reports.chains import Chain, chain_of, chains_of, with_part_of
from departments.reports.own import OwnModule, own_modules
from knowledge.models import BriefPage, ModulePage, PromisePage
from knowledge.reports import modules_by_brief, modules_by_promise
from quizzes.days import organisation_today

register = template.Library()


@dataclass(frozen=True, slots=True)
class BriefLine:
    """A brief in a list, and how its reader stands with what teaches it."""

    brief: BriefPage
    modules: tuple[OwnModule, ...]


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """A promise in a list, its reader's part in it, and how she stands with what teaches it."""

    promise: PromisePage
    chain: Chain
    modules: tuple[OwnModule, ...] = ()


@register.simple_tag
def readiness_in(module: ModulePage, person: AbstractBaseUser) -> Readiness:
    """A person's own state in a module today; one query."""
    return standing_readiness(person, module, on=organisation_today())


@register.simple_tag
def own_chain(promise: PromisePage, person: AbstractBaseUser) -> Chain:
    return chain_of(promise, person, on=organisation_today())


@register.simple_tag
def own_parts(promises: Iterable[PromisePage], person: AbstractBaseUser) -> list[PromiseLine]:
    """The reader's part in each of the promises in which she has one; one query."""
    promises = list(promises)
    chains = chains_of(promises, person, on=organisation_today())
    lines = (PromiseLine(promise, chains.get(promise.pk, Chain())) for promise in promises)
    return [line for line in lines if line.chain.own]


@register.simple_tag
def with_own_part(
    promises: models.QuerySet[PromisePage], person: AbstractBaseUser
) -> models.QuerySet[PromisePage]:
    return with_part_of(promises, person, on=organisation_today())


@register.simple_tag
def own_brief_lines(briefs: Iterable[BriefPage], person: AbstractBaseUser) -> list[BriefLine]:
    """Briefs with the modules that the reader must know or has begun; six queries."""
    briefs = list(briefs)
    modules = modules_by_brief(briefs)
    known = _known(modules.values(), person)
    return [BriefLine(brief, _of(modules.get(brief.pk), known)) for brief in briefs]


@register.simple_tag
def own_promise_lines(
    promises: Iterable[PromisePage], person: AbstractBaseUser
) -> list[PromiseLine]:
    """Promises with the reader's part, and what she must know or has begun; seven queries."""
    promises = list(promises)
    modules = modules_by_promise(promises)
    known = _known(modules.values(), person)
    chains = chains_of(promises, person, on=organisation_today())
    return [
        PromiseLine(promise, chains.get(promise.pk, Chain()), _of(modules.get(promise.pk), known))
        for promise in promises
    ]


@register.simple_tag
def own_modules_of(promise: PromisePage, person: AbstractBaseUser) -> list[OwnModule]:
    """Every module that teaches a promise, and how the reader stands with it; six queries."""
    modules = modules_by_promise([promise]).get(promise.pk, [])
    return list(own_modules(person, modules, on=organisation_today()).values()) if modules else []


def _known(
    modules: Iterable[Iterable[ModulePage]], person: AbstractBaseUser
) -> dict[int, OwnModule]:
    every = [module for some in modules for module in some]
    known = own_modules(person, every, on=organisation_today()) if every else {}
    return {pk: own for pk, own in known.items() if own.readiness}


def _of(modules: Iterable[ModulePage] | None, known: dict[int, OwnModule]) -> tuple[OwnModule, ...]:
    return tuple(known[module.pk] for module in modules or () if module.pk in known)
