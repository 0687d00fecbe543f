"""Whether a figure can be worked out from others by adding, subtracting and multiplying."""

from collections.abc import Collection, Iterable, Sequence
from fractions import Fraction

type Vector = list[Fraction]


def follows(asked: frozenset[str], known: Collection[frozenset[str]], parts: Iterable[str]) -> bool:
    """Whether the figure of some parts together is a linear combination of known figures."""
    order = list(parts)
    rows = [vector_of(group, order) for group in known]
    return rank(rows) == rank([*rows, vector_of(asked, order)])


def vector_of(group: frozenset[str], order: Sequence[str]) -> Vector:
    return [Fraction(part in group) for part in order]


def rank(rows: Iterable[Vector]) -> int:
    """By elimination over the rational numbers, so that nothing is rounded."""
    left = [list(row) for row in rows]
    found = 0
    for column in range(len(left[0]) if left else 0):
        pivot = next((row for row in left[found:] if row[column]), None)
        if pivot is None:
            continue
        left.remove(pivot)
        left.insert(found, pivot)
        for row in left[found + 1 :]:
            factor = row[column] / pivot[column]
            row[:] = [mine - factor * other for mine, other in zip(row, pivot, strict=True)]
        found += 1
    return found
