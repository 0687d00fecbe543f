from pathlib import Path
from typing import Any

from customers.importers.readings import import_readings
from knowledge.importers.reporting import ImportReport
from knowledge.management.importing import ImportCommand


class Command(ImportCommand):
    help = "Brings in what measures showed, period by period, from a CSV file or a workbook."
    what = "FILE"

    def run_import(self, path: Path, *, dry_run: bool, **options: Any) -> ImportReport:
        return import_readings(path, dry_run=dry_run)
