"""Fifty people hand in at the same time: what do marks cost them, and a roll-up beside them?

`python -m tests.postgres .venv/bin/python -m tests.safety.contention`. Each of fifty threads has a
connection and a person of its own, all of one department and one module, and moves her date again
and again. Four ways in turns: without marks; for comparison with one row that everybody adds to, as
a roll-up kept by the writers would have it; with marks; and with marks while two roll-ups count all
the time. In the end what these counted must be the raw count.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from statistics import median
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

from tests.benchmarks.ground import throwaway_portal

if TYPE_CHECKING:
    from knowledge.models import ModulePage
    from portal.models import User

SUBMITTERS = 50


def main() -> int:
    made = argparse.ArgumentParser(prog="python -m tests.safety.contention", description=__doc__)
    made.add_argument("--times", type=int, default=10, help="how often each hands in")
    made.add_argument("--rounds", type=int, default=5)
    options = made.parse_args()
    with throwaway_portal():
        return measure(options.times, options.rounds)


def measure(times: int, rounds: int) -> int:
    module, people = furnished()
    hand_in_all(module, people, 2)
    figures: dict[str, list[float]] = {}
    # In turns, so that a busy neighbour slows all of them.
    for _ in range(rounds):
        for name, way in ways(lambda: hand_in_all(module, people, times)):
            figures.setdefault(name, []).append(way())
    is_right = is_raw_count()
    told = ", ".join(f"{median(found):.0f} {name}" for name, found in figures.items())
    sys.stdout.write(
        f"{SUBMITTERS} at once, hand-ins a second: {told}; "
        f"the roll-up is {'' if is_right else 'not '}the raw count\n"
    )
    return int(not is_right)


def ways(hand_in_once: Callable[[], float]) -> Iterator[tuple[str, Callable[[], float]]]:
    from departments.receivers import mark_dates  # noqa: PLC0415  (Django is set up only now)
    from quizzes.signals import standings_moved  # noqa: PLC0415

    standings_moved.disconnect(mark_dates)
    yield "without marks", hand_in_once
    standings_moved.connect(add_to_one_row)
    yield "with one row that everybody adds to", hand_in_once
    standings_moved.disconnect(add_to_one_row)
    standings_moved.connect(mark_dates)
    yield "with marks", hand_in_once
    yield "with marks while two roll-ups count", lambda: beside_the_roll_up(hand_in_once)


def is_raw_count() -> bool:
    from django.utils import timezone  # noqa: PLC0415

    from departments.actions.rolling import roll_up  # noqa: PLC0415
    from departments.reports.months import figures_by_events  # noqa: PLC0415
    from tests.departments.storming import stored_figures  # noqa: PLC0415

    now = timezone.now()
    roll_up(at=now)
    day = timezone.localdate(now)
    return stored_figures(day) == figures_by_events(day)


def furnished() -> "tuple[ModulePage, list[User]]":
    from django.utils import timezone  # noqa: PLC0415

    from departments.actions.rolling import roll_up  # noqa: PLC0415
    from departments.models import Membership  # noqa: PLC0415
    from tests.benchmarks.rows import LONG_AGO, bulk_people  # noqa: PLC0415
    from tests.factories import RequirementFactory  # noqa: PLC0415

    requirement = RequirementFactory()
    people = bulk_people(range(SUBMITTERS))
    Membership.objects.bulk_create(
        Membership(person=each, department=requirement.department, starts_on=LONG_AGO)
        for each in people
    )
    roll_up(at=timezone.now(), is_all=True)
    return requirement.module, people


def hand_in_all(module: "ModulePage", people: "list[User]", times: int) -> float:
    """How many a second."""
    began = time.perf_counter()
    with ThreadPoolExecutor(SUBMITTERS) as pool:
        list(pool.map(lambda person: hand_in(module, person, times), people))
    return SUBMITTERS * times / (time.perf_counter() - began)


def hand_in(module: "ModulePage", person: "User", times: int) -> None:
    """What the end of a quiz stores: the standing under its lock, and a line of history."""
    from django.db import connection, transaction  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from quizzes.actions.standings import _move, begin_standing  # noqa: PLC0415
    from quizzes.checking import Held  # noqa: PLC0415
    from quizzes.memory import Dates  # noqa: PLC0415
    from quizzes.models import Standing, StandingEvent  # noqa: PLC0415

    for number in range(times):
        with transaction.atomic():
            if number == 0 and not Standing.objects.filter(person=person, module=module).exists():
                begin_standing(person=person, module=module, at=timezone.now())
            standing = Standing.objects.select_for_update().get(person=person, module=module)
            standing.passed_on, standing.version = timezone.localdate(), 1
            until = timezone.localdate() + timedelta(days=number + 1)
            _move(standing, StandingEvent.Kind.PASSED, Held(Dates(until, until)), timezone.now())
    connection.close()


def beside_the_roll_up(measured: Callable[[], float]) -> float:
    from django.db import connection  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from departments.actions.rolling import roll_up  # noqa: PLC0415

    is_over = Event()

    def count_on() -> None:
        while not is_over.is_set():
            roll_up(at=timezone.now())
        connection.close()

    both = [Thread(target=count_on) for _ in range(2)]
    for counting in both:
        counting.start()
    try:
        return measured()
    finally:
        is_over.set()
        for counting in both:
            counting.join()


def add_to_one_row(modules: Any, **_kwargs: Any) -> None:
    from django.db.models import F  # noqa: PLC0415

    from departments.models import ReadinessRollup  # noqa: PLC0415

    ReadinessRollup.objects.filter(module__in=modules).update(ready=F("ready") + 1)


if __name__ == "__main__":
    sys.exit(main())
