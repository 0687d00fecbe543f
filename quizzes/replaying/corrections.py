"""A history in which some answers count differently."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from quizzes.replaying.histories import History, Played, Turn


def corrected(
    history: History, marks: Mapping[int, float | None], *, at: datetime, on: date
) -> History:
    """The same history by other marks, by the keys of the turns; `None` takes a turn out.

    An open sitting in which that leaves nothing to answer is over.
    """
    return replace(
        history,
        sittings=tuple(_corrected(sitting, marks, at, on) for sitting in history.sittings),
    )


def takes_a_mark(history: History, marks: Mapping[int, float | None]) -> bool:
    """Whether somebody is worse off by one of these marks."""
    turns = {turn.key: turn for sitting in history.sittings for turn in sitting.turns}
    return any((mark or 0) < (turns[key].mark or 0) for key, mark in marks.items())


def _corrected(
    sitting: Played, marks: Mapping[int, float | None], at: datetime, on: date
) -> Played:
    if all(turn.key not in marks for turn in sitting.turns):
        return sitting
    turns = tuple(
        _marked(turn, marks[turn.key]) if turn.key in marks else turn for turn in sitting.turns
    )
    is_open = sitting.at is None and (sitting.closes_at is None or at <= sitting.closes_at)
    if is_open and all(turn.is_settled for turn in turns):
        return replace(sitting, turns=turns, at=at, on=on)
    return replace(sitting, turns=turns)


def _marked(turn: Turn, mark: float | None) -> Turn:
    return replace(turn, is_void=True) if mark is None else replace(turn, mark=mark)
