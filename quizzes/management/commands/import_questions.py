from pathlib import Path
from typing import Any

from knowledge.importers.reporting import ImportReport
from knowledge.management.importing import ImportCommand
from quizzes.importers.questions import import_questions


class Command(ImportCommand):
    help = "Brings in questions from a GIFT file."
    what = "FILE"

    def run_import(self, path: Path, *, dry_run: bool, **options: Any) -> ImportReport:
        return import_questions(path, dry_run=dry_run)
