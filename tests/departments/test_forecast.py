"""The forecast against the rule of readiness itself, told day by day."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from departments.forecast import DAYS, Forecast, Prospect, forecast, state_ahead
from departments.pace import FEWEST_OCCASIONS, Rate, pace
from departments.readiness import ChangeEvent, Event, Need, Period, Proof, Tally, tally
from quizzes.checking import Step

TODAY = date(2026, 11, 20)
MEMBER = Need(membership=Period())
GOES_LIVE = TODAY + timedelta(days=10)
VERSION_4 = ChangeEvent(GOES_LIVE, Step(4, GOES_LIVE + timedelta(days=7)), version=4)
ALWAYS = Rate(20, 20)


def after(days: int) -> date:
    return TODAY + timedelta(days=days)


def ready_for(days: int) -> Prospect:
    """Somebody who is ready for so many days, today not counted."""
    return Prospect((MEMBER,), Proof(started=True, ready_until=after(days), version=3))


def foretold(*prospects: Prospect, changes: tuple[ChangeEvent, ...] = (), rate: Rate) -> Forecast:
    return forecast(prospects, changes, on=TODAY, rate=rate)


days_near = st.integers(-60, DAYS + 20)
dates_near = days_near.map(after)


@st.composite
def periods(draw: st.DrawFn) -> Period:
    first, last = sorted(draw(st.tuples(days_near, days_near)))
    is_open = draw(st.booleans())
    return Period(after(first), None if is_open else after(last))


@st.composite
def needs(draw: st.DrawFn) -> tuple[Need, ...]:
    """One or two stretches one after the other."""
    cut = draw(days_near)
    first = Need(
        membership=Period(None, after(cut)),
        leave=draw(st.none() | periods()),
        exempt=draw(st.none() | periods()),
        joiner_until=draw(st.none() | dates_near),
    )
    later = replace(first, membership=Period(after(cut + draw(st.integers(1, 9))), None))
    return draw(st.sampled_from([(first,), (later,), (first, later)]))


@st.composite
def proofs(draw: st.DrawFn) -> Proof:
    own, cap = sorted(draw(st.tuples(days_near, days_near)), reverse=True)
    plain = Proof(started=True, ready_until=after(own), practice_from=after(own - 20), version=3)
    waiting = replace(
        plain,
        ready_until=after(cap),
        own_ready_until=after(own),
        own_practice_from=after(own - 20),
        unchecked=3,
    )
    return draw(st.sampled_from([Proof(), Proof(started=True), plain, waiting]))


@st.composite
def scheduled(draw: st.DrawFn) -> tuple[ChangeEvent, ...]:
    lives = sorted(draw(st.lists(st.integers(0, DAYS), max_size=3)))
    return tuple(
        ChangeEvent(
            after(live),
            Step(
                10 + number,
                after(live + draw(st.integers(0, 30))),
                asks=draw(st.booleans()),
                lifts=draw(st.sampled_from([frozenset(), frozenset({3}), frozenset({9 + number})])),
            ),
        )
        for number, live in enumerate(lives)
    )


@given(people=st.lists(st.builds(Prospect, needs(), proofs()), max_size=8), changes=scheduled())
def test_the_lower_edge_is_the_rule_of_readiness_day_by_day(
    people: list[Prospect], changes: tuple[ChangeEvent, ...]
) -> None:
    found = foretold(*people, changes=changes, rate=ALWAYS)
    for day in map(after, range(DAYS + 1)):
        states = (state_ahead(day, person, changes) for person in people)
        assert found.at(day).tally == tally(one.state for one in states if one)


@given(
    people=st.lists(st.builds(Prospect, needs(), proofs()), max_size=8),
    changes=scheduled(),
    answered=st.integers(0, 20),
)
def test_the_upper_edge_lies_between_the_lower_one_and_all_who_are_needed(
    people: list[Prospect], changes: tuple[ChangeEvent, ...], answered: int
) -> None:
    found = foretold(*people, changes=changes, rate=Rate(answered, 20))
    assert all(step.least <= step.most <= step.tally.needed for step in found.steps)
    assert found.today.least == found.today.most


def test_a_scheduled_change_is_a_cliff_after_its_grace() -> None:
    care = [ready_for(100)] * 12
    waits = Proof(
        started=True,
        ready_until=after(-30),
        practice_from=after(-30),
        own_ready_until=after(60),
        unchecked=3,
    )
    found = foretold(*care, Prospect((MEMBER,), waits), changes=(VERSION_4,), rate=Rate(21, 25))

    assert found.reached == 13
    assert found.at(after(9)).tally == Tally(12, 13, 0)
    assert found.at(after(17)).tally == Tally(12, 13, 0, previous=12)
    assert found.at(after(17)).most == 12
    assert found.cliff == found.at(after(18))
    assert (found.at(after(18)).least, found.at(after(18)).most) == (0, 11)


def test_who_has_lapsed_before_today_is_not_expected_back() -> None:
    found = foretold(ready_for(-1), ready_for(3), rate=ALWAYS)

    assert (found.at(after(4)).least, found.at(after(4)).most) == (0, 1)


def test_the_figures_are_whole_people_and_half_a_person_counts_for_the_team() -> None:
    assert Rate(5, 10).of(5) == 3
    assert Rate(84, 100).of(13) == 11


def test_a_handful_of_occasions_is_no_pace() -> None:
    few = Rate(0, FEWEST_OCCASIONS - 1)
    assert not few.is_known
    assert foretold(ready_for(3), rate=few).at(after(4)).most == 1


def event(on: int, until: int) -> Event:
    return Event(after(on), ready_until=after(until), practice_from=after(until - 5), version=3)


@pytest.mark.parametrize(
    ("log", "expected"),
    [
        # practised before the date, on it, after it, and not at all
        ([event(-50, -20), event(-25, 40)], Rate(1, 1)),
        ([event(-50, -20), event(-20, 40)], Rate(1, 1)),
        ([event(-50, -20), event(-19, 40)], Rate(0, 1)),
        ([event(-50, -20)], Rate(0, 1)),
        # long ago, and not over yet
        ([event(-90, -57), event(-58, 40)], Rate(0, 0)),
        ([event(-90, -56), event(-57, 40)], Rate(1, 1)),
        ([event(-5, 0)], Rate(0, 0)),
        # a date that was moved into the past is no occasion; one that ended in time is answered
        ([event(-50, -20), event(-30, -31)], Rate(0, 1)),
        ([event(-50, -20), event(-30, -10), event(-11, 9)], Rate(2, 2)),
    ],
)
def test_an_occasion_is_a_last_ready_day_and_answered_by_a_later_one(
    log: list[Event], expected: Rate
) -> None:
    assert pace([((MEMBER,), log)], on=TODAY) == expected


def test_a_change_gives_an_occasion_to_check_it() -> None:
    change = ChangeEvent(after(-37), Step(3, after(-30)), version=3)
    proved = Event(after(-60), ready_until=after(40), practice_from=after(10), version=2)
    checked = Event(after(-33), ready_until=after(40), practice_from=after(10), version=3)

    assert pace([((MEMBER,), [proved, change])], on=TODAY) == Rate(0, 1)
    assert pace([((MEMBER,), [proved, change, checked])], on=TODAY) == Rate(1, 1)


def test_nobody_has_an_occasion_while_she_is_not_counted() -> None:
    away = Need(membership=Period(), leave=Period(after(-25), after(-15)))
    log = [event(-50, -20)]

    assert pace([((away,), log), ((MEMBER,), log)], on=TODAY) == Rate(0, 1)


def test_a_rate_is_a_share_of_occasions() -> None:
    assert Rate(21, 25).share == Fraction(21, 25)
