from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from random import Random

from django import template
from django.contrib.auth.models import AbstractBaseUser
from django.urls import reverse
from django.utils.safestring import SafeString
from wagtail.rich_text import expand_db_html

from knowledge.models import BriefPage, Fact, ModulePage, PortalImage
from quizzes.asking import Asked, AskedOption
from quizzes.days import organisation_today
from quizzes.forms import AnswerForm, answer_form
from quizzes.markup import shown_markup, stored_markup
from quizzes.reports import change_check, citation_counts, modules_waiting, must_know_facts
from quizzes.reports.feedback import Feedback, feedback_of

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
        is_over=check.until is not None and check.until < organisation_today(),
        is_urgent=check.is_urgent,
    )


@register.filter
def situation(html: str) -> SafeString:
    """What an editor wrote before a question, with its links made; see `quizzes.markup`."""
    return SafeString(shown_markup(expand_db_html(stored_markup(html))))


@register.simple_tag
def picture_of(asked: Asked) -> PortalImage | None:
    """Nothing where the picture of an older wording has been deleted since."""
    found: PortalImage | None = PortalImage.objects.filter(pk=asked.picture).first()
    return found


@register.filter
def preview_form(asked: Asked) -> AnswerForm:
    """The form as a colleague sees it, before anything is chosen."""
    return answer_form(asked, dict(enumerate(dealt(asked), start=1)))


@register.filter
def preview_feedback(asked: Asked) -> Feedback:
    """What everybody is told of the key."""
    return feedback_of(asked, dealt(asked), None, None)


def dealt(asked: Asked) -> list[AskedOption]:
    """Shuffled as for a colleague, and alike each time, so that typing doesn't make it jump."""
    options = list(asked.options)
    return Random(len(options)).sample(options, len(options))  # noqa: S311  (nobody gains by it)
