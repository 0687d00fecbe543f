from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from knowledge.importers.reporting import ImportReport
from knowledge.management.importing import ImportCommand
from quizzes.importers.questions import import_questions


class Command(ImportCommand):
    help = "Brings in questions from a table (CSV, XLSX), or from a GIFT or Aiken file."
    what = "FILE"

    def add_options(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--module",
            default="",
            metavar="SLUG",
            help="all questions belong to this module, whatever the file says",
        )
        parser.add_argument(
            "--encoding",
            default="",
            metavar="NAME",
            help="the file's code page, like UTF-16 or cp850, where it is guessed wrong",
        )
        parser.add_argument(
            "--skip-unsupported",
            action="store_true",
            help="leave out what can't be taken, and bring in the rest",
        )

    def run_import(self, path: Path, *, dry_run: bool, **options: Any) -> ImportReport:
        return import_questions(
            path,
            dry_run=dry_run,
            module=options["module"],
            encoding=options["encoding"],
            skip_unsupported=options["skip_unsupported"],
        )
