from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.importers.gift import GiftFault, ParsedQuestion, Shape, parse

SIGNS = st.sampled_from(
    ["{", "}", "~", "=", "#", "\\", "\n", "\n\n", "::", "%50%", "->", "####", "//", "$CATEGORY:"]
)


def read(text: str) -> ParsedQuestion:
    (question,) = parse(text)
    assert isinstance(question, ParsedQuestion)
    return question


def fault(text: str) -> GiftFault:
    (found,) = parse(text)
    assert isinstance(found, GiftFault)
    return found


def options(text: str) -> list[tuple[str, Decimal]]:
    return [(option.text.text, option.weight) for option in read(text).answers.options]


@pytest.mark.parametrize(
    ("answers", "shape"),
    [
        ("=yes ~no", Shape.CHOICE),
        ("~%50%a ~%50%b ~%-100%c", Shape.CHOICE),
        ("~go -> there =stay -> here", Shape.CHOICE),
        ("T", Shape.TRUE_FALSE),
        ("FALSE#wrong#right", Shape.TRUE_FALSE),
        ("#50", Shape.NUMBER),
        ("=yes =yeah", Shape.TEXT),
        ("=a -> 1 =b -> 2", Shape.MATCHING),
        ("", Shape.ESSAY),
        ("####the model", Shape.ESSAY),
    ],
)
def test_the_braces_tell_what_is_asked(answers: str, shape: Shape) -> None:
    assert read(f"What?{{{answers}}}").answers.shape is shape


def test_a_text_without_braces_asks_nothing() -> None:
    assert read("Take your pencil.").answers.shape is Shape.DESCRIPTION


@pytest.mark.parametrize(
    ("answers", "number", "tolerance"),
    [
        ("#50", "50", "0"),
        ("#-3.142:0.001", "-3.142", "0.001"),
        ("#3.141..3.142", "3.1415", "0.0005"),
        ("#-5..5", "0", "5"),
        ("# =%0%5:0#no =%100%9:1#yes", "9", "1"),
    ],
)
def test_numbers_have_a_tolerance(answers: str, number: str, tolerance: str) -> None:
    read_answers = read(f"What?{{{answers}}}").answers
    assert (read_answers.number, read_answers.tolerance) == (Decimal(number), Decimal(tolerance))


@pytest.mark.parametrize("answers", ["#fifty", "#5,0", "#5..1", "#1e3", "# =1:0 =%50%2:0", "#nan"])
def test_what_is_no_number_is_a_fault(answers: str) -> None:
    assert fault(f"What?{{{answers}}}").remedy


def test_escaped_signs_stand_for_themselves() -> None:
    question = read(r"::A\: b::Is \{x\} \= 5 \# a\~b \\ c\nd?{=\= yes ~\~ no}")
    assert question.title == "A: b"
    assert question.stem.text == "Is {x} = 5 # a~b \\ c\nd?"
    assert [option.text.text for option in question.answers.options] == ["= yes", "~ no"]


def test_a_backslash_before_any_other_sign_is_a_backslash() -> None:
    assert read(r"C:\dir{T}").stem.text == r"C:\dir"


def test_weights_are_kept() -> None:
    assert options("What?{~%33.33333%a ~%-100%b =c}") == [
        ("a", Decimal("33.33333")),
        ("b", Decimal(-100)),
        ("c", Decimal(100)),
    ]


def test_words_for_who_chose_it_and_for_everybody_are_told_apart() -> None:
    answers = read("What?{=a#well ~b#sorry ####for all}").answers
    assert [option.feedback.text for option in answers.options] == ["well", "sorry"]
    assert answers.feedback.text == "for all"


def test_the_first_words_of_true_or_false_are_for_who_is_wrong() -> None:
    answers = read("What?{FALSE#not so#just so}").answers
    told = [(option.text.text, option.feedback.text) for option in answers.options]
    assert told == [("True", "not so"), ("False", "just so")]


def test_a_category_holds_for_all_questions_below_it() -> None:
    first, second = parse("$CATEGORY: a/b\nOne?{T}\n\nTwo?{F}")
    assert isinstance(first, ParsedQuestion)
    assert isinstance(second, ParsedQuestion)
    assert (first.category, second.category, second.category_line) == ("a/b", "a/b", 1)


def test_marks_belong_to_the_question_below_them_only() -> None:
    first, second = parse("// [id:7] [tag:fact:x]\n// [tag:order]\n\nOne?{T}\n\nTwo?{F}")
    assert isinstance(first, ParsedQuestion)
    assert isinstance(second, ParsedQuestion)
    assert (first.id, first.tags) == ("7", ("fact:x", "order"))
    assert (second.id, second.tags) == ("", ())


def test_words_after_the_braces_leave_a_gap() -> None:
    assert read("Two plus two is {=four =4}, isn't it?").stem.text == (
        "Two plus two is _____, isn't it?"
    )


def test_a_full_stop_after_a_whole_question_leaves_no_gap() -> None:
    assert read("What is pi? {#3}.").stem.text == "What is pi?"


def test_a_format_is_taken_off_and_inherited() -> None:
    question = read("[html]<p>What?</p>{=<b>a</b> ~[plain]b}")
    assert (question.stem.text, question.stem.format) == ("<p>What?</p>", "html")
    assert [option.text.format for option in question.answers.options] == ["html", "plain"]


def test_a_blank_line_inside_braces_is_allowed() -> None:
    assert options("What?{\n=a\n\n~b\n}") == [("a", Decimal(100)), ("b", Decimal(0))]


def test_a_brace_that_never_closes_hides_no_other_question() -> None:
    broken, whole = parse("One?{=a ~b\n\nTwo?{T}")
    assert isinstance(broken, GiftFault)
    assert isinstance(whole, ParsedQuestion)
    assert whole.stem.text == "Two?"


@pytest.mark.parametrize("text", ["What?{yes}", "{T}", "What?{a{b}", "What?}", "What?{=a}{=b}"])
def test_what_makes_no_sense_is_a_fault_with_its_line(text: str) -> None:
    found = fault(f"// first\n\n{text}")
    assert found.line == 3
    assert found.remedy


@given(st.text())
def test_no_text_makes_the_parser_raise(text: str) -> None:
    parse(text)


@given(st.lists(st.text(max_size=5) | SIGNS, max_size=30).map("".join))
def test_every_answer_knows_a_line_of_the_text(text: str) -> None:
    for item in parse(text):
        assert 1 <= item.line <= text.count("\n") + 1


@given(st.text(min_size=1, max_size=30).filter(lambda text: text.strip() == text))
def test_an_escaped_text_comes_back_whole(text: str) -> None:
    escaped = "".join(f"\\{sign}" if sign in "~=#{}:\\" else sign for sign in text)
    plain = "".join("\ufffd" if "\ufdd0" <= sign <= "\ufdef" else sign for sign in text)
    question = read(f"What?{{=x{escaped.replace(chr(10), '')}x}}")
    (option,) = question.answers.options
    assert option.text.text == f"x{plain.replace(chr(10), '')}x"
