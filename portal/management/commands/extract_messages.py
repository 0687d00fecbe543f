import shutil
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import to_locale

# What the interface is written in.
WRITTEN_IN = "en"
NOT_OURS = [".*", "var", "tests", "docs"]


class Command(BaseCommand):
    help = (
        "Writes the interface's strings into locale/ for translators, and builds what they wrote."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("languages", nargs="*", help="such as: fr pt-br; without: LANGUAGES")

    def handle(self, *args: Any, languages: list[str], **options: Any) -> None:
        if shutil.which("xgettext") is None or shutil.which("msgfmt") is None:
            raise CommandError(
                "GNU gettext is missing: install the package “gettext” "
                "(apt-get install gettext, or brew install gettext), and run this again."
            )
        names = languages or foreign_languages()
        if not names:
            raise CommandError('Name the languages: make messages ARGS="fr de".')
        locales = [to_locale(name) for name in names]
        call_command(
            "makemessages",
            locale=locales,
            ignore_patterns=NOT_OURS,
            add_location="file",
            verbosity=0,
        )
        call_command("compilemessages", locale=locales, ignore_patterns=NOT_OURS, verbosity=0)
        for locale in locales:
            self.stdout.write(f"locale/{locale}/LC_MESSAGES/django.po")


def foreign_languages() -> list[str]:
    return [code for code, _name in settings.LANGUAGES if code.split("-")[0] != WRITTEN_IN]
