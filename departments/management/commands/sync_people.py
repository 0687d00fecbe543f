from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from departments.importers.people.syncing import Synced, sync_people
from departments.management.commands.import_people import add_reading_options, reading_options


class Command(BaseCommand):
    help = (
        "Brings in a list of people where it has changed since the last time, and mails a report."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "path",
            type=Path,
            nargs="?",
            metavar="FILE",
            help="without: the file that the setting PEOPLE_FILE names",
        )
        add_reading_options(parser)

    def handle(self, *_args: Any, path: Path | None, **options: Any) -> None:
        named = path or Path(settings.PEOPLE_FILE)
        if not named.name:
            raise CommandError(_("Name the file, here or in the setting PEOPLE_FILE."))
        self.tell(sync_people(named, at=timezone.now(), **reading_options(options)))

    def tell(self, synced: Synced) -> None:
        if synced.sync is None:
            raise CommandError(_("Somebody else is writing people. Run it again later."))
        if not synced.is_new:
            self.stdout.write(_("The file is as it was the last time."))
        self.stdout.write(synced.sync.report["sentence"])
        if not synced.is_told:
            self.stderr.write(_("The report could not be mailed; the next run tries again."))
        if not (synced.sync.is_applied and synced.is_told):
            raise SystemExit(1)
