"""Keeps the words in which questions are asked."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from quizzes.asking import Asked, fingerprint
from quizzes.models import Question, QuestionVersion

# Two sittings may make the same version, or the same number, at the same moment.
MOST_TRIES = 5


class UnkeptWordsError(Exception):
    """Others kept making versions at the same moment; nothing was written."""


def versions_now(questions: Sequence[Question], at: datetime) -> dict[int, QuestionVersion]:
    """The version of each question as it stands, by question; made where nobody was asked it yet.

    The questions come with their options. Two queries where nothing has to be made.
    """
    asked = {question.pk: question.asked_now() for question in questions}
    prints = {pk: fingerprint(words.asked_json) for pk, words in asked.items()}
    for _try in range(MOST_TRIES):
        stored = list(QuestionVersion.objects.filter(question__in=list(asked)))
        found = {
            version.question_id: version
            for version in stored
            if prints[version.question_id] == version.fingerprint
        }
        # In one order for all, so that two first sittings never wait for each other.
        missing = sorted(pk for pk in asked if pk not in found)
        if not missing:
            _retell(list(found.values()), asked)
            return found
        numbers = {version.question_id: version.number for version in _by_number(stored)}
        QuestionVersion.objects.bulk_create(
            [
                QuestionVersion(
                    question_id=pk,
                    number=numbers.get(pk, 0) + 1,
                    fingerprint=prints[pk],
                    asked_words=asked[pk].asked_json,
                    told_words=asked[pk].told_json,
                    made_at=at,
                )
                for pk in missing
            ],
            ignore_conflicts=True,
        )
    raise UnkeptWordsError


def _by_number(versions: Iterable[QuestionVersion]) -> list[QuestionVersion]:
    return sorted(versions, key=lambda version: version.number)


def _retell(versions: Sequence[QuestionVersion], asked: dict[int, Asked]) -> None:
    """A better explanation is for those, too, who were asked the same words before.

    A version that is being corrected is left to the next sitting: nobody waits for it.
    """
    told = {version.pk: asked[version.question_id].told_json for version in versions}
    stale = [version.pk for version in versions if version.told_words != told[version.pk]]
    if not stale:
        return
    free = QuestionVersion.objects.select_for_update(no_key=True, skip_locked=True)
    for version in free.filter(pk__in=stale).order_by("pk"):
        version.told_words = told[version.pk]
        version.save(update_fields=["told_words"])
