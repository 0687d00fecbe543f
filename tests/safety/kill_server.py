"""Kills the server without warning while people answer, and looks whether anything is lost.

`make safety`, or `python -m tests.safety.kill_server --cycles 20 --seed 7`. Each client writes down
which answers were acknowledged. At random moments a worker, and once a cycle the whole server, is
killed with SIGKILL and started again; `--databases 9` kills a PostgreSQL as often, on its one data
folder, while the server goes on. In the end every acknowledged answer must be stored as it was
given, none twice, and every sitting must have come to its result.
"""

import argparse
import json
import shutil
import sys
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from random import Random, SystemRandom

from tests.safety.browser import Browser
from tests.safety.client import Client
from tests.safety.server import House, Place, Server, kill_database, results_folder, throwaway_place
from tests.safety.verdict import Verdict, judge

FINISH_SECONDS = 120
LONGEST_WAIT_SECONDS = 20
# From the shortest to the longest, in seconds, before something is killed. A worker is back at
# once; everybody waits for a database.
PAUSES = {"worker": (0.05, 0.5), "database": (0.1, 1.0)}


@dataclass(frozen=True, slots=True)
class Plan:
    """How often what is killed. The same seed kills after the same waits."""

    cycles: int
    workers_a_cycle: int
    clients: int
    seed: int
    databases_a_cycle: int = 0

    def victims(self, random: Random) -> list[str]:
        """Whom a cycle kills before it kills the whole server, in what order."""
        victims = ["worker"] * self.workers_a_cycle + ["database"] * self.databases_a_cycle
        return random.sample(victims, k=len(victims))


@dataclass(slots=True)
class Kills:
    servers: int = 0
    workers: int = 0
    databases: int = 0

    @property
    def total(self) -> int:
        return self.servers + self.workers + self.databases

    def __str__(self) -> str:
        of_database = f", {self.databases} of PostgreSQL" if self.databases else ""
        return f"{self.total} kills{of_database}"


def run(plan: Plan, place: Place, house: House) -> tuple[Verdict, Kills]:
    """Plays the plan in a place that nothing else uses. Also counts what was killed."""
    server = Server(place)
    clients = [
        Client(Browser(server.port, cookies), email, house["modules"], f"{plan.seed} {email}")
        for email, cookies in house["people"].items()
    ]
    try:
        kills = disturb(server, clients, plan)
        server.start()
        come_to_an_end(clients)
    finally:
        server.kill()
    return judge(clients, place.ask("tell")), kills


def disturb(server: Server, clients: Sequence[Client], plan: Plan) -> Kills:
    kills, random = Kills(), Random(plan.seed)
    for number in range(plan.cycles):
        server.start()
        if number == 0:
            for client in clients:
                client.start()
        for victim in plan.victims(random):
            wait_for_an_answer(clients)
            threading.Event().wait(random.uniform(*PAUSES[victim]))
            if victim == "worker":
                kills.workers += server.kill_worker(random)
            else:
                kills.databases += kill_and_start_again(server.place)
        threading.Event().wait(random.uniform(0.3, 1.5))
        server.kill()
        kills.servers += 1
    return kills


def wait_for_an_answer(clients: Sequence[Client]) -> None:
    """Until somebody got through: on a slow machine, too, there is something to lose."""
    before = acknowledged_by(clients)
    for _ in range(LONGEST_WAIT_SECONDS * 20):
        if acknowledged_by(clients) > before:
            return
        threading.Event().wait(0.05)


def acknowledged_by(clients: Sequence[Client]) -> int:
    return sum(len(client.journal) for client in clients)


def kill_and_start_again(place: Place) -> bool:
    """Whoever asks meanwhile finds the database away, and then in recovery."""
    if place.postgres is None:
        return False
    kill_database(place.postgres)
    place.postgres.start()
    return True


def come_to_an_end(clients: Sequence[Client]) -> None:
    """Everybody finishes the sitting that she is in."""
    for client in clients:
        client.enough.set()
    for client in clients:
        client.join(FINISH_SECONDS + len(clients))


def main(arguments: Sequence[str] | None = None) -> int:
    options = parser().parse_args(arguments)
    plan = Plan(options.cycles, options.workers, options.clients, options.seed, options.databases)
    with throwaway_place(on_postgres=options.on_postgres or plan.databases_a_cycle > 0) as place:
        verdict, kills = run(plan, place, place.furnish(plan.clients))
        if not verdict.is_clean:
            shutil.copy(place.log, results_folder() / "server.log")
        database = place.database
    sys.stdout.write(
        f"R1 {database}, seed {plan.seed}: {plan.clients} clients, {plan.cycles} cycles, {kills}, "
        f"{verdict}\n"
    )
    write_results(plan, database, kills, verdict)
    return 0 if verdict.is_clean else 1


def write_results(plan: Plan, database: str, kills: Kills, verdict: Verdict) -> None:
    now = datetime.now(UTC)
    results = {"database": database, **asdict(plan), "kills": asdict(kills), **asdict(verdict)}
    path = results_folder() / f"{now:%Y%m%d-%H%M%S}-kill-server.json"
    path.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="python -m tests.safety.kill_server", description=__doc__)
    made.add_argument("--cycles", type=int, default=20, help="how often the server is killed")
    made.add_argument("--workers", type=int, default=9, help="workers killed in each cycle")
    made.add_argument("--databases", type=int, default=0, help="PostgreSQL kills in each cycle")
    made.add_argument("--clients", type=int, default=4)
    made.add_argument("--seed", type=int, default=SystemRandom().randrange(10**6))
    made.add_argument("--on-postgres", action="store_true", help="with a PostgreSQL of its own")
    return made


if __name__ == "__main__":
    sys.exit(main())
