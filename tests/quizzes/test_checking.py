"""What changes do to dates: the rule by itself."""

from datetime import date, timedelta
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.changes import FactChange, FactText
from quizzes.checking import (
    Askable,
    Held,
    Missed,
    Step,
    after,
    after_all,
    practised,
    questions_of_check,
    still_changed,
)
from quizzes.memory import Dates

TODAY = date(2026, 11, 20)

days = st.integers(-200, 200).map(lambda days: TODAY + timedelta(days=days))
dates = st.builds(Dates, ready_until=days, practice_from=days)
keys = st.integers(1, 6)
steps = st.builds(
    Step, key=keys, until=days, asks=st.booleans(), lifts=st.frozensets(keys, max_size=3)
)
asking = st.builds(Step, key=keys, until=days)


def one_after_another(held: Held, changes: list[Step]) -> Held:
    return reduce(after, changes, held)


def fact(key: str, statement: str, kind: str = "condition") -> FactText:
    return FactText(key=key, title=key, kind=kind, statement=statement)


def change(key: str, kind: str = "condition") -> FactChange:
    return FactChange(was=fact(key, "old", kind), now=fact(key, "new", kind))


@given(own=dates, before=st.lists(steps), step=steps.filter(lambda step: not step.lifts))
def test_a_change_never_makes_a_date_later(own: Dates, before: list[Step], step: Step) -> None:
    held = after_all(own, before)
    later = after(held, step)
    assert later.dates.ready_until <= held.dates.ready_until
    assert later.dates.practice_from <= held.dates.practice_from


@given(own=dates, changes=st.lists(steps))
def test_no_change_gives_more_than_her_own_date(own: Dates, changes: list[Step]) -> None:
    assert after_all(own, changes).dates.ready_until <= own.ready_until


@given(own=dates, changes=st.lists(steps))
def test_checking_gives_back_exactly_her_own_dates(own: Dates, changes: list[Step]) -> None:
    held = after_all(own, changes)
    assert after_all(held.own, []).dates == own


@given(own=dates, changes=st.lists(asking), data=st.data())
def test_changes_cut_alike_in_whatever_order_they_come(
    own: Dates, changes: list[Step], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(changes))
    assert after_all(own, shuffled).dates == after_all(own, changes).dates


@given(own=dates, moved=dates, changes=st.lists(asking))
def test_practice_and_a_change_lead_to_the_same_in_either_order(
    own: Dates, moved: Dates, changes: list[Step]
) -> None:
    practised_last = practised(after_all(own, changes), moved)
    practised_first = after_all(practised(Held(own), moved).own, changes)
    assert practised_last.dates == practised_first.dates


@given(own=dates, before=st.lists(asking, min_size=1), step=steps)
def test_a_change_taken_back_gives_back_the_dates_of_whoever_waits_for_it(
    own: Dates, before: list[Step], step: Step
) -> None:
    held = after_all(own, before)
    assert held.since is not None
    lifting = Step(step.key, step.until, asks=step.asks, lifts=frozenset({held.since}))
    assert after(held, lifting) == Held(own)


def test_a_change_taken_back_asks_whoever_does_not_wait_for_it() -> None:
    own = Dates(TODAY + timedelta(days=90), TODAY + timedelta(days=30))
    until = TODAY + timedelta(days=7)
    held = after(Held(own), Step(2, until, lifts=frozenset({1})))
    assert held.since == 2
    assert held.dates.ready_until == until


def test_she_waits_since_the_first_change_that_she_missed() -> None:
    own = Dates(TODAY, TODAY)
    assert after_all(own, [Step(4, TODAY), Step(7, TODAY)]).since == 4


def test_a_change_that_only_lifts_asks_nobody() -> None:
    own = Dates(TODAY + timedelta(days=90), TODAY)
    step = Step(2, TODAY, asks=False, lifts=frozenset({1}))
    assert after(Held(own), step) == Held(own)


texts = st.sampled_from(["a", "b", "c"])


