"""Questions from a file of any format, each into the module that the file names."""

from collections.abc import Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from knowledge.importers.reporting import FaultList, ImportReport
from knowledge.importers.writing import all_or_nothing
from quizzes.importers.questions.drafts import Found
from quizzes.importers.questions.formats import Format, Source, format_of
from quizzes.importers.questions.homes import load_homes
from quizzes.importers.questions.planning import QuestionPlan, plan_questions
from quizzes.importers.questions.telling import Telling
from quizzes.importers.questions.twins import settle_references
from quizzes.importers.questions.writing import write_question

__all__ = ["import_questions"]


def import_questions(
    path: Path,
    *,
    dry_run: bool = False,
    module: str = "",
    encoding: str = "",
    skip_unsupported: bool = False,
) -> ImportReport:
    """Brings the questions of the file to its state; others are left alone.

    `module` is the slug of the one module that takes them all, whatever the file says; `encoding`
    the file's code page, where it shouldn't be guessed. With `skip_unsupported`, questions at
    fault are left out, and the others come in.

    Raises `ImportRefused` with every fault and every question, having written nothing.
    """
    faults = FaultList(path.name)
    found, notes = _read(path, encoding, faults)
    settle_references(found, module)
    with all_or_nothing(path.name):
        plans = plan_questions(found, load_homes(module, faults))
        telling = Telling(path.name, found, plans, notes, skips_unsupported=skip_unsupported)
        telling.refuse_if_any(faults.faults)
        for plan in _wanted(plans, found) if not dry_run else []:
            write_question(plan)
    return telling.report(is_dry_run=dry_run)


def _read(path: Path, encoding: str, faults: FaultList) -> tuple[list[Found], list[str]]:
    """What stands in the file, and how it was read."""
    source = Source(path, faults, page=encoding)
    format_ = format_of(source)
    reading = format_.read(source)
    return reading.found, [*_told(format_, source), *reading.notes]


def _told(format_: Format, source: Source) -> list[str]:
    if format_.is_packed:
        return [_("Read as %(format)s.") % {"format": format_.label}]
    if source.decoded is None:
        return []
    named = {"format": format_.label, "page": source.decoded.label}
    told = _("Read as %(format)s in %(page)s.") % named
    if source.decoded.is_guess:
        told += " " + _("Where letters look wrong, name another code page (--encoding).")
    return [told]


def _wanted(plans: Sequence[QuestionPlan], found: Sequence[Found]) -> list[QuestionPlan]:
    at_fault = {id(item.draft) for item in found if item.faults.faults}
    return [plan for plan in plans if id(plan.draft) not in at_fault]
