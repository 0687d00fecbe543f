from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from departments.importers.requirements import import_requirements
from knowledge.importers.reporting import ImportReport
from knowledge.management.importing import ImportCommand


class Command(ImportCommand):
    help = "Brings in which department must be ready on which module, from a CSV file."
    what = "FILE"

    def add_options(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--skip-unsupported",
            action="store_true",
            help="leave out the rows that can't be brought in, and say which and why",
        )

    def run_import(self, path: Path, *, dry_run: bool, **options: Any) -> ImportReport:
        return import_requirements(
            path, dry_run=dry_run, skip_unsupported=options["skip_unsupported"]
        )
