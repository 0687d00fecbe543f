"""How right an answer is, and why.

**Guarantee.** A mark lies between 0 and 1, and is exactly 1 where the answer is right. Judging
never raises, whatever the browser sends: a response of the wrong shape gets 0. The order in which
options were shown, and the ids that they carry, make no difference. Putting one part right never
lowers a mark, and choosing everything never earns more than choosing nothing.

**Steps**, by kind of key. Parts count the same; what is left empty takes nothing away.

========  ====================================================  ====================================
Key       Mark                                                  After
========  ====================================================  ====================================
Choose    right ones chosen / all right ones, minus wrong ones  plus/minus of multiple response, as
          chosen / all wrong ones; never below 0                hit rate minus false-alarm rate
Number    all or nothing: at most `tolerance` off               Moodle, numerical: accepted error
Text      all or nothing: an accepted wording, give or take     optimal string alignment distance
          `slips` typing slips
Order     neighbours that follow each other as they should /    Moodle, ordering: "relative to the
          all neighbours                                        next item (excluding last)"
Match     premises with a right match / all premises            Moodle, matching
Gaps      gaps filled rightly / all gaps                        Moodle, embedded answers (Cloze)
Say it    all or nothing: the person marked her own words
          against the model
========  ====================================================  ====================================

For plus/minus see Betts, Muntean, Kim, Kao: Evaluating different scoring methods for multiple
response items providing partial credit, Educational and Psychological Measurement 82 (2022).

Choose one, scenario, and true or false with the reason are Choose with one right option: one
chosen is all or nothing.

How a number is read stands in `numbers`, and what counts as the same word in `words`.
"""

from collections.abc import Callable
from typing import Any

from quizzes.scoring.choosing import explain_choice
from quizzes.scoring.explanations import Explanation, Rule, all_or_nothing
from quizzes.scoring.gaps import explain_gaps
from quizzes.scoring.keys import (
    AnswerKey,
    ChooseKey,
    Gap,
    GapsKey,
    MatchKey,
    NumberKey,
    OrderKey,
    SayKey,
    TextKey,
)
from quizzes.scoring.matching import explain_match
from quizzes.scoring.numbers import explain_number, parse_number
from quizzes.scoring.ordering import explain_order
from quizzes.scoring.words import explain_text, slips_between

__all__ = [
    "AnswerKey",
    "ChooseKey",
    "Explanation",
    "Gap",
    "GapsKey",
    "MatchKey",
    "NumberKey",
    "OrderKey",
    "Rule",
    "SayKey",
    "TextKey",
    "explain",
    "is_right",
    "mark",
    "parse_number",
    "slips_between",
]


def is_right(key: AnswerKey, response: object) -> bool:
    return mark(key, response) == 1


def mark(key: AnswerKey, response: object) -> float:
    return explain(key, response).mark


def explain(key: AnswerKey, response: object) -> Explanation:
    return _EXPLAIN[type(key)](key, response)


def _explain_said(_key: SayKey, response: object) -> Explanation:
    return all_or_nothing(is_right=response is True, was_tried=response is False)


_EXPLAIN: dict[type, Callable[[Any, object], Explanation]] = {
    ChooseKey: explain_choice,
    NumberKey: explain_number,
    TextKey: explain_text,
    OrderKey: explain_order,
    MatchKey: explain_match,
    GapsKey: explain_gaps,
    SayKey: _explain_said,
}
