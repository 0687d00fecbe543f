"""What was answered about facts, as `quizzes.misconceptions` wants to be told."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from quizzes.asking import Asked as Words
from quizzes.asking import Kind
from quizzes.days import organisation_day
from quizzes.misconceptions import Asked
from quizzes.models import Answer, Attempt, Citation, QuestionVersion

CHOSEN = frozenset({Kind.ONE, Kind.MANY, Kind.SCENARIO, Kind.REASON})
TYPED = frozenset({Kind.NUMBER, Kind.TEXT})
# "Try first" comes before anybody has read the sentence that might have misled her.
AFTER_READING = (Attempt.Kind.QUIZ, Attempt.Kind.PRACTICE, Attempt.Kind.CHECK)


def answers_about_facts(groups: Mapping[int, str]) -> list[Asked]:
    """All that people of a group answered to questions that cite a fact; four queries.

    `groups` names the group of each person; who is in none isn't told of.
    """
    cited: dict[int, list[str]] = defaultdict(list)
    for question, fact in Citation.objects.values_list("question_id", "fact_key"):
        cited[question].append(fact)
    wrong = sure_and_wrong()
    columns = ("pk", "question_id", "attempt__person_id", "answered_at", "sureness")
    rows = _counted().values_list(*columns).iterator()
    return [
        Asked(
            fact=fact,
            question=question,
            person=person,
            group=groups[person],
            day=organisation_day(at),
            at=at,
            sure=sureness == Answer.Sureness.SURE,
            wrong=wrong.get(pk, ((), False))[0],
            in_own_words=wrong.get(pk, ((), False))[1],
        )
        for pk, question, person, at, sureness in rows
        if person in groups
        for fact in cited[question]
    ]


def sure_and_wrong() -> dict[int, tuple[tuple[str, ...], bool]]:
    """By answer: what she is wrongly sure of, and whether that is in her own words."""
    rows = list(
        _counted()
        .filter(sureness=Answer.Sureness.SURE, is_right=False, version__isnull=False)
        .values_list("pk", "version_id", "response")
    )
    versions = QuestionVersion.objects.in_bulk({version for _pk, version, _response in rows})
    asked = {pk: version.asked for pk, version in versions.items()}
    return {
        pk: (said_wrongly(asked[version], response), asked[version].kind in TYPED)
        for pk, version, response in rows
    }


def said_wrongly(words: Words, response: Any) -> tuple[str, ...]:
    """Each wrong thing that somebody said, in the words of the options, or in her own.

    An order says no one thing, and what was said aloud was judged by herself.
    """
    if words.kind in CHOSEN:
        chosen = set(response)
        return tuple(o.text for o in words.options if o.pk in chosen and not o.is_right)
    if words.kind in TYPED:
        return (" ".join(str(response).split()).casefold(),)
    if words.kind == Kind.MATCH:
        return tuple(wrong_pairs(words, response))
    return tuple(wrong_gaps(words, response)) if words.kind == Kind.GAPS else ()


def wrong_pairs(words: Words, response: Mapping[str, Any]) -> Sequence[str]:
    pairs = {option.pk: option.pair for option in words.options}
    chosen = [(one, pairs.get(response.get(str(one.pk), 0))) for one in words.premises]
    return [f"{one.text}: {pair}" for one, pair in chosen if pair and pair != one.pair]


def wrong_gaps(words: Words, response: Mapping[str, Any]) -> Sequence[str]:
    """What was typed into a gap is left out: it would need a sentence around it."""
    chosen = {value for value in response.values() if isinstance(value, int)}
    return [option.text for option in words.options if option.pk in chosen and not option.is_right]


def _counted() -> Any:
    return Answer.objects.filter(
        is_void=False,
        is_right__isnull=False,
        answered_at__isnull=False,
        attempt__kind__in=AFTER_READING,
    )
