"""All that the quizzes know of a person, for that person alone; a fixed number of queries.

**Guarantee.** The key to a question is told only where she has answered it. Of a module that is
closed to her now, days and marks are told, and none of its words.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet

from knowledge.models import ModulePage
from knowledge.models.languages import in_readers_words
from quizzes.models import Answer, Attempt, CorrectedAnswer, LateAnswer, StandingEvent
from quizzes.reports.told import given_in_words, right_in_words

NOTHING_DEALT: tuple[int, Iterator[Answer]] = (0, iter(()))


@dataclass(frozen=True, slots=True)
class PastCorrection:
    """What a correction of the question did to the mark."""

    at: datetime
    reason: str
    mark_before: float | None
    mark_after: float | None


@dataclass(frozen=True, slots=True)
class PastLate:
    """What was sent when the answer was stored already."""

    at: datetime
    given: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PastAnswer:
    """`right` is empty until the question is answered."""

    position: int
    asked: str
    given: str
    right: str
    mark: float | None
    is_void: bool
    sureness: str
    answered_at: datetime | None
    corrections: tuple[PastCorrection, ...]
    late: tuple[PastLate, ...]


@dataclass(frozen=True, slots=True)
class PastSitting:
    """`module` is empty where it is closed to her now."""

    attempt: Attempt
    module: str
    answers: tuple[PastAnswer, ...]


@dataclass(frozen=True, slots=True)
class PastEvent:
    """What moved a date."""

    at: datetime
    kind: str
    module: str
    ready_from: date | None
    ready_to: date | None
    practice_from: date | None


class History:
    """What is read once for a person, so that each of her answers costs no query of its own."""

    def __init__(self, person: AbstractBaseUser) -> None:
        self.person = person
        self.titles = titles_of(person)
        self.late = defaultdict[int, list[LateAnswer]](list)
        self.corrected = defaultdict[int, list[CorrectedAnswer]](list)
        for late in LateAnswer.objects.filter(answer__attempt__person_id=person.pk):
            self.late[late.answer_id].append(late)
        corrected = CorrectedAnswer.objects.filter(answer__attempt__person_id=person.pk)
        for one in corrected.select_related("correction").order_by("correction__at", "pk"):
            self.corrected[one.answer_id].append(one)

    @property
    def attempts(self) -> QuerySet[Attempt]:
        """The newest first."""
        return Attempt.objects.filter(person_id=self.person.pk).order_by("-started_at", "-pk")

    def sittings(self, some: Iterable[Attempt] | None = None) -> Iterator[PastSitting]:
        """The newest first: all of them, or those of a page; one after the other is read."""
        answers = Answer.objects.filter(attempt__person_id=self.person.pk)
        if some is not None:
            answers = answers.filter(attempt__in=[attempt.pk for attempt in some])
        in_order = answers.order_by("-attempt__started_at", "-attempt_id", "position")
        dealt = groupby(
            in_order.select_related("version", "question").iterator(), attrgetter("attempt_id")
        )
        pk, own = next(dealt, NOTHING_DEALT)
        for attempt in self.attempts if some is None else some:
            told = tuple(self.told(answer, attempt) for answer in own) if pk == attempt.pk else ()
            yield PastSitting(attempt, self.title(attempt), told)
            if pk == attempt.pk:
                pk, own = next(dealt, NOTHING_DEALT)

    def events(self) -> Iterator[PastEvent]:
        events = StandingEvent.objects.filter(person_id=self.person.pk).order_by("-at", "-pk")
        for event in events.iterator():
            yield PastEvent(
                at=event.at,
                kind=event.get_kind_display(),
                module=self.title(event),
                ready_from=event.ready_from,
                ready_to=event.ready_to,
                practice_from=event.practice_from,
            )

    def title(self, of: Attempt | StandingEvent) -> str:
        return self.titles.get(of.module_id, "")

    def told(self, answer: Answer, attempt: Attempt) -> PastAnswer:
        is_open = attempt.module_id in self.titles
        is_answered = answer.answered_at is not None
        asked = answer.asked
        return PastAnswer(
            position=answer.position,
            asked=asked.stem if is_open else "",
            given=given_in_words(asked, answer.response) if is_open else "",
            right=right_in_words(asked) if is_open and is_answered else "",
            mark=answer.mark,
            is_void=answer.is_void,
            sureness=answer.get_sureness_display(),
            answered_at=answer.answered_at,
            corrections=tuple(self.corrections_of(answer, is_open=is_open)),
            late=tuple(
                PastLate(late.at, given_in_words(asked, late.response) if is_open else "")
                for late in self.late[answer.pk]
            ),
        )

    def corrections_of(self, answer: Answer, *, is_open: bool) -> Iterator[PastCorrection]:
        for one in self.corrected[answer.pk]:
            reason = one.correction.reason if is_open else ""
            yield PastCorrection(one.correction.at, reason, one.mark_before, one.mark_after)


def titles_of(person: AbstractBaseUser) -> dict[int, str]:
    """The modules that she has met and may read now."""
    met = StandingEvent.objects.filter(person_id=person.pk).values("module")
    modules = list(ModulePage.objects.open_to_colleagues().filter(pk__in=met))
    in_readers_words(modules)
    return {module.pk: module.title for module in modules}
