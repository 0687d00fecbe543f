from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from departments.exports import people_csv


class Command(BaseCommand):
    help = "Writes all people with their departments, roles and groups into a CSV file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, metavar="FILE")

    def handle(self, *_args: Any, path: Path, **options: Any) -> None:
        people = get_user_model().objects.order_by("email")
        lines = people_csv(people.iterator(), on=timezone.localdate())
        try:
            with path.open("w", encoding="utf-8", newline="") as file:
                file.writelines(lines)
        except OSError as error:
            message = _("“%(path)s” can't be written: %(reason)s.")
            raise CommandError(message % {"path": path, "reason": error.strerror}) from error
        self.stdout.write(_("Written to %(path)s.") % {"path": path})
