"""What is told of what people are sure of: never so much that a small group can be made out."""

import csv
import re
from collections.abc import Iterator, Sequence
from io import StringIO
from itertools import product

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import example, given
from hypothesis import strategies as st

from departments.models import Department
from departments.reports.misconceptions import Cell, Words, cells_of, misconception_lines, total_of
from knowledge.models import ModulePage
from quizzes.misconceptions import Belief, Group, Misconception
from quizzes.models import Answer, Question
from tests.conftest import NOW
from tests.factories import (
    TODAY,
    AttemptFactory,
    DepartmentFactory,
    MembershipFactory,
    PersonFactory,
    QuestionFactory,
    answer_all,
)

OURS = "In three working days"

groups = st.lists(
    st.integers(0, 12).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    min_size=1,
    max_size=4,
)


def found(*sizes: tuple[int, int]) -> Misconception:
    """Groups "0", "1", … of so many sure people, and so many asked."""
    made = tuple(Group(str(number), sure, n) for number, (sure, n) in enumerate(sizes) if n)
    sure, asked = (sum(column) for column in zip(*sizes, strict=True))
    return Misconception(Belief("refund", 1, OURS), sure, asked, made)


def worlds(told: Misconception) -> Iterator[dict[str, int]]:
    """All that a reader of the page can't tell from what is so, sizes of departments known."""
    total, cells = total_of(told), {cell.key: cell for cell in cells_of(told)}
    hidden = {group.key for group in told.groups} - cells.keys()
    for counts in product(*(range(group.n + 1) for group in told.groups)):
        world = dict(zip((group.key for group in told.groups), counts, strict=True))
        rest = sum(world[key] for key in hidden)
        values = world | ({"": rest} if "" in cells else {})
        if fits(total, sum(counts)) and all(fits(cell, values[key]) for key, cell in cells.items()):
            yield world


def fits(cell: Cell | None, count: int) -> bool:
    if cell is None or (cell.sure is None and cell.words is None):
        return True
    if cell.sure is not None:
        return cell.sure == count
    allowed = {Words.FEW: range(5), Words.HARDLY_ANY: range(2)}
    return count in allowed.get(cell.words, range(cell.n - 1, cell.n + 1))  # type: ignore[arg-type]  # words there are


@given(sizes=groups)
def test_no_count_behind_words_follows_from_the_rest(sizes: Sequence[tuple[int, int]]) -> None:
    told = found(*sizes)
    possible = list(worlds(told))
    assert {group.key: group.sure for group in told.groups} in possible
    for cell in cells_of(told):
        if cell.words and cell.key:
            assert len({world[cell.key] for world in possible}) == 2


@example(sizes=[(5, 13), (2, 4)])
@given(sizes=groups)
def test_no_count_of_under_five_people_follows_from_what_is_told(
    sizes: Sequence[tuple[int, int]],
) -> None:
    told = found(*sizes)
    possible = list(worlds(told))
    for group in told.groups:
        if group.n < 5 and not all_alike(told):
            assert len({world[group.key] for world in possible}) > 1


def all_alike(told: Misconception) -> bool:
    """Where five people or more all say one thing, each of them does; see the suppression."""
    cells = {cell.key for cell in cells_of(told)}
    rest = [group for group in told.groups if group.key not in cells]
    sure, n = sum(group.sure for group in rest), sum(group.n for group in rest)
    return n >= 5 and sure in {0, n}


@pytest.mark.parametrize(
    ("sizes", "cells"),
    [
        # Digital has four: the smallest of the others goes with it.
        (
            ((5, 13), (2, 7), (1, 6), (0, 4)),
            [("0", 5, None), ("1", 2, None), ("", 1, None)],
        ),
        (((8, 30),), [("0", 8, None)]),
        # All but one of nine: words, and no number beside it that would give the count away.
        (((8, 9), (3, 12)), [("0", None, "nearly-all"), ("", None, None)]),
        (((8, 9), (3, 12), (4, 20)), [("0", None, "nearly-all"), ("2", 4, None), ("", None, None)]),
        (((4, 30),), []),
        (((8, 8),), []),
    ],
)
def test_departments_are_told_as_far_as_is_safe(
    sizes: tuple[tuple[int, int], ...], cells: list[tuple[str, int | None, str | None]]
) -> None:
    told = cells_of(found(*sizes))
    assert [(cell.key, cell.sure, cell.words) for cell in told] == cells


