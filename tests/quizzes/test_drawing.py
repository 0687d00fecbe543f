from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quizzes.drawing import Candidate, OpensTomorrow, PoolTooSmall, draw

candidates = st.builds(
    Candidate,
    id=st.integers(1, 99),
    facts=st.frozensets(st.sampled_from("abcdef"), max_size=2),
    must_know=st.booleans(),
    by_heart=st.booleans(),
    seen_today=st.booleans(),
)
pools = st.lists(candidates, max_size=12, unique_by=lambda candidate: candidate.id)
sizes = st.integers(1, 8)
randoms = st.integers().map(Random)
days_so_far = st.frozensets(st.integers(1, 99))


def pool_of(count: int) -> list[Candidate]:
    return [Candidate(number) for number in range(1, count + 1)]


@given(pool=pools, size=sizes, rng=randoms)
def test_a_draw_has_its_size_without_repeats(pool: list[Candidate], size: int, rng: Random) -> None:
    drawn = draw(pool, size=size, rng=rng)
    must_knows = sum(candidate.must_know for candidate in pool)
    assert len(drawn) == len(set(drawn)) == max(min(size, len(pool)), must_knows)


@given(pool=pools, size=sizes, rng=randoms)
def test_every_must_know_is_drawn(pool: list[Candidate], size: int, rng: Random) -> None:
    drawn = draw(pool, size=size, rng=rng)
    assert {candidate.id for candidate in pool if candidate.must_know} <= set(drawn)


@given(pool=pools, size=sizes, rng=randoms, answered=days_so_far)
def test_a_question_answered_today_is_not_drawn(
    pool: list[Candidate], size: int, rng: Random, answered: frozenset[int]
) -> None:
    left = [candidate for candidate in pool if candidate.id not in answered]
    assume(len(left) >= size)
    assert not answered & set(draw(pool, size=size, rng=rng, answered_today=answered))


@given(pool=pools, size=sizes, rng=randoms)
def test_a_question_by_heart_is_drawn_where_there_is_one(
    pool: list[Candidate], size: int, rng: Random
) -> None:
    pool = [Candidate(c.id, c.facts, must_know=False, by_heart=c.by_heart) for c in pool]
    assume(any(candidate.by_heart for candidate in pool))
    drawn = draw(pool, size=size, rng=rng)
    assert any(candidate.by_heart for candidate in pool if candidate.id in drawn)


@given(rng=randoms, repeats=st.integers(0, 4))
def test_every_fact_is_asked_before_one_is_asked_again(rng: Random, repeats: int) -> None:
    single = [Candidate(number, frozenset({letter})) for number, letter in enumerate("abcd")]
    again = [Candidate(10 + number, frozenset({"a"})) for number in range(repeats)]
    pool = single + again
    drawn = draw(pool, size=4, rng=rng)
    facts = {fact for candidate in pool if candidate.id in drawn for fact in candidate.facts}
    assert facts == set("abcd")


def test_a_fact_that_a_must_know_covers_gives_way_to_the_others() -> None:
    pool = [
        Candidate(1, frozenset({"price"}), must_know=True),
        Candidate(2, frozenset({"price"})),
        Candidate(3, frozenset({"speed"})),
    ]
    draws = [draw(pool, size=2, rng=Random(seed)) for seed in range(20)]
    assert all(set(drawn) == {1, 3} for drawn in draws)


def test_the_questions_and_their_order_change_from_draw_to_draw() -> None:
    draws = [draw(pool_of(10), size=6, rng=Random(seed)) for seed in range(40)]
    assert set().union(*draws) == set(range(1, 11))
    assert len(set(draws)) > 30


def test_must_knows_come_anywhere_in_the_order() -> None:
    pool = [Candidate(1, must_know=True), *pool_of(4)[1:]]
    places = {draw(pool, size=3, rng=Random(seed)).index(1) for seed in range(40)}
    assert places == {0, 1, 2}


def test_the_same_seed_gives_the_same_draw() -> None:
    assert draw(pool_of(10), size=6, rng=Random(7)) == draw(pool_of(10), size=6, rng=Random(7))


