import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.importers.gift import GiftText
from quizzes.importers.questions.markup import has_media, losses
from quizzes.importers.questions.plain import plain, plain_line

FORMATS = st.sampled_from(["", "html", "markdown", "plain", "moodle"])
PIECES = st.sampled_from(
    ["<b>", "</b>", "<p", ">", "<!--", "-->", "&", "&lt;", "*", "_", "`", "[", "](", "\n", "<pre>"]
)
FORMATTING = "Formatting was taken out: questions are plain text."
LINKS = "Links became plain words."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>One<br>two</p>\n<p>three</p>", "One\ntwo\nthree"),
        ("<p>one\n  and the same line</p>", "one and the same line"),
        ("<pre>\nif so:\n    go\n</pre>", "if so:\ngo"),
        ("<ul><li>one</li><li>two</li></ul>after", "• one\n• two\nafter"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a | b\nc"),
        ("<table><tbody><tr><td>a</td></tr></tbody></table>Sum?", "a\n\nSum?"),
        ("<table><caption>Rates</caption><tr><td>a</td></tr></table>", "Rates\na"),
        ("10<sup>6</sup> and H<sub>2</sub>O", "10⁶ and H₂O"),
        ("x<sup>k+y</sup>", "x^k+y"),
        ("<!-- <b>gone</b> -->1 &lt; 2 &amp;&amp; 3 &gt; 2", "1 < 2 && 3 > 2"),
        ("<style>p{}</style><script>x()</script>words", "words"),
    ],
)
def test_html_becomes_words(text: str, expected: str) -> None:
    assert plain(GiftText(text, "html")) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Is 3 < 5 & 7 > 6?", "Is 3 < 5 & 7 > 6?"),
        ("if a <b and c> d", "if a <b and c> d"),
        ("Q&A, R&copy; D", "Q&A, R© D"),
        ("one\n<b>two</b> < three", "one\ntwo < three"),
        ('<span style="color: red">red</span>', "red"),
        ("a<x>b", "a<x>b"),
    ],
)
def test_html_is_found_where_nobody_announced_it(text: str, expected: str) -> None:
    assert plain(GiftText(text)) == plain(GiftText(text, "moodle")) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**Bold**, *italic* and _so_", "Bold, italic and so"),
        ("snake_case_name and 2 * 3 * 4", "snake_case_name and 2 * 3 * 4"),
        ("_____ is a gap", "_____ is a gap"),
        ("`a*b*c` stays", "a*b*c stays"),
        ("# Head\nsee [here](http://x.example)", "Head\nsee here"),
        (r"\*not bold\*", "*not bold*"),
    ],
)
def test_markdown_becomes_words(text: str, expected: str) -> None:
    assert plain(GiftText(text, "markdown")) == expected


def test_what_says_that_it_is_plain_stays_as_it_is() -> None:
    text = GiftText("<b>a</b>  &amp; *b*\xa0?", "plain")
    assert plain(text) == plain_line(text) == text.text
    assert not list(losses(text))


def test_an_answer_stands_on_one_line() -> None:
    assert plain_line(GiftText("one\n\n   two", "plain")) == "one two"
    assert plain_line(GiftText("<p>one</p><p>two</p>", "html")) == "one two"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (GiftText("<p>one</p><br>", "html"), []),
        (GiftText("<p><b>one</b></p>", "html"), [FORMATTING]),
        (GiftText('see <a href="x">here</a>'), [LINKS]),
        (GiftText("see [here](x)", "markdown"), [LINKS, FORMATTING]),
        (GiftText("1 < 2"), []),
    ],
)
def test_what_is_lost_is_said(text: GiftText, told: list[str]) -> None:
    assert list(losses(text)) == told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (GiftText('<img src="x.png">', "html"), True),
        (GiftText('see <img src="x.png">'), True),
        (GiftText("@@PLUGINFILE@@/x.png", "plain"), True),
        (GiftText("![a house](x.png)", "markdown"), True),
        (GiftText("<video src=x></video>", "html"), True),
        (GiftText("What does <img> do?", "plain"), False),
        (GiftText("Wow![1](2)"), False),
    ],
)
def test_pictures_are_found(text: GiftText, expected: bool) -> None:
    assert has_media(text) is expected


@given(st.lists(PIECES | st.text(max_size=4), max_size=30).map("".join), FORMATS)
def test_no_text_makes_it_raise(text: str, format_: str) -> None:
    given_text = GiftText(text, format_)
    assert "\n" not in plain_line(given_text).replace("\r", "")
    assert isinstance(list(losses(given_text)), list)
    has_media(given_text)
