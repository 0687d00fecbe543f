"""Questions from a GIFT or Aiken file, each into the module that its category names."""

from collections.abc import Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from knowledge.importers.files import read_any_text
from knowledge.importers.reporting import FaultList, ImportReport
from knowledge.importers.writing import all_or_nothing
from quizzes.importers.questions.drafts import Found, read_questions
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
    decoded = read_any_text(path, faults, page=encoding)
    if decoded is None:
        return [], []
    name, found = read_questions(decoded.text, path.name)
    if not any(item.is_question for item in found):
        faults.add(None, _("There is no question in this file."), _remedy(decoded.text))
    told = _("Read as %(format)s in %(page)s.") % {"format": name, "page": decoded.label}
    if decoded.is_guess:
        told += " " + _("Where letters look wrong, name another code page (--encoding).")
    return found, [told]


def _remedy(text: str) -> str:
    if text.lstrip().startswith(("<?xml", "<quiz")):
        return _("This is XML: export the questions again, and choose GIFT as the format.")
    return _("Check whether it is GIFT or Aiken.")


def _wanted(plans: Sequence[QuestionPlan], found: Sequence[Found]) -> list[QuestionPlan]:
    at_fault = {id(item.draft) for item in found if item.faults.faults}
    return [plan for plan in plans if id(plan.draft) not in at_fault]