def test_a_pool_smaller_than_the_size_is_asked_whole() -> None:
    assert set(draw(pool_of(4), size=6, rng=Random(1))) == {1, 2, 3, 4}


def test_an_empty_pool_asks_nothing() -> None:
    assert draw([], size=6, rng=Random(1)) == ()


@pytest.mark.parametrize(("count", "answered"), [(10, range(1, 6)), (4, [2])])
def test_a_pool_that_cannot_fill_a_retake_is_too_small(count: int, answered: list[int]) -> None:
    with pytest.raises(PoolTooSmall):
        draw(pool_of(count), size=6, rng=Random(1), answered_today=frozenset(answered))


def test_a_retake_is_possible_while_the_pool_can_fill_it() -> None:
    drawn = draw(pool_of(12), size=6, rng=Random(1), answered_today=frozenset(range(1, 7)))
    assert set(drawn) == {7, 8, 9, 10, 11, 12}


def test_a_must_know_missed_today_closes_the_quiz_until_tomorrow() -> None:
    with pytest.raises(OpensTomorrow):
        draw(pool_of(20), size=6, rng=Random(1), missed_must_know_today=True)


@given(pool=pools, size=sizes, rng=randoms, answered=days_so_far, missed=st.booleans())
def test_a_quiz_that_opens_at_once_is_never_closed_and_asks_every_must_know(
    pool: list[Candidate],
    size: int,
    rng: Random,
    answered: frozenset[int],
    missed: bool,
) -> None:
    drawn = draw(
        pool,
        size=size,
        rng=rng,
        answered_today=answered,
        missed_must_know_today=missed,
        opens_at_once=True,
    )
    must_knows = {candidate.id for candidate in pool if candidate.must_know}
    assert len(drawn) == len(set(drawn)) == max(min(size, len(pool)), len(must_knows))
    assert must_knows <= set(drawn)


@given(pool=pools, size=sizes, rng=randoms, answered=days_so_far)
def test_a_quiz_that_opens_at_once_asks_again_only_where_nothing_else_is_left(
    pool: list[Candidate], size: int, rng: Random, answered: frozenset[int]
) -> None:
    pool = [Candidate(c.id, c.facts, seen_today=c.seen_today) for c in pool]
    drawn = set(draw(pool, size=size, rng=rng, answered_today=answered, opens_at_once=True))
    new = {candidate.id for candidate in pool} - answered
    assert not drawn & answered or new <= drawn


def test_a_quiz_that_opens_at_once_asks_again_for_want_of_another_by_heart() -> None:
    pool = [Candidate(1), *(Candidate(number, by_heart=False) for number in range(2, 9))]
    answered = frozenset({1})
    assert 1 in draw(pool, size=3, rng=Random(1), answered_today=answered, opens_at_once=True)


@given(rng=randoms, seen=st.integers(0, 4), must_know=st.booleans())
def test_a_question_seen_today_is_asked_only_where_no_other_is_as_good(
    rng: Random,
    seen: int,
    must_know: bool,
) -> None:
    unseen = pool_of(6)
    shown = [Candidate(10 + n, must_know=must_know, seen_today=True) for n in range(seen)]
    drawn = set(draw(unseen + shown, size=6, rng=rng))
    assert drawn & {candidate.id for candidate in shown} == (
        {candidate.id for candidate in shown} if must_know else set()
    )


def test_a_fact_that_only_a_question_seen_today_cites_is_still_asked() -> None:
    price, speed = frozenset({"price"}), frozenset({"speed"})
    pool = [Candidate(1, speed, seen_today=True), *(Candidate(n, price) for n in range(2, 9))]
    assert 1 in draw(pool, size=2, rng=Random(1))


@given(st.integers(0, 999))
def test_the_wordings_of_a_fact_take_turns(seed: int) -> None:
    price, speed = frozenset({"price"}), frozenset({"speed"})
    pool = [
        Candidate(1, price, times_asked=2),
        Candidate(2, price, times_asked=1),
        Candidate(3, price, times_asked=2),
        Candidate(4, speed, times_asked=5),
    ]

    assert set(draw(pool, size=2, rng=Random(seed))) == {2, 4}
