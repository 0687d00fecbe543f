"""What a colleague fills in, kind by kind, and what is stored of it."""

from dataclasses import replace
from random import Random
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.asking import Asked, AskedOption, Kind
from quizzes.forms import AnswerForm, answer_form
from quizzes.forms.parts import GapsForm, MatchForm
from quizzes.scoring import is_right

SURE = {"sureness": "sure"}

WAYS = Asked(
    kind=Kind.MATCH,
    stem="How long does it take?",
    options=(
        AskedOption(11, "By card", pair="Three days"),
        AskedOption(12, "By bank transfer", pair="Five days"),
        AskedOption(13, "By voucher", pair="Three days"),
        AskedOption(14, "", pair="Ten days"),
    ),
)
SENTENCE = Asked(
    kind=Kind.GAPS,
    stem="It takes [2] working days, and goes out on [1], never before [1].",
    options=(
        AskedOption(21, "Thursday", is_right=True, pair="1"),
        AskedOption(22, "Monday", pair="1"),
        AskedOption(23, "five", is_right=True, pair="2"),
        AskedOption(24, "5", is_right=True, pair="2"),
    ),
)


def dealt(asked: Asked, *order: int) -> dict[int, AskedOption]:
    options = {option.pk: option for option in asked.options}
    return {number: options[pk] for number, pk in enumerate(order or options, start=1)}


def filled_in(asked: Asked, *order: int, **sent: object) -> AnswerForm:
    return answer_form(asked, dealt(asked, *order), SURE | sent)


def ways(*order: int) -> MatchForm:
    form = answer_form(WAYS, dealt(WAYS, *order))
    assert isinstance(form, MatchForm)
    return form


def sentence() -> GapsForm:
    form = answer_form(SENTENCE, dealt(SENTENCE))
    assert isinstance(form, GapsForm)
    return form


def test_pairs_are_stored_by_what_was_asked_in_whatever_order_it_was_dealt() -> None:
    form = filled_in(WAYS, 13, 14, 12, 11, match_1=3, match_3=1, match_4=2)

    assert form.is_valid()
    assert form.response == {"13": 11, "12": 12, "11": 14}


def test_what_reads_the_same_is_offered_once_and_is_right_for_both() -> None:
    form = filled_in(WAYS, match_1=3, match_2=1, match_3=3)

    assert form.is_valid()
    assert is_right(WAYS.key, form.response)


@given(st.permutations([11, 12, 13, 14]))
def test_where_a_thing_to_choose_stands_does_not_hang_on_how_the_pairs_were_dealt(
    order: list[int],
) -> None:
    choices = [[label for _value, label in field.field.choices] for field in ways(*order).pairs]  # type: ignore[attr-defined]  # choice fields

    assert choices == [["Choose", "Five days", "Ten days", "Three days"]] * 3


def test_every_pair_that_is_left_out_is_asked_for_where_it_stands() -> None:
    form = filled_in(WAYS, match_1=1)

    assert form.errors == {
        "match_2": ["Choose what belongs to “By bank transfer”"],
        "match_3": ["Choose what belongs to “By voucher”"],
    }


def test_a_gap_is_typed_or_chosen_and_stored_by_its_own_number() -> None:
    form = filled_in(SENTENCE, 22, 24, 21, 23, gap_2=" five ", gap_1=3)

    assert form.is_valid()
    assert form.response == {"2": "five", "1": 21}
    assert is_right(SENTENCE.key, form.response)


def test_a_gap_offers_its_own_options_only() -> None:
    choices = sentence()["gap_1"].field.choices  # type: ignore[attr-defined]  # a choice field

    assert [label for _value, label in choices] == ["Choose", "Thursday", "Monday"]


def test_an_option_of_another_gap_is_refused() -> None:
    form = filled_in(SENTENCE, gap_2="five", gap_1=3)

    assert list(form.errors) == ["gap_1"]


def test_gaps_are_named_in_the_order_in_which_they_are_read() -> None:
    form = sentence()

    assert [form["gap_2"].label, form["gap_1"].label] == ["Gap 1 of 2", "Gap 2 of 2"]


def test_a_gap_comes_with_the_sentence_that_it_stands_in() -> None:
    asked = replace(SENTENCE, stem="Is it agreed? It takes [2] days, on [1]. Say so.")
    form = answer_form(asked, dealt(asked))
    assert isinstance(form, GapsForm)

    assert [piece.sentence for piece in form.pieces if piece.field] == [
        "It takes (this gap) days, on (gap 2).",
        "It takes (gap 1) days, on (this gap).",
    ]


def test_a_gap_that_comes_again_is_filled_once() -> None:
    pieces = list(sentence().pieces)

    assert [piece.field.name for piece in pieces if piece.field] == ["gap_2", "gap_1"]
    assert pieces[-2].words == "(gap 2)"


def test_every_gap_that_is_left_empty_is_asked_for_where_it_stands() -> None:
    form = filled_in(SENTENCE, gap_2="  ")

    assert form.errors == {
        "gap_2": ["Gap 1: write what belongs there"],
        "gap_1": ["Gap 2: choose what belongs there"],
    }


@pytest.mark.parametrize("kind", Kind)
def test_a_draft_with_nothing_in_it_yet_can_be_drawn(kind: Kind) -> None:
    asked = Asked(kind=kind, stem="")

    assert "sureness" in answer_form(asked, {}).as_p()


def test_what_was_typed_and_not_sent_is_there_again() -> None:
    kept = {"gap_2": "fi", "gap_1": "2", "sureness": "sure"}

    form = answer_form(SENTENCE, dealt(SENTENCE), initial=kept)

    assert [form[name].value() for name in kept] == list(kept.values())
    assert not form.is_bound


def test_a_form_that_comes_again_keeps_its_key() -> None:
    key = uuid4()

    assert filled_in(WAYS, key=str(key)).key == key


@pytest.mark.parametrize("sent", [{}, {"key": ""}, {"key": "x" * 32}, {"key": "1 or 1"}])
def test_a_form_without_a_proper_key_gets_one(sent: dict[str, object]) -> None:
    one, other = filled_in(WAYS, **sent), filled_in(WAYS, **sent)

    assert isinstance(one.key, UUID)
    assert one.key == one.key
    assert one.key != other.key


def test_steps_are_stored_in_the_order_of_their_places() -> None:
    asked = Asked(kind=Kind.ORDER, stem="", options=tuple(AskedOption(n, "") for n in range(5)))
    order = Random(3).sample(range(5), 5)

    form = filled_in(asked, *order, **{f"place_{n}": 6 - n for n in range(1, 6)})

    assert form.is_valid()
    assert form.response == order[::-1]


def test_every_step_that_is_left_out_is_asked_for_by_its_words() -> None:
    asked = Asked(
        kind=Kind.ORDER, stem="", options=(AskedOption(1, "Agree"), AskedOption(2, "Pay"))
    )

    assert filled_in(asked, place_1=1).errors == {"place_2": ["Choose a place for “Pay”"]}
