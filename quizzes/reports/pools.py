"""Which questions a module has for a person, and what she remembers of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random, SystemRandom

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from knowledge.models import ModulePage
from knowledge.models.languages import in_readers_words
from quizzes.days import day_begins
from quizzes.drawing import Candidate, OpensTomorrow, draw
from quizzes.memory import Trace
from quizzes.models import (
    Answer,
    Attempt,
    Card,
    Question,
    Standing,
)

PRACTICE_QUESTIONS = 5
TRY_QUESTIONS = 3


@dataclass(frozen=True, slots=True)
class DaySoFar:
    """What the quizzes of one module asked a person on one day; `tried` by "Try first"."""

    answered: frozenset[int] = frozenset()
    has_missed_must_know: bool = False
    tried: frozenset[int] = frozenset()
    # In how many sittings of any day each question was.
    times: Mapping[int, int] = field(default_factory=dict)


def pool_of(module: ModulePage) -> list[Question]:
    """The questions that the module's quiz may ask, with options and citations; three queries."""
    questions = Question.objects.live().counted().of_module(module)
    return list(questions.prefetch_related("options", "citations"))


def try_pool(person: AbstractBaseUser, module: ModulePage) -> list[Question]:
    """What may be asked before reading: by heart, and nothing that must be known.

    Nothing for whoever has been asked by this module before; three queries.
    """
    return list(_to_try(person, module).prefetch_related("options"))


def count_to_try(person: AbstractBaseUser, module: ModulePage) -> int:
    """How many questions the person may be asked before she reads; one query."""
    return _to_try(person, module)[:TRY_QUESTIONS].count()


def _to_try(person: AbstractBaseUser, module: ModulePage) -> QuerySet[Question]:
    asked = Answer.objects.filter(attempt__person_id=person.pk, attempt__module=module)
    questions = Question.objects.live().counted().by_heart().of_module(module)
    return questions.filter(~Exists(asked), is_must_know=False)


def practice_pool(person: AbstractBaseUser, module: ModulePage) -> dict[Question, Trace | None]:
    """The module's live by-heart questions, each with what the person remembers of it."""
    questions = Question.objects.live().counted().by_heart().of_module(module)
    cards = {
        card.question_id: card
        for card in Card.objects.filter(person_id=person.pk, question__module=module)
    }
    return {
        question: memory_of(cards.get(question.pk), question)
        for question in questions.prefetch_related("options")
    }


def memory_of(card: Card | None, question: Question) -> Trace | None:
    if card is None:
        return None
    card.question = question
    return card.trace


def traces_of(person_id: int, module: ModulePage) -> list[Trace]:
    """What a module's date rests on: live by-heart questions that the person has answered.

    One that is held back for its figures carries no date.
    """
    return counted_traces(cards_of(person_id, module.pk).values())


def cards_of(person_id: int, module_id: int) -> dict[int, Card]:
    """All that a person remembers of a module, by question; one query.

    `is_counted` says whether her date rests on it.
    """
    cards = Card.objects.filter(person_id=person_id, question__module=module_id)
    return {card.question_id: card for card in cards.select_related("question").with_holding()}


def counted_questions() -> QuerySet[Question]:
    """Those on which dates may rest."""
    return Question.objects.live().counted().by_heart()


def tried_in_vain(attempt: Attempt, day: date) -> QuerySet[Answer]:
    """What "Try first" told the same person on that day, as a subquery of answers."""
    return answers_on(day).filter(
        attempt__person_id=attempt.person_id,
        attempt__module_id=attempt.module_id,
        attempt__kind=Attempt.Kind.TRY,
        question=OuterRef("question"),
        is_right=False,
    )


def counted_traces(cards: Iterable[Card]) -> list[Trace]:
    return [card.trace for card in cards if card.is_counted]


