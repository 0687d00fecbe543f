"""Which questions test which facts."""

from collections.abc import Iterable

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from knowledge.uses import FactUse
from quizzes.models import (
    Citation,
    Question,
)


def citation_counts(keys: Iterable[str]) -> dict[str, int]:
    """How many live questions test each fact."""
    counted = _live_citations(keys).values_list("fact_key").annotate(Count("pk"))
    return dict(counted)


def must_know_facts(keys: Iterable[str]) -> set[str]:
    must_knows = _live_citations(keys).filter(question__is_must_know=True)
    return set(must_knows.values_list("fact_key", flat=True))


def _live_citations(keys: Iterable[str]) -> QuerySet[Citation]:
    asking = Question.objects.live()
    return Citation.objects.filter(fact_key__in=list(keys), question__in=asking)


def question_uses(keys: frozenset[str]) -> list[FactUse]:
    """Questions that cite one of these facts, published or as their newest draft says."""
    drafts = Question.objects.filter(has_unpublished_changes=True).select_related("latest_revision")
    cited = {(citation.question, citation.fact_key) for citation in citations_of(keys)}
    drafted = {(draft, key) for draft in drafts for key in keys & keys_in_draft(draft)}
    return [
        FactUse(
            fact_key=key,
            label=_("Question: %(name)s") % {"name": question.name},
            url=reverse("wagtailsnippets_quizzes_question:edit", args=[question.pk]),
        )
        for question, key in sorted(cited | drafted, key=lambda use: (use[0].reference, use[1]))
    ]


def citations_of(keys: Iterable[str]) -> Iterable[Citation]:
    """By questions that people wrote: one that was made for a check says all that it needs."""
    citations = Citation.objects.filter(fact_key__in=keys, question__contrasts=None)
    return citations.select_related("question")


def keys_in_draft(question: Question) -> set[str]:
    revision = question.latest_revision
    citations = revision.content["citations"] if revision else []
    return {citation["fact_key"] for citation in citations}
