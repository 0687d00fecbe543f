"""What is done about a faulty question, and what that does to one person."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from quizzes import scoring
from quizzes.asking import Asked, by_the_key_of
from quizzes.checking import Held
from quizzes.days import organisation_day
from quizzes.memory import Trace
from quizzes.models import Answer, Attempt, Correction, QuestionVersion, Standing


@dataclass(frozen=True)
class Remedy:
    """What is done about a version; `new_words` are its words with the right key, to re-key it."""

    version: QuestionVersion
    kind: str
    keeps_dates: bool
    at: datetime
    new_words: Mapping[str, Any] | None = None

    @property
    def is_void(self) -> bool:
        return self.kind == Correction.Kind.VOID

    @property
    def day(self) -> date:
        return organisation_day(self.at)

    @cached_property
    def asked(self) -> Asked:
        """The question with the key that is to hold."""
        asked = self.version.asked
        return by_the_key_of(asked, self.new_words) if self.new_words else asked

    @property
    def answers(self) -> QuerySet[Answer]:
        """All that it may touch: whoever was dealt the version, answered or not."""
        return Answer.objects.filter(version=self.version, is_void=False)

    def marks(self, answers: Iterable[Answer]) -> dict[int, float | None]:
        """What counts differently from now on, by answer; `None` counts nowhere."""
        if self.is_void:
            return {answer.pk: None for answer in answers}
        settled = (answer for answer in answers if answer.mark is not None)
        marks = {one.pk: (one.mark, scoring.mark(self.asked.key, one.response)) for one in settled}
        return {pk: now for pk, (was, now) in marks.items() if now != was}


@dataclass(frozen=True, slots=True)
class Consequence:
    """What becomes of one person's standing with one module, and of all that it rests on.

    `attempts` are those that end, or end differently, as they are to be stored.
    """

    standing: Standing
    answers: tuple[Answer, ...]
    marks: Mapping[int, float | None]
    attempts: tuple[Attempt, ...]
    traces: Mapping[int, Trace | None]
    held: Held | None
    passed_on: date | None
    version: int | None
    is_passed_before: bool | None
    is_passed_after: bool | None
    is_told: bool

    @property
    def ready_before(self) -> date | None:
        return self.standing.ready_until

    @property
    def ready_after(self) -> date | None:
        return self.held.dates.ready_until if self.held else None

    @property
    def is_moved(self) -> bool:
        """Whether her standing becomes another one."""
        own = self.held.own if self.held else None
        since = self.held.since if self.held else None
        before = self.standing
        return (own, self.passed_on, since) != (
            before.own_dates,
            before.passed_on,
            before.unchecked_id,
        )
