"""A sitting and its questions, as the person sees them."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from django.contrib.auth.models import AbstractBaseUser

from knowledge.models import ModulePage
from knowledge.models.languages import in_readers_words
from quizzes import memory
from quizzes.asking import AskedOption
from quizzes.models import Answer, Attempt


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
    def counted(self) -> tuple[Answer, ...]:
        """Without what a correction has taken out."""
        return tuple(answer for answer in self.answers if not answer.is_void)

    @property
    def right(self) -> int:
        return sum(answer.is_right is True for answer in self.counted)

    @property
    def points(self) -> Fraction:
        """The sum of the marks: two halves are one."""
        return memory.total(memory.Mark(answer.mark) for answer in self.counted)

    @property
    def answered(self) -> int:
        return sum(answer.answered_at is not None for answer in self.answers)

    @property
    def next_open(self) -> int | None:
        """The position at which to go on; `None` when everything is answered."""
        return next((answer.position for answer in self.answers if answer.is_right is None), None)

    def answer_at(self, position: int) -> Answer | None:
        return next((answer for answer in self.answers if answer.position == position), None)


def running_attempt(person: AbstractBaseUser, module_slugs: Iterable[str]) -> Attempt | None:
    """The sitting with one of these modules that waits to be gone on with, the newest first."""
    attempts = Attempt.objects.open().filter(
        person_id=person.pk, module__slug__in=list(module_slugs)
    )
    return attempts.select_related("module").order_by("-started_at").first()


def newest_sitting(
    person: AbstractBaseUser, module_slug: str, kind: str, *, is_finished: bool = False
) -> Sitting | None:
    """The person's newest sitting with a module, open or finished; two queries."""
    modules = ModulePage.objects.open_to_colleagues().filter(slug=module_slug)
    attempts = Attempt.objects.filter(
        person_id=person.pk, module__in=modules, kind=kind
    ).select_related("module__brief")
    if is_finished:
        attempts = attempts.exclude(finished_at=None)
    attempt = attempts.order_by("-started_at", "-pk").first()
    if attempt is None:
        return None
    in_readers_words([attempt.module])
    return sitting_of(attempt)


def sitting_of(attempt: Attempt) -> Sitting:
    answers = list(attempt.answers.select_related("question", "version"))
    for answer in answers:
        answer.attempt = attempt
    return Sitting(attempt, tuple(answers))


def options_as_shown(answer: Answer) -> dict[int, AskedOption]:
    """The options that were dealt, by the number under which this person saw them first.

    They are those of the question as it was when she was asked, whatever became of it since.
    """
    options = {option.pk: option for option in answer.asked.options}
    return {
        number: options[pk]
        for number, pk in enumerate(answer.option_order, start=1)
        if pk in options
    }


def shown_options(answer: Answer) -> list[ShownOption]:
    """The options with the key, for the screen after the answer."""
    chosen = answer.response if isinstance(answer.response, list) else []
    return [
        ShownOption(option.text, option.feedback, option.is_right, option.pk in chosen)
        for option in options_as_shown(answer).values()
    ]


def right_order(answer: Answer) -> list[str]:
    return [option.text for option in answer.asked.options]
