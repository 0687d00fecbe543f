from collections.abc import Iterable
from dataclasses import dataclass

from django import template

from knowledge.models import Fact
from quizzes.forms import AnswerForm, answer_form
from quizzes.models import Question
from quizzes.reports import citation_counts, must_know_facts

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


@register.filter
def preview_form(question: Question) -> AnswerForm:
    """The question's form as a colleague sees it, before anything is chosen."""
    return answer_form(question, dict(enumerate(question.options.all(), start=1)))
