from pathlib import Path
from typing import Any

from customers.importers.changes import import_process_changes
from knowledge.importers.reporting import ImportReport
from knowledge.management.importing import ImportCommand


class Command(ImportCommand):
    help = "Brings in what departments changed, or will change, and why."
    what = "FILE"

    def run_import(self, path: Path, *, dry_run: bool, **options: Any) -> ImportReport:
        return import_process_changes(path, dry_run=dry_run)
