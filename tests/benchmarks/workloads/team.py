"""W1a: a head opens her page, a hundred people and twenty modules, while others grow."""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.handlers.wsgi import WSGIHandler

from tests.benchmarks.floors import floor_application
from tests.benchmarks.measuring import Samples, queries_of, side_by_side
from tests.benchmarks.results import Figures, Goal
from tests.benchmarks.rows import MODULES, PEOPLE_A_DEPARTMENT, Organisation, appoint
from tests.benchmarks.visitor import Visitor, signed_in

SMALL = 1_000
CELLS = PEOPLE_A_DEPARTMENT * MODULES
GOALS = (
    Goal("ratio", at_most=2),
    Goal("queries", at_most=8),
    Goal("growth", at_most=1.3),
)


def team_page(people: int, rounds: int) -> Figures:
    organisation = Organisation()
    organisation.grow_to(SMALL)
    subjects, bytes_sent = team_subjects(organisation)
    small = side_by_side(subjects, rounds // 2)
    queries = queries_of(subjects["ours"])
    organisation.grow_to(people)
    large = side_by_side(subjects, rounds // 2)
    ours, floor = large["ours"].typical, large["floor"].typical
    measured = {
        "ratio": ours.decisive / floor.decisive,
        "growth": set_beside_paper(large) / set_beside_paper(small),
        "queries": queries_of(subjects["ours"]),
        "queries_small": queries,
        "ours_ms": ours.wall,
        "ours_cpu_ms": ours.cpu,
        "ours_small_ms": small["ours"].typical.wall,
        "floor_ms": floor.wall,
        "floor_cpu_ms": floor.cpu,
        "floor_small_ms": small["floor"].typical.wall,
        "html_bytes": bytes_sent,
        "people": people,
    }
    return Figures("W1a", line_of(measured), measured, GOALS)


def team_subjects(organisation: Organisation) -> tuple[dict[str, Callable[[], Any]], int]:
    department = organisation.first_department
    key = signed_in(appoint(department))
    path = f"/team/{department.pk}/"
    ours = Visitor(WSGIHandler(), key)
    sent = len(ours.get(path).body)
    bare = len(Visitor(floor_application(), key).get(path).body)
    floor = Visitor(floor_application("·" * round((sent - bare) / CELLS / 2)), key)
    return {
        "ours": lambda: ours.get(path),
        "floor": lambda: floor.get(path),
        "paper": paper,
    }, sent


def paper() -> str:
    """Work that no database takes part in: what the same machine does at the same moment."""
    return "".join(f"<td class='{number % 5}'>{number:06}</td>" for number in range(60_000))


def set_beside_paper(samples: Mapping[str, Samples]) -> float:
    return samples["ours"].typical.decisive / samples["paper"].typical.decisive


def line_of(measured: dict[str, float]) -> str:
    return (
        "{ratio:.1f}x floor, {queries} q, growth {growth:.2f}x to "
        "{people} people, {ours_ms:.1f} ms ({ours_cpu_ms:.1f} ms CPU), {kilobytes:.0f} KB"
    ).format(**measured, kilobytes=measured["html_bytes"] / 1000)
