from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from departments.exports import requirements_csv
from departments.models import Department
from departments.reports import written_requirements
from knowledge.models import ModulePage


class Command(BaseCommand):
    help = "Writes all requirements to a CSV file that import_requirements takes back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, metavar="FILE")

    def handle(self, *_args: Any, path: Path, **_options: Any) -> None:
        rows = written_requirements(
            Department.objects.all(), ModulePage.objects.in_source_language()
        )
        path.write_text("".join(requirements_csv(rows)), encoding="utf-8", newline="")
        self.stdout.write(f"{len(rows)} requirements")
