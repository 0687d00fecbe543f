import hashlib
import os
import signal
import socket
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from gunicorn.app.wsgiapp import WSGIApplication

from portal.actions import prepare_portal

HOST = "127.0.0.1"
STATIC_STAMP = ".sources"


class Command(BaseCommand):
    help = "Prepares everything and serves the portal with its demo on this machine."
    # `make check` runs the checks; here they would only delay the start.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *_args: Any, **options: Any) -> None:
        if not settings.IS_LOCAL:
            raise CommandError("Only for one's own machine: a real installation runs gunicorn.")
        # Until gunicorn takes over, Ctrl-C ends at once: every step is one transaction or none.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        refuse_taken(options["port"])
        self.prepare()
        serve(options["port"])

    def prepare(self) -> None:
        self.stdout.write("Preparing the database")
        call_command("migrate", verbosity=0)
        prepare_portal()
        call_command("load_demo", stdout=self.stdout)
        call_command("build_fonts", stdout=self.stdout)
        self.collect_static()

    def collect_static(self) -> None:
        """Skipped while the sources are what they were: hashing and compressing takes a while."""
        stamp = Path(settings.STATIC_ROOT, STATIC_STAMP)
        sources = fingerprint()
        if stamp.is_file() and stamp.read_text() == sources:
            return
        self.stdout.write("Collecting static files")
        call_command("collectstatic", verbosity=0, interactive=False)
        stamp.write_text(sources)


def refuse_taken(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            message = f"Port {port} is taken. Choose another: make run PORT={port + 10}"
            raise CommandError(message) from None


def fingerprint() -> str:
    """Changes when a static file is added, removed or edited, in a package or here."""
    return hashlib.sha256("\n".join(sorted(static_files())).encode()).hexdigest()


def static_files() -> Iterator[str]:
    for finder in get_finders():
        for name, storage in finder.list([]):
            status = os.stat(storage.path(name))  # noqa: PTH116  (a thousand paths need no objects)
            yield f"{name} {status.st_size} {status.st_mtime_ns}"


def serve(port: int) -> None:
    """Becomes the server: what is imported already need not be imported again."""
    connections.close_all()
    config = ["--config", "python:portal.gunicorn", "--bind", f"{HOST}:{port}"]
    sys.argv = ["gunicorn", *config, "portal.wsgi"]
    WSGIApplication().run()
