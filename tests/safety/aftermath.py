"""What the races of one person left in the database, beside what she was told."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from portal.models import User
from quizzes import memory
from quizzes.days import organisation_day
from quizzes.models import Answer, Attempt, Card, QuizSettings, StandingEvent
from tests.safety.tally import Sent, Tally

Kind = StandingEvent.Kind


def tally_of(
    person: User, sent: Iterable[Sent], granted: int, races: int, torn: Sequence[str]
) -> Tally:
    attempts = list(
        Attempt.objects.filter(person=person)
        .order_by("started_at", "pk")
        .prefetch_related("answers__late", "answers__question", "answers__version")
    )
    surplus = [f"{person}: was given {granted} attempts, stored are {len(attempts)}"]
    return Tally(
        races=races,
        attempts_doubled=[*torn, *(surplus if len(attempts) != granted else [])],
        scores_doubled=[
            *(line for attempt in attempts for line in wrongly_scored(attempt)),
            *moved_twice(person, attempts),
            *remembered_twice(person, attempts),
        ],
        over_the_limit=list(asked_twice(person, attempts)),
        lost=list(lost_of(person, sent, attempts)),
    )


def wrongly_scored(attempt: Attempt) -> Iterator[str]:
    """The result of a quiz is that of its answers, each counted once."""
    if attempt.kind == Attempt.Kind.QUIZ:
        marks = [memory.Mark(answer.mark, must_know=False) for answer in attempt.answers.all()]
        is_passed = memory.is_pass(marks, QuizSettings.load().rules)
        if attempt.finished_at is None or attempt.is_passed != is_passed:
            yield f"{attempt}: finished {attempt.finished_at}, passed {attempt.is_passed}"


def moved_twice(person: User, attempts: Sequence[Attempt]) -> Iterator[str]:
    """A sitting moves a standing once: there are never more events than reasons for one."""
    reasons = Counter([Kind.STARTED, *(reason_of(attempt) for attempt in attempts)])
    events = StandingEvent.objects.filter(person=person).values_list("kind", flat=True)
    for kind, count in Counter(events).items():
        is_too_few = kind in (Kind.STARTED, Kind.PASSED) and count < reasons[Kind(kind)]
        if count > reasons[Kind(kind)] or is_too_few:
            yield f"{person}: {count} events “{kind}” for {reasons[Kind(kind)]} sittings"


def reason_of(attempt: Attempt) -> StandingEvent.Kind:
    if attempt.kind == Attempt.Kind.PRACTICE:
        return Kind.PRACTISED
    return Kind.PASSED if attempt.is_passed else Kind.NOT_YET


def remembered_twice(person: User, attempts: Sequence[Attempt]) -> Iterator[str]:
    """Whoever had given the same answers one after the other would remember just as much."""
    expected: dict[int, memory.Trace] = {}
    for answer in sorted(settled(attempts), key=lambda answer: str(answer.answered_at)):
        assert answer.answered_at
        expected[answer.question_id] = memory.review(
            expected.get(answer.question_id),
            right=bool(answer.is_right),
            sureness=memory.Sureness(answer.sureness),
            on=organisation_day(answer.answered_at),
            must_know=answer.question.is_must_know,
        )
    cards = Card.objects.filter(person=person).select_related("question")
    stored = {card.question_id: card.trace for card in cards}
    if stored != expected:
        differ = [pk for pk in stored | expected if stored.get(pk) != expected.get(pk)]
        yield f"{person}: the memory of the questions {differ} is not that of her answers"


def settled(attempts: Sequence[Attempt]) -> Iterator[Answer]:
    """All of them feed memory: nobody races in a check or in "Try first", or may look it up."""
    for attempt in attempts:
        yield from (answer for answer in attempt.answers.all() if answer.is_right is not None)


def asked_twice(person: User, attempts: Sequence[Attempt]) -> Iterator[str]:
    """One sitting of a kind is open at a time, and no question is graded twice on one day."""
    open_ones = Counter(attempt.kind for attempt in attempts if attempt.finished_at is None)
    for kind, count in open_ones.items():
        if count > 1:
            yield f"{person}: {count} open sittings of the kind {kind}"
    asked = Counter(
        (answer.question_id, organisation_day(attempt.started_at))
        for attempt in attempts
        if attempt.kind == Attempt.Kind.QUIZ
        for answer in attempt.answers.all()
    )
    for (question, day), count in asked.items():
        if count > 1:
            yield f"{person}: question {question} was graded {count} times on {day}"


def lost_of(person: User, sent: Iterable[Sent], attempts: Sequence[Attempt]) -> Iterator[str]:
    """What was acknowledged is the answer, or is kept beside it as the later one."""
    answers = {
        (answer.attempt_id, answer.position): kept(answer)
        for attempt in attempts
        for answer in attempt.answers.all()
    }
    for form in sent:
        if (form.response, form.sureness) not in answers.get((form.attempt, form.position), []):
            yield f"{person}: {form} was thrown away"


def kept(answer: Answer) -> list[tuple[Any, str]]:
    late = [(one.response, one.sureness) for one in answer.late.all()]
    return [(answer.response, answer.sureness), *late]
