"""How a person stands with a module's questions: each answer costs a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random, SystemRandom
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Count, Exists, F, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from knowledge.models import Fact, ModulePage
from knowledge.reports import facts_by_key
from knowledge.uses import FactUse
from quizzes import memory
from quizzes.drawing import Candidate, OpensTomorrow, draw
from quizzes.memory import MemoryRules, Trace
from quizzes.models import (
    Answer,
    Attempt,
    Card,
    Citation,
    Option,
    Question,
    QuizSettings,
    Standing,
)

PRACTICE_QUESTIONS = 5


@dataclass(frozen=True, slots=True)
class DaySoFar:
    """What the quizzes of one module asked a person on one day."""

    answered: frozenset[int]
    has_missed_must_know: bool


@dataclass(frozen=True, slots=True)
class QuizOffer:
    """What a person finds at the door of a module's quiz."""

    questions: int
    needed: int
    is_open_today: bool
    passed_today: bool
    standing: Standing | None


@dataclass(frozen=True, slots=True)
class ShownOption:
    """An option beside the answer, once that is given."""

    text: str
    feedback: str
    is_right: bool
    is_chosen: bool


@dataclass(frozen=True)
class Sitting:
    """One attempt with its drawn questions, in order."""

    attempt: Attempt
    answers: tuple[Answer, ...]

    @property
    def total(self) -> int:
        return len(self.answers)

    @property
    def right(self) -> int:
        return sum(answer.is_right is True for answer in self.answers)

    @property
    def answered(self) -> int:
        return sum(answer.answered_at is not None for answer in self.answers)

    @property
    def next_open(self) -> int | None:
        """The position at which to go on; `None` when everything is answered."""
        return next((answer.position for answer in self.answers if answer.is_right is None), None)

    def answer_at(self, position: int) -> Answer | None:
        return next((answer for answer in self.answers if answer.position == position), None)


@dataclass(frozen=True, slots=True)
class Result:
    """How a sitting ended, and what to do about it."""

    sitting: Sitting
    needed: int
    standing: Standing
    practice_keeps_until: date | None
    facts: tuple[Fact, ...]
    quiz_is_open_today: bool


def pool_of(module: ModulePage) -> list[Question]:
    """The module's live questions with options and citations; three queries."""
    return list(Question.objects.live().of_module(module).prefetch_related("options", "citations"))


def practice_pool(person: AbstractBaseUser, module: ModulePage) -> dict[Question, Trace | None]:
    """The module's live by-heart questions, each with what the person remembers of it."""
    questions = Question.objects.live().by_heart().of_module(module).prefetch_related("options")
    cards = {
        card.question_id: card
        for card in Card.objects.filter(person_id=person.pk, question__module=module)
    }
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


def quizzed_so_far(person: AbstractBaseUser, module: ModulePage, day: date) -> DaySoFar:
    """What a person's quizzes asked on that day; practice takes nothing from the next quiz."""
    rows = list(
        answers_on(day)
        .filter(
            attempt__person_id=person.pk,
            attempt__module=module,
            attempt__kind=Attempt.Kind.QUIZ,
        )
        .values_list("question_id", "is_right", "question__is_must_know")
    )
    return DaySoFar(
        answered=frozenset(question for question, _right, _must_know in rows),
        has_missed_must_know=any(
            must_know and right is not True for _question, right, must_know in rows
        ),
    )


def answered_elsewhere(attempt: Attempt, day: date) -> frozenset[int]:
    """Questions that the person answered on that day in another sitting with the module."""
    answers = answers_on(day).filter(
        attempt__person_id=attempt.person_id, attempt__module_id=attempt.module_id
    )
    return frozenset(answers.exclude(attempt=attempt).values_list("question_id", flat=True))


def answers_on(day: date) -> QuerySet[Answer]:
    start, end = bounds_of(day)
    return Answer.objects.filter(answered_at__gte=start, answered_at__lt=end)


def running_attempt(person: AbstractBaseUser, module: ModulePage | None = None) -> Attempt | None:
    """The sitting that waits to be gone on with, the newest first."""
    attempts = Attempt.objects.open().filter(person_id=person.pk).select_related("module")
    if module is not None:
        attempts = attempts.filter(module=module)
    return attempts.order_by("-started_at").first()


def quiz_offer(person: AbstractBaseUser, module: ModulePage, day: date) -> QuizOffer:
    settings = QuizSettings.load()
    pool = pool_of(module)
    asked = min(len(pool), settings.questions_drawn)
    standing = Standing.objects.filter(person_id=person.pk, module=module).first()
    return QuizOffer(
        questions=asked,
        needed=memory.needed_to_pass(asked, settings.rules.pass_mark),
        is_open_today=can_draw(pool, settings.questions_drawn, quizzed_so_far(person, module, day)),
        passed_today=standing is not None and standing.passed_on == day,
        standing=standing,
    )


