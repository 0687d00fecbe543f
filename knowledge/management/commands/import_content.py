from pathlib import Path
from typing import Any

from knowledge.importers.content import import_content
from knowledge.importers.reporting import ImportReport
from knowledge.management.importing import ImportCommand


class Command(ImportCommand):
    help = "Brings in briefs, modules and lessons from a folder of Markdown files."
    what = "FOLDER"

    def run_import(self, path: Path, *, dry_run: bool, **options: Any) -> ImportReport:
        return import_content(path, dry_run=dry_run)
