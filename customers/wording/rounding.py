"""How exactly figures are told.

No figure is written more exactly than it is known: whole per cent, or one decimal where the low and
the high end are less than two points apart; of a mean, two figures.
"""

from math import floor, log10

from django.utils.formats import number_format

from customers.verdicts import Judgement, Verdict

PER_CENT = "%"
# These stand before the figure.
CURRENCIES = "£€$"
PENCE = 2
MOST_DECIMALS = 3
# In points: where the ends are closer together, a decimal tells something.
CLOSE = 2


def decimals_of(judgement: Judgement) -> int:
    """As many as tell something, and as the claim itself has; never so few that what falls short
    would look the same as what is claimed."""
    decimals = max(_decimals_known(judgement), decimals_written(judgement.claimed))
    if judgement.verdict is Verdict.FALLING_SHORT and judgement.delivered is not None:
        while decimals < MOST_DECIMALS and _looks_alike(judgement, decimals):
            decimals += 1
    return decimals


def _decimals_known(judgement: Judgement) -> int:
    if judgement.low is None or judgement.high is None or judgement.delivered is None:
        return 0
    if judgement.k is not None:
        return int(judgement.high - judgement.low < CLOSE)
    size = abs(judgement.delivered)
    return min(max(0, 1 - floor(log10(size))), MOST_DECIMALS) if size else 0


def _looks_alike(judgement: Judgement, decimals: int) -> bool:
    return round(judgement.delivered or 0, decimals) == round(judgement.claimed, decimals)


def decimals_written(number: float) -> int:
    return len(f"{number:.{MOST_DECIMALS}f}".rstrip("0").partition(".")[2])


def with_unit(number: float, unit: str, decimals: int = 0) -> str:
    if unit == PER_CENT:
        return f"{figure(number, decimals)}%"
    if unit and unit in CURRENCIES:
        return f"{unit}{figure(number, max(decimals, PENCE) if decimals else 0)}"
    return f"{figure(number, decimals)} {unit}".strip()


def with_sign(number: float, unit: str, decimals: int) -> str:
    """The unit again only where it is a sign, not a word."""
    is_sign = unit == PER_CENT or unit in CURRENCIES
    return with_unit(number, unit, decimals) if is_sign else figure(number, decimals)


def per_cent(number: float) -> str:
    return f"{figure(number, 0 if number >= 1 else 1)}%"


def figure(number: float, decimals: int = 0) -> str:
    # Rounded first: Django would cut off.
    rounded = round(number, decimals)
    return str(number_format(rounded, decimals, use_l10n=True, force_grouping=True))
