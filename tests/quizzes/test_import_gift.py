from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.importers.gift import GiftFault, ParsedQuestion, Shape, parse
from quizzes.importers.gift.signs import escape, hide, show

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
        ("#1.5E-3:1e-4", "0.0015", "0.0001"),
        ("#2e2..3E+2", "250", "50"),
        ("# =%0%5:0#no =%100%9:1#yes", "9", "1"),
    ],
)
def test_numbers_have_a_tolerance(answers: str, number: str, tolerance: str) -> None:
    read_answers = read(f"What?{{{answers}}}").answers
    assert (read_answers.number, read_answers.tolerance) == (Decimal(number), Decimal(tolerance))


@pytest.mark.parametrize(
    "answers", ["#fifty", "#5,0", "#5..1", "#1e", "#1e999", "# =1:0 =%50%2:0", "#nan"]
)
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


@pytest.mark.parametrize(
    ("text", "weights"),
    [
        ("~%33,33333%a ~%-100%b", ["33.33333", "-100"]),
        ("~%16.666666666666668%a ~%0%b", ["16.666666666666668", "0"]),
        ("~%5 of b ~%100 %a", ["0", "0"]),
    ],
)
def test_a_worth_may_have_many_places(text: str, weights: list[str]) -> None:
    assert [weight for _text, weight in options(f"What?{{{text}}}")] == [*map(Decimal, weights)]


def test_what_numbers_say_to_a_wrong_answer_is_no_number() -> None:
    answers = read("What?{#\n\t=%100%5:0.5#Well done\n\t~#No\n\t####For all\n}").answers
    assert (answers.number, answers.tolerance) == (Decimal(5), Decimal("0.5"))
    assert answers.feedback.text == "For all"
    assert [option.feedback.text for option in answers.options] == ["Well done", "No"]


def test_the_last_mark_begins_the_words_for_everybody() -> None:
    answers = read("What?{=a ~b#####for all}").answers
    assert answers.feedback.text == "for all"
    assert answers.options[1].feedback.text == ""


def test_a_partner_without_a_question_is_there_to_mislead() -> None:
    answers = read("What?{=a -> 1 =b -> 2 = -> 3}").answers
    assert [option.pair.text for option in answers.options] == ["1", "2", "3"]


@pytest.mark.parametrize("pairs", ["=a -> 1", "=a -> 1 =b", "=a -> 1 =b ->"])
def test_matching_that_is_not_all_pairs_is_a_fault(pairs: str) -> None:
    assert "pairs" in fault(f"What?{{{pairs}}}").message


@pytest.mark.parametrize("text", ["=%100%a -> b =%100%c", "=yes#see -> there =no"])
def test_a_worth_or_words_with_an_arrow_make_no_pair(text: str) -> None:
    assert read(f"What?{{{text}}}").answers.shape is Shape.TEXT


def test_a_sign_within_a_tag_begins_no_answer() -> None:
    found = fault('What?{~<a href="x">one</a> ~two}')
    assert "within an HTML tag" in found.message


def test_tags_after_the_braces_leave_no_gap() -> None:
    assert read("[html]<p>What is it? {=a ~b}</p>").stem.text == "<p>What is it?"


def test_an_empty_line_between_questions_may_be_forgotten() -> None:
    first, second, third = parse("One?{T}\n// [id:2]\nTwo?{\n=a\n~b\n}\n::c::Three?{F}")
    assert isinstance(first, ParsedQuestion)
    assert isinstance(second, ParsedQuestion)
    assert isinstance(third, ParsedQuestion)
    assert [first.stem.text, second.stem.text, third.stem.text] == ["One?", "Two?", "Three?"]
    assert [first.id, second.id, third.id] == ["", "2", ""]


def test_words_below_the_braces_still_belong_to_the_question() -> None:
    assert read("Two and two is {=four}\nas everybody knows").stem.text == (
        "Two and two is _____\nas everybody knows"
    )


def test_a_question_in_comments_does_not_give_its_id_away() -> None:
    question = read("// [id:old] [tag:order]\n// Old?{T}\n\n// [id:new]\nNew?{T}")
    assert (question.id, question.tags) == ("new", ())


def test_a_bracket_in_a_mark_is_escaped() -> None:
    assert read("// [tag:unit:m\\]s]\nHow far?{#5}").tags == ("unit:m]s",)


def test_a_fault_says_how_its_question_begins() -> None:
    assert fault("::Name::What?{yes}").name == "Name"
    assert fault("What\\: this?{yes}").name == "What: this?"


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


@given(st.text())
def test_what_is_written_escaped_is_read_whole(text: str) -> None:
    plain = "".join("\ufffd" if "\ufdd0" <= sign <= "\ufdef" else sign for sign in text)
    assert show(hide(escape(text))) == plain.replace("\r", "").strip()


@given(st.text(min_size=1, max_size=30).filter(lambda text: text.strip() == text))
def test_an_escaped_text_comes_back_whole(text: str) -> None:
    escaped = "".join(f"\\{sign}" if sign in "~=#{}:\\" else sign for sign in text)
    plain = "".join("\ufffd" if "\ufdd0" <= sign <= "\ufdef" else sign for sign in text)
    question = read(f"What?{{=x{escaped.replace(chr(10), '')}x}}")
    (option,) = question.answers.options
    assert option.text.text == f"x{plain.replace(chr(10), '')}x"


@pytest.mark.parametrize(
    "text", ["It is {1:SHORTANSWER:=Paris}.", "{:MC:a~=b} or {2:NUMERICAL:=5:1}", "{ 1:SA:=x}"]
)
def test_cloze_is_called_by_its_name(text: str) -> None:
    assert "Cloze" in fault(text).message


@pytest.mark.parametrize("text", ["What?{#50:2}", "Who?{=A:B ~C\\:D:E}"])
def test_a_colon_alone_is_no_cloze(text: str) -> None:
    assert isinstance(read(text), ParsedQuestion)
