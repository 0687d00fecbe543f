"""How a person stands with a module's questions: each answer costs a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from knowledge.models import ModulePage
from knowledge.uses import FactUse
from quizzes.memory import Trace
from quizzes.models import Answer, Attempt, Card, Citation, Question, QuizSettings


@dataclass(frozen=True, slots=True)
class DaySoFar:
    """What a person has answered of a module on one day."""

    answered: frozenset[int]
    has_missed_must_know: bool


@dataclass(frozen=True, slots=True)
class QuizOffer:
    """What a person finds at the door of a module's quiz."""

    questions: int
    needed: int
    is_open_today: bool
    running: Attempt | None
    passed_today: bool


def pool_of(module: ModulePage) -> list[Question]:
    """The module's live questions with options and citations; three queries."""
    return list(
        Question.objects.live().of_module(module).prefetch_related("options", "citations")
    )


def practice_pool(
    person: AbstractBaseUser, module: ModulePage
) -> dict[Question, Trace | None]:
    """The module's live by-heart questions, each with what the person remembers of it."""
    questions = Question.objects.live().by_heart().of_module(module).prefetch_related("options")
    cards = {card.question_id: card for card in Card.objects.filter(
        person_id=person.pk, question__module=module
    )}
    return {question: memory_of(cards.get(question.pk), question) for question in questions}


def memory_of(card: Card | None, question: Question) -> Trace | None:
    if card is None:
        return None
    card.question = question
    return card.trace


def traces_of(person_id: int, module: ModulePage) -> list[Trace]:
    """What a module's date rests on: live by-heart questions that the person has answered."""
    cards = Card.objects.filter(
        person_id=person_id,
        question__module=module,
        question__live=True,
        question__is_look_up=False,
    ).select_related("question")
    return [card.trace for card in cards]


def day_so_far(
    person: AbstractBaseUser, module: ModulePage, day: date, besides: Attempt | None = None
) -> DaySoFar:
    start, end = bounds_of(day)
    answers = Answer.objects.filter(
        attempt__person_id=person.pk,
        attempt__module=module,
        answered_at__gte=start,
        answered_at__lt=end,
    ).exclude(attempt=besides)
    rows = answers.values_list("question_id", "is_right", "question__is_must_know")
    return DaySoFar(
        answered=frozenset(question for question, _right, _must_know in rows),
        has_missed_must_know=any(
            must_know and right is not True for _question, right, must_know in rows
        ),
    )


def running_attempt(person: AbstractBaseUser, module: ModulePage | None = None) -> Attempt | None:
    """The sitting that waits to be gone on with, the newest first."""
    attempts = Attempt.objects.open().filter(person_id=person.pk).select_related("module")
    if module is not None:
        attempts = attempts.filter(module=module)
    return attempts.order_by("-started_at").first()


def bounds_of(day: date) -> tuple[datetime, datetime]:
    """The first moments of a day and of the next, in the organisation's zone."""
    zone = ZoneInfo(settings.TIME_ZONE)
    return (
        datetime.combine(day, time.min, zone),
        datetime.combine(day + timedelta(days=1), time.min, zone),
    )


def citation_counts(keys: Iterable[str]) -> dict[str, int]:
    """How many live questions test each fact."""
    counted = (
        Citation.objects.filter(fact_key__in=list(keys), question__live=True)
        .values_list("fact_key")
        .annotate(Count("pk"))
    )
    return dict(counted)


def must_know_facts(keys: Iterable[str]) -> set[str]:
    return set(
        Citation.objects.filter(
            fact_key__in=list(keys), question__live=True, question__is_must_know=True
        ).values_list("fact_key", flat=True)
    )


def question_uses(keys: frozenset[str]) -> list[FactUse]:
    """Questions, drafts too, that cite one of these facts."""
    citations = Citation.objects.filter(fact_key__in=keys).select_related("question")
    return [
        FactUse(
            fact_key=citation.fact_key,
            label=_("Question: %(name)s") % {"name": citation.question.name},
            url=reverse("wagtailsnippets_quizzes_question:edit", args=[citation.question_id]),
        )
        for citation in citations.order_by("question__reference")
    ]
