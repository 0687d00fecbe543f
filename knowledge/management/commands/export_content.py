from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from knowledge.exports import export_archive, export_content


class Command(BaseCommand):
    help = "Writes published promises, briefs, modules and lessons into a folder, or into a ZIP."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, metavar="FOLDER")

    def handle(self, *_args: Any, path: Path, **_options: Any) -> None:
        is_archive = path.suffix.lower() == ".zip"
        if path.exists() and (is_archive or not path.is_dir() or any(path.iterdir())):
            raise CommandError(
                _("“%(path)s” is there already. Name a new folder.") % {"path": path}
            )
        export = export_archive(path) if is_archive else export_content(path)
        for line in export.left_out:
            self.stdout.write(_("left out  %(what)s") % {"what": line})
        self.stdout.write(_("%(count)s files written.") % {"count": len(export.files)})
