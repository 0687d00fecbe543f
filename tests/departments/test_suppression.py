from collections.abc import Collection, Mapping
from itertools import combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from departments.suppression import MINIMUM_GROUP, shown

type Sizes = Mapping[str, int]
type Parents = Mapping[str, str]

flat = st.lists(st.integers(0, 12), max_size=8).map(
    lambda sizes: {f"d{place}": size for place, size in enumerate(sizes)}
)


@st.composite
def trees(draw: st.DrawFn) -> tuple[Sizes, Parents]:
    """Departments with their own people, each below an earlier one or at the top."""
    own = draw(st.lists(st.integers(0, 9), min_size=1, max_size=7))
    places = [draw(st.integers(-1, place - 1)) for place in range(len(own))]
    totals = list(own)
    for place in reversed(range(len(own))):
        if places[place] >= 0:
            totals[places[place]] += totals[place]
    sizes = {f"d{place}": size for place, size in enumerate(totals)}
    return sizes, {f"d{place}": f"d{up}" for place, up in enumerate(places) if up >= 0}


def above(key: str, parents: Parents) -> list[str]:
    found = []
    while key in parents:
        key = parents[key]
        found.append(key)
    return found


def people_in(sizes: Sizes, parents: Parents) -> dict[str, frozenset[int]]:
    """The people of each group by number; those that a group has of its own come with it."""
    members: dict[str, set[int]] = {key: set() for key in sizes}
    number = 0
    for key in sizes:
        own = sizes[key] - sum(sizes[child] for child, up in parents.items() if up == key)
        people = range(number, number + own)
        number += own
        for group in [key, *above(key, parents)]:
            members[group].update(people)
    return {key: frozenset(people) for key, people in members.items()}


def all_that_adds_up(known: Collection[frozenset[int]]) -> set[frozenset[int]]:
    """Every set of people whose figure follows from known ones by adding and subtracting."""
    found = set(known)
    while True:
        more = {
            new
            for one, other in combinations(found, 2)
            for new in ([one - other] * (other < one))
            + ([other - one] * (one < other))
            + ([one | other] * one.isdisjoint(other))
        }
        if more <= found:
            return found
        found |= more


def attack(sizes: Sizes, parents: Parents, *, total_is_shown: bool) -> set[frozenset[int]]:
    members = people_in(sizes, parents)
    everybody = frozenset[int]().union(*members.values())
    known = {members[key] for key in shown(sizes, parents=parents, total_is_shown=total_is_shown)}
    if total_is_shown and len(everybody) >= MINIMUM_GROUP:
        known.add(everybody)
    return all_that_adds_up(known)


@given(sizes=flat, total_is_shown=st.booleans())
def test_nothing_about_fewer_than_five_follows_from_what_is_shown(
    sizes: Sizes, *, total_is_shown: bool
) -> None:
    found = attack(sizes, {}, total_is_shown=total_is_shown)
    assert not [people for people in found if 0 < len(people) < 5]


@given(tree=trees(), total_is_shown=st.booleans())
def test_nothing_about_fewer_than_five_follows_from_departments_in_departments(
    tree: tuple[Sizes, Parents], *, total_is_shown: bool
) -> None:
    found = attack(*tree, total_is_shown=total_is_shown)
    assert not [people for people in found if 0 < len(people) < 5]


@given(sizes=flat)
def test_no_more_than_one_group_of_five_is_hidden_beside_small_ones(sizes: Sizes) -> None:
    hidden = set(sizes) - shown(sizes)
    assert sum(sizes[key] >= 5 for key in hidden) <= 1


@given(sizes=flat)
def test_without_a_total_only_small_groups_are_hidden(sizes: Sizes) -> None:
    assert shown(sizes, total_is_shown=False) == {key for key, n in sizes.items() if n >= 5}


@given(tree=trees(), rng=st.randoms(use_true_random=False))
def test_the_same_sizes_hide_the_same_groups_in_any_order(
    tree: tuple[Sizes, Parents], rng: Random
) -> None:
    sizes, parents = tree
    shuffled = {key: sizes[key] for key in rng.sample(list(sizes), len(sizes))}
    assert shown(shuffled, parents=parents) == shown(sizes, parents=parents)


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ({"a": 3, "b": 10, "c": 20}, {"c"}),
        ({"a": 1, "b": 2, "c": 6, "d": 9}, {"d"}),
        ({"a": 3, "b": 4, "c": 6}, {"c"}),
        ({"a": 0, "b": 5, "c": 6}, {"b", "c"}),
        ({"a": 4, "b": 7, "c": 7, "d": 7, "e": 7, "f": 7}, {"c", "d", "e", "f"}),
        ({"a": 4, "b": 30}, set()),
    ],
)
def test_small_groups_are_hidden_with_the_next_smallest(sizes: Sizes, expected: set[str]) -> None:
    assert shown(sizes) == expected


def test_a_few_people_of_its_own_hide_a_departments_smallest_team() -> None:
    sizes = {"service": 24, "calls": 10, "field": 12}
    parents = {"calls": "service", "field": "service"}
    assert shown(sizes, parents=parents) == {"service", "field"}


def test_a_team_is_seen_through_departments_that_are_not_listed() -> None:
    sizes = {"service": 15, "calls": 12}
    parents = {"calls": "hotline", "hotline": "service"}
    assert shown(sizes, parents=parents) == {"service"}


def test_departments_with_more_people_below_than_in_them_are_refused() -> None:
    with pytest.raises(ValueError, match="service"):
        shown({"service": 9, "calls": 10}, parents={"calls": "service"})
