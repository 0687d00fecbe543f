import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.scoring import (
    AnswerKey,
    ChooseKey,
    Gap,
    GapsKey,
    MatchKey,
    NumberKey,
    OrderKey,
    SayKey,
    TextKey,
    explain,
    is_right,
    mark,
)

ids = st.integers(1, 6)
some_ids = st.frozensets(ids)
texts = st.lists(st.text(max_size=8), max_size=3).map(tuple)
gaps = st.builds(Gap, accepted=texts, right=some_ids, slips=st.integers(0, 2))
keys: st.SearchStrategy[AnswerKey] = st.one_of(
    st.builds(lambda right, wrong: ChooseKey(right, wrong - right), right=some_ids, wrong=some_ids),
    st.builds(
        NumberKey,
        value=st.decimals(allow_nan=False, allow_infinity=False),
        tolerance=st.decimals(0, 100, allow_nan=False),
    ),
    st.builds(TextKey, accepted=texts, slips=st.integers(0, 3)),
    st.builds(OrderKey, order=st.lists(ids, unique=True).map(tuple)),
    st.builds(MatchKey, pairs=st.dictionaries(ids, some_ids, max_size=4)),
    st.builds(GapsKey, gaps=st.dictionaries(ids, gaps, max_size=4)),
    st.just(SayKey()),
)
any_text = st.text(st.characters(exclude_categories=()))
json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | any_text,
    lambda inner: st.lists(inner) | st.dictionaries(any_text, inner),
)
part_names = ids | ids.map(str)
nearly_right = (
    st.lists(ids, max_size=6)
    | st.dictionaries(part_names, ids | st.text(max_size=8) | st.none(), max_size=4)
    | st.text(max_size=8)
    | st.booleans()
)


@given(key=keys, response=json_like | nearly_right)
def test_any_response_whatever_gets_a_mark_from_0_to_1(key: AnswerKey, response: object) -> None:
    assert 0 <= mark(key, response) <= 1


@given(key=keys, response=nearly_right)
def test_an_answer_is_right_exactly_where_all_its_parts_are_and_none_is_wrong(
    key: AnswerKey, response: object
) -> None:
    why = explain(key, response)
    all_parts = why.right == why.of > 0 and not why.wrong
    assert is_right(key, response) is all_parts is (why.mark == 1)


@given(key=keys, response=nearly_right)
def test_no_explanation_counts_more_parts_than_there_are(key: AnswerKey, response: object) -> None:
    why = explain(key, response)
    assert 0 <= why.right <= why.of
    assert why.wrong >= 0


ODD = [
    *(None, [], {}, "", "1", 0, True, [True], ["1"], [1.0], [[1]], [None], [{}], [1, [1]]),
    *(float("nan"), [float("nan")], 10**5000, [10**5000], {"1": None}, {"1": [1]}, {"1": True}),
    *({"01": 1}, {" 1": 1}, {"\N{ARABIC-INDIC DIGIT ONE}": 1}, {"": 1}, {"9" * 5000: 1}),
    *({"1": 1, "2": 1}, {True: 1}, {1: 1, "1": 1}, {None: 1}, {"1": {"1": 1}}, "1" * 10**6),
    json.loads("[" * 900 + "]" * 900),
]


@pytest.mark.parametrize(
    "key",
    [
        ChooseKey(frozenset({1})),
        ChooseKey(frozenset({1}), frozenset({2})),
        ChooseKey(frozenset()),
        OrderKey((1,)),
        OrderKey(()),
        MatchKey({1: frozenset({1})}),
        MatchKey({}),
        GapsKey({1: Gap(accepted=("one",), right=frozenset({1}))}),
        GapsKey({}),
        TextKey(("one",)),
        TextKey(("",)),
        NumberKey(Decimal(7)),
    ],
)
def test_a_malformed_or_empty_response_is_worth_nothing(key: AnswerKey) -> None:
    assert [response for response in ODD if mark(key, response)] == []


@pytest.mark.parametrize(
    ("response", "expected"), [(True, True), (False, False), (1, False), ("true", False)]
)
def test_a_said_answer_is_right_when_its_speaker_says_so(response: object, expected: bool) -> None:
    assert is_right(SayKey(), response) is expected
