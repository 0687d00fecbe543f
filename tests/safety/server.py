"""The portal as it is served in production, in a place of its own, to be broken."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from tests.postgres import DURABLE, PostgresServer, throwaway_server
from tests.safety.browser import Browser, NoAnswerError

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60

# The cookies of each person, by e-mail, and the slugs of the modules.
type House = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """A folder and a database that nothing else uses."""

    environment: dict[str, str]
    postgres: PostgresServer | None = None

    @property
    def database(self) -> str:
        return "PostgreSQL" if self.postgres else "SQLite"

    @property
    def log(self) -> Path:
        return Path(self.environment["VAR_DIR"]) / "server.log"

    def furnish(self, people: int) -> House:
        """Only then is the database made durable: nothing was acknowledged before."""
        house: House = self.ask("furnish", str(people))
        if self.postgres:
            self.postgres.stop()
            self.postgres.settings = DURABLE
            self.postgres.start()
        return house

    def ask(self, *command: str) -> Any:
        """What `tests.safety.house` tells; it has the settings that this process must not have."""
        finished = subprocess.run(
            [sys.executable, "-m", "tests.safety.house", *command],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            check=True,
        )
        return json.loads(finished.stdout)


@contextlib.contextmanager
def throwaway_place(*, on_postgres: bool) -> Iterator[Place]:
    """Whatever the caller's environment names, it isn't touched."""
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="portal-safety-"))
        environment = {
            **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
            "VAR_DIR": folder,
            # Not those of the tests: they close the database's connection after each request.
            "DJANGO_SETTINGS_MODULE": "portal.settings.local",
        }
        postgres = None
        if on_postgres:
            postgres = stack.enter_context(throwaway_server())
            environment["DATABASE_URL"] = postgres.url
        yield Place(environment, postgres)


class Server:
    """gunicorn as in production, with two workers, on a free port of this machine."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        gunicorn = [sys.executable, "-m", "gunicorn", "--config", "python:portal.gunicorn"]
        with self.place.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*gunicorn, "--bind", f"127.0.0.1:{self.port}", "portal.wsgi"],
                cwd=ROOT,
                env=self.place.environment,
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
        assert self.process
        workers = children_of(self.process.pid)
        if workers:
            kill_now(random.choice(workers))
        return bool(workers)


def kill_database(postgres: PostgresServer) -> None:
    """The postmaster and its children, held first so that none of them sees another one end.

    Where the system doesn't tell which the children are, they notice by themselves.
    """
    assert postgres.process
    postmaster = postgres.process.pid
    os.kill(postmaster, signal.SIGSTOP)
    for pid in [postmaster, *children_of(postmaster)]:
        kill_now(pid)
    postgres.process.wait()


def kill_now(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def children_of(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in children.read_text().split()] if children.is_file() else []


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def results_folder() -> Path:
    folder = Path(os.environ.get("VAR_DIR", ROOT / "var")) / "safety"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
