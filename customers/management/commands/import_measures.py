from pathlib import Path
from typing import Any

from customers.importers.measures import import_measures
from knowledge.importers.reporting import ImportReport
from knowledge.management.importing import ImportCommand


class Command(ImportCommand):
    help = "Brings in what is measured, and which claims are judged by it."
    what = "FILE"

    def run_import(self, path: Path, *, dry_run: bool, **options: Any) -> ImportReport:
        return import_measures(path, dry_run=dry_run)
