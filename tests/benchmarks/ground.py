"""A portal that is made for one run and then thrown away: its folder, its database, its files."""

import contextlib
import logging
import os
import tempfile
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[2]


def results_folder() -> Path:
    """Where the results are kept, beside the real portal's files."""
    return Path(os.environ.get("VAR_DIR", ROOT / "var")) / "benchmarks"


@contextlib.contextmanager
def throwaway_portal() -> Iterator[None]:
    """Sets Django up as `make run` does, on a new and empty database."""
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        os.environ["VAR_DIR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.local"
        django.setup()
        with log_out_of_sight(), throwaway_database(Path(folder)):
            prepare()
            yield


@contextlib.contextmanager
def log_out_of_sight() -> Iterator[None]:
    """Each request still writes its line of log, which is part of what it costs."""
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        for handler in logging.getLogger().handlers:
            if isinstance(handler, logging.StreamHandler):
                handler.setStream(nowhere)
        yield


@contextlib.contextmanager
def throwaway_database(folder: Path) -> Iterator[None]:
    from django.db import connection  # noqa: PLC0415  (Django is set up only now)

    given_name = connection.settings_dict["NAME"]
    on_sqlite = connection.vendor == "sqlite"
    name = str(folder / "bench.sqlite3") if on_sqlite else f"portal_bench_{os.getpid()}"
    connection.settings_dict["TEST"]["NAME"] = name
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(given_name, verbosity=0)


def prepare() -> None:
    from django.core.management import call_command  # noqa: PLC0415  (Django is set up only now)

    from portal.actions import prepare_portal  # noqa: PLC0415

    prepare_portal()
    call_command("build_fonts", stdout=StringIO())
    call_command("collectstatic", verbosity=0, interactive=False)
