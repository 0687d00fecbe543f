from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from knowledge.importers.reporting import (
    ImportRefused,
    ImportReport,
    Outcome,
    describe,
    describe_entries,
    describe_tally,
)

FAULTS_SHOWN = 100


class ImportCommand(BaseCommand):
    """Runs one importer: a dry run or all of it; with faults, nothing and exit code 1."""

    what = "FILE"

    def run_import(self, path: Path, *, dry_run: bool, **options: Any) -> ImportReport:
        """`options` are those that the subclass adds in `add_options`."""
        raise NotImplementedError

    def add_options(self, parser: ArgumentParser) -> None:
        """What only this importer can be asked for."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, metavar=self.what)
        parser.add_argument(
            "--dry-run", action="store_true", help="show what would happen; write nothing"
        )
        self.add_options(parser)

    def handle(self, *_args: Any, path: Path, dry_run: bool, **options: Any) -> None:
        try:
            report = self.run_import(path, dry_run=dry_run, **options)
        except ImportRefused as refusal:
            self.tell_faults(refusal)
            raise SystemExit(1) from None
        self.tell(report)

    def tell_faults(self, refusal: ImportRefused) -> None:
        for line in [*refusal.notes, *describe_entries(refusal.entries)]:
            self.stdout.write(line)
        for fault in refusal.faults[:FAULTS_SHOWN]:
            self.stderr.write(describe(fault))
        if len(refusal.faults) > FAULTS_SHOWN:
            more = len(refusal.faults) - FAULTS_SHOWN
            self.stderr.write(_("… and %(more)s more.") % {"more": more})
        self.stdout.write(_("Nothing was written."))
        self.stdout.write(describe_tally(refusal.tally, refusal.counted))

    def tell(self, report: ImportReport) -> None:
        skipped = [entry for entry in report.entries if entry.outcome is Outcome.SKIPPED]
        lines = describe_entries(report.entries if report.is_dry_run else skipped)
        for line in [*lines, *report.notes]:
            self.stdout.write(line)
        if report.is_dry_run:
            self.stdout.write(_("This was a dry run: nothing was written."))
        self.stdout.write(describe_tally(report.tally, report.counted))
