"""Which briefs, promises and modules a list shows: found by their words, narrowed by filters.

Words are compared in Python, spelled as the search spells them: there are tens of pages, at most
hundreds, and only so do both databases agree on capitals and accents.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import models
from django.utils import timezone

from knowledge.models import (
    BriefPage,
    Claim,
    KnowledgePage,
    LessonPage,
    ModulePage,
    PromisePage,
)
from knowledge.models.languages import readers_language, translations, worded_children
from knowledge.models.pages import KnowledgeQuerySet
from knowledge.spelling import words_in


def today() -> date:
    """The day in the organisation's time zone, whatever zone an editor has chosen for herself."""
    return timezone.localdate(timezone=timezone.get_default_timezone())


def found_briefs(
    *, words: str = "", promise: str = "", is_staff_only: bool = False
) -> KnowledgeQuerySet:
    """Published briefs with these words in their own lines or their facts; `promise` is a slug."""
    briefs = _with_words(
        _open(BriefPage), words, "title", "one_breath", "facts__title", "facts__statement"
    )
    if promise:
        # A slug belongs to one promise only, so that no brief comes twice.
        briefs = briefs.filter(promises__slug=promise)
    if is_staff_only:
        briefs = briefs.filter(embargo_until__gt=today())
    listed: KnowledgeQuerySet = briefs.order_by("title", "pk")
    return listed


def found_promises(*, words: str = "", is_pilot: bool | None = None) -> KnowledgeQuerySet:
    """Published promises in the editors' order, those that are tried out behind the others."""
    promises = _with_words(_open(PromisePage), words, "title", "sentence", "claims__measure")
    if is_pilot is not None:
        promises = promises.filter(is_pilot=is_pilot)
    listed: KnowledgeQuerySet = promises.order_by("is_pilot", "path").prefetch_related(
        worded_children("claims", Claim)
    )
    return listed


def found_modules(*, words: str = "") -> list[ModulePage]:
    """Published modules with these words in their own lines or their lessons' titles."""
    modules = list(_open(ModulePage).select_related("brief").order_by("path"))
    if not words:
        return modules
    lessons = _open(LessonPage).only("path", "title", "translation_key")
    texts = defaultdict[str, list[str]](list)
    for lesson in lessons:
        texts[lesson.path[: -LessonPage.steplen]].append(lesson.title)
    opened = open_briefs(modules)
    for module in modules:
        # What a brief that isn't open says is nobody's to find.
        line = module.brief.one_breath if module.brief_id in opened else ""
        texts[module.path] += [module.title, module.intro, line]
    return [module for module in modules if _has_all(words, texts[module.path])]


def open_briefs(modules: Iterable[ModulePage]) -> frozenset[int]:
    """The keys of those briefs behind the modules that colleagues may read; one query."""
    asked = [module.brief_id for module in modules]
    return frozenset(_open(BriefPage).filter(pk__in=asked).values_list("pk", flat=True))


def modules_by_brief(briefs: Iterable[BriefPage]) -> dict[int, list[ModulePage]]:
    """The published modules that teach each brief; one query."""
    found = defaultdict[int, list[ModulePage]](list)
    asked = [brief.pk for brief in briefs]
    for module in _open(ModulePage).filter(brief__in=asked).order_by("path"):
        found[module.brief_id].append(module)
    return found


def modules_by_promise(promises: Iterable[PromisePage]) -> dict[int, list[ModulePage]]:
    """The published modules on the published briefs of each promise; one query."""
    found = defaultdict[int, list[ModulePage]](list)
    modules = (
        _open(ModulePage)
        .filter(
            brief__in=BriefPage.objects.open_to_colleagues(),
            brief__promises__in=[promise.pk for promise in promises],
        )
        .annotate(promise_id=models.F("brief__promises"))
    )
    for module in modules.order_by("path"):
        found[module.promise_id].append(module)
    return found


def drafted_promises(brief: BriefPage) -> KnowledgeQuerySet:
    """The published promises that a brief explains, in a preview those of its draft."""
    chosen = brief.promises.all().values_list("id", flat=True)
    promises: KnowledgeQuerySet = (
        _open(PromisePage).filter(pk__in=chosen).order_by("is_pilot", "path")
    )
    return promises


def newest_brief() -> BriefPage | None:
    newest: BriefPage | None = (
        BriefPage.objects.open_to_colleagues().order_by("-last_published_at", "-pk").first()
    )
    return newest


def _open(model: type[KnowledgePage]) -> KnowledgeQuerySet:
    pages: KnowledgeQuerySet = model.objects.open_to_colleagues().in_readers_words()
    return pages


def _with_words(pages: KnowledgeQuerySet, words: str, *fields: str) -> KnowledgeQuerySet:
    """Those pages in whose fields, or their translations', each of the words stands somewhere.

    One query for each of the two languages.
    """
    if not words:
        return pages
    language = readers_language()
    texts = defaultdict[UUID, set[str]](set)
    for source in (pages, *([translations(pages.model, language)] if language else [])):
        for key, *cells in source.values_list("translation_key", *fields):
            texts[key].update(cell for cell in cells if cell)
    found: KnowledgeQuerySet = pages.filter(
        translation_key__in=[key for key, lines in texts.items() if _has_all(words, lines)]
    )
    return found


def _has_all(words: str, lines: Iterable[str]) -> bool:
    """Whether each of the words stands in these lines, were it in the middle of a longer one."""
    asked, there = words_in(words), " ".join(words_in(" ".join(lines)))
    return bool(asked) and all(word in there for word in asked)
