"""What a quiz offers before it starts, and what came out of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser

from knowledge.models import Fact, ModulePage
from knowledge.reports import facts_by_key
from quizzes import memory
from quizzes.days import organisation_day
from quizzes.memory import MemoryRules
from quizzes.models import (
    Attempt,
    Citation,
    Question,
    QuizSettings,
    Standing,
    StandingEvent,
)
from quizzes.reports.closing import is_quiz_over, quiz_closes_at
from quizzes.reports.pools import (
    PRACTICE_QUESTIONS,
    bounds_of,
    can_draw,
    pool_of,
    quizzed_so_far,
    traces_of,
)
from quizzes.reports.sittings import Sitting


@dataclass(frozen=True, slots=True)
class QuizOffer:
    """What a person finds at the door of a module's quiz."""

    questions: int
    needed: int
    is_open_today: bool
    closes_at: datetime | None
    is_over: bool
    passed_today: bool
    standing: Standing | None


@dataclass(frozen=True, slots=True)
class Result:
    """How a sitting ended, and what to do about it."""

    sitting: Sitting
    needed: int
    standing: Standing
    date_before: date | None
    practice_on: date | None
    practice_keeps_until: date | None
    facts: tuple[Fact, ...]
    quiz_is_open_today: bool


def quiz_offer(person: AbstractBaseUser, module: ModulePage, at: datetime) -> QuizOffer:
    settings, day = QuizSettings.load(), organisation_day(at)
    pool = pool_of(module)
    asked = min(len(pool), settings.questions_drawn)
    standing = Standing.objects.filter(person_id=person.pk, module=module).first()
    return QuizOffer(
        questions=asked,
        needed=memory.needed_to_pass(asked, settings.rules.pass_mark),
        is_open_today=_can_draw(person, module, day, pool),
        closes_at=quiz_closes_at(module),
        is_over=is_quiz_over(module, at),
        passed_today=standing is not None and standing.passed_on == day,
        standing=standing,
    )


def closed_until_tomorrow(
    person: AbstractBaseUser, modules: Iterable[int], day: date
) -> frozenset[int]:
    """Those of the modules whose quiz the person can't start again on this day.

    One query where she has handed no quiz in on that day.
    """
    start, end = bounds_of(day)
    tried = ModulePage.objects.filter(
        attempts__in=Attempt.objects.filter(
            person_id=person.pk,
            module__in=list(modules),
            kind=Attempt.Kind.QUIZ,
            finished_at__gte=start,
            finished_at__lt=end,
        )
    ).distinct()
    return frozenset(
        module.pk for module in tried if not _can_draw(person, module, day, pool_of(module))
    )


def _can_draw(
    person: AbstractBaseUser, module: ModulePage, day: date, pool: list[Question]
) -> bool:
    so_far = quizzed_so_far(person, module, day)
    drawn = QuizSettings.load().questions_drawn
    return can_draw(pool, drawn, so_far, opens_at_once=module.opens_at_once)


def facts_tested_by(questions: Iterable[Question]) -> list[Fact]:
    """The facts that these questions cite, each with its brief; two queries."""
    citations = Citation.objects.filter(question__in=list(questions))
    facts = facts_by_key(citations.values_list("fact_key", flat=True))
    return sorted(facts.values(), key=lambda fact: (fact.brief_id, fact.sort_order or 0))


def result_of(sitting: Sitting, day: date) -> Result:
    attempt, settings = sitting.attempt, QuizSettings.load()
    missed = [answer.question for answer in sitting.counted if answer.is_right is not True]
    standing = Standing.objects.get(person_id=attempt.person_id, module=attempt.module)
    practice_on = next_practice(standing, day)
    return Result(
        sitting=sitting,
        needed=memory.needed_to_pass(len(sitting.counted), settings.rules.pass_mark),
        standing=standing,
        date_before=date_before(attempt),
        practice_on=practice_on,
        practice_keeps_until=practice_on
        and practice_keeps_until(standing, practice_on, settings.rules),
        facts=tuple(facts_tested_by(missed)) if missed else (),
        quiz_is_open_today=_can_draw(attempt.person, attempt.module, day, pool_of(attempt.module)),
    )


def date_before(attempt: Attempt) -> date | None:
    """The date that the person had before this sitting moved it."""
    if attempt.finished_at is None:
        return None
    event = StandingEvent.objects.filter(
        person_id=attempt.person_id, module=attempt.module, at=attempt.finished_at
    ).last()
    return event.ready_from if event else None


def next_practice(standing: Standing, day: date) -> date | None:
    """The day on which practice will be due, where it moves the date and is still to come."""
    if standing.ready_until is None or standing.module.valid_days is not None:
        return None
    due_on = memory.practice_due_on(standing.ready_until, standing.practice_from)
    return due_on if due_on > day else None


def practice_keeps_until(standing: Standing, day: date, rules: MemoryRules) -> date | None:
    """The date that one good practice on that day would give: what the model expects."""
    if standing.dates is None:
        return None
    traces = dict(enumerate(traces_of(standing.person_id, standing.module)))
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
