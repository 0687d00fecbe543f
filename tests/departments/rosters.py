"""Lists of people for tests, and what an import says of them."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from departments.importers.people import import_people
from knowledge.importers.reporting import ImportRefused, ImportReport, describe
from tests.importing import AT, PEOPLE_HEADER, write

A_DAY = timedelta(days=1)
TODAY = AT.date()
YESTERDAY = TODAY - A_DAY
SMTP = "django.core.mail.backends.smtp.EmailBackend"
AWAY = {"default": {"BACKEND": SMTP, "OPTIONS": {"host": "127.0.0.1", "port": 9}}}


def row(number: int, department: str = "W/Care", role: str = "", more: str = "") -> str:
    return (
        f"p{number:02}@x.example,Ana,L{number},{department},Adviser,{role},2024-03-01,{more},,,\n"
    )


def listed(folder: Path, *rows: str) -> Path:
    return write(folder, "people.csv", PEOPLE_HEADER + "".join(rows))


def bring(folder: Path, *rows: str, **options: Any) -> ImportReport:
    return import_people(listed(folder, *rows), at=options.pop("at", AT), **options)


def refused(folder: Path, *rows: str, **options: Any) -> str:
    with pytest.raises(ImportRefused) as refusal:
        bring(folder, *rows, **options)
    return "\n".join(describe(fault) for fault in refusal.value.faults)


def company(folder: Path, count: int = 20) -> list[str]:
    rows = [row(number) for number in range(count)]
    bring(folder, *rows, at=AT - 30 * A_DAY)
    return rows
