"""A history played again: what an answer that counts differently does, and what it doesn't."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from quizzes.memory import Dates, MemoryRules, Sureness
from quizzes.replaying import (
    History,
    Kind,
    Played,
    Proof,
    Turn,
    corrected,
    play,
    settled,
    takes_a_mark,
)

FIRST = date(2026, 3, 2)
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
NOBODY = Proof()
marks = st.sampled_from([0, 0, 0.5, 1, 1, 1, 1, 1])


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Up to six sittings of a few questions each, some on the same day."""
    gaps = draw(st.lists(st.integers(0, 40), min_size=1, max_size=6))
    day, sittings = FIRST, list[Played]()
    for place, gap in enumerate(gaps):
        day += timedelta(days=gap)
        kind = draw(st.sampled_from([Kind.QUIZ, Kind.QUIZ, Kind.PRACTICE, Kind.CHECK, Kind.TRY]))
        asked = draw(st.lists(st.integers(1, 7), min_size=1, max_size=6, unique=True))
        turns = [draw(turn_on(day, place * 10 + spot, asked[spot])) for spot in range(len(asked))]
        at = turns[0].at
        sittings.append(Played(key=place, kind=kind, turns=tuple(turns), at=at, on=day))
    valid_days = draw(st.sampled_from([None, None, None, 90]))
    return History(tuple(sittings), MemoryRules(), valid_days)


@st.composite
def turn_on(draw: st.DrawFn, day: date, key: int, question: int) -> Turn:
    return Turn(
        key=key,
        question=question,
        mark=draw(marks),
        sureness=draw(st.sampled_from(Sureness)),
        at=datetime.combine(day, time(9), UTC),
        on=day,
        must_know=question == 1,
        is_remembered=question != 2,
    )


def corrections(history: History) -> st.SearchStrategy[dict[int, float | None]]:
    keys = [turn.key for sitting in history.sittings for turn in sitting.turns]
    return st.dictionaries(st.sampled_from(keys), st.sampled_from([None, 0, 0.5, 1]))


def put_right(history: History, by: dict[int, float | None], *, keeps: bool) -> Proof:
    was = play(history)
    now = play(corrected(history, by, at=NOW, on=NOW.date()))
    return settled(was.proof, was.proof, now.proof, keeps=keeps)


def takes_nothing(history: History, by: dict[int, float | None]) -> bool:
    return not takes_a_mark(history, by)


def until(proof: Proof) -> date:
    return proof.dates.ready_until if proof.dates else date.min


@given(history=histories())
def test_nothing_moves_where_nothing_counts_differently(history: History) -> None:
    turns = [turn for sitting in history.sittings for turn in sitting.turns]
    by: dict[int, float | None] = {turn.key: turn.mark for turn in turns}

    assert put_right(history, by, keeps=False) == play(history).proof


@given(data=st.data(), history=histories())
def test_what_takes_no_mark_from_a_person_takes_no_date_from_her(
    data: st.DataObject, history: History
) -> None:
    by = data.draw(corrections(history))

    after = put_right(history, by, keeps=takes_nothing(history, by))

    assert not takes_nothing(history, by) or until(after) >= until(play(history).proof)


@given(data=st.data(), history=histories())
def test_who_keeps_her_date_never_loses_a_day(data: st.DataObject, history: History) -> None:
    by = data.draw(corrections(history))

    assert until(put_right(history, by, keeps=True)) >= until(play(history).proof)


@given(data=st.data(), history=histories())
def test_who_keeps_nothing_stands_where_the_history_would_have_brought_her(
    data: st.DataObject, history: History
) -> None:
    by = data.draw(corrections(history))
    now = play(corrected(history, by, at=NOW, on=NOW.date()))

    assert until(put_right(history, by, keeps=False)) == until(now.proof)


@given(data=st.data(), history=histories())
def test_a_turn_taken_out_leaves_no_trace(data: st.DataObject, history: History) -> None:
    turns = [turn for sitting in history.sittings for turn in sitting.turns]
    faulty = data.draw(st.sampled_from(turns)).question
    by = {turn.key: None for turn in turns if turn.question == faulty}

    without = replace(
        history,
        sittings=tuple(
            replace(sitting, turns=tuple(one for one in sitting.turns if one.question != faulty))
            for sitting in history.sittings
        ),
    )

    assert play(corrected(history, by, at=NOW, on=NOW.date())) == play(without)


def on(day: date) -> Proof:
    return Proof(Dates(day, day), FIRST)


MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)


def test_a_gain_never_becomes_a_loss_by_settings_of_today() -> None:
    assert settled(on(JULY), on(MAY), on(JUNE), keeps=False) == on(JULY)


def test_a_loss_never_becomes_a_gain_by_settings_of_today() -> None:
    assert settled(on(MAY), on(JULY), on(JUNE), keeps=False) == on(MAY)


def test_a_date_that_comes_out_the_same_stays_as_it_is_stored() -> None:
    assert settled(on(MAY), on(JUNE), on(JUNE), keeps=False) == on(MAY)


def test_a_pass_that_is_lost_leaves_no_date() -> None:
    assert settled(on(JUNE), on(JUNE), NOBODY, keeps=False) == NOBODY


def test_an_open_sitting_with_nothing_left_to_answer_is_over() -> None:
    faulty = Turn(key=1, question=1)
    answered = Turn(key=2, question=2, mark=1, at=NOW, on=NOW.date())
    history = History(
        (Played(key=1, kind=Kind.QUIZ, turns=(faulty, answered)),), MemoryRules(), None
    )

    after = corrected(history, {1: None}, at=NOW, on=NOW.date())

    assert play(history).verdicts == {}
    assert play(after).verdicts == {1: True}


def test_practice_counts_only_what_was_not_asked_before_on_the_day() -> None:
    def turns(mark: float) -> tuple[Turn, ...]:
        return tuple(
            Turn(
                key=key, question=key, mark=mark, sureness=Sureness.GUESSING, at=NOW, on=NOW.date()
            )
            for key in range(3)
        )

    quiz = Played(key=1, kind=Kind.QUIZ, turns=turns(1), at=NOW, on=NOW.date())
    cramming = Played(key=2, kind=Kind.PRACTICE, turns=turns(0), at=NOW, on=NOW.date())

    crammed = play(History((quiz, cramming), MemoryRules()))

    assert crammed.proof == play(History((quiz,), MemoryRules())).proof
