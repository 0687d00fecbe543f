"""W1c: everybody's readiness in one file, sent while it is read."""

import tracemalloc
from collections.abc import Callable

from django.core.handlers.wsgi import WSGIHandler
from django.utils import timezone

from departments.reports.streams import rows_streamed
from departments.team_files import readiness_csv
from quizzes.days import organisation_day
from tests.benchmarks.floors import floor_application
from tests.benchmarks.measuring import queries_of, side_by_side
from tests.benchmarks.results import Figures, Goal
from tests.benchmarks.rows import MODULES, Organisation, appoint
from tests.benchmarks.visitor import Visitor, signed_in

# More people than are written in the order of their names.
SMALL = 3_000
# Following each allocation makes the work several times as slow.
FOLLOWED = 10_000
ROUNDS = 3
GOALS = (
    Goal("ratio", at_most=3),
    Goal("queries_growth", at_most=1),
    Goal("memory_growth", at_most=1.3),
    Goal("lines_missing", at_most=0),
)


def readiness_export(people: int, _rounds: int) -> Figures:
    organisation = Organisation()
    organisation.grow_to(SMALL)
    subjects = export_subjects(organisation)
    queries, memory = queries_of(subjects["ours"]), peak_of(organisation)
    organisation.grow_to(min(people, FOLLOWED))
    memory_grown = peak_of(organisation)
    organisation.grow_to(people)
    samples = side_by_side(subjects, ROUNDS, warm_up=1)
    ours, floor = samples["ours"].typical, samples["floor"].typical
    measured = {
        "ratio": ours.decisive / floor.decisive,
        "queries": queries_of(subjects["ours"]),
        "queries_growth": queries_of(subjects["ours"]) / queries,
        "memory_growth": memory_grown / memory,
        "memory_bytes": memory_grown,
        "ours_ms": ours.wall,
        "ours_cpu_ms": ours.cpu,
        "floor_ms": floor.wall,
        "floor_cpu_ms": floor.cpu,
        "people": people,
        "lines": people * MODULES,
        "lines_missing": people * MODULES + 1 - subjects["ours"](),
    }
    return Figures("W1c", line_of(measured), measured, GOALS)


def export_subjects(organisation: Organisation) -> dict[str, Callable[[], int]]:
    key = signed_in(appoint(organisation.root))
    ours, floor = Visitor(WSGIHandler(), key), Visitor(floor_application(), key)
    return {
        "ours": lambda: ours.drain(f"/team/{organisation.root.pk}/export/"),
        "floor": lambda: floor.drain(f"/export/{organisation.root.path}/"),
    }


def peak_of(organisation: Organisation) -> int:
    """The most bytes that Python holds at once for the file."""
    today = organisation_day(timezone.now())
    tracemalloc.start()
    rows = rows_streamed(organisation.root.path, on=today)
    for _piece in readiness_csv(today.isoformat(), rows):
        pass
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


def line_of(measured: dict[str, float]) -> str:
    return (
        "{ratio:.1f}x floor, {queries} q, memory {memory_growth:.2f}x ({megabytes:.0f} MB), "
        "{lines:,} lines in {seconds:.1f} s"
    ).format(
        **measured,
        megabytes=measured["memory_bytes"] / 1e6,
        seconds=measured["ours_ms"] / 1000,
    )
