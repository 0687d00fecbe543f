"""How a page reaches readers of several languages.

**Guarantee.** A page is one thing in every language: one address, one standing, the same questions,
owners and days, and facts with the same keys. A translation lends it its words and nothing else, so
nobody proves the same module twice, and what is closed in the organisation's language is closed.

**Steps.** Pages are looked for in the organisation's language, the source. Where the reader's is
another one, and a translation is published and open, its words stand in place of the source's: its
title, its lines, its text. Facts, claims and links follow by key: that of a translated one is the
source's with the language behind it. What isn't translated is shown as the source has it.

A brief whose meaning changed after its translation went out is shown as the source has it, until
the translation is published again: another language is no excuse for an old price.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models.query import ModelIterable
from django.utils.translation import get_language
from modelcluster.fields import ParentalKey
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.fields import StreamField
from wagtail.models import Page

LONGEST_KEY = 64
# Of `knowledge.changes.ChangeKind`: those after which a translation says something else.
NEW_MEANINGS = ("material", "rewrite", "now")


def readers_language() -> str | None:
    """The language that is being read in, where that isn't the source's."""
    if not settings.WAGTAIL_I18N_ENABLED:
        return None
    try:
        language: str = get_supported_content_language_variant(get_language() or "")
    except LookupError:
        return None
    return None if language == settings.LANGUAGE_CODE else language


def is_translation(page: Page) -> bool:
    """Whether it stands in the tree of another language; a page that is being made can't tell."""
    if not settings.WAGTAIL_I18N_ENABLED or page.locale_id is None:
        return False
    language: str = page.locale.language_code
    return language != settings.LANGUAGE_CODE


def source_of(page: Page) -> Page | None:
    """The page that it translates; a page that was made in another language translates none."""
    pages = Page.objects.filter(translation_key=page.translation_key)
    found: Page | None = pages.filter(locale__language_code=settings.LANGUAGE_CODE).first()
    return found.specific if found else None


def translated_key(key: str, language: str) -> str:
    """The key of a translated part, from that of the part which it translates, or from its own."""
    ending = f"-{language.lower()}"
    return key if key.endswith(ending) else f"{key[: LONGEST_KEY - len(ending)]}{ending}"


class LentWordsError(TypeError):
    """A page or a part that was put into a reader's words is only to be read."""


class WordedIterable(ModelIterable):  # type: ignore[type-arg]  # generic in its types only
    """Rows in the reader's words, and the pages that were fetched along with them."""

    def __iter__(self) -> Iterator[Any]:
        rows = in_readers_words(super().__iter__())
        chosen = self.queryset.query.select_related
        for name in chosen if isinstance(chosen, dict) else ():
            along = (getattr(row, name) for row in rows)
            in_readers_words(row for row in along if isinstance(row, Page))
        yield from rows


class LanguageQuerySet(models.QuerySet[Any]):
    def in_source_language(self) -> Self:
        """Pages without their translations: where one language is spoken, there are none."""
        if not settings.WAGTAIL_I18N_ENABLED:
            return self
        return self.filter(locale__language_code=settings.LANGUAGE_CODE)

    def in_readers_words(self) -> Self:
        """For reading, never to be saved. One more query where the reader's isn't the source."""
        worded = self.all()
        if readers_language():
            worded._iterable_class = WordedIterable  # noqa: SLF001  (as Wagtail's `specific`)
        return worded


def worded_children(name: str, model: type[models.Model]) -> "models.Prefetch[Any]":
    """The facts, claims or links of pages in the reader's words."""
    return models.Prefetch(name, queryset=LanguageQuerySet(model).in_readers_words())


def in_readers_words[Row: models.Model](rows: Iterable[Row]) -> list[Row]:
    """The same rows, their words in the reader's language where there is a translation."""
    found, language = list(rows), readers_language()
    alike = defaultdict[type[models.Model], list[Row]](list)
    for row in found if language else ():
        alike[type(row)].append(row)
    for model, same in alike.items():
        lend_words(model, same, str(language))
    return found


def lend_words(model: Any, rows: list[Any], language: str) -> None:
    names = [name for name in worded_fields(model) if name not in rows[0].get_deferred_fields()]
    if issubclass(model, Page):
        key_name, keys = "translation_key", [row.translation_key for row in rows]
        lenders = translations(model, language)
    else:
        key_name, keys = "key", [translated_key(row.key, language) for row in rows]
        lenders = translated_children(model, language)
    found = lenders.filter(**{f"{key_name}__in": keys}).only(key_name, *names)
    by_key = {getattr(lender, key_name): lender for lender in found}
    for key, row in zip(keys, rows, strict=True):
        if key in by_key:
            row.has_lent_words = True
            for name in names:
                setattr(row, name, getattr(by_key[key], name))


def refuse_lent_words(row: models.Model) -> None:
    """What was translated for a reader must never become the source's own words."""
    if getattr(row, "has_lent_words", False):
        raise LentWordsError(row)


def translations(model: type[Any], language: str) -> Any:
    """The translations of pages that may be read: open, and no older than what they translate."""
    pages = model.objects.live_to_all().filter(locale__language_code=language)
    if not hasattr(model, "changes"):
        return pages
    versions = model.changes.rel.related_model.objects
    own = versions.filter(brief=models.OuterRef("pk")).order_by("-version")
    newer = versions.filter(
        brief__translation_key=models.OuterRef("translation_key"),
        brief__locale__language_code=settings.LANGUAGE_CODE,
        kind__in=NEW_MEANINGS,
        at__gt=models.OuterRef("said_at"),
    )
    # The same words published once more are no newer for that.
    said = pages.annotate(said_at=models.Subquery(own.values("at")[:1]))
    return said.exclude(models.Exists(newer))


def translated_children(model: type[Any], language: str) -> Any:
    above = next(field for field in fields_of(model) if isinstance(field, ParentalKey))
    return model.objects.filter(
        **{f"{above.name}__in": translations(above.related_model, language)}
    )


def fields_of(model: type[models.Model]) -> "list[models.Field[Any, Any]]":
    """Its own fields, not those of a table that it stands on."""
    return model._meta.local_fields  # noqa: SLF001  (documented as Django's API)


@cache
def worded_fields(model: type[models.Model]) -> tuple[str, ...]:
    """A page's title and its own texts, or a part's texts: all that isn't a key or a choice."""
    fields = [field for field in fields_of(model) if is_worded(field)]
    return (*(["title"] if issubclass(model, Page) else []), *(field.name for field in fields))


def is_worded(field: "models.Field[Any, Any]") -> bool:
    is_text = isinstance(field, (models.CharField, models.TextField, StreamField))
    return is_text and not field.choices and not isinstance(field, models.SlugField)
