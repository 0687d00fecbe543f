from datetime import UTC, date, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from quizzes.misconceptions import Asked, Belief, Group, Misconception, misconceptions

MONDAY = date(2026, 11, 16)
THREE_DAYS = Belief("refund", 1, "three-days")


def asked(
    person: int,
    *wrong: str,
    day: int = 0,
    hour: int = 9,
    question: int = 1,
    sure: bool = True,
    group: str = "service",
    fact: str = "refund",
    in_own_words: bool = False,
) -> Asked:
    on = MONDAY + timedelta(days=day)
    at = datetime(on.year, on.month, on.day, hour, tzinfo=UTC)
    return Asked(fact, question, person, group, on, at, sure, wrong, in_own_words)


rows = st.lists(
    st.builds(
        asked,
        st.integers(1, 6),
        day=st.integers(0, 3),
        hour=st.integers(8, 18),
        question=st.integers(1, 2),
        sure=st.booleans(),
        group=st.sampled_from(["service", "sales"]),
        fact=st.sampled_from(["refund", "price"]),
    ).flatmap(
        lambda row: st.sampled_from([(), ("three-days",), ("a-week", "three-days")]).map(
            lambda wrong: Asked(
                row.fact, row.question, row.person, row.group, row.day, row.at, row.sure, wrong
            )
        )
    ),
    max_size=25,
)


def test_eight_of_thirty_are_sure_of_three_days() -> None:
    answers = [asked(person, "three-days") for person in range(8)]
    answers += [asked(person, group="sales") for person in range(8, 30)]
    assert misconceptions(answers) == [
        Misconception(THREE_DAYS, 8, 30, (Group("sales", 0, 22), Group("service", 8, 8)))
    ]


def test_who_is_not_sure_is_asked_and_not_counted() -> None:
    answers = [asked(1, "three-days"), asked(2, "three-days", sure=False)]
    assert [(one.sure, one.n) for one in misconceptions(answers)] == [(1, 2)]


def test_a_right_answer_on_a_later_day_ends_it_whichever_question_it_was_to() -> None:
    assert misconceptions([asked(1, "three-days"), asked(1, question=2, day=4)]) == []


def test_a_right_answer_on_the_same_day_does_not_end_it() -> None:
    answers = [asked(1, "three-days"), asked(1, question=2, hour=10)]
    assert [one.belief for one in misconceptions(answers)] == [THREE_DAYS]


def test_of_a_day_the_first_answer_to_a_question_counts() -> None:
    answers = [asked(1, "a-week", hour=10), asked(1, "three-days", hour=9)]
    assert [one.belief for one in misconceptions(answers)] == [THREE_DAYS]


def test_of_a_day_the_first_answer_to_every_question_counts() -> None:
    answers = [asked(1, "three-days"), asked(1, "a-week", question=2, hour=10)]
    assert {one.belief.said for one in misconceptions(answers)} == {"three-days", "a-week"}


def test_who_changed_departments_counts_where_she_answered_last() -> None:
    answers = [asked(1, "three-days", group="sales"), asked(1, "three-days", day=1)]
    assert misconceptions(answers)[0].groups == (Group("service", 1, 1),)


def test_each_wrong_option_that_was_chosen_is_believed() -> None:
    found = misconceptions([asked(1, "three-days", "a-week")])
    assert {one.belief.said for one in found} == {"three-days", "a-week"}


def test_a_fact_counts_only_those_who_were_asked_about_it() -> None:
    answers = [asked(1, "three-days"), asked(2, fact="price")]
    assert [(one.sure, one.n) for one in misconceptions(answers)] == [(1, 1)]


def test_own_words_are_told_only_where_five_wrote_them() -> None:
    four = [asked(person, "3 weeks", in_own_words=True) for person in range(4)]
    assert misconceptions(four) == []
    assert misconceptions([*four, asked(5, "3 weeks", in_own_words=True)])[0].sure == 5


def test_what_most_people_believe_comes_first() -> None:
    answers = [asked(1, "a-week"), *(asked(person, "three-days") for person in (2, 3))]
    assert [one.belief.said for one in misconceptions(answers)] == ["three-days", "a-week"]


@given(answers=rows)
def test_nobody_is_counted_twice(answers: list[Asked]) -> None:
    for found in misconceptions(answers):
        about = {answer.person for answer in answers if answer.fact == found.belief.fact}
        assert found.n == len(about) == sum(group.n for group in found.groups)
        assert 1 <= found.sure == sum(group.sure for group in found.groups) <= found.n
        assert all(group.sure <= group.n for group in found.groups)


@given(answers=rows, rng=st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(answers: list[Asked], rng: Random) -> None:
    at_times = {answer.at.replace(minute=place): answer for place, answer in enumerate(answers)}
    distinct = [
        Asked(one.fact, one.question, one.person, one.group, one.day, at, one.sure, one.wrong)
        for at, one in at_times.items()
    ]
    assert misconceptions(rng.sample(distinct, len(distinct))) == misconceptions(distinct)
