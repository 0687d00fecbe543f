from pathlib import Path
from typing import Any

from departments.importers.chains import import_chains
from knowledge.importers.reporting import ImportReport
from knowledge.management.importing import ImportCommand


class Command(ImportCommand):
    help = "Brings in what each department does so that a promise comes true, from a CSV file."
    what = "FILE"

    def run_import(self, path: Path, *, dry_run: bool, **options: Any) -> ImportReport:
        return import_chains(path, dry_run=dry_run)
