"""A sitting and its questions, as the person sees them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet

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
    def points(self) -> float:
        """The sum of the marks, as a pass counts them: two halves are one."""
        return float(memory.total(memory.Mark(answer.mark) for answer in self.counted))

    @property
    def most(self) -> int:
        """The points of somebody who knows it all."""
        return len(self.counted)

    @property
    def answered(self) -> int:
        return sum(answer.answered_at is not None for answer in self.answers)

    @property
    def next_open(self) -> int | None:
        """The position at which to go on; `None` when everything is answered."""
        return next((answer.position for answer in self.counted if answer.is_right is None), None)

    def answer_at(self, position: int) -> Answer | None:
        return next((answer for answer in self.answers if answer.position == position), None)


def running_attempt(person: AbstractBaseUser, module_slugs: Iterable[str]) -> Attempt | None:
    """The sitting with one of these modules that waits to be gone on with, the newest first.

    Trying first is an offer, so nobody is reminded of it.
    """
    attempts = Attempt.objects.open().filter(
        person_id=person.pk, module__slug__in=list(module_slugs)
    )
    attempts = attempts.exclude(kind=Attempt.Kind.TRY)
    return attempts.select_related("module").order_by("-pk").first()


def newest_answer(
    person: AbstractBaseUser, module_slug: str, kind: str, position: int
) -> Answer | None:
    """One question of the person's newest sitting with a module; one query."""
    newest = _attempts(person, module_slug, kind).order_by("-pk").values("pk")[:1]
    answers = Answer.objects.select_related("attempt__module", "question", "version")
    answers = answers.defer("attempt__module__able_to_say", "attempt__module__intro")
    return answers.filter(attempt=newest, position=position).first()


def _attempts(person: AbstractBaseUser, module_slug: str, kind: str) -> QuerySet[Attempt]:
    modules = ModulePage.objects.open_to_colleagues().filter(slug=module_slug)
    return Attempt.objects.filter(person_id=person.pk, module__in=modules, kind=kind)


def newest_sitting(
    person: AbstractBaseUser, module_slug: str, kind: str, *, is_finished: bool = False
) -> Sitting | None:
    """The person's newest sitting with a module, open or finished; two queries."""
    attempts = _attempts(person, module_slug, kind)
    # Its brief is another long page, and only a question to look up leads there.
    attempts = attempts.select_related("module").defer("module__able_to_say", "module__intro")
    if is_finished:
        attempts = attempts.exclude(finished_at=None)
    attempt = attempts.order_by("-pk").first()
    if attempt is None:
        return None
    in_readers_words([attempt.module])
    return sitting_of(attempt)


def sitting_sent_from(newest: Attempt, pk: str) -> Sitting | None:
    """An earlier sitting of the same person, module and kind, by the number that its page sent."""
    earlier = Attempt.objects.filter(
        person_id=newest.person_id, module_id=newest.module_id, kind=newest.kind, pk=pk
    ).first()
    if earlier is None:
        return None
    earlier.module = newest.module
    return sitting_of(earlier)


def first_open(attempt: Attempt) -> int | None:
    """The position at which to go on; `None` when everything is answered. One query."""
    waiting = attempt.answers.filter(is_right=None, is_void=False).order_by("position")
    return waiting.values_list("position", flat=True).first()


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