@given(versions=st.lists(st.fixed_dictionaries({"x": texts, "y": texts}), min_size=2, max_size=6))
def test_what_is_asked_is_what_differs_between_then_and_now(
    versions: list[dict[str, str]],
) -> None:
    told = [tuple(fact(key, text) for key, text in version.items()) for version in versions]
    missed = [Missed(brief=1, before=before, keys=frozenset("xy")) for before in told[:-1]]
    asked = {one.key for one in still_changed(missed, {1: told[-1]})}
    assert asked == {key for key in "xy" if versions[0][key] != versions[-1][key]}


def test_a_fact_that_the_module_does_not_ask_for_is_not_asked() -> None:
    before = (fact("x", "old"), fact("y", "old"))
    now = (fact("x", "new"), fact("y", "new"))
    missed = [Missed(brief=1, before=before, keys=frozenset("x"))]
    assert [one.key for one in still_changed(missed, {1: now})] == ["x"]


def test_a_fact_that_came_later_is_not_asked() -> None:
    missed = [Missed(brief=1, before=(fact("x", "old"),), keys=frozenset("xy"))]
    now = (fact("x", "new"), fact("y", "new"))
    assert [one.key for one in still_changed(missed, {1: now})] == ["x"]


def test_each_brief_is_compared_with_its_own_words() -> None:
    missed = [
        Missed(brief=1, before=(fact("x", "old"),), keys=frozenset("x")),
        Missed(brief=2, before=(fact("z", "old"),), keys=frozenset("z")),
    ]
    now = {1: (fact("x", "old"),), 2: (fact("z", "new"),)}
    assert [one.key for one in still_changed(missed, now)] == ["z"]


askables = st.lists(
    st.builds(
        Askable,
        id=st.integers(1, 99),
        facts=st.frozensets(st.sampled_from("xyzw"), min_size=1),
        is_contrast=st.booleans(),
        must_know=st.booleans(),
        by_heart=st.booleans(),
    ),
    unique_by=lambda one: one.id,
)


@given(askable=askables)
def test_a_check_is_short_and_asks_only_about_what_changed(askable: list[Askable]) -> None:
    by_id = {one.id: one for one in askable}
    asked = [by_id[pk] for pk in questions_of_check(askable, [change("x"), change("y")])]
    assert len(asked) <= 4
    assert len(set(asked)) == len(asked)
    assert sum(one.is_contrast for one in asked) <= 2
    assert all(one.facts & {"x", "y"} for one in asked)


@given(askable=askables)
def test_a_check_asks_wherever_there_is_a_question(askable: list[Askable]) -> None:
    has_question = any("x" in one.facts for one in askable)
    assert bool(questions_of_check(askable, [change("x")])) is has_question


@pytest.mark.parametrize(
    ("askable", "expected"),
    [
        pytest.param([(1, "x", {}), (2, "x", {"is_contrast": True})], (2, 1), id="contrast first"),
        pytest.param(
            [(1, "x", {}), (2, "x", {}), (3, "x", {}), (4, "x", {"must_know": True})],
            (4, 1, 2),
            id="must-know first",
        ),
        pytest.param(
            [(1, "x", {}), (2, "x", {}), (3, "x", {}), (4, "y", {})],
            (4, 1, 2),
            id="each fact once first",
        ),
        pytest.param(
            [(1, "x", {"by_heart": False}), (2, "x", {})], (2, 1), id="by heart before look-up"
        ),
        pytest.param(
            [(1, "x", {"is_contrast": True}), (2, "x", {"is_contrast": True})],
            (2,),
            id="the newest contrast",
        ),
        pytest.param(
            [(1, "x", {"is_contrast": True}), (2, "y", {"is_contrast": True}), (3, "x", {})],
            (2, 1, 3),
            id="the dearer fact first",
        ),
    ],
)
def test_the_questions_of_a_check_come_in_order(
    askable: list[tuple[int, str, dict[str, bool]]], expected: tuple[int, ...]
) -> None:
    made = [Askable(pk, frozenset(key), **marks) for pk, key, marks in askable]
    assert questions_of_check(made, [change("x"), change("y", "price")]) == expected
