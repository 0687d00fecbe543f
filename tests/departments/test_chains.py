"""When a link of a promise holds, and whose word counts for it."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from departments.chains import Edition, Lack, Standing, Word, family, lacks, required

TODAY = date(2026, 11, 20)
TOMORROW = TODAY + timedelta(days=1)
PEOPLE = st.integers(0, 5000)
SHARES = st.integers(1, 100)
HEADS = st.none() | st.integers(1, 50)
CAN = Word(can=True)


def test_four_fifths_of_four_are_three() -> None:
    assert required(4, share=80, at_least=None) == 3


def test_the_links_of_the_wifi_promise_need_thirty_of_thirty_nine() -> None:
    needed = [required(people, share=80, at_least=None) for people in (7, 10, 13, 9)]
    assert needed == [5, 8, 10, 7]


@given(people=st.integers(1, 5000), share=SHARES, at_least=HEADS)
def test_at_least_one_is_required_and_never_more_than_there_are(
    people: int, share: int, at_least: int | None
) -> None:
    assert 1 <= required(people, share=share, at_least=at_least) <= people


@given(people=PEOPLE, share=SHARES)
def test_a_share_is_rounded_in_favour_of_the_team(people: int, share: int) -> None:
    found = required(people, share=share, at_least=None)
    assert found <= max(1, people * share / 100)
    assert found > people * share / 100 - 1


@given(people=PEOPLE, share=SHARES, at_least=st.integers(1, 50))
def test_a_head_count_asks_for_more_and_never_for_less(
    people: int, share: int, at_least: int
) -> None:
    by_share = required(people, share=share, at_least=None)
    assert required(people, share=share, at_least=at_least) == max(by_share, min(at_least, people))


@given(people=PEOPLE, share=SHARES, at_least=HEADS, ready=PEOPLE)
def test_one_more_who_is_ready_never_opens_a_link(
    people: int, share: int, at_least: int | None, ready: int
) -> None:
    needed = required(people, share=share, at_least=at_least)
    before, after = (Standing(people, needed, min(ready + more, people)) for more in (0, 1))
    assert not (before.knows and not after.knows)
    assert after.missing <= before.missing


def standing(ready: int, needed: int = 13, *, is_out: bool = True) -> Standing:
    return Standing(needed, required(needed, share=80, at_least=None), ready, is_out)


def test_a_link_holds_with_its_people_and_its_word() -> None:
    assert lacks(standing(10), CAN, day=TODAY) == ()


def test_a_link_says_what_is_missing_people_before_the_word() -> None:
    assert lacks(standing(9), None, day=TODAY) == (Lack.PEOPLE, Lack.NO_WORD)
    assert standing(9).missing == 1


def test_where_nobody_is_asked_it_cant_be_said_whether_they_know_it() -> None:
    assert standing(0, needed=0).knows is None
    assert lacks(standing(0, needed=0), CAN, day=TODAY) == (Lack.NOT_ASKED,)


def test_nobody_is_ready_for_a_version_that_isnt_out() -> None:
    assert lacks(standing(0, is_out=False), CAN, day=TODAY) == (Lack.NOT_OUT,)


def test_a_word_from_a_day_on_counts_from_that_day() -> None:
    word = Word(can=True, from_on=TOMORROW)
    assert lacks(standing(13), word, day=TODAY) == (Lack.LATER,)
    assert lacks(standing(13), word, day=TOMORROW) == ()


def test_not_yet_is_no_word_to_go_by() -> None:
    assert lacks(standing(13), Word(can=False, from_on=TODAY), day=TODAY) == (Lack.NOT_YET,)


EDITIONS = [Edition(1, asks=True), Edition(2, asks=False), Edition(3, asks=True)]


def test_new_words_belong_to_the_version_that_they_word() -> None:
    assert [number in family(EDITIONS, 2) for number in (1, 2, 3)] == [True, True, False]
    assert family(EDITIONS, 1) == family(EDITIONS, 2)


@given(asks=st.lists(st.booleans(), min_size=1, max_size=12), data=st.data())
def test_versions_are_of_one_family_or_of_another_never_of_two(
    asks: list[bool], data: st.DataObject
) -> None:
    editions = [Edition(number, asks) for number, asks in enumerate(asks, start=1)]
    one, other = (data.draw(st.integers(1, len(asks))) for _ in range(2))
    assert (other in family(editions, one)) == (family(editions, one) == family(editions, other))
