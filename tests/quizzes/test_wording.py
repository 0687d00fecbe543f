import pytest

from quizzes.scoring import Explanation, Rule
from quizzes.wording import mark_in_words


@pytest.mark.parametrize(
    ("explanation", "expected"),
    [
        (Explanation(1.0, 1, 1), ""),
        (Explanation(1.0, 4, 4, rule=Rule.PAIRS), ""),
        (Explanation(0.0, 0, 1, 1), "All or nothing: only the whole answer counts here."),
        (Explanation(1.0, 1, 1, rule=Rule.SPELLING, slips=1), "One typing slip doesn't matter."),
        (Explanation(1.0, 3, 3, rule=Rule.GAPS, slips=2), "2 typing slips don't matter."),
        (Explanation(1.0, 1, 1, rule=Rule.WITHIN), "Near enough is right here."),
        (
            Explanation(0.75, 3, 4, 1, Rule.PAIRS),
            "You matched 3 of 4, so this counts as three quarters. Each pair counts the same.",
        ),
        (
            Explanation(1 / 3, 1, 3, 0, Rule.NEIGHBOURS),
            (
                "One step of 3 follows the right one, so this counts as a third. "
                "What counts is which step comes after which."
            ),
        ),
        (
            Explanation(1 / 6, 2, 3, 1, Rule.RIGHT_MINUS_WRONG),
            (
                "You chose 2 of 3 right ones and one other, which takes its part away, "
                "so this counts as 17 %."
            ),
        ),
        (
            Explanation(0.0, 1, 3, 1, Rule.RIGHT_MINUS_WRONG),
            "You chose right ones and others, and the others take away what the right bring.",
        ),
    ],
)
def test_a_mark_is_told_in_plain_words(explanation: Explanation, expected: str) -> None:
    assert mark_in_words(explanation) == expected


@pytest.mark.parametrize("rule", Rule)
@pytest.mark.parametrize(("mark", "right", "wrong"), [(0.0, 0, 1), (0.4, 2, 0), (0.15, 2, 1)])
def test_whatever_is_not_right_is_told_why(rule: Rule, mark: float, right: int, wrong: int) -> None:
    told = mark_in_words(Explanation(mark, right, 5, wrong, rule))
    assert told.endswith(".")
    assert "%(" not in told


@pytest.mark.parametrize(("mark", "expected"), [(0.001, "1 %"), (0.999, "99 %")])
def test_a_part_is_never_told_as_nothing_or_all(mark: float, expected: str) -> None:
    assert expected in mark_in_words(Explanation(mark, 1, 1000, 0, Rule.GAPS))
