from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knowledge.models import ModulePage
from quizzes.exports import exported_questions, questions_gift


class Command(BaseCommand):
    help = "Writes the questions into a GIFT file, which import_questions and Moodle read."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, metavar="FILE")
        parser.add_argument("--module", metavar="SLUG", help="only the questions of this module")

    def handle(self, *_args: Any, path: Path, module: str | None, **_options: Any) -> None:
        questions = list(exported_questions(module_of(module) if module else None))
        try:
            path.write_text(questions_gift(questions), encoding="utf-8")
        except OSError as error:
            message = _("The file can't be written: %(reason)s.") % {"reason": error.strerror}
            raise CommandError(message) from error
        count = len(questions)
        told = ngettext("%(count)s question.", "%(count)s questions.", count) % {"count": count}
        self.stdout.write(told)


def module_of(slug: str) -> ModulePage:
    modules = ModulePage.objects.in_source_language()
    module: ModulePage | None = modules.filter(slug=slug).first()
    if module is None:
        slugs = ", ".join(modules.order_by("slug").values_list("slug", flat=True))
        message = _("There is no module “%(module)s”. There are: %(slugs)s")
        raise CommandError(message % {"module": slug, "slugs": slugs})
    return module
