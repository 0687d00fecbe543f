"""Item statistics, worked out again from raw answers by another way than `quizzes.items`.

Everything is a fraction until the last step. A covariance is the mean of what each two answers make
together, `Σ (xᵢ - xⱼ)(yᵢ - yⱼ) / n(n - 1)` over all pairs, and has no mean in it. The rest of a
sitting is what its other marks add up to, shared among them.

    python -m tests.second_opinion answers.csv

reads a table with the columns attempt, version and mark, and writes one line for each version.
"""

import csv
import sys
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

type Row = Mapping[str, str | int | float]
type Pair = tuple[Fraction, Fraction]


class Opinion(NamedTuple):
    """Facility from 0 to 1, the others up to 100; `None` where there is none."""

    facility: float
    discrimination: float | None
    efficiency: float | None


def opinions(rows: Iterable[Row]) -> dict[str, Opinion]:
    """By version; each row has an attempt, a version and a mark from 0 to 1."""
    sittings: dict[str, dict[str, Fraction]] = {}
    for row in rows:
        sitting = sittings.setdefault(str(row["attempt"]), {})
        sitting[str(row["version"])] = Fraction(row["mark"])
    versions = {version for sitting in sittings.values() for version in sitting}
    return {version: _opinion(version, sittings.values()) for version in sorted(versions)}


def _opinion(version: str, sittings: Iterable[Mapping[str, Fraction]]) -> Opinion:
    having = [sitting for sitting in sittings if version in sitting]
    pairs = [
        (sitting[version], (sum(sitting.values()) - sitting[version]) / (len(sitting) - 1))
        for sitting in having
        if len(sitting) > 1
    ]
    facility = sum(sitting[version] for sitting in having) / Fraction(len(having))
    return Opinion(float(facility), _discrimination(pairs), _efficiency(pairs))


def _discrimination(pairs: Sequence[Pair]) -> float | None:
    both = _together(pairs)
    squared = _together([(x, x) for x, _y in pairs]) * _together([(y, y) for _x, y in pairs])
    return None if squared == 0 else 100 * float(both) / _root(squared)


def _efficiency(pairs: Sequence[Pair]) -> float | None:
    marks, rests = [x for x, _y in pairs], [y for _x, y in pairs]
    best = []
    while marks:
        best.append((max(marks), max(rests)))
        marks.remove(max(marks))
        rests.remove(max(rests))
    largest = _together(best)
    return None if largest == 0 else float(100 * _together(pairs) / largest)


def _together(pairs: Sequence[Pair]) -> Fraction:
    made = [(x - other_x) * (y - other_y) for (x, y), (other_x, other_y) in combinations(pairs, 2)]
    return sum(made, Fraction(0)) / max(1, len(pairs) * (len(pairs) - 1))


def _root(number: Fraction) -> float:
    with localcontext(prec=50):
        return float((Decimal(number.numerator) / Decimal(number.denominator)).sqrt())


def _main(path: str) -> None:
    with Path(path).open(encoding="utf-8", newline="") as table:
        found = opinions(csv.DictReader(table))
    out = csv.writer(sys.stdout)
    out.writerow(["version", *Opinion._fields])
    for version, opinion in found.items():
        figures = ("" if figure is None else f"{figure:.4f}" for figure in opinion)
        out.writerow([version, *figures])


if __name__ == "__main__":
    _main(sys.argv[1])
