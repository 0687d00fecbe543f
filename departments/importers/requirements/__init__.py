"""requirements.csv: which department must be ready on which module, and by when."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from departments.actions import ChangedMeanwhile, change_requirement, require_module
from departments.importers.requirements.planning import (
    Checked,
    Plan,
    check_lines,
    load_portal,
    until_too_many_faults,
)
from departments.importers.requirements.rows import read_lines
from departments.models import Requirement
from departments.reports import Effect, requirement_effects
from departments.reports.terms import put_on
from knowledge.importers.reporting import (
    MOST_FAULTS,
    Entry,
    Fault,
    FaultList,
    ImportRefused,
    ImportReport,
    Outcome,
)
from knowledge.importers.writing import all_or_nothing
from quizzes.days import organisation_day

__all__ = ["import_requirements"]


def import_requirements(
    path: Path,
    *,
    dry_run: bool = False,
    skip_unsupported: bool = False,
    editor: AbstractBaseUser | None = None,
    at: datetime | None = None,
) -> ImportReport:
    """Brings the requirements of the file to its state; others are left alone.

    `editor` may set only those that she may set on the screen; without one, on the server, all
    are. A row that can't be brought in refuses the file, or is left out with `skip_unsupported`.
    Raises `ImportRefused` with every fault, having written nothing.
    """
    at = at or timezone.now()
    day = organisation_day(at)
    faults = FaultList(path.name)
    lines, notes = read_lines(path, faults)
    faults.refuse_if_any()
    with all_or_nothing(path.name):
        rows = check_lines(lines, load_portal(editor, day))
        counted = count_in_words(len(lines))
        checked = list(rows) if skip_unsupported else sound(rows, path.name, notes, counted)
        plans = [each.plan for each in checked if each.plan]
        effects = effects_of(plans, day) if dry_run else {}
        if not dry_run:
            write_plans(plans, editor, path.name, at)
    entries = tuple(entry_of(each, path.name, effects) for each in checked)
    return ImportReport(entries, tuple(notes), is_dry_run=dry_run, counted=counted)


def count_in_words(count: int) -> str:
    return ngettext("%(count)s requirement", "%(count)s requirements", count) % {"count": count}


def sound(
    checked: Iterable[Checked], file: str, notes: Sequence[str], counted: str
) -> list[Checked]:
    """All rows, where none has a fault; else they are told with the refusal."""
    checked = list(until_too_many_faults(checked))
    faults = [
        Fault(file, each.line, problem.message, problem.remedy)
        for each in checked
        for problem in each.problems
    ]
    if faults:
        entries = [entry_of(each, file, {}, Outcome.REFUSED) for each in checked]
        if sum(bool(each.problems) for each in checked) >= MOST_FAULTS:
            notes = [*notes, _("After so many faults the rest wasn't looked at.")]
        raise ImportRefused(faults, entries, notes=notes, counted=counted)
    return checked


def effects_of(plans: Iterable[Plan], day: date) -> dict[int, Effect]:
    """By line: what each row that changes something would mean, once all are brought in."""
    changing = [plan for plan in plans if plan.outcome is not Outcome.UNCHANGED]
    wanted = [
        put_on(Requirement(department=plan.department, module=plan.module), plan.terms)
        for plan in changing
    ]
    effects = requirement_effects(wanted, on=day)
    return {plan.line: effect for plan, effect in zip(changing, effects, strict=True)}


def entry_of(
    checked: Checked,
    file: str,
    effects: dict[int, Effect],
    without_plan: Outcome = Outcome.SKIPPED,
) -> Entry:
    plan = checked.plan
    told = [f"{problem.message} {problem.remedy}".strip() for problem in checked.problems]
    if plan and plan.line in effects:
        told.append(effect_in_words(effects[plan.line]))
    return Entry(
        checked.name,
        plan.outcome if plan else without_plan,
        note=" ".join(told),
        kind=checked.due_in_words,
        file=file,
        line=checked.line,
    )


def effect_in_words(effect: Effect) -> str:
    """ "12 people, 14 days" """
    people = ngettext("%(count)s person", "%(count)s people", effect.people)
    told = [people % {"count": effect.people}]
    if effect.days is not None and effect.days < 0:
        told.append(_("the day has gone by"))
    elif effect.days is not None:
        days = ngettext("%(count)s day", "%(count)s days", effect.days)
        told.append(days % {"count": effect.days})
    return ", ".join(told)


def write_plans(
    plans: Iterable[Plan], editor: AbstractBaseUser | None, file: str, at: datetime
) -> None:
    try:
        for plan in plans:
            write_plan(plan, editor, at)
    except ChangedMeanwhile as error:
        fault = Fault(
            file,
            None,
            _("Somebody else changed the same data at this moment, so nothing was written."),
            _("Run the import again."),
        )
        raise ImportRefused([fault]) from error


def write_plan(plan: Plan, editor: AbstractBaseUser | None, at: datetime) -> None:
    if plan.stored is None:
        require_module(
            department=plan.department, module=plan.module, terms=plan.terms, actor=editor, at=at
        )
    elif plan.outcome is Outcome.CHANGED:
        change_requirement(
            requirement=plan.stored, seen=plan.before, terms=plan.terms, actor=editor, at=at
        )
