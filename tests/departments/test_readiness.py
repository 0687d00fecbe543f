from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from departments.readiness import (
    Event,
    Need,
    Period,
    Proof,
    Readiness,
    Reason,
    State,
    Tally,
    fold,
    state_on,
    tally,
)
from quizzes.memory import (
    Dates,
    MemoryRules,
    Sureness,
    dates_after_not_yet,
    dates_after_pass,
    dates_after_practice,
    review,
)

TODAY = date(2026, 11, 20)
MEMBER = Need(membership=Period(starts_on=date(2024, 1, 1)))


def after(days: int) -> date:
    return TODAY + timedelta(days=days)


def period(first: int, last: int | None) -> Period:
    return Period(after(first), None if last is None else after(last))


def ready_until(days: int, *, practice_from: int | None = None) -> Proof:
    return Proof(
        started=True,
        ready_until=after(days),
        practice_from=after(days if practice_from is None else practice_from),
        version=3,
    )


def state_of(proof: Proof, *, need: Need = MEMBER, day: date = TODAY) -> State | None:
    readiness = state_on(day, need, proof)
    return readiness.state if readiness else None


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (0, 0, True),
        (-1, 0, True),
        (0, 1, True),
        (1, 2, False),
        (-2, -1, False),
        (0, None, True),
        (1, None, False),
    ],
)
def test_a_period_includes_its_first_and_last_day(
    first: int, last: int | None, expected: bool
) -> None:
    assert period(first, last).contains(TODAY) is expected


@given(day=st.dates())
def test_a_period_open_at_both_ends_contains_every_day(day: date) -> None:
    assert Period().contains(day)


@pytest.mark.parametrize(
    ("proof", "expected"),
    [
        (Proof(), State.NOT_STARTED),
        (Proof(started=True), State.STARTED),
        (ready_until(10, practice_from=3), State.READY),
        (ready_until(10, practice_from=1), State.READY),
        (ready_until(10, practice_from=0), State.PRACTICE_DUE),
        (ready_until(13, practice_from=0), State.PRACTICE_DUE),
        (ready_until(14, practice_from=0), State.READY),
        (ready_until(0), State.PRACTICE_DUE),
        (ready_until(-1), State.LAPSED),
        (Proof(started=True, ready_until=TODAY), State.PRACTICE_DUE),
    ],
)
def test_the_state_follows_the_dates(proof: Proof, expected: State) -> None:
    assert state_of(proof) == expected


@given(days=st.integers(-400, 400), window=st.integers(0, 400), ahead=st.integers(-400, 400))
def test_ready_means_that_the_date_has_not_gone_by(days: int, window: int, ahead: int) -> None:
    proof = ready_until(days, practice_from=days - window)
    state = state_of(proof, day=after(ahead))
    assert state is not None
    assert state.is_ready is (days >= ahead)


@pytest.mark.parametrize("membership", [period(1, None), period(-300, -1)])
def test_somebody_who_is_not_a_member_that_day_has_no_readiness(membership: Period) -> None:
    assert state_on(TODAY, Need(membership), ready_until(10)) is None


def test_the_readiness_of_a_member_tells_her_dates() -> None:
    expected = Readiness(State.LAPSED, ready_until=after(-4), practice_from=after(-4))
    assert state_on(TODAY, MEMBER, ready_until(-4)) == expected


LEFT_OUT = [
    (Need(Period(), leave=period(-9, 30)), Reason.LEAVE, after(30), ""),
    (Need(Period(), leave=period(0, None)), Reason.LEAVE, None, ""),
    (
        Need(Period(), exempt=period(-9, 0), exempt_because="Works from the brief"),
        Reason.EXEMPT,
        TODAY,
        "Works from the brief",
    ),
    (Need(Period(), joiner_until=after(12)), Reason.JOINER, after(12), ""),
    (Need(Period(), joiner_until=TODAY), Reason.JOINER, TODAY, ""),
]


@pytest.mark.parametrize(("need", "reason", "until", "because"), LEFT_OUT)
def test_who_is_not_counted_is_told_why_and_until_when(
    need: Need, reason: Reason, until: date | None, because: str
) -> None:
    expected = Readiness(State.NOT_COUNTED, until=until, reason=reason, because=because)
    assert state_on(TODAY, need, ready_until(10)) == expected


@pytest.mark.parametrize(
    "need",
    [
        Need(Period(), leave=period(-9, -1)),
        Need(Period(), leave=period(1, 9)),
        Need(Period(), exempt=period(-9, -1)),
        Need(Period(), joiner_until=after(-1)),
    ],
)
def test_somebody_counts_again_on_the_day_after(need: Need) -> None:
    assert state_of(ready_until(10, practice_from=5), need=need) == State.READY


def test_leave_is_named_before_exemption_and_exemption_before_joining() -> None:
    both = period(-1, 1)
    on_leave = Need(Period(), leave=both, exempt=both, joiner_until=after(5))
    exempt = Need(Period(), exempt=both, joiner_until=after(5))
    reasons = [state_on(TODAY, need, Proof()) for need in (on_leave, exempt)]
    assert [readiness and readiness.reason for readiness in reasons] == [
        Reason.LEAVE,
        Reason.EXEMPT,
    ]


