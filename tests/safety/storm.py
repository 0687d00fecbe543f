"""A long storm over everything that is counted beforehand: `python -m tests.safety.storm 10000`.

After every hundred events, and on a later day, the roll-up is set beside the raw count of every
department and module. Prints what happened; ends with 1 where a single figure differs.
"""

import argparse
import sys
from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

import time_machine

from tests.benchmarks.ground import throwaway_portal

if TYPE_CHECKING:
    from tests.departments.storming import Storm

A_DAY = timedelta(days=1)
# The rest is counted by a page.
BY_COMMAND = 0.5


def main() -> int:
    made = argparse.ArgumentParser(prog="python -m tests.safety.storm", description=__doc__)
    made.add_argument("events", type=int, nargs="?", default=10_000)
    made.add_argument("--seed", type=int, default=6)
    made.add_argument("--every", type=int, default=100, help="how often the figures are compared")
    options = made.parse_args()
    with throwaway_portal():
        return storm(options.events, options.seed, options.every)


def storm(events: int, seed: int, every: int) -> int:
    from django.test.utils import override_settings  # noqa: PLC0415  (Django is set up only now)

    from tests.conftest import NOW  # noqa: PLC0415
    from tests.departments.storming import Storm  # noqa: PLC0415

    # Hashing the passwords of people who never sign in would take longer than all the rest.
    quick = override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
    differences = list[bool]()
    with quick, time_machine.travel(NOW, tick=False) as clock:
        raging = Storm(seed, NOW, people=40)
        while raging.struck.total() < events:
            for _ in range(every):
                raging.strike()
            differences += compared(raging)
            raging.at += raging.chance.randint(0, 9) * A_DAY
            clock.move_to(raging.at)
    told = ", ".join(f"{name} {count}" for name, count in sorted(raging.struck.items()))
    wrong = sum(differences)
    sys.stdout.write(f"{told}\n{len(differences)} figures compared, {wrong} differ\n")
    return int(wrong > 0)


def compared(raging: "Storm") -> Iterator[bool]:
    """For each department and module, today and on a later day, whether a figure differs."""
    from departments.actions.rolling import roll_up, roll_up_for_a_page  # noqa: PLC0415
    from departments.reports.months import figures_by_events  # noqa: PLC0415
    from tests.departments.storming import stored_figures  # noqa: PLC0415

    if raging.chance.random() < BY_COMMAND or not roll_up_for_a_page(at=raging.at):
        roll_up(at=raging.at)
    for day in (raging.today, raging.today + raging.chance.randint(1, 90) * A_DAY):
        stored, raw = stored_figures(day), figures_by_events(day)
        yield from (stored.get(pair) != raw.get(pair) for pair in stored.keys() | raw.keys())


if __name__ == "__main__":
    sys.exit(main())
