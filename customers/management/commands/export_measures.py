from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from customers.exports import measures_csv


class Command(BaseCommand):
    help = "Writes the measures to a CSV file that import_measures takes back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, metavar="FILE")

    def handle(self, *_args: Any, path: Path, **_options: Any) -> None:
        rows = list(measures_csv())
        path.write_text("".join(rows), encoding="utf-8", newline="")
        self.stdout.write(f"{len(rows) - 1} measures")
