"""Right minus wrong: what blind choosing gains on one side it loses on the other.

The hits are a share of the right options and the false alarms a share of the wrong ones, so that
choosing everything comes to 0. With one right option and one chosen it is all or nothing.
"""

from fractions import Fraction

from quizzes.scoring.explanations import Explanation, Rule, all_or_nothing
from quizzes.scoring.keys import ChooseKey
from quizzes.scoring.responses import distinct_ids


def explain_choice(key: ChooseKey, response: object) -> Explanation:
    chosen = frozenset(distinct_ids(response))
    if not chosen <= key.right | key.wrong:
        chosen = frozenset()
    right, wrong = len(chosen & key.right), len(chosen & key.wrong)
    if len(key.right) <= 1 and len(chosen) <= 1:
        return all_or_nothing(is_right=bool(right), was_tried=bool(chosen))
    share = _share(right, key.right) - _share(wrong, key.wrong)
    rule = Rule.RIGHT_MINUS_WRONG
    return Explanation(float(max(share, Fraction(0))), right, len(key.right), wrong, rule)


def _share(chosen: int, offered: frozenset[int]) -> Fraction:
    return Fraction(chosen, len(offered)) if offered else Fraction(0)
