from pathlib import Path
from typing import Any

from departments.importers.people import import_people
from knowledge.importers.reporting import ImportReport
from knowledge.management.importing import ImportCommand


class Command(ImportCommand):
    help = "Brings in people, their departments, roles and groups from a CSV file."
    what = "FILE"

    def run_import(self, path: Path, *, dry_run: bool, **options: Any) -> ImportReport:
        return import_people(path, dry_run=dry_run)
