from decimal import Decimal

import pytest

from customers.figures import Figures, count_in, figure_in, figures_of, values_in
from customers.models import Reading

DIGITS = Reading._meta.get_field("mean").max_digits


@pytest.mark.parametrize(
    ("text", "figure"),
    [("7.8", "7.8"), ("7,8", "7.8"), ("-0.25", "-0.25"), ("1541", "1541"), ("2,7183", "2.7183")],
)
def test_a_figure_is_read_with_point_or_comma(text: str, figure: str) -> None:
    assert figure_in(text) == Decimal(figure)


@pytest.mark.parametrize(
    "text", ["1,541", "95%", "7.8 s", "1e3", "", "٣", "1.541,2", "99999999999"]
)
def test_what_could_be_another_figure_is_not_read(text: str) -> None:
    assert figure_in(text) is None


@pytest.mark.parametrize("text", ["-1", "1.5", "1 541", "3000000000"])
def test_a_count_is_digits_alone(text: str) -> None:
    assert count_in(text) is None


def test_values_give_their_mean_and_the_sample_deviation() -> None:
    values = values_in("2; 4 4\n4;5 5 7 9")
    assert values is not None
    assert figures_of(values) == Figures(n=8, mean=Decimal(5), deviation=Decimal("2.1381"))


def test_one_value_has_no_deviation() -> None:
    assert figures_of([Decimal(5)]) == Figures(n=1, mean=Decimal(5))


def test_one_unclear_value_spoils_them_all() -> None:
    assert values_in("2; 4; about 5") is None


@pytest.mark.parametrize("text", ["9999999999.99999", "-9999999999.99999"])
def test_a_figure_that_no_column_holds_is_not_read(text: str) -> None:
    assert figure_in(text) is None


@pytest.mark.parametrize(
    "text", ["9999999999", "9999999999 -9999999999", "999999999 -999999999 999999999"]
)
def test_what_is_computed_of_the_largest_values_fits_its_column(text: str) -> None:
    found = figures_of(values_in(text) or [Decimal(0)])
    told = [each for each in (found.mean, found.deviation) if each is not None]
    assert all(len(each.as_tuple().digits) <= DIGITS for each in told)