def test_a_tally_counts_practice_due_as_ready() -> None:
    assert tally([State.READY, State.PRACTICE_DUE]) == Tally(ready=2, needed=2, not_counted=0)


def test_a_tally_counts_every_other_state_as_needed_only() -> None:
    waiting = [State.NOT_STARTED, State.STARTED, State.LAPSED, State.CHECK_THE_CHANGE]
    assert tally(waiting) == Tally(ready=0, needed=4, not_counted=0)


def test_a_tally_of_nobody_is_zero_of_zero() -> None:
    assert tally([]) == Tally(ready=0, needed=0, not_counted=0)


proofs = st.builds(
    Proof,
    started=st.just(value=True),
    ready_until=st.none() | st.integers(-30, 30).map(after),
    practice_from=st.none() | st.integers(-30, 30).map(after),
)


@given(group=st.lists(proofs, max_size=8), exempt=proofs)
def test_an_exempt_person_leaves_both_numbers(group: list[Proof], exempt: Proof) -> None:
    states = [state for proof in group if (state := state_of(proof))]
    left_out = state_of(exempt, need=Need(Period(), exempt=period(0, 9)))
    assert left_out is not None
    alone = tally(states)
    assert tally([*states, left_out]) == Tally(alone.ready, alone.needed, not_counted=1)


events = st.lists(
    st.builds(
        Event,
        recorded_on=st.integers(-90, 90).map(after),
        ready_until=st.none() | st.integers(-90, 200).map(after),
        practice_from=st.none() | st.integers(-90, 200).map(after),
        version=st.none() | st.integers(1, 4),
    ),
    max_size=8,
)


def test_nothing_is_known_before_the_first_event() -> None:
    assert fold([Event(recorded_on=after(1), ready_until=after(9))], TODAY) == Proof()


def test_a_person_has_started_from_her_first_event_on() -> None:
    assert fold([Event(recorded_on=TODAY)], TODAY) == Proof(started=True)


def test_an_event_carries_the_whole_proof() -> None:
    event = Event(TODAY, ready_until=after(9), practice_from=after(3), version=3)
    assert fold([event], TODAY) == Proof(
        started=True, ready_until=after(9), practice_from=after(3), version=3
    )


def test_the_last_event_of_a_day_speaks_for_it() -> None:
    first = Event(recorded_on=TODAY, ready_until=after(1))
    second = Event(recorded_on=TODAY, ready_until=after(9))
    assert fold([first, second], TODAY).ready_until == after(9)


@given(log=events, known=st.integers(-60, 60).map(after))
def test_what_was_known_follows_the_day_of_recording_not_the_place_in_the_list(
    log: list[Event], known: date
) -> None:
    in_order = sorted(log, key=lambda event: event.recorded_on)
    assert fold(log, known) == fold(in_order, known)


@given(
    log=events,
    later=events,
    known=st.integers(-60, 60).map(after),
    ahead=st.integers(-30, 30),
)
def test_an_event_recorded_later_never_changes_what_was_known(
    log: list[Event], later: list[Event], known: date, ahead: int
) -> None:
    edited = [event for event in later if event.recorded_on > known]
    day = known + timedelta(days=ahead)
    before = state_on(day, MEMBER, fold(log, known))
    assert state_on(day, MEMBER, fold([*log, *edited], known)) == before


def next_dates(happening: str, day: date, earlier: Dates | None) -> Dates | None:
    is_right = happening != "not-yet"
    traces = [review(None, right=is_right, sureness=Sureness.SURE, on=day, must_know=True)] * 5
    if happening == "passed":
        return dates_after_pass(traces, on=day, rules=MemoryRules(), earlier=earlier)
    if earlier is None:
        return None
    if happening == "not-yet":
        return dates_after_not_yet(traces, on=day, rules=MemoryRules(), earlier=earlier)
    return dates_after_practice(
        traces, on=day, rules=MemoryRules(), earlier=earlier, right=5, answered=5
    )


happenings = st.lists(
    st.tuples(st.integers(0, 40), st.sampled_from(["passed", "practised", "not-yet"])), max_size=8
)


@given(history=happenings, ahead=st.integers(0, 300))
def test_readiness_from_today_on_is_the_same_from_dates_and_from_events(
    history: list[tuple[int, str]], ahead: int
) -> None:
    day, dates = TODAY, None
    standing = Proof()
    log: list[Event] = []
    for gap, happening in history:
        day += timedelta(days=gap)
        dates = next_dates(happening, day, dates)
        until, practice = (dates.ready_until, dates.practice_from) if dates else (None, None)
        standing = Proof(started=True, ready_until=until, practice_from=practice, version=3)
        log.append(Event(day, ready_until=until, practice_from=practice, version=3))
    when = day + timedelta(days=ahead)
    assert state_on(when, MEMBER, fold(log, day)) == state_on(
        when, MEMBER, standing if log else Proof()
    )
