"""One person and one module: her sittings played again, with and without the fault."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from knowledge.models import ModulePage
from quizzes import replaying
from quizzes.checking import Held, after_all
from quizzes.memory import Dates, MemoryRules, Trace
from quizzes.models import Answer, Attempt, ItemReview, ModuleChange, QuizSettings, Standing
from quizzes.replaying import History, Proof
from quizzes.reports.checks import changes_of, missed_since, newer_than
from quizzes.reports.histories import history_of
from quizzes.reports.remedies import Consequence, Remedy


class World:
    """What is the same for everybody; four queries, and one for each module."""

    def __init__(self, remedy: Remedy) -> None:
        self.remedy = remedy
        self.rules: MemoryRules = QuizSettings.load().rules
        modules = remedy.answers.order_by().values_list("attempt__module", flat=True).distinct()
        self.modules = ModulePage.objects.in_bulk(list(modules))
        reviews = ItemReview.objects.filter(closed_at=None)
        self.held_back = set(reviews.values_list("version__question", flat=True))
        self._changes: dict[int, list[ModuleChange]] = {}

    def changes_of(self, module: ModulePage) -> list[ModuleChange]:
        if module.pk not in self._changes:
            self._changes[module.pk] = changes_of(module)
        return self._changes[module.pk]

    def counts(self, answer: Answer) -> bool:
        """Whether dates rest on the question.

        They rested on the faulty one when it was asked, though it may be retired or held back now.
        """
        question = answer.question
        if question.pk == self.remedy.version.question_id:
            return True
        is_asked = question.live and question.contrasts_id is None
        is_own = question.module_id == answer.attempt.module_id
        return is_asked and is_own and question.pk not in self.held_back


class Case:
    """One person and one module."""

    def __init__(
        self,
        world: World,
        standing: Standing,
        attempts: Sequence[Attempt],
        drawn: Mapping[int, Sequence[Answer]],
        *,
        is_whole: bool = True,
    ) -> None:
        """`is_whole`: none of her sittings has been deleted since she began."""
        self.world, self.standing, self.is_whole = world, standing, is_whole
        self.attempts = {attempt.pk: attempt for attempt in attempts}
        self.drawn = {pk: drawn.get(pk, ()) for pk in self.attempts}

    def consequence(self) -> Consequence | None:
        remedy = self.world.remedy
        marks = remedy.marks(self.faulty)
        if not marks:
            return None
        history = self.history()
        self.keeps = remedy.keeps_dates or not replaying.takes_a_mark(history, marks)
        self.now = replaying.play(replaying.corrected(history, marks, at=remedy.at, on=remedy.day))
        # Half a history tells no dates: whoever has forgotten sittings keeps what she has.
        self.was = replaying.play(history) if self.is_whole else self.now
        return self._told(marks)

    def _told(self, marks: Mapping[int, float | None]) -> Consequence:
        proof, held = self.proof, self.held
        touched = tuple(answer for answer in self.faulty if answer.pk in marks)
        quiz = self.last_quiz(touched)
        before = quiz.is_passed if quiz else None
        attempts = tuple(self.settle_attempts())
        is_told = (
            bool(attempts)
            or any(answer.attempt.finished_at for answer in touched)
            or (held.dates.ready_until if held else None) != self.standing.ready_until
        )
        return Consequence(
            standing=self.standing,
            answers=touched,
            marks=marks,
            attempts=attempts,
            traces=self.traces,
            held=held,
            passed_on=proof.passed_on,
            version=self.version,
            is_passed_before=before,
            is_passed_after=quiz.is_passed if quiz else None,
            is_told=is_told,
        )

    @property
    def faulty(self) -> list[Answer]:
        version = self.world.remedy.version
        every = (answer for answers in self.drawn.values() for answer in answers)
        return [one for one in every if one.version_id == version.pk and not one.is_void]

    def history(self) -> History:
        world = self.world
        return history_of(
            self.standing,
            self.attempts.values(),
            self.drawn,
            rules=world.rules,
            counts=world.counts,
        )

    @property
    def proof(self) -> Proof:
        stored = Proof(self.standing.own_dates, self.standing.passed_on)
        return replaying.settled(stored, self.was.proof, self.now.proof, keeps=self.keeps)

    @property
    def vouching(self) -> Attempt | None:
        """The sitting that vouches for her from now on, where it isn't the one that did."""
        was, now = self.was.vouched, self.now.vouched
        if now is None or now == was:
            return None
        is_newer = was is None or now > was
        if is_newer and self.standing.own_dates and not self.standing.is_unchecked:
            return None
        return self.attempts[now] if is_newer or not self.keeps else None

    @property
    def version(self) -> int | None:
        if self.proof.dates is None:
            return None
        return self.vouching.version if self.vouching else self.standing.version

    @property
    def held(self) -> Held | None:
        """What holds: changes that wait go on waiting, unless a pass or a check is hers now."""
        own = self.proof.dates
        if own is None:
            return None
        changes = self.world.changes_of(self.standing.module)
        if self.vouching:
            newer = newer_than(self.vouching, changes)
            return after_all(own, [change.step for change in newer])
        return _held_still(self.standing, own, changes)

    @property
    def traces(self) -> dict[int, Trace | None]:
        was, now = self.was.traces, self.now.traces
        keys = was.keys() | now.keys()
        return {key: now.get(key) for key in keys if was.get(key) != now.get(key)}

    def settle_attempts(self) -> Iterator[Attempt]:
        for pk, verdict in self.now.verdicts.items():
            attempt = self.attempts[pk]
            is_lost = verdict is False and self.keeps
            if attempt.finished_at is None:
                attempt.finished_at, attempt.is_passed = self.world.remedy.at, verdict
                yield attempt
            elif verdict not in {self.was.verdicts.get(pk), attempt.is_passed} and not is_lost:
                attempt.is_passed = verdict
                yield attempt

    def last_quiz(self, touched: Iterable[Answer]) -> Attempt | None:
        sat = {answer.attempt_id for answer in touched}
        quizzes = [
            pk
            for pk in sat & self.now.verdicts.keys()
            if self.attempts[pk].kind == Attempt.Kind.QUIZ
        ]
        return self.attempts[max(quizzes)] if quizzes else None


def _held_still(standing: Standing, own: Dates, changes: Sequence[ModuleChange]) -> Held:
    if not standing.is_unchecked:
        return Held(own)
    missed = missed_since(changes, standing.unchecked_id)
    return Held(own, min(change.until for change in missed), standing.unchecked_id)
