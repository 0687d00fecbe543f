"""Where the lines of an axis stand: at round numbers."""

from itertools import count
from math import ceil, floor, log10

ROUND = (1, 2, 5)
MOST_STEPS = 5
# So many parts of what is shown are left free at its ends.
FREE = 0.08


def axis(low: float, high: float, *, least: float = 0.0, most: float | None = None) -> list[float]:
    """Round numbers from below the low end to above the high end, within what can be."""
    room = FREE * (high - low) or FREE * abs(high) or 1.0
    low, high = max(low - room, least), high + room if most is None else min(high + room, most)
    power = floor(log10((high - low) / MOST_STEPS)) if high > low else 0
    sizes = (size * 10.0**tens for tens in count(power) for size in ROUND)
    step = next(size for size in sizes if ceil(high / size) - floor(low / size) <= MOST_STEPS)
    first, last = floor(low / step), ceil(high / step)
    return [round(number * step, 10) for number in range(first, last + 1)]


def decimals_of(numbers: list[float]) -> int:
    """As many as the steps between them need."""
    step = numbers[1] - numbers[0] if len(numbers) > 1 else 1.0
    return max(0, -floor(log10(step) + 1e-9))
