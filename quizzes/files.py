"""Questions as a file that is brought in and taken out in the editor."""

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import IndexView

from knowledge.importers.files import MOST_BYTES
from knowledge.importers.registry import Download, FileKind, Wishes
from knowledge.importers.reporting import ImportReport
from knowledge.models import ModulePage
from quizzes.exports import exported_questions, questions_file
from quizzes.importers.questions import import_questions
from quizzes.importers.questions.formats import GIFT, SUFFIXES, format_named, writable
from quizzes.permissions import may_bring_in_questions


def bring_in(path: Path, wishes: Wishes, /, *, dry_run: bool) -> ImportReport:
    return import_questions(
        path,
        dry_run=dry_run,
        skip_unsupported=wishes.skip_unsupported,
        module=wishes.module,
        encoding=wishes.encoding,
    )


def take_out(module: str, wished: str = "") -> Download:
    """In the format that is wished by name."""
    format_ = format_named(wished) or GIFT
    chosen = (
        get_object_or_404(ModulePage.objects.in_source_language(), slug=module) if module else None
    )
    name = f"{module or _('questions')}-{timezone.localdate().isoformat()}{format_.suffix}"
    data = questions_file(exported_questions(chosen), format_)
    return Download(name, format_.content_type, [data])


def places() -> Iterable[tuple[str, str]]:
    yield _("Questions"), reverse("wagtailsnippets_quizzes_question:list")


QUESTIONS = FileKind(
    name="questions",
    order=20,
    label=gettext_lazy("Questions"),
    about=gettext_lazy(
        "Questions as a table, one row each, from a spreadsheet; or as GIFT or Aiken, the formats "
        "in which Moodle writes them. "
        "A question that is known by its id or name is changed, any other one is new."
    ),
    suffixes=SUFFIXES,
    most_bytes=MOST_BYTES,
    may=may_bring_in_questions,
    bring_in=bring_in,
    take_out=take_out,
    places=places,
    asks={
        "module": gettext_lazy("It takes all questions of the file, whatever the file says."),
        "encoding": gettext_lazy("Only where letters look wrong in the table."),
        "skip_unsupported": gettext_lazy("The table says what is left out, and why."),
    },
    is_taken_by_module=True,
    formats={format_.name: format_.label for format_ in writable()},
)


class QuestionIndexView(IndexView):
    """The list of all questions, with the way in and out for files."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons: list[Button] = super().header_more_buttons
        if not QUESTIONS.may(self.request.user):
            return buttons
        return [
            *buttons,
            Button(
                _("Bring in a file"),
                url=reverse("files:bring-in", args=[QUESTIONS.name]),
                icon_name="upload",
                priority=80,
            ),
            *(
                Button(
                    _("Take out as %(format)s") % {"format": label},
                    url=reverse("files:take-out", args=[QUESTIONS.name], query={"format": name}),
                    icon_name="download",
                    priority=90,
                )
                for name, label in QUESTIONS.formats.items()
            ),
        ]
