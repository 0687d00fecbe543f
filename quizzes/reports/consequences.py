"""What becomes of everybody who was asked a faulty question, once it counts differently."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from itertools import batched
from typing import Any

from django.db.models import Min, QuerySet

from quizzes.models import Answer, Attempt, Standing, StandingEvent
from quizzes.reports.cases import Case, World
from quizzes.reports.remedies import Consequence, Remedy

# So many people are read, and written, at once.
BATCH = 200


def consequences(remedy: Remedy, *, is_locked: bool = False) -> Iterator[Consequence]:
    """Everybody's, a few queries for every so many people.

    `is_locked` locks their standings, so that no answer comes between.
    """
    world = World(remedy)
    people = remedy.answers.order_by("attempt__person").values_list("attempt__person", flat=True)
    for batch in batched(list(people.distinct()), BATCH):
        yield from _of_batch(world, batch, is_locked=is_locked)


def _of_batch(world: World, people: Sequence[int], *, is_locked: bool) -> Iterator[Consequence]:
    standings = Standing.objects.filter(person__in=people, module__in=world.modules)
    if is_locked:
        standings = standings.select_for_update(of=("self",))
    stored = list(standings.select_related("person").order_by("person", "module"))
    attempts = Attempt.objects.filter(person__in=people, module__in=world.modules)
    answers = Answer.objects.filter(attempt__person__in=people, attempt__module__in=world.modules)
    drawn: dict[int, list[Answer]] = {}
    for answer in _lightly(answers):
        drawn.setdefault(answer.attempt_id, []).append(answer)
    forgotten = with_forgotten_sittings(people, world.modules)
    sat: dict[tuple[int, int], list[Attempt]] = {}
    for attempt in attempts.order_by("pk"):
        attempt.module = world.modules[attempt.module_id]
        sat.setdefault((attempt.person_id, attempt.module_id), []).append(attempt)
    for standing in stored:
        standing.module = world.modules[standing.module_id]
        own = sat.get((standing.person_id, standing.module_id), [])
        is_whole = (standing.person_id, standing.module_id) not in forgotten
        found = Case(world, standing, own, drawn, is_whole=is_whole).consequence()
        if found:
            yield found


def with_forgotten_sittings(
    people: Collection[int], modules: Collection[int]
) -> set[tuple[int, int]]:
    """Who has proved what, by sittings that were deleted since; two queries."""
    proofs = StandingEvent.objects.filter(
        person__in=people, module__in=modules, kind__in=StandingEvent.OF_SITTINGS
    )
    kept = Attempt.objects.filter(person__in=people, module__in=modules)
    first_proof = _first(proofs.order_by().values("person", "module"), "at")
    first_kept = _first(kept.order_by().values("person", "module"), "finished_at")
    return {
        whose
        for whose, at in first_proof.items()
        if (first := first_kept.get(whose)) is None or at < first
    }


def _first(rows: Any, column: str) -> dict[tuple[int, int], datetime]:
    found = rows.annotate(first=Min(column)).values_list("person", "module", "first")
    return {(person, module): first for person, module, first in found if first}


def _lightly(answers: QuerySet[Answer]) -> QuerySet[Answer]:
    """Without the words of the questions, of which there are many."""
    return answers.select_related("question", "attempt").only(
        "position",
        "response",
        "mark",
        "is_void",
        "sureness",
        "answered_at",
        "version",
        "attempt__module",
        "attempt__finished_at",
        "question__live",
        "question__module",
        "question__contrasts",
        "question__is_must_know",
        "question__is_look_up",
    )
