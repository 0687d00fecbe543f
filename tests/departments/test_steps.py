"""Steps are the rule of readiness, asked only on the days on which something changes."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from departments.hiding import ITSELF, shown_parts
from departments.readiness import Need, Period, Proof, state_on, tally
from departments.steps import (
    added,
    figures_on,
    from_stored,
    holds_until,
    kept_at_most,
    steps_of,
    to_stored,
)
from departments.suppression import MINIMUM_GROUP

FIRST = date(2026, 11, 20)
A_DAY = timedelta(days=1)
DAYS = [FIRST + number * A_DAY for number in range(-3, 33)]

days = st.sampled_from(DAYS)
some_days = st.none() | days
periods = st.builds(lambda one, other: Period(*sorted((one, other))), days, days) | st.builds(
    Period, some_days
)
needs = st.builds(
    Need,
    membership=periods,
    leave=st.none() | periods,
    exempt=st.none() | periods,
    joiner_until=some_days,
)
proofs = st.builds(
    Proof,
    started=st.booleans(),
    ready_until=some_days,
    practice_from=some_days,
    own_ready_until=some_days,
    unchecked=st.none() | st.just(1),
)
people = st.lists(st.tuples(needs, proofs), max_size=5)


@given(people)
def test_the_steps_of_people_are_their_states_day_by_day(group: list[tuple[Need, Proof]]) -> None:
    steps = added(((steps_of(need, proof, FIRST), 1) for need, proof in group), FIRST)

    for day in (day for day in DAYS if day >= FIRST):
        found = (state_on(day, need, proof) for need, proof in group)
        assert figures_on(steps, day).tally == tally(each.state for each in found if each), day


@given(people)
def test_figures_hold_until_the_day_before_the_next_ones(group: list[tuple[Need, Proof]]) -> None:
    steps = added(((steps_of(need, proof, FIRST), 1) for need, proof in group), FIRST)

    assert from_stored(to_stored(steps)) == steps
    for day in (day for day in DAYS if day >= FIRST):
        last = holds_until(steps, day)
        assert figures_on(steps, min(last, DAYS[-1])) == figures_on(steps, day)
        if last < DAYS[-1]:
            assert figures_on(steps, last + A_DAY) != figures_on(steps, day)


@given(people)
def test_who_keeps_her_dates_is_never_fewer_nor_more_than_are_needed(
    group: list[tuple[Need, Proof]],
) -> None:
    steps = added(((steps_of(need, proof, FIRST), 1) for need, proof in group), FIRST)

    for day, kept in kept_at_most(steps):
        figures = figures_on(steps, day)
        assert figures.ready <= kept <= figures.needed


sizes = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 14), max_size=7)


@given(sizes, st.integers(0, 9))
def test_no_head_works_out_a_hidden_part_of_one_to_four_people(
    parts: dict[str, int], direct: int
) -> None:
    groups = {**parts, ITSELF: direct}
    shown = shown_parts(groups)

    hidden = {key: size for key, size in groups.items() if size and key not in shown}
    left = sum(hidden.values())
    assert all(groups[key] >= MINIMUM_GROUP for key in shown)
    # Total minus what is shown; and, where anything is left to be shown, minus a head's own.
    assert not shown or left == 0 or left >= MINIMUM_GROUP
    for key in hidden.keys() - {ITSELF}:
        assert not shown or not 0 < left - hidden[key] < MINIMUM_GROUP
