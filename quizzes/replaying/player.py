"""Plays a history."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from quizzes import memory
from quizzes.memory import Dates, Mark, MemoryRules, Trace
from quizzes.replaying.histories import History, Kind, Outcome, Played, Proof, Turn

# A quiz can wait, but a pass must vouch for what is known now.
ANSWERS_COUNT_FOR = timedelta(days=14)


def play(history: History) -> Outcome:
    player = _Player(history.rules, history.valid_days)
    for sitting, turn in _in_order(history.sittings):
        if turn is None:
            player.end(sitting)
        else:
            player.answer(sitting, turn)
    return Outcome(
        Proof(player.dates, player.passed_on), player.traces, player.verdicts, player.vouched
    )


def _in_order(sittings: Collection[Played]) -> Iterator[tuple[Played, Turn | None]]:
    """Every answer that counts and, without a turn, the end of every sitting."""
    steps = [
        *(
            (turn.at, sitting.key, False, place, sitting, turn)
            for sitting in sittings
            for place, turn in enumerate(sitting.turns)
            if turn.at is not None and not turn.is_void
        ),
        *(
            (sitting.at, sitting.key, True, 0, sitting, None)
            for sitting in sittings
            if sitting.at is not None
        ),
    ]
    for *_order, sitting, turn in sorted(steps, key=lambda step: step[:4]):
        yield sitting, turn


@dataclass(slots=True)
class _Player:
    rules: MemoryRules
    valid_days: int | None
    dates: Dates | None = None
    passed_on: date | None = None
    vouched: int | None = None
    traces: dict[int, Trace] = field(default_factory=dict)
    verdicts: dict[int, bool | None] = field(default_factory=dict)
    _uncounted: set[int] = field(default_factory=set)
    _asked_on: dict[tuple[date, int], set[int]] = field(default_factory=dict)

    def answer(self, sitting: Played, turn: Turn) -> None:
        if turn.on is None:
            return
        self._asked_on.setdefault((turn.on, turn.question), set()).add(sitting.key)
        if not _feeds_memory(sitting.kind, turn):
            return
        if not turn.is_counted:
            self._uncounted.add(turn.question)
        self.traces[turn.question] = memory.review(
            self.traces.get(turn.question),
            right=turn.is_right,
            sureness=turn.sureness,
            on=turn.on,
            must_know=turn.must_know,
        )

    def end(self, sitting: Played) -> None:
        if sitting.on is None:
            return
        if sitting.kind is Kind.QUIZ:
            self._examine(sitting, sitting.on)
        elif sitting.kind is Kind.PRACTICE:
            self._practise(sitting, sitting.on)
        else:
            self._look_at(sitting)

    def _examine(self, sitting: Played, day: date) -> None:
        is_passed = memory.is_pass(_marks(sitting), self.rules)
        self.verdicts[sitting.key] = is_passed
        if is_passed:
            self.dates = memory.dates_after_pass(
                self._counted,
                on=day,
                rules=self.rules,
                earlier=self.dates,
                passed_on=self.passed_on,
                valid_days=self.valid_days,
            )
            self.passed_on, self.vouched = day, sitting.key
        elif self.dates:
            self.dates = memory.dates_after_not_yet(
                self._counted,
                on=day,
                rules=self.rules,
                earlier=self.dates,
                valid_days=self.valid_days,
            )

    def _practise(self, sitting: Played, day: date) -> None:
        self.verdicts[sitting.key] = None
        if self.dates is None:
            return
        first = [turn for turn in _answered(sitting) if self._is_first(sitting, turn, day)]
        self.dates = memory.dates_after_practice(
            self._counted,
            on=day,
            rules=self.rules,
            earlier=self.dates,
            right=sum(turn.is_right for turn in first),
            answered=len(first),
            valid_days=self.valid_days,
        )

    def _look_at(self, sitting: Played) -> None:
        is_passed = all(turn.is_right for turn in sitting.turns if not turn.is_void)
        self.verdicts[sitting.key] = is_passed
        if is_passed and sitting.kind is Kind.CHECK and self.dates:
            self.vouched = sitting.key

    @property
    def _counted(self) -> list[Trace]:
        return [trace for key, trace in self.traces.items() if key not in self._uncounted]

    def _is_first(self, sitting: Played, turn: Turn, day: date) -> bool:
        return self._asked_on.get((day, turn.question), set()) <= {sitting.key}


def _feeds_memory(kind: Kind, turn: Turn) -> bool:
    """Trying first is never held against anybody, and a check only shows that it was read."""
    if turn.mark is None or not turn.is_remembered or kind is Kind.CHECK:
        return False
    return turn.is_right or kind is not Kind.TRY


def _answered(sitting: Played) -> list[Turn]:
    return [turn for turn in sitting.turns if turn.mark is not None and not turn.is_void]


def _marks(sitting: Played) -> list[Mark]:
    return [
        Mark(turn.mark if _still_counts(sitting, turn) else None, turn.must_know)
        for turn in sitting.turns
        if not turn.is_void
    ]


def _still_counts(sitting: Played, turn: Turn) -> bool:
    if sitting.at is None or turn.at is None:
        return False
    return sitting.at - turn.at <= ANSWERS_COUNT_FOR
