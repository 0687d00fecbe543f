"""Lets two devices of one person act in the same moment, ten thousand times.

`make safety`, or `python -m tests.safety.races --races 10000 --seed 7`. Buttons are pressed twice,
two devices answer the same question, somebody goes back and answers again, a reply is lost and the
form is sent once more, a quiz is handed in while it is answered; and one quiz is started by fifty
devices at once. Most of it goes through the actions, in threads; the rest through the portal as it
is served in production. In the end there must be one attempt and one score for each, and nothing
thrown away.
"""

import argparse
import json
import shutil
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from random import SystemRandom
from typing import Any

from tests.safety.browser import Browser
from tests.safety.racer import Racer
from tests.safety.server import House, Place, Server, results_folder, throwaway_place
from tests.safety.tally import Tally
from tests.safety.verdict import (
    by_person_and_module,
    effects_doubled,
    half_written,
    is_stuck,
    sittings_doubled,
    thrown_away,
)


@dataclass(frozen=True, slots=True)
class Plan:
    """How many races, and how many of them through HTTP; `rushes` of so many `starts` at once."""

    races: int
    over_http: int
    people: int
    rushes: int
    starts: int
    seed: int


def run(plan: Plan, place: Place) -> Tally:
    """Both kinds at the same time, so that they are in each other's way."""
    house = place.furnish(plan.people)
    played = [str(plan.races - plan.over_http), str(plan.rushes), str(plan.starts), str(plan.seed)]
    with ThreadPoolExecutor(1) as pool:
        through_actions = pool.submit(place.ask, "race", *played)
        over_http = race_over_http(plan, place, house)
        return Tally.sum([Tally(**through_actions.result()), over_http])


def race_over_http(plan: Plan, place: Place, house: House) -> Tally:
    server = Server(place)
    share = -(-plan.over_http // plan.people)
    racers = [
        Racer(Browser(server.port, cookies), email, house["modules"], f"{plan.seed} {email}", share)
        for email, cookies in house["people"].items()
    ]
    try:
        server.start()
        for racer in racers:
            racer.start()
        for racer in racers:
            racer.join()
    finally:
        server.kill()
    return tally_of(racers, place.ask("tell"))


def tally_of(racers: Sequence[Racer], told: dict[str, Any]) -> Tally:
    people = {racer.email for racer in racers}
    mine = [sitting for sitting in told["sittings"] if sitting["person"] in people]
    stored = {
        "sittings": mine,
        "cards": told["cards"],
        "events": [event for event in told["events"] if event[0] in people],
    }
    sittings = by_person_and_module(mine)
    return Tally(
        races=sum(racer.races for racer in racers),
        attempts_doubled=[line for racer in racers for line in sittings_doubled(racer, sittings)],
        scores_doubled=list(effects_doubled(stored)),
        lost=[
            *(line for racer in racers for line in thrown_away(racer, sittings)),
            *half_written(stored),
        ],
        surprises=[
            *(f"{racer.email}: {racer.fault!r}" for racer in racers if racer.fault),
            *(f"stuck: {sitting}" for sitting in mine if is_stuck(sitting)),
        ],
    )


def main(arguments: Sequence[str] | None = None) -> int:
    options = parser().parse_args(arguments)
    plan = Plan(
        options.races,
        options.over_http,
        options.people,
        options.rushes,
        options.starts,
        options.seed,
    )
    begun = time.monotonic()
    with throwaway_place(on_postgres=options.on_postgres) as place:
        tally = run(plan, place)
        if tally.faults:
            shutil.copy(place.log, results_folder() / "server.log")
        database = place.database
    seconds = round(time.monotonic() - begun)
    sys.stdout.write(
        f"R2 {database}, seed {plan.seed}, {seconds} s: {plan.rushes} × {plan.starts} starts at "
        f"once, {plan.over_http} races over HTTP, in all {tally}\n"
    )
    write_results(plan, database, seconds, tally)
    return 1 if tally.faults else 0


def write_results(plan: Plan, database: str, seconds: int, tally: Tally) -> None:
    now = datetime.now(UTC)
    results = {"database": database, "seconds": seconds, "plan": asdict(plan), **asdict(tally)}
    path = results_folder() / f"{now:%Y%m%d-%H%M%S}-races.json"
    path.write_text(json.dumps(results, indent=2, default=str) + "\n", encoding="utf-8")


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="python -m tests.safety.races", description=__doc__)
    made.add_argument("--races", type=int, default=10_000)
    made.add_argument("--over-http", type=int, default=1_000, help="how many of them over HTTP")
    made.add_argument("--people", type=int, default=4, help="who race over HTTP")
    made.add_argument("--rushes", type=int, default=20, help="how often one quiz is started …")
    made.add_argument("--starts", type=int, default=50, help="… so many times at once")
    made.add_argument("--seed", type=int, default=SystemRandom().randrange(10**6))
    made.add_argument("--on-postgres", action="store_true", help="with a PostgreSQL of its own")
    return made


if __name__ == "__main__":
    sys.exit(main())
