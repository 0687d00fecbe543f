from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knowledge.models import ModulePage
from quizzes.exports import exported_questions, questions_file
from quizzes.importers.questions.formats import GIFT, Format, format_named, writable


class Command(BaseCommand):
    help = "Writes the questions into a file, which import_questions reads."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, metavar="FILE")
        parser.add_argument(
            "--format",
            choices=[format_.name for format_ in writable()],
            help="otherwise by the ending of FILE, or else GIFT",
        )
        parser.add_argument("--module", metavar="SLUG", help="only the questions of this module")

    def handle(self, *_args: Any, path: Path, module: str | None, **options: Any) -> None:
        format_ = format_for(path, options.get("format"))
        questions = list(exported_questions(module_of(module) if module else None))
        try:
            path.write_bytes(questions_file(questions, format_))
        except OSError as error:
            message = _("The file can't be written: %(reason)s.") % {"reason": error.strerror}
            raise CommandError(message) from error
        count = len(questions)
        told = ngettext("%(count)s question.", "%(count)s questions.", count) % {"count": count}
        self.stdout.write(told)


def format_for(path: Path, name: str | None) -> Format:
    if name:
        return format_named(name) or GIFT
    suffix = path.suffix.lower()
    return next((format_ for format_ in writable() if suffix in format_.suffixes), GIFT)


def module_of(slug: str) -> ModulePage:
    modules = ModulePage.objects.in_source_language()
    module: ModulePage | None = modules.filter(slug=slug).first()
    if module is None:
        slugs = ", ".join(modules.order_by("slug").values_list("slug", flat=True))
        message = _("There is no module “%(module)s”. There are: %(slugs)s")
        raise CommandError(message % {"module": slug, "slugs": slugs})
    return module
