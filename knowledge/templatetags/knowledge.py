from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import template
from django.contrib.auth.models import AbstractBaseUser
from django.core.paginator import Page as Sheet
from django.core.paginator import Paginator
from django.http import QueryDict

from knowledge.forms import BriefListForm, ListForm, ModuleListForm, PromiseListForm
from knowledge.models import (
    BriefPage,
    Claim,
    Fact,
    KnowledgePage,
    LessonPage,
    ModulePage,
    PromisePage,
)
from knowledge.models.languages import worded_children
from knowledge.models.pages import KnowledgeQuerySet
from knowledge.reports import (
    LessonStep,
    ModuleProgress,
    brief_address,
    drafted_promises,
    facts_by_key,
    found_briefs,
    found_modules,
    found_promises,
    module_address,
    module_progress,
    open_briefs,
    promise_address,
    today,
)

register = template.Library()

ROWS_A_PAGE = 25


@dataclass(frozen=True, slots=True)
class Listing[Found: (KnowledgeQuerySet, list[ModulePage])]:
    """What a reader asked of a list, what was found, and of how many."""

    form: ListForm
    found: Found
    total: int


@register.filter
def cited_facts(lesson: LessonPage) -> dict[str, Fact]:
    """The facts that a lesson shows, by key; one query."""
    return facts_by_key(lesson.fact_keys)


@register.simple_tag
def progress_in(module: ModulePage, person: AbstractBaseUser) -> ModuleProgress:
    """Where a reader is in a module; one query."""
    return module_progress(module, person)


@register.simple_tag
def step_following(progress: ModuleProgress, lesson: LessonPage) -> LessonStep | None:
    """Where a finished lesson leads: nowhere means on to the quiz."""
    unread = (step for step in progress.steps if not step.is_done and step.pk != lesson.pk)
    return progress.step_after(lesson) or next(unread, None)


@register.filter
def address(page: KnowledgePage) -> str:
    """A page's place, without the queries that its own `url` asks."""
    match page:
        case BriefPage():
            return brief_address(page)
        case PromisePage():
            return promise_address(page)
        case ModulePage():
            return module_address(page)
    message = f"{page} has no address of its own here."
    raise TypeError(message)


@register.simple_tag
def listed_briefs(asked: QueryDict) -> Listing[KnowledgeQuerySet]:
    form = BriefListForm(asked)
    found = found_briefs(
        words=form.words,
        promise=form.chosen("promise"),
        is_staff_only=form.chosen("only") == form.STAFF_ONLY,
    )
    return Listing(form, found, _number_of(BriefPage))


@register.simple_tag
def listed_promises(asked: QueryDict) -> Listing[KnowledgeQuerySet]:
    form = PromiseListForm(asked)
    found = found_promises(words=form.words, is_pilot=form.is_pilot)
    return Listing(form, found, _number_of(PromisePage))


@register.simple_tag
def listed_modules(asked: QueryDict) -> Listing[list[ModulePage]]:
    form = ModuleListForm(asked)
    found = found_modules(words=form.words)
    return Listing(form, found, _number_of(ModulePage) if form.words else len(found))


def _number_of(model: type[KnowledgePage]) -> int:
    number: int = model.objects.open_to_colleagues().count()
    return number


@register.simple_tag
def sheet_of(rows: Sequence[Any] | KnowledgeQuerySet, number: str | None) -> Sheet[Any]:
    """One page of a long list; a number that is none leads to the first."""
    return Paginator(rows, ROWS_A_PAGE).get_page(number)


@register.filter
def staff_only_until(brief: BriefPage) -> date | None:
    """The day on which customers may hear of it, while that day is ahead."""
    day: date | None = brief.embargo_until
    return day if day and day > today() else None


@register.simple_tag
def brief_behind(module: ModulePage) -> BriefPage | None:
    """The brief that a module teaches, where colleagues may read it; one query."""
    brief: BriefPage = module.brief
    return brief if brief.pk in open_briefs([module]) else None


@register.filter
def briefs_open(lines: Iterable[Any]) -> frozenset[int]:
    """Of lines with a module each, the keys of the briefs that colleagues may read; one query."""
    return open_briefs([line.module for line in lines])


@register.simple_tag
def modules_of(brief: BriefPage) -> list[ModulePage]:
    modules = ModulePage.objects.open_to_colleagues().filter(brief=brief).order_by("path")
    return list(modules.in_readers_words())


@register.simple_tag
def promises_of(brief: BriefPage) -> list[PromisePage]:
    """The promises that a brief explains, with their claims; two queries."""
    return list(drafted_promises(brief).prefetch_related(worded_children("claims", Claim)))


@register.simple_tag
def briefs_of(promise: PromisePage) -> list[BriefPage]:
    """The briefs that explain a promise; one query."""
    briefs = BriefPage.objects.open_to_colleagues().filter(promises=promise).order_by("title")
    return list(briefs.in_readers_words())
