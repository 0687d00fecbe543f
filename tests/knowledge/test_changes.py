"""What counts as changed, how much it matters, and who must vouch for it: rules without a page."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.changes import (
    ChangeKind,
    FactChange,
    FactText,
    as_json,
    default_kind,
    fact_changes,
    fingerprint,
    from_json,
    guarded,
    needs_second_person,
)

LIMIT = FactText("limit", "Who can approve", "condition", "You can agree up to £50 alone.")
STEP = FactText("step", "Telling the customer", "process", "Text the date.", "Not at night.")
RAISED = replace(LIMIT, statement="You can agree up to £60 alone.")
CALLED = replace(STEP, statement="Ring the customer.")

KINDS = ("claim", "price", "condition", "process", "safety")
words = st.text(min_size=1, max_size=12)
facts = st.lists(
    st.builds(
        FactText,
        key=st.sampled_from("abcdef"),
        title=words,
        kind=st.sampled_from(KINDS),
        statement=words,
        limits=words,
        proof=words,
    ),
    unique_by=lambda fact: fact.key,
    max_size=6,
)


def keys(changes: list[FactChange]) -> list[str]:
    return [change.key for change in changes]


@given(facts)
def test_a_version_differs_in_nothing_from_itself(told: list[FactText]) -> None:
    assert fact_changes(told, told) == []


@given(facts, facts)
def test_the_way_back_names_the_same_facts(was: list[FactText], now: list[FactText]) -> None:
    assert sorted(keys(fact_changes(was, now))) == sorted(keys(fact_changes(now, was)))


@given(facts)
def test_another_order_is_no_change(told: list[FactText]) -> None:
    assert fact_changes(told, told[::-1]) == []


@given(facts)
def test_facts_survive_being_stored(told: list[FactText]) -> None:
    assert from_json(as_json(told)) == told


@pytest.mark.parametrize(
    "reworded",
    [
        replace(LIMIT, title="Approval"),
        replace(LIMIT, proof="Policy 4"),
        replace(LIMIT, statement=" You can agree\nup to £50  alone. "),
    ],
    ids=["title", "proof", "blanks"],
)
def test_a_title_a_proof_or_a_blank_changes_no_meaning(reworded: FactText) -> None:
    assert fact_changes([LIMIT], [reworded]) == []


@pytest.mark.parametrize(
    "changed",
    [RAISED, replace(LIMIT, limits="Not in December."), replace(LIMIT, kind="price")],
    ids=["statement", "limits", "kind"],
)
def test_a_statement_its_limits_and_its_kind_carry_the_meaning(changed: FactText) -> None:
    assert keys(fact_changes([LIMIT], [changed])) == ["limit"]


@pytest.mark.parametrize("kind", ["claim", "price", "condition", "safety"])
def test_what_customers_hold_us_to_is_material_unless_said_otherwise(kind: str) -> None:
    changes = fact_changes([replace(LIMIT, kind=kind)], [replace(RAISED, kind=kind)])
    assert default_kind(changes) is ChangeKind.MATERIAL


def test_another_process_is_wording_unless_said_otherwise() -> None:
    assert default_kind(fact_changes([STEP], [CALLED])) is ChangeKind.WORDING


def test_a_fact_that_a_must_know_tests_is_guarded_whatever_its_kind() -> None:
    changes = fact_changes([STEP], [CALLED])
    assert default_kind(changes, must_know={"step"}) is ChangeKind.MATERIAL


def test_a_guarded_fact_that_becomes_a_process_is_still_guarded() -> None:
    changes = fact_changes([LIMIT], [replace(RAISED, kind="process")])
    assert keys(guarded(changes)) == ["limit"]


def test_a_guarded_fact_that_goes_is_guarded() -> None:
    assert keys(guarded(fact_changes([LIMIT], []))) == ["limit"]


def test_a_new_fact_asks_nothing_of_anybody() -> None:
    changes = fact_changes([], [LIMIT])
    assert (default_kind(changes), guarded(changes)) == (ChangeKind.WORDING, [])


def test_wording_of_a_guarded_fact_needs_a_second_word_that_it_means_the_same() -> None:
    assert needs_second_person(ChangeKind.WORDING, fact_changes([LIMIT], [RAISED]))


def test_wording_of_a_process_needs_nobody() -> None:
    assert not needs_second_person(ChangeKind.WORDING, fact_changes([STEP], [CALLED]))


@pytest.mark.parametrize("kind", [ChangeKind.MATERIAL, ChangeKind.REWRITE, ChangeKind.NOW])
def test_whatever_asks_people_needs_a_second_person(kind: ChangeKind) -> None:
    assert needs_second_person(kind, fact_changes([STEP], [CALLED]))


@given(facts, facts)
def test_a_fingerprint_does_not_depend_on_the_order(
    was: list[FactText], now: list[FactText]
) -> None:
    changes = fact_changes(was, now)
    assert fingerprint(changes, 3) == fingerprint(changes[::-1], 3)


def test_another_word_is_another_fingerprint() -> None:
    to_60, to_70 = RAISED, replace(LIMIT, statement="You can agree up to £70 alone.")
    assert fingerprint(fact_changes([LIMIT], [to_60]), 1) != fingerprint(
        fact_changes([LIMIT], [to_70]), 1
    )


def test_the_same_words_after_another_version_are_another_fingerprint() -> None:
    changes = fact_changes([LIMIT], [RAISED])
    assert fingerprint(changes, 1) != fingerprint(changes, 3)
