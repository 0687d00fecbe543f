"""The share of premises that have a right match. An empty one is not right, and takes nothing."""

from quizzes.scoring.explanations import Explanation, Rule, shared
from quizzes.scoring.keys import MatchKey
from quizzes.scoring.responses import filled, is_id


def explain_match(key: MatchKey, response: object) -> Explanation:
    chosen = {
        premise: match for premise, match in filled(response, key.pairs).items() if is_id(match)
    }
    right = sum(match in key.pairs[premise] for premise, match in chosen.items())
    return shared(right, len(key.pairs), len(chosen) - right, Rule.PAIRS)
