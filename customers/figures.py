"""What one reading says in figures, and how figures are read from what people write.

**Guarantee.** No figure is guessed. “1,541” could be one and a half or one and a half thousand, so
it is not read at all; a share is never taken from a percentage, because it doesn't say of how many.

**Steps.**

- A share is `k` of `n`. A mean has `n`, the mean and the sample's standard deviation (divided by
  n − 1), in the measure's unit. A single figure has its value alone.
- A count is written in digits. A figure has digits, perhaps a sign, and behind a point, or behind
  a comma with other than three digits, its decimals.
- Where the values themselves are written, n, mean and deviation are computed from them.
- Four decimals are kept, the nearest ones; what lies half-way goes to the even one.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from statistics import fmean, stdev

DECIMALS = Decimal("0.0001")
# What the columns of a reading can hold, even what is computed of the largest values.
MOST_COUNTED = 2_147_483_647
MOST_FIGURE = Decimal(10) ** 9
MOST_VALUES = 20_000

_COUNT = re.compile(r"\d{1,12}", re.ASCII)
_FIGURE = re.compile(r"[-+]?\d{1,12}(?:\.\d{1,20}|,\d{1,20})?", re.ASCII)
_UNCLEAR = re.compile(r".*,\d{3}", re.ASCII)
_BETWEEN_VALUES = re.compile(r"[;\s]+")


@dataclass(frozen=True, slots=True)
class Figures:
    """What a reading says: what its kind doesn't need is None."""

    n: int | None = None
    k: int | None = None
    mean: Decimal | None = None
    deviation: Decimal | None = None
    value: Decimal | None = None

    @property
    def are_missing(self) -> bool:
        return self == Figures()


def count_in(text: str) -> int | None:
    """A whole number that isn't negative; None where it is none, or too large to keep."""
    found = int(text) if _COUNT.fullmatch(text) else None
    return found if found is not None and found <= MOST_COUNTED else None


def figure_in(text: str) -> Decimal | None:
    """A figure with four decimals; None where it is none, could be two, or is too large."""
    if not _FIGURE.fullmatch(text) or _UNCLEAR.fullmatch(text):
        return None
    figure = Decimal(text.replace(",", "."))
    return rounded(figure) if abs(figure) < MOST_FIGURE else None


def values_in(text: str) -> list[Decimal] | None:
    """Figures with blanks, semicolons or line breaks between them; None where one isn't clear."""
    figures = [figure_in(part) for part in _BETWEEN_VALUES.split(text.strip()) if part]
    known = [figure for figure in figures if figure is not None]
    return known if len(known) == len(figures) and 0 < len(known) <= MOST_VALUES else None


def figures_of(values: Iterable[Decimal]) -> Figures:
    """Of one value there is no deviation."""
    known = [float(value) for value in values]
    spread = rounded(Decimal(stdev(known))) if len(known) > 1 else None
    return Figures(n=len(known), mean=rounded(Decimal(fmean(known))), deviation=spread)


def rounded(figure: Decimal) -> Decimal:
    return figure.quantize(DECIMALS)
