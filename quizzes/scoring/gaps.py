"""The share of gaps that are filled rightly; each is typed or chosen."""

from quizzes.scoring.explanations import Explanation, Rule, shared
from quizzes.scoring.keys import Gap, GapsKey
from quizzes.scoring.responses import filled, is_id
from quizzes.scoring.words import fewest_slips, has_words


def explain_gaps(key: GapsKey, response: object) -> Explanation:
    given = filled(response, key.gaps)
    slips = [_slips(key.gaps[number], value) for number, value in given.items()]
    tried = sum(_is_filled(value) for value in given.values())
    right = [count for count in slips if count is not None]
    return shared(len(right), len(key.gaps), tried - len(right), Rule.GAPS, sum(right))


def _slips(gap: Gap, value: object) -> int | None:
    """The typing slips to forgive; `None` where the gap isn't filled rightly."""
    if isinstance(value, str):
        return fewest_slips(gap.accepted, value, gap.slips)
    return 0 if is_id(value) and value in gap.right else None


def _is_filled(value: object) -> bool:
    return is_id(value) or (isinstance(value, str) and has_words(value))
