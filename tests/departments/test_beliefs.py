"""What is told of a month's answers: never so much that a small group can be made out."""

from collections.abc import Iterator, Mapping
from itertools import combinations, product
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from departments.beliefs import OTHER_TEAMS, Answer, Said, Told, picture, rounded_mean, sum_of
from tests.departments.algebra import follows

answers = st.tuples(st.integers(0, 9), st.integers(0, 4), st.integers(0, 4)).map(
    lambda counts: Said(*counts)
)
organisations = st.dictionaries(
    st.sampled_from([OTHER_TEAMS, "1", "2", "3", "4", "5", "6"]), answers, max_size=7
)
few_small = st.dictionaries(
    st.sampled_from([OTHER_TEAMS, "1", "2", "3"]),
    st.tuples(st.integers(0, 6), st.integers(0, 2), st.integers(0, 2)).map(lambda c: Said(*c)),
    min_size=2,
    max_size=3,
)

type Organisation = Mapping[str, Said]


def members_of(group: Told, told: tuple[Told, ...], organisation: Organisation) -> frozenset[str]:
    """Of which departments a figure speaks; the other teams are all that aren't named."""
    if group.key != OTHER_TEAMS:
        return frozenset({group.key})
    return frozenset(organisation) - {one.key for one in told if one.key}


@given(organisation=organisations)
def test_nothing_about_fewer_than_five_follows_from_what_is_told(
    organisation: Organisation,
) -> None:
    told = picture(organisation)
    known = [members_of(group, told.groups, organisation) for group in told.groups]
    known += [frozenset(organisation)] if told.total else []
    for size in range(1, len(organisation) + 1):
        for union in combinations(organisation, size):
            people = sum_of(organisation[key] for key in union).n
            if 0 < people < 5:
                assert not follows(frozenset(union), known, organisation)


def worlds(organisation: Organisation) -> Iterator[dict[str, Said]]:
    """All answers that fit what is told, the sizes of departments being known."""
    told = picture(organisation)
    for counts in product(*(splits(said.n) for said in organisation.values())):
        world = dict(zip(organisation, counts, strict=True))
        groups = [
            (told.total, frozenset(organisation)),
            *((group, members_of(group, told.groups, organisation)) for group in told.groups),
        ]
        if all(fits(group, sum_of(world[key] for key in keys)) for group, keys in groups):
            yield world


def splits(people: int) -> list[Said]:
    return [
        Said(yes, not_yet, people - yes - not_yet)
        for yes in range(people + 1)
        for not_yet in range(people + 1 - yes)
    ]


def fits(told: Told | None, said: Said) -> bool:
    if told is None:
        return True
    if told.said is not None:
        return told.said == said
    counts = dict(zip(Answer, said.counts, strict=True))
    return told.nearly_all is None or counts[told.nearly_all] >= told.n - 1


@given(organisation=few_small)
@example(organisation={"1": Said(6), "2": Said(3, 2, 1), OTHER_TEAMS: Said(1, 1, 1)})
@example(organisation={"1": Said(6), "2": Said(0, 6), "3": Said(3, 2, 2)})
def test_no_counts_behind_words_follow_from_the_rest(organisation: Organisation) -> None:
    told = picture(organisation)
    in_words = [group.key for group in told.groups if group.nearly_all and group.key]
    if in_words:
        possible = list(worlds(organisation))
        assert organisation in possible
        for key in in_words:
            assert len({world[key] for world in possible}) == 3


@given(organisation=organisations)
def test_other_teams_are_told_in_words_only_where_no_number_gives_them_away(
    organisation: Organisation,
) -> None:
    groups = picture(organisation).groups
    assert not any(group.nearly_all for group in groups if group.key == OTHER_TEAMS)


@given(organisation=organisations)
def test_what_was_put_together_is_told_as_before(organisation: Organisation) -> None:
    told = picture(organisation)
    rest = sum_of(said for key, said in organisation.items() if key not in told.named)
    together = {key: organisation[key] for key in told.named} | {OTHER_TEAMS: rest}
    assert picture(together) == told


@given(organisation=organisations, rng=st.randoms(use_true_random=False))
def test_the_same_answers_are_told_alike_in_any_order(
    organisation: Organisation, rng: Random
) -> None:
    keys = rng.sample(list(organisation), len(organisation))
    assert picture({key: organisation[key] for key in keys}) == picture(organisation)


@given(organisation=organisations)
def test_what_is_told_in_numbers_is_what_was_said(organisation: Organisation) -> None:
    for group in picture(organisation).groups:
        if group.said and group.key:
            assert group.said == organisation[group.key]


def test_four_answers_are_not_told() -> None:
    assert picture({"1": Said(2, 1, 1)}).total is None


def test_departments_of_three_and_four_are_other_teams() -> None:
    told = picture({"care": Said(5, 3, 4), "digital": Said(2, 1, 1), "people": Said(1, 1, 1)})
    assert told.groups == (
        Told("care", 12, Said(5, 3, 4)),
        Told(OTHER_TEAMS, 7, Said(3, 2, 2)),
    )


def test_one_small_department_takes_the_next_smallest_with_it() -> None:
    told = picture({"care": Said(5, 3, 4), "field": Said(3, 2, 1), "people": Said(1, 1, 1)})
    assert told.groups == (
        Told("care", 12, Said(5, 3, 4)),
        Told(OTHER_TEAMS, 9, Said(4, 3, 2)),
    )


def test_a_group_under_ten_that_answers_alike_is_told_in_words() -> None:
    told = picture({"field": Said(8, 1), "care": Said(5, 3, 4), OTHER_TEAMS: Said(2, 2, 2)})
    assert told.groups == (
        Told("care", 12, Said(5, 3, 4)),
        Told("field", 9, nearly_all=Answer.YES),
        Told(OTHER_TEAMS, 6),
    )


def test_ten_who_answer_alike_are_told_in_numbers() -> None:
    assert picture({"care": Said(10)}).total == Told(OTHER_TEAMS, 10, Said(10))


def test_words_are_kept_only_where_other_teams_can_hide_them() -> None:
    """All said yes but two of Care: beside its counts, Field's would be what is left."""
    assert picture({"field": Said(6), "care": Said(9, 2, 0)}).groups == ()


def test_a_small_organisation_of_one_mind_names_no_department() -> None:
    told = picture({"care": Said(4, 1), OTHER_TEAMS: Said(4)})
    assert (told.total, told.groups) == (Told(OTHER_TEAMS, 9, nearly_all=Answer.YES), ())


@pytest.mark.parametrize(("estimates", "mean"), [([9, 9, 9, 9], None), ([9, 9, 9, 8, 1], 7)])
def test_an_estimate_is_told_of_five_people_or_more(estimates: list[int], mean: int | None) -> None:
    assert rounded_mean(estimates) == mean