@pytest.mark.parametrize(
    ("sure", "n", "words"),
    [(4, 4, "nothing"), (4, 30, "few"), (5, 30, None), (7, 8, "nearly-all"), (9, 10, None)],
)
def test_the_total_is_told_from_five_on(sure: int, n: int, words: str | None) -> None:
    total = total_of(found((sure, n)))
    assert (total.words if total else "nothing") == words


# What follows is on stored rows.


def believe(question: Question, department: Department, *, wrong: int, right: int = 0) -> None:
    module = ModulePage.objects.get(pk=question.module_id)
    for number in range(wrong + right):
        person = MembershipFactory(department=department).person
        answer_all(AttemptFactory(person=person, module=module), right=number >= wrong, at=NOW)


@pytest.fixture
def refund(portal_site: None) -> Question:
    question: Question = QuestionFactory(
        stem="When does the money come?",
        pairs=[("On the Thursday after", True), (OURS, False)],
    )
    return question


@pytest.fixture
def marketer(client: Client, portal_site: None) -> Client:
    client.force_login(PersonFactory(groups=["Marketing"]))
    return client


def page(client: Client) -> str:
    answer = client.get(reverse("misconceptions:index"))
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def file(client: Client) -> list[dict[str, str]]:
    answer = client.get(reverse("misconceptions:export"))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.DictReader(StringIO(text)))


@pytest.mark.django_db
def test_eight_of_thirty_are_sure_and_the_sentence_stands_beside(
    marketer: Client, refund: Question
) -> None:
    care, sales = DepartmentFactory(name="Care"), DepartmentFactory(name="Sales")
    believe(refund, care, wrong=6, right=8)
    believe(refund, sales, wrong=2, right=14)

    shown = page(marketer)
    assert f"Eight of 30 are <em>sure</em>: “{OURS}”" in shown
    assert "A refund takes five working days." in shown
    assert "six of 14" in shown
    assert [(row["Department"], row["Asked"], row["Sure"]) for row in file(marketer)] == [
        ("All", "30", "8"),
        ("Care", "14", "6"),
        ("Sales", "16", "2"),
    ]


@pytest.mark.django_db
def test_nobody_is_named_and_a_formula_is_only_text(marketer: Client, refund: Question) -> None:
    refund.options.filter(is_right=False).update(text='=HYPERLINK("x")')
    believe(refund, DepartmentFactory(name="Care"), wrong=6, right=8)
    shown = page(marketer)
    assert all(name not in shown for name in refund_people())
    assert {row["What they are sure of"] for row in file(marketer)} == {'\'=HYPERLINK("x")'}


def refund_people() -> list[str]:
    people = Answer.objects.values_list("attempt__person__last_name", flat=True)
    return list(people.distinct())


@pytest.mark.django_db
def test_who_has_left_and_who_was_never_sure_is_not_told_of(refund: Question) -> None:
    care = DepartmentFactory(name="Care")
    believe(refund, care, wrong=6, right=8)
    module = ModulePage.objects.get(pk=refund.module_id)
    gone = MembershipFactory(department=care, left=True).person
    unsure = MembershipFactory(department=care).person
    for person, sureness in ((gone, "sure"), (unsure, "guessing")):
        attempt = AttemptFactory(person=person, module=module)
        answer_all(attempt, right=False, at=NOW, sureness=sureness)
    [line] = misconception_lines(on=TODAY)
    assert (line.total.sure, line.total.n) == (6, 15)


@pytest.mark.django_db
def test_a_contrast_question_begins_with_what_is_right_and_what_is_believed(
    marketer: Client, refund: Question
) -> None:
    believe(refund, DepartmentFactory(name="Care"), wrong=6, right=8)
    [line] = misconception_lines(on=TODAY)
    form = marketer.get(line.contrast_url).content.decode()
    assert OURS in form
    assert "A refund takes five working days." in form
    assert marketer.get(line.edit_url).status_code == 200


@pytest.mark.django_db
def test_it_asks_as_many_queries_however_much_was_answered(refund: Question) -> None:
    care, sales = DepartmentFactory(name="Care"), DepartmentFactory(name="Sales")
    believe(refund, care, wrong=6, right=4)
    with CaptureQueriesContext(connection) as few:
        misconception_lines(on=TODAY)
    other = QuestionFactory()
    believe(other, sales, wrong=7, right=7)
    believe(refund, sales, wrong=5, right=6)
    with CaptureQueriesContext(connection) as many:
        assert len(misconception_lines(on=TODAY)) == 3
    assert len(many) == len(few)
