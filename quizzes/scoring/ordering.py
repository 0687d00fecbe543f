"""The share of neighbouring steps that follow each other as they should.

A step in the wrong place costs its own joints only, not the places of all the steps behind it.
"""

from itertools import pairwise

from quizzes.scoring.explanations import Explanation, Rule, all_or_nothing, shared
from quizzes.scoring.keys import OrderKey
from quizzes.scoring.responses import distinct_ids


def explain_order(key: OrderKey, response: object) -> Explanation:
    given = distinct_ids(response)
    is_whole = len(given) == len(key.order) and set(given) == set(key.order)
    if len(key.order) <= 1:
        return all_or_nothing(is_right=bool(given) and is_whole, was_tried=bool(given))
    wanted = set(pairwise(key.order))
    of = len(key.order) - 1
    right = sum(pair in wanted for pair in pairwise(given)) if is_whole else 0
    return shared(right, of, of - right if is_whole else 0, Rule.NEIGHBOURS)
