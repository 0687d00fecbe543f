"""Plays what colleagues did in the past weeks, through the actions that colleagues use.

Nothing here writes a standing: dates come out of the same rules as everybody's.
"""

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from knowledge.actions import finish_lesson
from knowledge.models import LessonPage, ModulePage
from portal.models import User
from quizzes import memory
from quizzes.actions import mark_own_answer, start_check, start_practice, start_quiz, submit_answer
from quizzes.days import organisation_day
from quizzes.memory import Sureness
from quizzes.models import Answer, Question
from quizzes.reports import cards_of

# Of five: three right make a practice count.
MOST_WRONG = 2


@dataclass(frozen=True, slots=True)
class Story:
    """What one colleague did with one module; days are offsets from the anchor."""

    read_on: int | None = None
    quiz_on: int | None = None
    practised_on: tuple[int, ...] = ()
    checked_on: int | None = None
    misses: int = 0
    sureness: Sureness = Sureness.SURE


@dataclass(frozen=True, slots=True)
class Belief:
    """A question that some colleagues get wrong whenever they are asked it, and are sure."""

    question: str
    people: frozenset[str]


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that happened on a day, an offset from the anchor."""

    day: int
    do: Callable[[], None]


class Player:
    """Acts for colleagues, one module, one seeded run."""

    def __init__(
        self, module: ModulePage, anchor: date, rng: Random, belief: Belief | None = None
    ) -> None:
        self.module = module
        self.anchor = anchor
        self.rng = rng
        self.belief = belief
        self.known: dict[int, tuple[Any, Any]] = {}
        self.lessons: Sequence[LessonPage] = list(
            LessonPage.objects.child_of(module).live().order_by("path")
        )

    def deeds(self, person: User, story: Story) -> list[Deed]:
        """What one colleague did, each on its day."""
        if story.read_on is None:
            return []
        deeds = [Deed(story.read_on, partial(self.read, person, story))]
        if story.quiz_on is not None:
            deeds.append(Deed(story.quiz_on, partial(self.take_quiz, person, story)))
        if story.checked_on is not None:
            deeds.append(Deed(story.checked_on, partial(self.check, person, story)))
        deeds += [
            Deed(day, partial(self.practise, person, story, day)) for day in story.practised_on
        ]
        return deeds

    def take_quiz(self, person: User, story: Story) -> None:
        at = self.moment(story.quiz_on or 0)
        quiz = start_quiz(person=person, module=self.module, at=at, rng=self.rng)
        answers = list(quiz.answers.select_related("question"))
        missed = self.missed(answers, story.misses)
        self.answer_all(answers, story, self.mistaken(person, answers) or missed, at)

    def check(self, person: User, story: Story) -> None:
        at = self.moment(story.checked_on or 0)
        check = start_check(person=person, module=self.module, at=at, rng=self.rng)
        self.answer_all(list(check.answers.select_related("question")), story, set(), at)

    def practise(self, person: User, story: Story, day: int) -> None:
        at = self.moment(day)
        practice = start_practice(person=person, module=self.module, at=at, rng=self.rng)
        answers = list(practice.answers.select_related("question"))
        mistaken = self.mistaken(person, answers)
        forgotten = self.forgotten(person, answers, at)[: MOST_WRONG - len(mistaken)]
        self.answer_all(answers, story, mistaken, at, forgotten)

    def read(self, person: User, story: Story) -> None:
        at = self.moment(story.read_on or 0)
        if story.quiz_on == story.read_on:
            # Before the quiz of that day, which begins at nine at the earliest.
            at = at.replace(hour=8, minute=at.minute // 2)
        is_half_read = story.quiz_on is None
        lessons = self.lessons[:2] if is_half_read else self.lessons
        for number, lesson in enumerate(lessons):
            finish_lesson(person=person, lesson=lesson, at=at + timedelta(minutes=3 * number))

    def missed(self, answers: Sequence[Answer], misses: int) -> set[int]:
        """So many that are no must-know."""
        can_miss = [answer for answer in answers if not answer.question.is_must_know]
        return {answer.pk for answer in self.rng.sample(can_miss, k=misses)}

    def mistaken(self, person: User, answers: Sequence[Answer]) -> set[int]:
        """What she gets wrong because she believes something else."""
        belief = self.belief
        if belief is None or person.email.partition("@")[0] not in belief.people:
            return set()
        return {answer.pk for answer in answers if answer.question.reference == belief.question}

    def forgotten(self, person: User, answers: Sequence[Answer], at: datetime) -> list[int]:
        """What she has lost by now, as likely as memory says; never a must-know."""
        day, cards = organisation_day(at), cards_of(person.pk, self.module.pk)
        lost = [
            answer.pk
            for answer in answers
            if not answer.question.is_must_know
            and (card := cards.get(answer.question_id))
            and self.rng.random() > memory.recall(card.trace, day)
        ]
        return self.rng.sample(lost, k=len(lost))

    def answer_all(
        self,
        answers: Sequence[Answer],
        story: Story,
        missed: Container[int],
        at: datetime,
        forgotten: Container[int] = (),
    ) -> None:
        """Answers in order. Who believes something else is sure of it, who forgot is not."""
        for minute, answer in enumerate(answers):
            has_forgotten = answer.pk in forgotten and answer.pk not in missed
            self.answer(
                answer,
                is_right=answer.pk not in missed and not has_forgotten,
                sureness=Sureness.FAIRLY_SURE if has_forgotten else story.sureness,
                at=at + timedelta(minutes=minute),
            )

    def answer(self, answer: Answer, *, is_right: bool, sureness: Sureness, at: datetime) -> None:
        right, wrong = self.responses_to(answer.question)
        submit_answer(
            attempt=answer.attempt,
            position=answer.position,
            response=right if is_right else wrong,
            sureness=sureness,
            at=at,
        )
        if answer.question.kind == Question.Kind.SAY:
            mark_own_answer(
                attempt=answer.attempt, position=answer.position, is_right=is_right, at=at
            )

    def responses_to(self, question: Question) -> tuple[Any, Any]:
        """Nobody edits a question while its module is played."""
        if question.pk not in self.known:
            self.known[question.pk] = responses(question)
        return self.known[question.pk]

    def moment(self, offset: int) -> datetime:
        """Some minute of that working day."""
        minutes = self.rng.randrange(9 * 60, 16 * 60)
        clock = time(minutes // 60, minutes % 60)
        day = self.anchor + timedelta(days=offset)
        return datetime.combine(day, clock, ZoneInfo(settings.TIME_ZONE))


def responses(question: Question) -> tuple[Any, Any]:
    """A right and a wrong response to a question."""
    options = list(question.options.all())
    match question.kind:
        case Question.Kind.NUMBER:
            return f"{question.number:f}", f"{(question.number or 0) + 1 + question.tolerance:f}"
        case Question.Kind.TEXT:
            return options[0].text, "I’d ask my team lead"
        case Question.Kind.SAY:
            return question.model_answer, "Let me think about that."
        case Question.Kind.ORDER:
            in_order = [option.pk for option in options]
            return in_order, in_order[::-1]
    right = [option.pk for option in options if option.is_right]
    return right, [option.pk for option in options if not option.is_right][:1]
