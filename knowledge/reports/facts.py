"""Which facts are shown, and where."""

from collections.abc import Iterable

from django.db import models
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _

from knowledge.models import BriefPage, Fact, LessonPage
from knowledge.models.languages import in_readers_words
from knowledge.uses import FactUse


def facts_by_key(keys: Iterable[str]) -> dict[str, Fact]:
    """The facts of these keys whose brief is open, each with it, in the reader's words;
    one query, none for no keys."""
    asked = set(keys)
    if not asked:
        return {}
    opened = BriefPage.objects.open_to_colleagues()
    facts = Fact.objects.filter(key__in=asked, brief__in=opened).select_related("brief")
    return {fact.key: fact for fact in in_readers_words(facts)}


def lesson_uses(keys: frozenset[str]) -> list[FactUse]:
    """Lessons that show one of these facts, published or as their newest draft says."""
    draft = Cast("latest_revision__content", models.TextField())
    published = Cast("body", models.TextField())
    lessons = LessonPage.objects.annotate(draft_text=draft, published_text=published)
    return [
        FactUse(
            fact_key=key,
            label=_("Lesson: %(title)s") % {"title": lesson.title},
            url=reverse("wagtailadmin_pages:edit", args=[lesson.pk]),
        )
        for key in sorted(keys)
        for lesson in lessons.filter(
            models.Q(draft_text__contains=key) | models.Q(published_text__contains=key)
        )
        if key in cited_in(lesson)
    ]


def cited_in(lesson: LessonPage) -> set[str]:
    return {*lesson.fact_keys, *lesson.get_latest_revision_as_object().fact_keys}
