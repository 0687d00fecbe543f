"""What one answer does to the memory of its question."""

from datetime import date

from quizzes import memory
from quizzes.models import Answer, Card
from quizzes.reports import cards_of, memory_of

type Cards = dict[int, Card]


def remember(answer: Answer, day: date) -> tuple[float | None, Cards]:
    """Moves the person's card of the question. Two queries.

    Gives back the recall that was expected of her just before, and her cards of the module, by
    question. Nothing was expected of the first answer ever, nor of any after the first of a day:
    they tell nothing about memory.
    """
    person_id, question = answer.attempt.person_id, answer.question
    cards = cards_of(person_id, answer.attempt.module_id)
    is_own = question.module_id == answer.attempt.module_id
    elsewhere = None if is_own else Card.objects.filter(person_id=person_id, question=question)
    card = elsewhere.first() if elsewhere else cards.get(question.pk)
    before = memory_of(card, question)
    trace = memory.review(
        before,
        right=bool(answer.is_right),
        sureness=memory.Sureness(answer.sureness or memory.Sureness.GUESSING),
        on=day,
        must_know=question.is_must_know,
    )
    if trace == before:
        return None, cards
    if card is None:
        card = Card(person_id=person_id, question=question)
        card.is_held_back = answer.is_held_back
    card.stability, card.difficulty = trace.stability, trace.difficulty
    card.reviewed_on = trace.reviewed_on
    card.save()
    if is_own:
        cards[question.pk] = card
    return memory.recall(before, day) if before else None, cards
