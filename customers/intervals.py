"""Between which two figures the true one lies, 90 times of 100, and how many make that narrower.

**Source.** For shares this is Wilson's score interval (Wilson 1927; Brown, Cai and DasGupta 2001),
two-sided, 90 %. It holds a target as long as that differs from the share by no more than
z √(target (100 − target) / n), from which the number that settles it follows. Other than the
interval of most textbooks it is honest where few were asked. For means it is
mean ± z · deviation / √n. Shares are in per cent, from 0 to 100.
"""

from math import ceil, floor, log10, sqrt

# Two-sided 90 %.
Z = 1.6449
ALL = 100.0


def of_share(k: float, n: int) -> tuple[float, float]:
    """The low and the high end for `k` of `n`."""
    share, room = k / n, Z**2 / n
    middle = (share + room / 2) / (1 + room)
    reach = sqrt(room * share * (1 - share) + (room / 2) ** 2) / (1 + room)
    # None of them, and all of them, are ends by themselves.
    low = 0.0 if k == 0 else ALL * (middle - reach)
    high = ALL if k == n else ALL * (middle + reach)
    return low, high


def of_mean(mean: float, deviation: float, n: int) -> tuple[float, float]:
    reach = Z * deviation / sqrt(n)
    return mean - reach, mean + reach


def share_settled_at(share: float, target: float) -> int | None:
    """About how many would put the target outside, should the share stay what it is."""
    return _settled_at(target * (ALL - target), share - target)


def mean_settled_at(mean: float, deviation: float, target: float) -> int | None:
    return _settled_at(deviation**2, mean - target)


def _settled_at(spread: float, gap: float) -> int | None:
    """Two figures, rounded up: never too few. No number settles what is exactly the target."""
    if not gap:
        return None
    number = Z**2 * spread / gap**2
    size: int = 10 ** max(0, floor(log10(number)) - 1)
    return ceil(number / size) * size
