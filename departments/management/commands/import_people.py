from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from departments.importers.people import DateOrder, import_people
from knowledge.importers.reporting import ImportReport
from knowledge.management.importing import ImportCommand


class Command(ImportCommand):
    help = "Brings in people, their departments, roles and groups from a list in a file."
    what = "FILE"

    def add_options(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--encoding", default="", help="the file's code page, as cp850; without: found out"
        )
        parser.add_argument(
            "--date-order",
            default="",
            choices=[order.value for order in DateOrder],
            help="what 03/04/2026 means where no date in the file tells: day or month first",
        )
        parser.add_argument(
            "--department", default="", help="where people belong for whom the file names none"
        )
        parser.add_argument(
            "--skip-unsupported",
            action="store_true",
            help="leave out rows with faults, and say which, instead of refusing the file",
        )

    def run_import(self, path: Path, *, dry_run: bool, **options: Any) -> ImportReport:
        asked = ("encoding", "date_order", "department", "skip_unsupported")
        return import_people(path, dry_run=dry_run, **{name: options[name] for name in asked})
