"""The demo's six months of numbers, as (k, n) of June to November 2026, November to the 20th."""

from collections.abc import Sequence
from datetime import date, timedelta

from customers.verdicts import Counted, Tally, Terms

P1 = ((596, 630), (604, 641), (578, 615), (561, 596), (588, 626), (392, 418))
P2 = (
    (82_910, 83_310),
    (83_160, 83_570),
    (83_400, 83_790),
    (83_330, 83_720),
    (83_050, 83_450),
    (82_640, 83_010),
)
P3 = ((503, 515), (496, 508), (432, 521), (326, 534), (318, 548), (209, 352))
P4 = (
    (8_350, 9_640),
    (8_272, 9_580),
    (8_460, 10_020),
    (8_801, 11_010),
    (8_927, 11_290),
    (6_158, 7_820),
)
P5 = ((21, 23), (18, 21), (20, 22), (22, 26), (24, 27), (15, 17))
FIRST_MONTH = 6
NEWEST_MONTH = 11


def share(target: float, *, at_most: bool = False) -> Terms:
    return Terms(target, is_at_least=not at_most)


def mean(target: float, *, at_most: bool = False) -> Terms:
    return Terms(target, is_at_least=not at_most, is_share=False)


def month(number: int, *tallies: Tally) -> Counted:
    return Counted(*days_of(number), tallies)


def months(counts: Sequence[tuple[int, int]], first: int = FIRST_MONTH) -> tuple[Counted, ...]:
    return tuple(
        month(number, Tally(k=k, n=n)) for number, (k, n) in enumerate(counts, start=first)
    )


def days_of(number: int) -> tuple[date, date]:
    """The month's first and last day; of November the 20th."""
    first = date(2026, number, 1)
    next_month = (first + timedelta(days=31)).replace(day=1)
    return first, date(2026, 11, 20) if number == NEWEST_MONTH else next_month - timedelta(days=1)
