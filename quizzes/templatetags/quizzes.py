from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django import template
from django.contrib.auth.models import AbstractBaseUser
from django.urls import reverse
from django.utils import timezone

from knowledge.models import BriefPage, Fact, ModulePage
from quizzes.days import organisation_day
from quizzes.forms import AnswerForm, answer_form
from quizzes.models import Question
from quizzes.reports import change_check, citation_counts, modules_waiting, must_know_facts

register = template.Library()


@dataclass(frozen=True, slots=True)
class FactLine:
    """A fact, and what the quizzes make of it."""

    fact: Fact
    question_count: int
    is_must_know: bool


@register.filter
def with_questions(facts: Iterable[Fact]) -> list[FactLine]:
    """Facts with the number of live questions that test them; two queries."""
    facts = list(facts)
    keys = [fact.key for fact in facts]
    counts, must_know = citation_counts(keys), must_know_facts(keys)
    return [FactLine(fact, counts.get(fact.key, 0), fact.key in must_know) for fact in facts]


@dataclass(frozen=True, slots=True)
class ChangeToCheck:
    """Where a reader checks what changed, and until when she counts as ready without it."""

    url: str
    title: str
    until: date | None
    is_over: bool
    is_urgent: bool


@register.simple_tag
def change_to_check(page: BriefPage | ModulePage, person: AbstractBaseUser) -> ChangeToCheck | None:
    """What waits for a reader in a module, or in the first module of a brief where it does.

    One query where nothing waits.
    """
    modules = modules_waiting(person, page) if isinstance(page, BriefPage) else [page]
    checks = (change_check(person, module) for module in modules)
    check = next((found for found in checks if found), None)
    if check is None:
        return None
    return ChangeToCheck(
        url=reverse("quizzes:check-detail", args=[check.module.slug]),
        title=check.module.title,
        until=check.until,
        is_over=check.until is not None and check.until < organisation_day(timezone.now()),
        is_urgent=check.is_urgent,
    )


@register.filter
def preview_form(question: Question) -> AnswerForm:
    """The question's form as a colleague sees it, before anything is chosen."""
    return answer_form(question, dict(enumerate(question.options.all(), start=1)))
