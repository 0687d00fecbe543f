"""How questions do, by what colleagues answered, and which of them have to be looked at.

Each function asks a fixed number of queries, however many questions and answers there are.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from math import inf

from quizzes.asking import fingerprint
from quizzes.items import MINIMUM_ANSWERS, Advice, Figures, advice
from quizzes.models import ItemReview, Question, QuestionVersion, QuizSettings
from quizzes.reports.first_answers import figures_by_version

# A question that was kept is looked at again once so many times as many people have answered it.
MORE_ANSWERS = 2


class State(StrEnum):
    """What is known about a question as it stands."""

    NEVER = "never"
    TOO_FEW = "too-few"
    FINE = "fine"
    LOOK = "look"


@dataclass(frozen=True, slots=True)
class Item:
    """How a question does in its present words; nobody was asked them without a `version`."""

    version: int | None = None
    figures: Figures = field(default_factory=lambda: Figures(0))

    @property
    def advice(self) -> tuple[Advice, ...]:
        return advice(self.figures)

    @property
    def state(self) -> State:
        if not self.figures.n:
            return State.NEVER
        if self.figures.n < MINIMUM_ANSWERS:
            return State.TOO_FEW
        return State.FINE if self.advice == (Advice.FINE,) else State.LOOK


@dataclass(frozen=True, slots=True)
class OptionLine:
    """One option, and how many of all chose it."""

    text: str
    is_right: bool
    count: int
    n: int

    @property
    def percent(self) -> int:
        return round(100 * self.count / self.n)


@dataclass(frozen=True)
class VersionFigures:
    """One version of a question, with what is known about it; the newest review stands first."""

    version: QuestionVersion
    figures: Figures
    is_current: bool
    reviews: Sequence[ItemReview]

    @property
    def advice(self) -> tuple[Advice, ...]:
        return advice(self.figures)

    @property
    def has_enough(self) -> bool:
        return self.figures.n >= MINIMUM_ANSWERS

    @cached_property
    def options(self) -> list[OptionLine]:
        texts = {option.pk: option.text for option in self.version.asked.options}
        return [
            OptionLine(texts[use.option], use.is_right, use.count, self.figures.n)
            for use in self.figures.uses
        ]

    @property
    def open_review(self) -> ItemReview | None:
        return next((review for review in self.reviews if review.is_open), None)


def items_of(questions: Iterable[Question]) -> dict[int, Item]:
    """By question, which comes with its options; three queries."""
    current = current_versions(questions)
    found = figures_by_version({question.module_id for question in questions})
    return {
        question.pk: Item(version, found.get(version, Figures(0)))
        if (version := current.get(question.pk))
        else Item()
        for question in questions
    }


def current_versions(questions: Iterable[Question]) -> dict[int, int]:
    """Which version each question is in today; none that nobody was asked yet. One query."""
    prints = {question.pk: fingerprint(question.asked_now().asked_json) for question in questions}
    versions = QuestionVersion.objects.filter(question__in=list(prints))
    return {
        question: version
        for version, question, its in versions.values_list("pk", "question_id", "fingerprint")
        if prints[question] == its
    }


def versions_of(question: Question) -> list[VersionFigures]:
    """All versions of a question, the newest first; five queries."""
    current = current_versions([question]).get(question.pk)
    found = figures_by_version({question.module_id})
    versions = question.versions.prefetch_related("reviews").order_by("-number")
    return [
        VersionFigures(
            version,
            found[version.pk],
            version.pk == current,
            sorted(version.reviews.all(), key=lambda review: review.pk, reverse=True),
        )
        for version in versions
    ]


def to_review(questions: Iterable[Question]) -> dict[int, Figures]:
    """Present versions of live questions that figures speak against, and nobody vouches for.

    Who keeps a question vouches for it until twice as many people have answered. Of twenty answers
    to a sound question every tenth set or so disagrees with the rest by mere chance, of forty every
    twentieth: so she is asked again seldom, and less and less, while a wrong key comes back.
    Four queries.
    """
    live = [question for question in questions if question.live and not question.contrasts_id]
    suspects = {
        item.version: item.figures
        for item in items_of(live).values()
        if item.version and item.figures.is_suspect
    }
    settled = _settled(suspects)
    return {
        version: found for version, found in suspects.items() if found.n >= settled.get(version, 0)
    }


@dataclass(frozen=True, slots=True)
class Look:
    """A question that somebody should look at; `held_since` where it waits for that."""

    question: Question
    item: Item
    held_since: datetime | None


def questions_to_look_at() -> list[Look]:
    """Those that are held back first, then the gravest, then what most people answered.

    Five queries.
    """
    questions = Question.objects.live().select_related("module").prefetch_related("options")
    reviews = ItemReview.objects.filter(closed_at=None)
    held = dict(reviews.values_list("version__question", "opened_at"))
    items = items_of(questions)
    looks = [
        Look(question, items[question.pk], held.get(question.pk))
        for question in questions
        if question.pk in held or items[question.pk].state is State.LOOK
    ]
    return sorted(looks, key=_gravity)


def _gravity(look: Look) -> tuple[bool, int, int]:
    return (
        look.held_since is None,
        list(Advice).index(look.item.advice[0]),
        -look.item.figures.n,
    )


def live_without(module_id: int) -> tuple[int, int]:
    """How many questions a module can still ask, and how many its quiz draws; two queries."""
    asked = Question.objects.live().counted().filter(module_id=module_id)
    return asked.count(), QuizSettings.load().questions_drawn


def _settled(versions: Collection[int]) -> dict[int, float]:
    """How many people have to answer before each is looked at again."""
    reviews = ItemReview.objects.filter(version__in=versions).order_by("pk")
    until: dict[int, float] = {}
    for review in reviews:
        if review.is_open:
            until[review.version_id] = inf
        elif review.decision == ItemReview.Decision.KEEP:
            until[review.version_id] = MORE_ANSWERS * review.figures["n"]
    return until
