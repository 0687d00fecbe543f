"""A change in how a department works, from a Monday on."""

from datetime import date
from typing import Any

from customers.actions.changes import Told, log_change
from customers.models import ProcessChange
from departments.models import Department
from tests.conftest import NOW

MONDAY = date(2026, 11, 23)


def daily_run(finance: Department, **told: Any) -> ProcessChange:
    said: dict[str, Any] = {
        "title": "Daily run",
        "why": "Customers wait",
        "happens_on": MONDAY,
    } | told
    return log_change(told=Told(department=finance, **said), by=None, at=NOW)
