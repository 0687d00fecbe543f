from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.scoring import NumberKey, Rule, explain, is_right, parse_number


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("50", "50"),
        ("  50 ", "50"),
        ("£50", "50"),
        ("£ 50", "50"),
        ("50 €", "50"),
        ("EUR 50", "50"),
        ("50.0", "50"),
        ("50.", "50"),
        (".5", "0.5"),
        ("2,5", "2.5"),
        ("2,50", "2.5"),
        ("0,500", "0.5"),
        ("1.000", "1"),
        ("1,000", "1000"),
        ("1,000.5", "1000.5"),
        ("1.000,5", "1000.5"),
        ("1.000.000", "1000000"),
        ("12,345,678", "12345678"),
        ("1 000", "1000"),
        ("1\N{NO-BREAK SPACE}000,5", "1000.5"),
        ("1'000", "1000"),
        ("250 Mbps", "250"),
        ("140 m²", "140"),
        ("140m2", "140"),
        ("140 m2 in all", "140"),
        ("95%", "95"),
        ("3 working days", "3"),
        ("-5", "-5"),
        ("\N{MINUS SIGN}5", "-5"),
        ("-£5", "-5"),
        ("+5", "5"),
    ],
)
def test_a_number_is_read_however_it_is_written(text: str, expected: str) -> None:
    assert parse_number(text) == Decimal(expected)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        ".",
        "-",
        "£",
        "three",
        "not 3",
        "5 or 6",
        "5-6",
        "1/2",
        "1,00,0",
        "10,00,000.5",
        "1.2.3",
        "2026-12-04",
        "50 5",
        "NaN",
        "Infinity",
        "1e5",
        "9" * 201,
    ],
)
def test_what_is_not_one_number_is_not_read(text: str) -> None:
    assert parse_number(text) is None


@given(number=st.decimals(-(10**9), 10**9, places=3))
def test_a_number_is_read_as_it_is_printed(number: Decimal) -> None:
    assert parse_number(f"{number:f}") == number


@given(number=st.integers(0, 10**12))
def test_a_number_is_read_with_its_thousands_grouped(number: int) -> None:
    assert parse_number(f"{number:,}") == number


@pytest.mark.parametrize(
    ("text", "expected"),
    [("247.9", False), ("248", True), ("250", True), ("252", True), ("252.1", False), ("x", False)],
)
def test_a_number_may_be_off_by_the_tolerance_and_no_more(text: str, expected: bool) -> None:
    assert is_right(NumberKey(Decimal(250), tolerance=Decimal(2)), text) is expected


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("250", Rule.ALL_OR_NOTHING),
        ("251", Rule.WITHIN),
        ("260", Rule.WITHIN),
        ("many", Rule.ALL_OR_NOTHING),
    ],
)
def test_tolerance_is_named_only_where_it_was_needed(text: str, rule: Rule) -> None:
    assert explain(NumberKey(Decimal(250), tolerance=Decimal(2)), text).rule is rule
