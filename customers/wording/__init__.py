"""The words of evidence, on every screen and in every file."""

from customers.wording.days import (
    as_at_words,
    change_words,
    day_words,
    month_label,
    month_words,
    short_change_words,
    window_words,
)
from customers.wording.findings import diagnosis_words
from customers.wording.gaps import (
    claim_words,
    counted_sentence,
    counted_words,
    delivered_words,
    direction_words,
    gap_words,
    likely_sentence,
    likely_words,
    n_words,
)
from customers.wording.rounding import (
    decimals_of,
    decimals_written,
    figure,
    per_cent,
    with_sign,
    with_unit,
)
from customers.wording.verdicts import (
    VERDICT_WORDS,
    row_word,
    settling_words,
    since_words,
    verdict_note,
    verdict_word,
    verdict_words,
)

__all__ = [
    "VERDICT_WORDS",
    "as_at_words",
    "change_words",
    "claim_words",
    "counted_sentence",
    "counted_words",
    "day_words",
    "decimals_of",
    "decimals_written",
    "delivered_words",
    "diagnosis_words",
    "direction_words",
    "figure",
    "gap_words",
    "likely_sentence",
    "likely_words",
    "month_label",
    "month_words",
    "n_words",
    "per_cent",
    "row_word",
    "settling_words",
    "short_change_words",
    "since_words",
    "verdict_note",
    "verdict_word",
    "verdict_words",
    "window_words",
    "with_sign",
    "with_unit",
]
