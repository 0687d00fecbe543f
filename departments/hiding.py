"""Which parts of a department may be shown to those who don't lead it.

**Guarantee.** `departments.suppression` holds for a total and its parts. Besides, nobody who leads
one of the hidden parts, and so knows its figures from her own page, can work out those of one to
four people of the others. What hides a part hides all that stands below it.

**Steps.** As told in `departments.suppression`. Then: of all hidden people together, take away one
hidden part that somebody leads. While one to four people are left, the smallest of the shown parts
is hidden with them; of two that are equally small, the first by key.

What is not told here: two heads who put their figures together; and where all parts are hidden, the
total of two speaks to the head of one about the other.
"""

from collections.abc import Collection, Mapping
from functools import lru_cache

from departments.suppression import MINIMUM_GROUP, shown

# Those who work in the department itself: its own head leads them, who sees everything anyway.
ITSELF = "itself"


def shown_parts(people: Mapping[str, int]) -> frozenset[str]:
    """The keys of the parts that may be shown, beside their total; nobody's part has no figure."""
    return _shown_parts(tuple(sorted((key, size) for key, size in people.items() if size > 0)))


@lru_cache(maxsize=2048)
def _shown_parts(people: tuple[tuple[str, int], ...]) -> frozenset[str]:
    sizes = dict(people)
    left = set(shown(sizes))
    while left and _gives_away(sizes, left):
        left.remove(min(left, key=lambda key: (sizes[key], key)))
    return frozenset(left)


def _gives_away(sizes: Mapping[str, int], left: Collection[str]) -> bool:
    hidden = [key for key in sizes if key not in left]
    together = sum(sizes[key] for key in hidden)
    return any(0 < together - sizes[key] < MINIMUM_GROUP for key in hidden if key != ITSELF)