def can_draw(pool: list[Question], size: int, so_far: DaySoFar) -> bool:
    """Whether a graded attempt can still be drawn on this day."""
    try:
        drawn = drawn_from(pool, size, so_far, SystemRandom())
    except OpensTomorrow:
        return False
    return bool(drawn)


def drawn_from(pool: list[Question], size: int, so_far: DaySoFar, rng: Random) -> tuple[int, ...]:
    """Raises `OpensTomorrow` where no graded attempt is possible any more on this day."""
    candidates = [
        Candidate(
            id=question.pk,
            facts=frozenset(citation.fact_key for citation in question.citations.all()),
            must_know=question.is_must_know,
            by_heart=not question.is_look_up,
        )
        for question in pool
    ]
    return draw(
        candidates,
        size=size,
        rng=rng,
        answered_today=so_far.answered,
        missed_must_know_today=so_far.has_missed_must_know,
    )


def newest_sitting(
    person: AbstractBaseUser, module_slug: str, kind: str, *, is_finished: bool = False
) -> Sitting | None:
    """The person's newest sitting with a module, open or finished; two queries."""
    attempts = Attempt.objects.filter(
        person_id=person.pk, module__slug=module_slug, kind=kind
    ).select_related("module__brief")
    if is_finished:
        attempts = attempts.exclude(finished_at=None)
    attempt = attempts.order_by("-started_at", "-pk").first()
    return sitting_of(attempt) if attempt else None


def sitting_of(attempt: Attempt) -> Sitting:
    answers = list(attempt.answers.select_related("question"))
    for answer in answers:
        answer.attempt = attempt
    return Sitting(attempt, tuple(answers))


def options_as_shown(answer: Answer) -> list[Option]:
    """The question's options in the order that this person saw first."""
    place = {pk: number for number, pk in enumerate(answer.option_order)}
    options = Option.objects.filter(question_id=answer.question_id)
    return sorted(options, key=lambda option: (place.get(option.pk, len(place)), option.sort_order))


def shown_options(answer: Answer) -> list[ShownOption]:
    """The options with the key, for the screen after the answer."""
    chosen = answer.response if isinstance(answer.response, list) else []
    return [
        ShownOption(option.text, option.feedback, option.is_right, option.pk in chosen)
        for option in options_as_shown(answer)
    ]


def right_order(answer: Answer) -> list[str]:
    return [option.text for option in answer.question.options.all()]


def facts_tested_by(questions: Iterable[Question]) -> list[Fact]:
    """The facts that these questions cite, each with its brief; two queries."""
    citations = Citation.objects.filter(question__in=list(questions))
    facts = facts_by_key(citations.values_list("fact_key", flat=True))
    return sorted(facts.values(), key=lambda fact: (fact.brief_id, fact.sort_order or 0))


def result_of(sitting: Sitting, day: date) -> Result:
    attempt, settings = sitting.attempt, QuizSettings.load()
    missed = [answer.question for answer in sitting.answers if answer.is_right is not True]
    standing = Standing.objects.get(person_id=attempt.person_id, module=attempt.module)
    so_far = quizzed_so_far(attempt.person, attempt.module, day)
    return Result(
        sitting=sitting,
        needed=memory.needed_to_pass(sitting.total, settings.rules.pass_mark),
        standing=standing,
        practice_keeps_until=practice_keeps_until(standing, settings.rules),
        facts=tuple(facts_tested_by(missed)) if missed else (),
        quiz_is_open_today=can_draw(pool_of(attempt.module), settings.questions_drawn, so_far),
    )


def practice_keeps_until(standing: Standing, rules: MemoryRules) -> date | None:
    """The date that one good practice on its first day would give: what the model expects."""
    if standing.dates is None or standing.module.valid_days is not None:
        return None
    traces = dict(enumerate(traces_of(standing.person_id, standing.module)))
    day = standing.dates.practice_from
    for key in memory.weakest(traces, day, PRACTICE_QUESTIONS):
        traces[key] = memory.review(traces[key], right=True, sureness=memory.Sureness.SURE, on=day)
    dates = memory.dates_after_practice(
        list(traces.values()),
        on=day,
        rules=rules,
        earlier=standing.dates,
        right=PRACTICE_QUESTIONS,
        answered=PRACTICE_QUESTIONS,
    )
    return dates.ready_until if dates.ready_until > standing.dates.ready_until else None


def standings_to_practise(person: AbstractBaseUser) -> list[Standing]:
    """What a person can practise, the module whose date comes first in front."""
    return list(
        Standing.objects.filter(person_id=person.pk, module__live=True)
        .filter(Exists(Question.objects.live().by_heart().filter(module=OuterRef("module"))))
        .select_related("module")
        .order_by(F("ready_until").asc(nulls_last=True), "module__title")
    )


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
    return Citation.objects.filter(fact_key__in=keys).select_related("question")


def keys_in_draft(question: Question) -> set[str]:
    revision = question.latest_revision
    citations = revision.content["citations"] if revision else []
    return {citation["fact_key"] for citation in citations}
