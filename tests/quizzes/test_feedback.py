"""What is told once a question is answered."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from quizzes.asking import Asked, AskedOption, Kind
from quizzes.reports.feedback import Feedback, Verdict, feedback_of
from quizzes.scoring import mark
from tests.quizzes.test_forms import SENTENCE, WAYS

TOLD = Asked(
    kind=Kind.MANY,
    stem="What do you say?",
    options=(
        AskedOption(1, "The day", is_right=True),
        AskedOption(2, "The sum", is_right=True),
        AskedOption(3, "The weather", feedback="Nobody asked."),
    ),
)
STEPS = Asked(
    kind=Kind.ORDER,
    stem="",
    options=(AskedOption(1, "Agree"), AskedOption(2, "Say"), AskedOption(3, "Pay")),
)


def told(asked: Asked, response: Any) -> Feedback:
    return feedback_of(asked, list(asked.options), response, mark(asked.key, response))


@pytest.mark.parametrize(
    ("response", "verdict"),
    [([1, 2], Verdict.YES), ([1], Verdict.PARTLY), ([3], Verdict.NOT_QUITE)],
)
def test_an_answer_that_is_right_in_part_is_told_apart(
    response: list[int], verdict: Verdict
) -> None:
    assert told(TOLD, response).verdict is verdict


def test_part_of_a_mark_comes_with_its_reason() -> None:
    assert told(TOLD, [1]).reason == "You chose 1 of 2 right ones, so this counts as half."
    assert not told(TOLD, [1, 2]).reason


def test_what_is_right_or_not_needs_no_reason() -> None:
    one = Asked(kind=Kind.ONE, stem="", options=TOLD.options[1:])

    assert not told(one, [3]).reason


def test_a_question_that_was_corrected_since_gives_no_reason_of_its_old_words() -> None:
    assert not feedback_of(TOLD, list(TOLD.options), [1], 1.0).reason


def test_each_pair_says_what_was_chosen_and_what_is_right() -> None:
    card, transfer, voucher = told(WAYS, {"11": 13, "12": 14, "13": 12}).pairs

    assert (card.given, card.is_right) == ("Three days", True)
    assert (transfer.given, transfer.right) == ("Ten days", "Five days")
    assert not transfer.is_right
    assert not voucher.is_right


def test_each_gap_says_what_was_written_and_what_is_right() -> None:
    pieces = told(SENTENCE, {"2": "fiev", "1": 22}).pieces

    days, day, _again = (piece.part for piece in pieces if piece.part)
    assert (days.right, days.given, days.is_right) == ("five", "fiev", False)
    assert (day.right, day.given, day.is_right) == ("Thursday", "Monday", False)
    assert pieces[0].words == "It takes "


def test_a_forgiven_slip_is_right() -> None:
    forgiving = Asked(
        kind=Kind.GAPS,
        stem="On [1].",
        slips=1,
        options=(AskedOption(1, "Thursday", is_right=True, pair="1"),),
    )

    part = told(forgiving, {"1": "Thrusday"}).pieces[1].part
    assert part
    assert (part.is_right, part.given, part.right) == (True, "Thrusday", "Thursday")


def test_steps_stand_in_their_right_order_with_the_places_they_were_given() -> None:
    assert [(step.text, step.given_place) for step in told(STEPS, [2, 1, 3]).steps] == [
        ("Agree", 2),
        ("Say", 1),
        ("Pay", 3),
    ]


def unsaved(asked: Asked) -> Asked:
    """As the preview of a question is that was never saved: nothing has a row yet."""
    new: Any = None
    return replace(asked, options=tuple(replace(option, pk=new) for option in asked.options))


@pytest.mark.parametrize("asked", [TOLD, STEPS, WAYS, SENTENCE, unsaved(WAYS), unsaved(SENTENCE)])
def test_without_an_answer_only_the_key_is_told(asked: Asked) -> None:
    feedback = feedback_of(asked, list(asked.options), None, None)

    assert feedback.verdict is Verdict.NOT_ANSWERED
    assert not feedback.reason
    parts = [*feedback.pairs, *(piece.part for piece in feedback.pieces if piece.part)]
    assert not any(part.given for part in parts)


def test_a_number_is_told_in_the_words_in_which_it_was_written() -> None:
    asked = Asked(kind=Kind.NUMBER, stem="", number=Decimal(50), unit="£")

    assert told(asked, "£ 50").own_words == "£ 50"
