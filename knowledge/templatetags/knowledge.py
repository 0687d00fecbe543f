from collections.abc import Iterable
from typing import Protocol

from django import template
from django.contrib.auth.models import AbstractBaseUser

from knowledge.models import BriefPage, Fact, LessonPage, ModulePage
from knowledge.reports import (
    LessonStep,
    ModuleProgress,
    brief_address,
    facts_by_key,
    module_address,
    module_progress,
)

register = template.Library()


class Placed(Protocol):
    """What is listed under a module's slug."""

    @property
    def slug(self) -> str: ...


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
def address(page: BriefPage | ModulePage) -> str:
    """A brief's or module's place, without the queries that a page's own `url` asks."""
    return brief_address(page) if isinstance(page, BriefPage) else module_address(page)


@register.simple_tag
def open_briefs() -> list[BriefPage]:
    return list(BriefPage.objects.open_to_colleagues().order_by("title"))


@register.simple_tag
def modules_of(brief: BriefPage) -> list[ModulePage]:
    return list(ModulePage.objects.open_to_colleagues().filter(brief=brief).order_by("path"))


@register.simple_tag
def open_modules(besides: Iterable[Placed] = ()) -> list[ModulePage]:
    """Every published module but those that the page has listed already."""
    listed = {line.slug for line in besides}
    modules = ModulePage.objects.open_to_colleagues().select_related("brief").order_by("path")
    return [module for module in modules if module.slug not in listed]
