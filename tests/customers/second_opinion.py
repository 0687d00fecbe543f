"""What a verdict ought to be, worked out from the rows by another way than `customers.verdicts`.

The interval's ends are found by halving: they are the shares from which what was counted lies just
so many of *their* standard errors away. Means are put together from sums of values and of squares.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from typing import Any

from customers.models import ProcessChange, Reading
from knowledge.models import Claim

Z = 1.6449


@dataclass(frozen=True)
class Opinion:
    verdict: str
    n: int = 0
    delivered: float | None = None
    low: float | None = None
    high: float | None = None
    just: bool = False
    last_on: date | None = None
    since: tuple[str, str] = ("", "")


def wilson(k: int, n: int) -> tuple[float, float]:
    """The two shares that lie Z of their own standard errors from what was counted, by halving."""

    def off(share: float) -> float:
        return abs(k / n - share) - Z * sqrt(share * (1 - share) / n)

    def edge(outside: float) -> float:
        inside = k / n
        for _ in range(200):
            middle = (inside + outside) / 2
            inside, outside = (middle, outside) if off(middle) <= 0 else (inside, middle)
        return 100 * inside

    return (0.0 if k == 0 else edge(0.0)), (100.0 if k == n else edge(1.0))


def usable(claim: Claim, rows: Iterable[Reading]) -> list[Reading]:
    if claim.statistic == "share":
        return [row for row in rows if row.n and row.k is not None]
    return [row for row in rows if row.n and row.mean is not None and row.deviation is not None]


def pooled(claim: Claim, rows: list[Reading]) -> tuple[int, float, float, float] | None:
    if not rows:
        return None
    n = sum(row.n or 0 for row in rows)
    if claim.statistic == "share":
        k = sum(row.k or 0 for row in rows)
        return n, 100 * k / n, *wilson(k, n)
    # The sums of the values and of their squares, as if each had been written down.
    total = sum((row.n or 0) * float(row.mean or 0) for row in rows)
    squares = sum(
        ((row.n or 0) - 1) * float(row.deviation or 0) ** 2
        + (row.n or 0) * float(row.mean or 0) ** 2
        for row in rows
    )
    mean = total / n
    spread = sqrt(max(0.0, (squares - total * mean) / (n - 1))) if n > 1 else 0.0
    return n, mean, mean - Z * spread / sqrt(n), mean + Z * spread / sqrt(n)


def word(claim: Claim, rows: list[Reading]) -> str:
    found = pooled(claim, rows)
    if found is None:
        return "unproven"
    n, _mean, low, high = found
    target = float(claim.target)
    if n < 30:
        return "too-few"
    if claim.comparator == "at-most":
        low, high, target = -high, -low, -target
    return "kept" if low >= target else "falling-short" if high < target else "too-close"


def month_of(row: Reading) -> int:
    return row.starts_on.year * 12 + row.starts_on.month


def opinion(claim: Claim, on: date) -> Opinion:
    measure = getattr(claim, "measured_by", None)
    stored = Reading.objects.filter(measure=measure, replaced_at=None, starts_on__lte=on)
    rows = usable(claim, stored) if measure else []
    if not rows:
        return Opinion("unproven")
    newest = max(map(month_of, rows))
    judged = [row for row in rows if month_of(row) > newest - 3]
    found = pooled(claim, judged)
    assert found is not None
    n, delivered, low, high = found
    verdict = word(claim, judged)
    off = abs(delivered - float(claim.target))
    limit = 2 if claim.statistic == "share" else float(claim.target) * 2 / 100
    return Opinion(
        verdict,
        n,
        delivered,
        low,
        high,
        verdict == "falling-short" and off < limit - 1e-9,
        max(row.ends_on for row in rows),
        since(claim, measure, rows) if verdict == "falling-short" else ("", ""),
    )


def since(claim: Claim, measure: Any, rows: list[Reading]) -> tuple[str, str]:
    months: dict[int, list[Reading]] = {}
    for row in sorted(rows, key=lambda each: each.starts_on):
        months.setdefault(month_of(row), []).append(row)
    changes = [
        change
        for change in ProcessChange.objects.filter(dropped_at=None)
        if change.measures.filter(pk=measure.pk).exists()
        or change.promises.filter(pk=claim.promise_id).exists()
    ]
    for change in sorted(changes, key=lambda each: (each.happens_on, each.reference))[::-1]:
        later = [some for some in months.values() if some[0].starts_on >= change.happens_on]
        if (
            kept_before(claim, months, change.happens_on)
            and later
            and word(claim, [row for some in later for row in some]) == "falling-short"
            and not any(word(claim, some) == "kept" for some in later)
        ):
            return "changed-since", str(change.happens_on)
    ends = [max(row.ends_on for row in some) + timedelta(days=1) for some in months.values()]
    if any(kept_before(claim, months, end) for end in ends):
        return "used-to-be-true", ""
    return "over-claimed", ""


def kept_before(claim: Claim, months: dict[int, list[Reading]], day: date) -> bool:
    ended = [some for some in months.values() if max(row.ends_on for row in some) < day][-3:]
    taken: list[Reading] = []
    for some in reversed(ended):
        taken += some
        if sum(row.n or 0 for row in taken) >= 30:
            break
    return word(claim, taken) == "kept"
