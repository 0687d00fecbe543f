"""W3: a quiz of ten questions, every screen of it, each answer stored before the next screen."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from random import Random
from typing import Any
from uuid import uuid4

from django.core.handlers.wsgi import WSGIHandler

from knowledge.models import ModulePage
from portal.models import User
from quizzes.models import Answer, Attempt, Question, QuizSettings
from tests.benchmarks.floors import floor_application
from tests.benchmarks.measuring import Samples, counted
from tests.benchmarks.results import Figures, Goal
from tests.benchmarks.rows import bulk_people
from tests.benchmarks.visitor import Reply, Visitor, signed_in
from tests.factories import ModuleFactory, QuestionFactory

QUESTIONS = 10
MORE_QUESTIONS = 20
# The pool is larger than what is drawn, as a real one is.
POOL = 30
GOALS = (
    Goal("ratio_stored", at_most=2),
    Goal("queries", at_most=14),
    Goal("queries_more", at_most=14),
)


@dataclass
class Sitting:
    """One person's way through a quiz, with the floor asked once beside each of her requests."""

    module: ModulePage
    person: User
    other: User
    pages: Samples = field(default_factory=Samples)
    stored: Samples = field(default_factory=Samples)
    floor: Samples = field(default_factory=Samples)
    queries: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.visitor = Visitor(WSGIHandler(), signed_in(self.person))
        # Somebody else: an attempt of her own would be taken for the newest one.
        self.by_hand = Visitor(floor_application(), signed_in(self.other))
        self.door = f"/learn/{self.module.slug}/quiz/"

    def take(self) -> None:
        """Start, then for each question: its screen, the answer, the feedback. Then the result."""
        self.read(self.door)
        self.store(self.door, {})
        for answer in Answer.objects.filter(attempt__person=self.person).select_related("question"):
            path = f"{self.door}{answer.position}/"
            self.read(path)
            self.store(path, right_fields(answer))
            self.read(path)
        self.read(f"{self.door}result/")

    def read(self, path: str) -> None:
        self._ask(self.pages, lambda: self.visitor.get(path))

    def store(self, path: str, fields: dict[str, Any]) -> None:
        self._ask(self.stored, lambda: self.visitor.post(path, fields))

    def _ask(self, samples: Samples, request: Any) -> None:
        with counted() as statements:
            reply: Reply = samples.time(request)
        assert reply.status == (302 if samples is self.stored else 200)
        self.queries.append(statements.queries)
        self.floor.time(lambda: self.by_hand.get(self.floor_path))

    @property
    def floor_path(self) -> str:
        pks = "-".join(str(pk) for pk in self.floor_questions)
        return f"/attempt/{self.module.pk}/{pks}/"

    @property
    def floor_questions(self) -> Iterable[int]:
        return range(first_question(self.module), first_question(self.module) + QUESTIONS)


def quiz_of_ten(_people: int, rounds: int) -> Figures:
    module = module_of(POOL)
    sittings = taken(module, QUESTIONS, max(rounds // 2, 6))
    people = [sitting.person for sitting in sittings]
    assert Attempt.objects.filter(person__in=people, is_passed=True).count() == len(sittings)
    more = taken(module_of(POOL), MORE_QUESTIONS, 2)
    measured = figures_of(sittings[1:])
    measured["queries_more"] = max(count for sitting in more for count in sitting.queries)
    return Figures("W3", line_of(measured), measured, GOALS)


def taken(module: ModulePage, questions: int, times: int) -> list[Sitting]:
    QuizSettings.objects.update_or_create(defaults={"questions_drawn": questions})
    people = bulk_people(range(times), prefix=f"sitter{module.pk}-")
    others = bulk_people(range(times), prefix=f"other{module.pk}-")
    sittings = [Sitting(module, *pair) for pair in zip(people, others, strict=True)]
    for sitting in sittings:
        sitting.take()
    return sittings


def figures_of(sittings: list[Sitting]) -> dict[str, float]:
    pages, stored, floor = (
        Samples([cost for sitting in sittings for cost in getattr(sitting, name).costs])
        for name in ("pages", "stored", "floor")
    )
    whole = stored.total.wall + pages.total.wall
    return {
        "ratio_stored": stored.typical.decisive / floor.typical.decisive,
        "ratio_pages": pages.typical.decisive / floor.typical.decisive,
        "queries": max(count for sitting in sittings for count in sitting.queries),
        "requests": len(sittings[0].queries),
        "stored_ms": stored.typical.wall,
        "stored_cpu_ms": stored.typical.cpu,
        "page_ms": pages.typical.wall,
        "page_cpu_ms": pages.typical.cpu,
        "floor_ms": floor.typical.wall,
        "floor_cpu_ms": floor.typical.cpu,
        "attempt_ms": whole / len(sittings),
        "attempts_a_second_stored": 1000 * len(sittings) / stored.total.wall,
        "attempts_a_second": 1000 * len(sittings) / whole,
    }


def module_of(size: int) -> ModulePage:
    """Choices, numbers and words, each with a fact of its own."""
    module: ModulePage = ModuleFactory()
    for number in range(size):
        trait = {0: {"number_typed": True}, 1: {"text": True}}.get(number % 5, {})
        QuestionFactory(module=module, **trait)
    return module


def first_question(module: ModulePage) -> int:
    first: int = (
        Question.objects.filter(module=module).order_by("pk").values_list("pk", flat=True)[0]
    )
    return first


def right_fields(answer: Answer) -> dict[str, Any]:
    """What somebody who knows it fills in."""
    question = answer.question
    match question.kind:
        case Question.Kind.NUMBER:
            given: Any = f"{question.number:.0f} {question.unit}"
        case Question.Kind.TEXT:
            given = question.options.all()[0].text
        case _:
            right = question.options.get(is_right=True)
            given = answer.option_order.index(right.pk) + 1
    sureness = Random(question.pk).choice(["sure", "fairly-sure"])
    # The two hidden fields name the sitting and the form.
    hidden = {"sitting": answer.attempt_id, "key": uuid4()}
    return {"answer": given, "sureness": sureness, **hidden}


def line_of(measured: dict[str, float]) -> str:
    return (
        "{ratio_stored:.1f}x floor to store an answer, {ratio_pages:.1f}x to show a screen, "
        "{queries} q at most (20 questions: {queries_more} q), {stored_ms:.1f} and {page_ms:.1f} "
        "ms, {attempts_a_second_stored:.0f} attempts/s stored ({attempts_a_second:.1f}/s with all "
        "{requests} requests)"
    ).format(**measured)
