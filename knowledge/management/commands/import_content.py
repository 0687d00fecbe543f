from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from knowledge.importers.content import import_content
from knowledge.importers.reporting import ImportReport
from knowledge.management.importing import ImportCommand


class Command(ImportCommand):
    help = "Brings in promises, briefs, modules and lessons from a folder of Markdown files."
    what = "FOLDER"

    def add_options(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--brief", default="", metavar="SLUG", help="ordinary Markdown: the brief it teaches"
        )
        parser.add_argument(
            "--module",
            default="",
            metavar="SLUG",
            help="ordinary Markdown: the module whose lessons the pages become",
        )
        parser.add_argument(
            "--skip-unsupported",
            action="store_true",
            help="leave out files with a fault, and say which",
        )

    def run_import(self, path: Path, *, dry_run: bool, **options: Any) -> ImportReport:
        return import_content(
            path,
            dry_run=dry_run,
            brief=options["brief"],
            module=options["module"],
            skip_unsupported=options["skip_unsupported"],
        )
