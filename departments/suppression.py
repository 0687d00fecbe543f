"""Which groups may be shown, so that no figure speaks of fewer than five people.

**Guarantee.** From everything that is shown, nobody can work out the figure of any set of one to
four people: not by reading it, and not by adding and subtracting what is shown, in however many
steps. The same sizes always hide the same groups, as two different pictures of one thing could be
set against each other.

**Groups** may stand in each other, as departments do: a group has in it all people of those below
it, and may have people of its own. Everybody's place is in one group only. A group and the *total*
of all groups tell one figure each, say how many of its people are sure of something wrong.

**What can be worked out.** Take a shown group, and from it the nearest shown ones below it. What
is left is its *rest*: the people of hidden groups, and its own. A group with none shown below is
its own rest. The rests of all shown groups, and of the total, have nobody in common, and each shown
group is the rests of itself and of the shown ones below it, added up. So whatever can be worked out
of the shown figures is made of whole rests, and it is enough that none of these has one to four
people.

**Steps.**

1. A group below `MINIMUM_GROUP` is hidden. Nobody at all is below it, too.
2. Where a rest is one to four people, the smallest of the shown groups nearest below is hidden with
   them (*complementary suppression*), which adds its rest to theirs; of two that are equally small,
   the first by key. That two groups are hidden isn't enough: one and two people are still three.
3. Repeat 2 until it finds nothing. As there are fewer shown groups each time, it ends.

A total below `MINIMUM_GROUP` is to be hidden by whoever would show it. What is not told here: in a
group of five in which all say one thing, the figure speaks of each; and who watches figures
day by day sees them move with one person's answer.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping

MINIMUM_GROUP = 5


def shown(
    groups: Mapping[str, int],
    *,
    parents: Mapping[str, str] | None = None,
    total_is_shown: bool = True,
) -> frozenset[str]:
    """The keys of the groups that may be shown.

    `groups` are the numbers of people, those in groups below included; `parents` name the group
    above, and may speak of groups that aren't among them. Without `parents` no group is in another.

    Raises `ValueError` where the groups below have more people than the one above.
    """
    above = parents or {}
    nearest = _nearest_below(groups, above)
    _refuse_impossible(groups, nearest)
    wholes: dict[str | None, int] = dict(groups.items())
    if total_is_shown:
        wholes[None] = sum(groups[key] for key in nearest.get(None, ()))
    left = {key for key, people in groups.items() if people >= MINIMUM_GROUP}
    while (gives_away := _next_to_hide(wholes, left, above)) is not None:
        left.remove(gives_away)
    return frozenset(left)


def _next_to_hide(
    wholes: Mapping[str | None, int], left: Collection[str], parents: Mapping[str, str]
) -> str | None:
    for whole, below in _nearest_below(left, parents).items():
        if whole not in wholes:
            continue
        rest = wholes[whole] - sum(wholes[key] for key in below)
        if 0 < rest < MINIMUM_GROUP:
            return min(below, key=lambda key: wholes[key])
    return None


def _nearest_below(
    keys: Collection[str], parents: Mapping[str, str]
) -> dict[str | None, list[str]]:
    found: dict[str | None, list[str]] = defaultdict(list)
    # A set has another order in each process, and another order could hide other groups.
    for key in sorted(keys):
        found[_nearest(key, keys, parents)].append(key)
    return found


def _nearest(key: str, among: Collection[str], parents: Mapping[str, str]) -> str | None:
    """The first group above that is one of these; `None` is the total."""
    above = parents.get(key)
    while above is not None and above not in among:
        above = parents.get(above)
    return above


def _refuse_impossible(
    groups: Mapping[str, int], nearest: Mapping[str | None, Collection[str]]
) -> None:
    for whole, below in nearest.items():
        if whole is not None and sum(groups[key] for key in below) > groups[whole]:
            raise ValueError(f"The groups in {whole!r} have more people than it has.")
