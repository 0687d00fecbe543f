"""W2: a colleague who is signed in opens a lesson, one of one or one of sixty."""

from collections.abc import Callable, Sequence
from typing import Any

from django.core.handlers.wsgi import WSGIHandler

from knowledge.models import Fact, LessonPage
from tests.benchmarks.floors import floor_application
from tests.benchmarks.measuring import queries_of, side_by_side
from tests.benchmarks.results import Figures, Goal
from tests.benchmarks.rows import bulk_people
from tests.benchmarks.visitor import Visitor, signed_in
from tests.factories import FactFactory, LessonFactory, ModuleFactory

MANY = 60
PARAGRAPH = (
    "<p>A customer who asks for her money back wants to know two things: whether she gets it, and "
    "on which day. Say both in your first sentence, before you ask for anything. Then look at "
    "the account together, and say what happens next and who does it.</p>"
)
GOALS = (
    Goal("ratio_cpu", at_most=4),
    Goal("queries", at_most=8),
    Goal("queries_many", at_most=8),
    Goal("html_bytes", at_most=25_000),
    Goal("html_bytes_many", at_most=25_000),
)


def lesson_page(_people: int, rounds: int) -> Figures:
    one, many = lesson_of(1), lesson_of(MANY)
    subjects = lesson_subjects(one, many)
    samples = side_by_side(subjects, rounds * 4)
    floor, ours, ours_many = (samples[name].typical for name in ("floor", "ours", "many"))
    measured = {
        "ratio_cpu": ours.cpu / floor.cpu,
        "growth": ours_many.decisive / ours.decisive,
        "queries": queries_of(subjects["ours"]),
        "queries_many": queries_of(subjects["many"]),
        "queries_floor": queries_of(subjects["floor"]),
        "ours_ms": ours.wall,
        "ours_cpu_ms": ours.cpu,
        "many_ms": ours_many.wall,
        "many_cpu_ms": ours_many.cpu,
        "floor_ms": floor.wall,
        "floor_cpu_ms": floor.cpu,
        "html_bytes": len(subjects["ours"]().body),
        "html_bytes_many": len(subjects["many"]().body),
    }
    return Figures("W2", line_of(measured), measured, GOALS)


def lesson_of(count: int) -> LessonPage:
    """The lesson in the middle of a module of so many, with three paragraphs and two facts."""
    module = ModuleFactory()
    facts: Sequence[Fact] = FactFactory.create_batch(2, brief=module.brief)
    body = [("prose", PARAGRAPH * 3), *(("fact", fact.key) for fact in facts)]
    lessons: list[LessonPage] = [LessonFactory(module=module, body=body) for _ in range(count)]
    return lessons[count // 2]


def lesson_subjects(one: LessonPage, many: LessonPage) -> dict[str, Callable[[], Any]]:
    key = signed_in(bulk_people([1], prefix="reader")[0])
    ours, floor = Visitor(WSGIHandler(), key), Visitor(floor_application(), key)
    path, path_many = address_of(one), address_of(many)
    return {
        "floor": lambda: floor.get(f"/lesson/{one.slug}/"),
        "ours": lambda: ours.get(path),
        "many": lambda: ours.get(path_many),
    }


def address_of(lesson: LessonPage) -> str:
    return f"/learn/{lesson.module.slug}/{lesson.slug}/"


def line_of(measured: dict[str, float]) -> str:
    return (
        "{ratio_cpu:.1f}x floor's CPU, {queries} q (60 lessons: {queries_many} q), growth "
        "{growth:.2f}x to 60 lessons, {ours_ms:.1f} ms ({ours_cpu_ms:.1f} ms CPU), {one:.1f} KB "
        "(60 lessons: {many:.1f} KB)"
    ).format(**measured, one=measured["html_bytes"] / 1000, many=measured["html_bytes_many"] / 1000)
