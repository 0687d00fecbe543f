"""Figures of question versions, from raw answers; `quizzes.items` tells what each means.

**What counts.** Of each person the first quiz that she handed in and in which she answered the
version. "Try first", practice and checks don't count: they come before what a lesson told her, or
after what a feedback did. What she left open and what was voided is no answer, neither for the
question itself nor for the rest of a sitting. No day enters: the same answers give the same figures
at any time.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast

from quizzes.items import Figures, Given, figures, rests
from quizzes.models import Answer, Attempt, Question, QuestionVersion
from quizzes.models.versions import KEY_WORDS

WITH_CHOICES = Question.CHOOSE_ONE | {Question.Kind.MANY}

# Sitting, person, version, mark, sureness, response as JSON.
type Row = tuple[int, int, int, float, str, str | None]


def figures_by_version(modules: Collection[int] | None = None) -> dict[int, Figures]:
    """Of every version that these modules' questions had, or all modules'; two queries."""
    givens = _givens(_rows(modules))
    return {
        version: figures(givens.get(version, ()), options=options, right=right)
        for version, options, right in _keys(modules)
    }


def _keys(modules: Collection[int] | None) -> Iterator[tuple[int, list[int], set[int]]]:
    """Of each version, what it gave to choose from and which of that is right today."""
    versions = QuestionVersion.objects.all()
    if modules is not None:
        versions = versions.filter(question__module__in=modules)
    for version, words in versions.values_list("pk", "asked_words").iterator():
        asked = words.get(KEY_WORDS) or words
        options = asked["options"] if asked["kind"] in WITH_CHOICES else []
        yield (
            version,
            [option["pk"] for option in options],
            {option["pk"] for option in options if option["is_right"]},
        )


def _rows(modules: Collection[int] | None) -> Iterator[Row]:
    """Answers of quizzes that were handed in, sitting by sitting in their order."""
    answers = Answer.objects.filter(
        attempt__kind=Attempt.Kind.QUIZ,
        attempt__finished_at__isnull=False,
        version__isnull=False,
        mark__isnull=False,
        is_void=False,
    )
    if modules is not None:
        answers = answers.filter(attempt__module__in=modules)
    rows: Any = answers.order_by("attempt__finished_at", "attempt_id", "position").values_list(
        "attempt_id",
        "attempt__person_id",
        "version_id",
        "mark",
        "sureness",
        # As text, so that each response is read once and not once for everybody who gave it.
        Cast("response", TextField()),
    )
    return iter(rows.iterator())


def _givens(rows: Iterable[Row]) -> Mapping[int, list[Given]]:
    givens: dict[int, list[Given]] = defaultdict(list)
    seen: set[tuple[int, int]] = set()
    for _attempt, answers in groupby(rows, key=itemgetter(0)):
        sitting = list(answers)
        others = rests([row[3] for row in sitting])
        for (_attempt, person, version, mark, sureness, response), rest in zip(
            sitting, others, strict=True
        ):
            if (person, version) not in seen:
                seen.add((person, version))
                is_sure = sureness == Answer.Sureness.SURE
                givens[version].append(Given(mark, rest, is_sure, _chosen(response)))
    return givens


@lru_cache(maxsize=4096)
def _chosen(response: str | None) -> tuple[int, ...]:
    """The options that a response names; none where it is text, a number or parts."""
    words = json.loads(response or "null")
    return tuple(words) if isinstance(words, list) else ()
