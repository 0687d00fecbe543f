import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.importers.aiken import is_aiken, parse
from quizzes.importers.gift import GiftFault, ParsedQuestion, Shape

WHICH = "Which day is it?\nA) Monday\nB. Thursday\nANSWER: B\n"
PIECES = st.sampled_from(
    [
        "A) a",
        "B. b",
        "C) ",
        "ANSWER: A",
        "ANSWER: Z",
        "answer: b.",
        "Words",
        "",
        "{",
        "A.",
        "ANSWER:",
    ]
)


def read(text: str) -> ParsedQuestion:
    (question,) = parse(text)
    assert isinstance(question, ParsedQuestion)
    return question


def fault(text: str) -> GiftFault:
    (found,) = parse(text)
    assert isinstance(found, GiftFault)
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (WHICH, True),
        (WHICH.replace("ANSWER: B", "Answer: b."), True),
        (WHICH.replace("Thursday", "Thursday {at last}") + "\n" + WHICH, True),
        ("Which day?{=Thursday ~Monday}", False),
        ("::Aiken::In “A) x\nANSWER: A”, which is right?{\n~B\n=A\n}", False),
        ("A) is an option\nbut nothing answers", False),
        ("ANSWER: A", False),
    ],
)
def test_aiken_is_told_by_what_stands_in_the_file(text: str, expected: bool) -> None:
    assert is_aiken(text) is expected


def test_the_letter_names_the_right_answer() -> None:
    question = read(WHICH)
    assert (question.line, question.stem.text) == (1, "Which day is it?")
    options = question.answers.options
    assert [(option.text.text, option.is_marked_right) for option in options] == [
        ("Monday", False),
        ("Thursday", True),
    ]


def test_signs_of_gift_and_html_are_mere_letters() -> None:
    question = read("Is {=a} ~ <b>?\nA) # = x\nB) \\n\nANSWER: A")
    assert question.stem.text == "Is {=a} ~ <b>?"
    assert [option.text.text for option in question.answers.options] == ["# = x", "\\n"]
    assert question.stem.format == "plain"


def test_a_question_may_have_lines_and_an_option_too() -> None:
    question = read("One line.\nAnother?\n\nA) a\nand more\nB) b\n\nANSWER: a)")
    assert question.stem.text == "One line.\nAnother?"
    assert [option.text.text for option in question.answers.options] == ["a and more", "b"]


def test_words_between_blank_lines_ask_nothing() -> None:
    heading, question = parse(f"Chapter 1\n\n{WHICH}")
    assert isinstance(heading, ParsedQuestion)
    assert heading.answers.shape is Shape.DESCRIPTION
    assert question.line == 3


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Which?\nA) a\nB) b", "Nothing says which answer is right."),
        ("Which?\nA) a\nB) b\nANSWER: C", "doesn't name one of the options"),
        ("Which?\nA) a\nB) b\nANSWER: A, B", "doesn't name one of the options"),
        ("Which?\nA) a\nB) b\nB) c\nANSWER: A", "doesn't name one of the options"),
        ("Which?\nANSWER: A", "No options stand above"),
        ("Which?\nA)a\nB)b\nANSWER: A", "No options stand above"),
        ("Which?\n(A) a\n(B) b\nANSWER: A", "No options stand above"),
        ("A) a\nB) b\nANSWER: A", "The question is missing."),
    ],
)
def test_what_makes_no_sense_is_a_fault_with_its_line(text: str, told: str) -> None:
    found = fault(f"\n\n{text}")
    assert found.line == 3
    assert told in found.message
    assert found.remedy


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_missing_answer_hides_no_other_question(between: str) -> None:
    broken, whole = parse(f"First?\nA) a\nB) b{between}{WHICH}")
    assert isinstance(broken, GiftFault)
    assert isinstance(whole, ParsedQuestion)
    assert broken.name == "First?"
    assert (whole.stem.text, len(whole.answers.options)) == ("Which day is it?", 2)
    assert whole.line == 3 + len(between)


@given(st.text())
def test_no_text_makes_the_parser_raise(text: str) -> None:
    parse(text)
    is_aiken(text)


@given(st.lists(PIECES, max_size=20).map("\n".join))
def test_every_answer_line_is_answered(text: str) -> None:
    items = parse(text)
    assert len(items) >= sum(line.lower().startswith("answer:") for line in text.split("\n"))
    assert all(1 <= item.line <= text.count("\n") + 1 for item in items)


def test_small_letters_name_options_in_a_file_without_capitals() -> None:
    text = "Which?\na) one\nb. two\nanswer: b"
    assert is_aiken(text)
    (question,) = parse(text)
    assert isinstance(question, ParsedQuestion)
    assert [option.is_marked_right for option in question.answers.options] == [False, True]


def test_small_letters_beside_capitals_are_words_of_the_question() -> None:
    (question,) = parse("Which?\na) this\nA) one\nB) two\nANSWER: B")
    assert isinstance(question, ParsedQuestion)
    assert question.stem.text == "Which?\na) this"
