"""Kills the server without warning while people answer, and looks whether anything is lost.

`make safety`, or `python -m tests.safety.kill_server --cycles 20 --seed 7`. Each client writes down
which answers were acknowledged. At random moments a worker, and once a cycle the whole server, is
killed with SIGKILL and started again. In the end every acknowledged answer must be stored as it was
given, none twice, and every sitting must have come to its result.
"""

import argparse
import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random, SystemRandom
from typing import Any

from tests.postgres import throwaway_server
from tests.safety.client import Browser, Client, NoAnswerError
from tests.safety.verdict import Verdict, judge

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60
FINISH_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Plan:
    """How often what is killed. The same seed kills after the same waits."""

    cycles: int
    workers_a_cycle: int
    clients: int
    seed: int


class Server:
    """gunicorn as in production, with two workers, on a free port of this machine."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment
        self.port = free_port()
        self.log = Path(environment["VAR_DIR"]) / "server.log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        gunicorn = [sys.executable, "-m", "gunicorn", "--config", "python:portal.gunicorn"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*gunicorn, "--bind", f"127.0.0.1:{self.port}", "portal.wsgi"],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._wait()

    def _wait(self) -> None:
        browser = Browser(self.port)
        for _ in range(START_SECONDS * 20):
            with contextlib.suppress(NoAnswerError):
                browser.get("/healthz")
                return
            threading.Event().wait(0.05)
        sys.exit("The server did not start.")

    def kill(self) -> None:
        """The arbiter and its workers, all at once: no one is left to finish anything."""
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def kill_worker(self, random: Random) -> bool:
        """False where the system doesn't tell which processes are the workers."""
        workers = self.workers
        if workers:
            with contextlib.suppress(ProcessLookupError):
                os.kill(random.choice(workers), signal.SIGKILL)
        return bool(workers)

    @property
    def workers(self) -> list[int]:
        assert self.process
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in children.read_text().split()] if children.is_file() else []


def run(plan: Plan, environment: dict[str, str]) -> tuple[Verdict, int]:
    """Plays the plan in the database that the environment names. Also counts what was killed.

    What the server wrote is in `server.log` in the environment's VAR_DIR.
    """
    random = Random(plan.seed)
    house = in_house(environment, "furnish", str(plan.clients))
    server = Server(environment)
    clients = [
        Client(server.port, email, house["modules"], f"{plan.seed} {email}")
        for email in house["people"]
    ]
    try:
        kills = disturb(server, clients, plan, random)
        server.start()
        come_to_an_end(clients)
    finally:
        server.kill()
    return judge(clients, in_house(environment, "tell")), kills


def disturb(server: Server, clients: Sequence[Client], plan: Plan, random: Random) -> int:
    kills = 0
    for number in range(plan.cycles):
        server.start()
        if number == 0:
            set_off(clients)
        for _ in range(plan.workers_a_cycle):
            threading.Event().wait(random.uniform(0.05, 0.5))
            kills += server.kill_worker(random)
        threading.Event().wait(random.uniform(0.3, 1.5))
        server.kill()
        kills += 1
    return kills


def set_off(clients: Sequence[Client]) -> None:
    for client in clients:
        client.sign_in()
    for client in clients:
        client.start()


def come_to_an_end(clients: Sequence[Client]) -> None:
    """Everybody finishes the sitting that she is in."""
    for client in clients:
        client.enough.set()
    for client in clients:
        client.join(FINISH_SECONDS)


def in_house(environment: dict[str, str], *command: str) -> Any:
    finished = subprocess.run(
        [sys.executable, "-m", "tests.safety.house", *command],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        check=True,
    )
    return json.loads(finished.stdout)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextlib.contextmanager
def throwaway_environment(*, on_postgres: bool) -> Iterator[dict[str, str]]:
    """A folder and a database that nothing else uses, whatever the caller's environment names."""
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="portal-safety-"))
        environment = {
            **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
            "VAR_DIR": folder,
            # Not those of the tests: they close the database's connection after each request.
            "DJANGO_SETTINGS_MODULE": "portal.settings.local",
        }
        if on_postgres:
            environment["DATABASE_URL"] = stack.enter_context(throwaway_server())
        yield environment


def main(arguments: Sequence[str] | None = None) -> int:
    options = parser().parse_args(arguments)
    plan = Plan(options.cycles, options.workers, options.clients, options.seed)
    with throwaway_environment(on_postgres=options.on_postgres) as environment:
        verdict, kills = run(plan, environment)
        log = Path(environment["VAR_DIR"], "server.log")
        if not verdict.is_clean:
            shutil.copy(log, results_folder() / "server.log")
    database = "PostgreSQL" if options.on_postgres else "SQLite"
    sys.stdout.write(
        f"R1 {database}, seed {plan.seed}: {plan.cycles} cycles, {kills} kills, {verdict}\n"
    )
    write_results(plan, database, kills, verdict)
    return 0 if verdict.is_clean else 1


def write_results(plan: Plan, database: str, kills: int, verdict: Verdict) -> None:
    now = datetime.now(UTC)
    results = {"database": database, "kills": kills, **asdict(plan), **asdict(verdict)}
    path = results_folder() / f"{now:%Y%m%d-%H%M%S}-kill-server.json"
    path.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")


def results_folder() -> Path:
    folder = Path(os.environ.get("VAR_DIR", ROOT / "var")) / "safety"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="python -m tests.safety.kill_server", description=__doc__)
    made.add_argument("--cycles", type=int, default=20, help="how often the server is killed")
    made.add_argument("--workers", type=int, default=9, help="workers killed in each cycle")
    made.add_argument("--clients", type=int, default=4)
    made.add_argument("--seed", type=int, default=SystemRandom().randrange(10**6))
    made.add_argument("--on-postgres", action="store_true", help="with a PostgreSQL of its own")
    return made


if __name__ == "__main__":
    sys.exit(main())