def quizzed_so_far(person: AbstractBaseUser, module: ModulePage, day: date) -> DaySoFar:
    """What a person's quizzes asked on that day; practice takes nothing from the next quiz.

    A quiz that was handed in on that day has shown the key to all its questions, so those that
    were not answered count as asked, and not as right.
    """
    start, end = bounds_of(day)
    today = Q(answered_at__gte=start, answered_at__lt=end) | Q(
        attempt__finished_at__gte=start, attempt__finished_at__lt=end
    )
    in_quiz = today & Q(attempt__kind=Attempt.Kind.QUIZ, is_void=False)
    is_missed = Q(is_right=None) | Q(is_right=False)
    rows = list(
        Answer.objects.filter(attempt__person_id=person.pk, attempt__module=module)
        .order_by()
        .values("question_id")
        .annotate(
            times=Count("pk"),
            quizzed=Count("pk", filter=in_quiz),
            missed=Count("pk", filter=in_quiz & is_missed & Q(question__is_must_know=True)),
            tried=Count("pk", filter=today & Q(attempt__kind=Attempt.Kind.TRY)),
        )
    )
    return DaySoFar(
        answered=frozenset(row["question_id"] for row in rows if row["quizzed"]),
        has_missed_must_know=any(row["missed"] for row in rows),
        tried=frozenset(row["question_id"] for row in rows if row["tried"]),
        times={row["question_id"]: row["times"] for row in rows},
    )


def answered_elsewhere(attempt: Attempt, day: date) -> frozenset[int]:
    """Questions that the person answered on that day in another sitting with the module."""
    answers = answers_on(day).filter(
        attempt__person_id=attempt.person_id, attempt__module_id=attempt.module_id, is_void=False
    )
    return frozenset(answers.exclude(attempt=attempt).values_list("question_id", flat=True))


def answers_on(day: date) -> QuerySet[Answer]:
    start, end = bounds_of(day)
    return Answer.objects.filter(answered_at__gte=start, answered_at__lt=end)


def can_draw(
    pool: list[Question], size: int, so_far: DaySoFar, *, opens_at_once: bool = False
) -> bool:
    """Whether a graded attempt can still be drawn on this day."""
    try:
        drawn = drawn_from(pool, size, so_far, SystemRandom(), opens_at_once=opens_at_once)
    except OpensTomorrow:
        return False
    return bool(drawn)


def drawn_from(
    pool: list[Question],
    size: int,
    so_far: DaySoFar,
    rng: Random,
    *,
    opens_at_once: bool = False,
) -> tuple[int, ...]:
    """Raises `OpensTomorrow` where no graded attempt is possible any more on this day."""
    candidates = [
        Candidate(
            id=question.pk,
            facts=frozenset(citation.fact_key for citation in question.citations.all()),
            must_know=question.is_must_know,
            by_heart=not question.is_look_up,
            seen_today=question.pk in so_far.tried,
            times_asked=so_far.times.get(question.pk, 0),
        )
        for question in pool
    ]
    return draw(
        candidates,
        size=size,
        rng=rng,
        answered_today=so_far.answered,
        missed_must_know_today=so_far.has_missed_must_know,
        opens_at_once=opens_at_once,
    )


def standings_to_practise(person: AbstractBaseUser) -> list[Standing]:
    """What a person can practise, the module whose date comes first in front.

    A date that a module sets by the calendar isn't moved by practice, so that one isn't offered.
    """
    open_modules = ModulePage.objects.open_to_colleagues().filter(valid_days=None)
    standings = list(
        Standing.objects.filter(person_id=person.pk, module__in=open_modules)
        .filter(Exists(counted_questions().filter(module=OuterRef("module"))))
        .select_related("module")
        .order_by(F("ready_until").asc(nulls_last=True), "module__title")
    )
    in_readers_words(standing.module for standing in standings)
    return standings


def bounds_of(day: date) -> tuple[datetime, datetime]:
    """The first moments of a day and of the next, in the organisation's zone."""
    return day_begins(day), day_begins(day + timedelta(days=1))


def renewed_by_practice(modules: Iterable[int]) -> set[int]:
    """Those modules whose date practice can move: no fixed validity, and something by heart."""
    questions = counted_questions().filter(module__in=list(modules), module__valid_days=None)
    return set(questions.values_list("module_id", flat=True))
