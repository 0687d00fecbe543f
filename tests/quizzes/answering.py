"""Many people's quizzes at once, written as rows: to play so many would take minutes."""

from collections.abc import Sequence
from datetime import datetime

from knowledge.models import ModulePage
from portal.models import User
from quizzes.actions.versions import versions_now
from quizzes.models import Answer, Attempt, Question
from tests.conftest import NOW
from tests.factories import right_response, wrong_response


def answered(
    module: ModulePage,
    rows: Sequence[Sequence[int | None]],
    *,
    people: Sequence[User] | None = None,
    at: datetime = NOW,
) -> list[Attempt]:
    """One finished quiz for each row, of somebody new: what each question was worth to her.

    1 is right and sure, 0 wrong and sure, None left open.
    """
    questions = list(Question.objects.of_module(module).prefetch_related("options").order_by("pk"))
    versions = versions_now(questions, at)
    responses = [(wrong_response(question), right_response(question)) for question in questions]
    attempts = Attempt.objects.bulk_create(
        Attempt(
            person=person,
            module=module,
            version=1,
            started_at=at,
            finished_at=at,
            is_passed=all(row),
        )
        for person, row in zip(people or many_people(len(rows)), rows, strict=True)
    )
    Answer.objects.bulk_create(
        Answer(
            attempt=attempt,
            question=question,
            version=versions[question.pk],
            position=position,
            response=None if mark is None else responses[position - 1][mark],
            sureness="" if mark is None else Answer.Sureness.SURE,
            mark=mark,
            is_right=None if mark is None else bool(mark),
            answered_at=None if mark is None else at,
        )
        for attempt, row in zip(attempts, rows, strict=True)
        for position, (question, mark) in enumerate(zip(questions, row, strict=False), start=1)
    )
    return attempts


def many_people(count: int) -> list[User]:
    before = User.objects.count()
    people: list[User] = User.objects.bulk_create(
        User(email=f"many{before + number}@example.com", password="!") for number in range(count)
    )
    return people


def against_the_rest(people: int = 20) -> list[list[int]]:
    """Whoever knows the other two questions gets the first one wrong, and the other way round."""
    return [[0, 1, 1], [1, 0, 0]] * (people // 2)
