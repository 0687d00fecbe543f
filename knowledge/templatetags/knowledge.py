from django import template
from django.contrib.auth.models import AbstractBaseUser

from knowledge.models import BriefPage, Fact, LessonPage, ModulePage
from knowledge.reports import (
    ModuleProgress,
    brief_address,
    facts_by_key,
    module_address,
    module_progress,
)

register = template.Library()


@register.filter
def cited_facts(lesson: LessonPage) -> dict[str, Fact]:
    """The facts that a lesson shows, by key; one query."""
    return facts_by_key(lesson.fact_keys)


@register.simple_tag
def progress_in(module: ModulePage, person: AbstractBaseUser) -> ModuleProgress:
    """Where a reader is in a module; one query."""
    return module_progress(module, person)


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
def open_modules() -> list[ModulePage]:
    return list(ModulePage.objects.open_to_colleagues().select_related("brief").order_by("path"))
