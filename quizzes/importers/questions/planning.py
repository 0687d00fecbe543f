"""Compares drafts with the stored questions: what is new, what changes, what is at fault."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _

from knowledge.importers.reporting import Entry, FaultList, Outcome
from knowledge.importers.validation import add_validation
from knowledge.models import Fact, ModulePage
from quizzes.importers.questions.drafts import QuestionDraft
from quizzes.importers.questions.filling import content_of, fill
from quizzes.models import Question

# Without these a question isn't wrong, only not ready: it comes in as a draft.
MISSED_IN_DRAFTS = frozenset({"citations", "explanation"})


@dataclass(frozen=True, slots=True)
class Stored:
    modules: Mapping[str, ModulePage]
    questions: Mapping[str, Question]
    fact_keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class QuestionPlan:
    draft: QuestionDraft
    question: Question
    outcome: Outcome
    missing: tuple[str, ...]
    replaces_draft: bool = False

    @property
    def is_ready(self) -> bool:
        return not self.missing

    @property
    def stays_unpublished(self) -> bool:
        """An editor has taken it out of use; a file doesn't bring it back."""
        return not self.question.live and self.question.first_published_at is not None

    @property
    def entry(self) -> Entry:
        notes = [*self.missing]
        if self.stays_unpublished:
            notes.append(_("It stays unpublished."))
        if self.replaces_draft:
            notes.append(_("Unpublished changes become an older version."))
        if self.draft.marks.unknown:
            notes.append(_("Tags left out: %s") % ", ".join(self.draft.marks.unknown))
        told = " ".join(notes) if self.outcome is not Outcome.UNCHANGED else ""
        return Entry(f"{self.draft.name} ({self.draft.reference})", self.outcome, told)


def load_stored(drafts: Iterable[QuestionDraft]) -> Stored:
    references = [draft.reference for draft in drafts]
    questions = Question.objects.filter(reference__in=references).select_related("module")
    return Stored(
        modules={module.slug: module for module in ModulePage.objects.all()},
        questions={
            question.reference: question
            for question in questions.prefetch_related("options", "citations")
        },
        fact_keys=frozenset(Fact.objects.values_list("key", flat=True)),
    )


def plan_questions(
    drafts: Iterable[QuestionDraft], stored: Stored, faults: FaultList
) -> list[QuestionPlan]:
    drafts = list(drafts)
    _check_categories(drafts, stored, faults)
    plans = []
    for draft in drafts:
        _check_facts(draft, stored, faults)
        if module := module_of(draft.category, stored):
            plans.append(_plan(draft, module, stored, faults))
    return plans


def module_of(category: str, stored: Stored) -> ModulePage | None:
    """Moodle writes the whole path, `$course$/top/Fair Refund`; its last part names the module."""
    name = category.rpartition("/")[2].strip()
    return stored.modules.get(name) or stored.modules.get(slugify(name))


def _check_categories(drafts: Iterable[QuestionDraft], stored: Stored, faults: FaultList) -> None:
    checked: set[str] = set()
    for draft in drafts:
        if draft.category in checked or module_of(draft.category, stored):
            continue
        checked.add(draft.category)
        message = _("There is no module “%(module)s”.") % {"module": draft.category}
        faults.add(
            draft.category_line or draft.line,
            message if draft.category else _("Nothing says which module this belongs to."),
            _("Write a line like $CATEGORY: fair-refund, the last part of the module's address."),
        )


def _check_facts(draft: QuestionDraft, stored: Stored, faults: FaultList) -> None:
    for key in draft.marks.fact_keys:
        if key in stored.fact_keys:
            continue
        near = get_close_matches(key[:64], stored.fact_keys, n=1)
        faults.add(
            draft.line,
            _("There is no fact “%(key)s”.") % {"key": key},
            _("Did you mean “%(near)s”?") % {"near": near[0]}
            if near
            else _("Import its brief first, or correct the tag."),
        )


def _plan(
    draft: QuestionDraft, module: ModulePage, stored: Stored, faults: FaultList
) -> QuestionPlan:
    question = stored.questions.get(draft.reference) or Question(reference=draft.reference)
    _check_home(draft, module, question, faults)
    before = content_of(question) if question.pk else None
    fill(question, draft, module)
    missing = _check_content(draft, question, faults)
    if before is None:
        outcome = Outcome.NEW
    else:
        outcome = Outcome.UNCHANGED if before == content_of(question) else Outcome.CHANGED
    if outcome is Outcome.CHANGED and question.live and missing:
        faults.add(draft.line, _("Colleagues are asked this question already."), " ".join(missing))
    replaces_draft = bool(question.pk and question.has_unpublished_changes)
    return QuestionPlan(draft, question, outcome, missing, replaces_draft)


def _check_home(
    draft: QuestionDraft, module: ModulePage, question: Question, faults: FaultList
) -> None:
    if question.pk and question.module_id != module.pk:
        faults.add(
            draft.line,
            _("“%(reference)s” is a question of the module “%(module)s”.")
            % {"reference": draft.reference, "module": question.module.title},
            _("Give this one another [id:…]; answers belong to the module they were given in."),
        )


def _check_content(draft: QuestionDraft, question: Question, faults: FaultList) -> tuple[str, ...]:
    """What a draft may lack; all else that is missing or too long is a fault."""
    options = list(question.options.all())
    missing = []
    for place, remedy in question.gaps(options, draft.marks.fact_keys):
        if place in MISSED_IN_DRAFTS:
            missing.append(str(remedy))
        else:
            faults.add(draft.line, _("An answer is missing."), str(remedy))
    if len({option.text for option in options}) < len(options):
        faults.add(draft.line, _("Two answers are the same."), _("Take one of them out."))
    try:
        question.clean_fields(exclude=["module"])
        for option in options:
            option.clean_fields(exclude=["question"])
    except ValidationError as error:
        add_validation(faults, draft.line, f"“{draft.name}”", error)
    return tuple(missing)
