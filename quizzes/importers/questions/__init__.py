"""Questions from a GIFT file. Each module's questions stand below its `$CATEGORY:` line."""

from pathlib import Path

from django.utils.translation import gettext as _

from knowledge.importers.reporting import Entry, FaultList, ImportReport, Outcome
from knowledge.importers.writing import all_or_nothing
from quizzes.importers.questions.drafts import Drafts, read_drafts
from quizzes.importers.questions.planning import QuestionPlan, load_stored, plan_questions
from quizzes.importers.questions.writing import write_question

__all__ = ["import_questions"]


def import_questions(path: Path, *, dry_run: bool = False) -> ImportReport:
    """Brings the questions of the file to its state; others are left alone.

    Raises `ImportRefused` with every fault, having written nothing.
    """
    faults = FaultList(path.name)
    drafts = read_drafts(path, faults)
    with all_or_nothing(path.name):
        plans = plan_questions(drafts.questions, load_stored(drafts.questions), faults)
        faults.refuse_if_any()
        report = _report(plans, drafts, is_dry_run=dry_run)
        for plan in plans if not dry_run else []:
            write_question(plan)
    return report


def _report(plans: list[QuestionPlan], drafts: Drafts, *, is_dry_run: bool) -> ImportReport:
    skipped = [
        Entry(name, Outcome.SKIPPED, _("A text without a question."))
        for name in drafts.descriptions
    ]
    notes = [
        _("“%(name)s” is a draft. %(missing)s")
        % {"name": plan.draft.name, "missing": " ".join(plan.missing)}
        for plan in plans
        if plan.missing and plan.outcome is not Outcome.UNCHANGED
    ]
    entries = (*(plan.entry for plan in plans), *skipped)
    return ImportReport(entries, tuple(notes), is_dry_run=is_dry_run)
