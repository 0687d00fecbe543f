"""A line for each workload, and a file that says where and of what it was measured."""

import argparse
import json
import platform
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import django
import wagtail
from django.db import connection

from tests.benchmarks.ground import ROOT


@dataclass(frozen=True, slots=True)
class Goal:
    """How much of a measured value is wanted at most, or at least."""

    measure: str
    at_most: float | None = None
    at_least: float | None = None

    def is_met_by(self, value: float) -> bool:
        is_low_enough = self.at_most is None or value <= self.at_most
        is_high_enough = self.at_least is None or value >= self.at_least
        return is_low_enough and is_high_enough

    def __str__(self) -> str:
        if self.at_most is None:
            return f"{self.measure} at least {self.at_least:g}"
        return f"{self.measure} at most {self.at_most:g}"


@dataclass(frozen=True, slots=True)
class Figures:
    """One workload, measured. `line` says it to a reader, `measured` to a machine."""

    workload: str
    line: str
    measured: dict[str, float]
    goals: tuple[Goal, ...]

    @property
    def missed(self) -> list[str]:
        return [str(goal) for goal in self.goals if not goal.is_met_by(self.measured[goal.measure])]


def tell(figures: Figures) -> None:
    missed = f"; goal missed: {', '.join(figures.missed)}" if figures.missed else ""
    sys.stdout.write(f"{figures.workload} {figures.line}{missed}\n")
    sys.stdout.flush()


def write_results(folder: Path, figures: Iterable[Figures], options: argparse.Namespace) -> Path:
    now = datetime.now(UTC)
    commit = git("rev-parse", "--short=12", "HEAD")
    results = {
        "measured_at": now.isoformat(timespec="seconds"),
        "commit": commit,
        "is_changed_since_commit": bool(git("status", "--porcelain")),
        "options": vars(options),
        "environment": environment(),
        "workloads": {
            figure.workload: {**asdict(figure), "missed": figure.missed} for figure in figures
        },
    }
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{now:%Y%m%d-%H%M%S}-{commit or 'no-commit'}-{connection.vendor}.json"
    path.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    return path


def environment() -> dict[str, Any]:
    return {
        "python": platform.python_version(),
        "django": django.get_version(),
        "wagtail": wagtail.__version__,
        "database": f"{connection.vendor} {'.'.join(map(str, database_version()))}",
        "system": platform.platform(),
    }


def database_version() -> tuple[int, ...]:
    connection.ensure_connection()
    return connection.get_database_version()


def git(*arguments: str) -> str:
    finished = subprocess.run(
        ["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return finished.stdout.strip()
