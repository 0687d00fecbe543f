"""GIFT, as Moodle writes and reads it, with tags for what it has no signs for."""

from django.utils.translation import gettext as _

from quizzes.importers.gift import parse
from quizzes.importers.questions.drafts import understood
from quizzes.importers.questions.formats.format import Format, Reading, Source
from quizzes.importers.questions.formats.gift.writing import written

__all__ = ["GIFT"]


def read(source: Source) -> Reading:
    found = understood(parse(source.text), source.name)
    if source.decoded and not any(item.is_question for item in found):
        remedy = _remedy(source.text)
        source.faults.add(None, _("There is no question in this file."), remedy)
    return Reading(found)


def _remedy(text: str) -> str:
    if text.lstrip().startswith(("<?xml", "<quiz")):
        return _("This is XML: export the questions again, and choose GIFT as the format.")
    return _("Check whether it is GIFT, Aiken or a table with the column “question”.")


GIFT = Format(
    name="gift",
    label="GIFT",
    suffixes=(".gift", ".txt"),
    content_type="text/plain; charset=utf-8",
    is_it=lambda _source: True,
    read=read,
    write=written,
)
