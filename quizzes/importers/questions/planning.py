"""Compares drafts with the stored questions: what is new, what changes, what is at fault."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import batched
from typing import Any

from django.core.exceptions import ValidationError

from knowledge.importers.reporting import Outcome
from knowledge.importers.validation import add_validation
from knowledge.models import Fact, ModulePage, PortalImage
from quizzes.importers.questions.drafts import Found, QuestionDraft
from quizzes.importers.questions.filling import content_of, filled
from quizzes.importers.questions.homes import Homes, did_you_mean
from quizzes.importers.questions.saying import gettext as _
from quizzes.models import Option, Question

# Without these a question isn't wrong, only not ready: it comes in as a draft.
MISSED_IN_DRAFTS = frozenset({"citations", "explanation", "picture_alt"})
READ_AT_ONCE = 500
MOST_SUGGESTIONS = 100
LONGEST_QUOTE = 160
_NOT_IN_FILES = ["module", "latest_revision", "live_revision", "picture"]


@dataclass(frozen=True, slots=True)
class Stored:
    questions: Mapping[str, Question]
    fact_keys: frozenset[str]
    pictures: Mapping[str, Any] = field(default_factory=dict)
    suggestions: dict[str, str] = field(default_factory=dict)

    def remedy(self, key: str, hint: str) -> str:
        """Looking for near keys takes long; a file that invents them all is told so anyway."""
        if key not in self.suggestions and len(self.suggestions) < MOST_SUGGESTIONS:
            self.suggestions[key] = did_you_mean(key[:64], self.fact_keys, most=1)
        return self.suggestions.get(key) or _(hint)


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
    def note(self) -> str:
        if self.outcome is Outcome.UNCHANGED:
            return ""
        notes = [_("It comes in as a draft."), *self.missing] if self.missing else []
        notes += self.draft.left_out
        if self.stays_unpublished:
            notes.append(_("It stays unpublished."))
        if self.replaces_draft:
            notes.append(_("Unpublished changes become an older version."))
        if self.draft.marks.unknown:
            notes.append(_("Tags left out: %s") % ", ".join(self.draft.marks.unknown))
        return " ".join(notes)


def load_stored(drafts: Sequence[QuestionDraft]) -> Stored:
    questions: dict[str, Question] = {}
    for some in batched(drafts, READ_AT_ONCE):
        stored = Question.objects.filter(reference__in=[draft.reference for draft in some])
        stored = stored.select_related("module", "picture")
        stored = stored.prefetch_related("options", "citations")
        questions |= {question.reference: question for question in stored}
    keys = frozenset(Fact.objects.values_list("key", flat=True))
    return Stored(questions, keys, _pictures(drafts))


def _pictures(drafts: Iterable[QuestionDraft]) -> dict[str, Any]:
    """By the mark of their files; of two that are the same, the older."""
    marks = {draft.marks.picture for draft in drafts} - {""}
    pictures: dict[str, Any] = {}
    for some in batched(sorted(marks), READ_AT_ONCE):
        stored = PortalImage.objects.filter(file_hash__in=some).order_by("-pk")
        pictures |= {picture.file_hash: picture for picture in stored}
    return pictures


def plan_questions(found: Iterable[Found], homes: Homes) -> list[QuestionPlan]:
    """The plans of all drafts; what is at fault is added to what was found."""
    items = [(item, item.draft) for item in found if item.draft and not item.skipped]
    stored = load_stored([draft for _item, draft in items])
    plans = []
    for item, draft in items:
        _check_facts(item, draft, stored)
        _check_picture(item, draft, stored)
        if module := homes.of(draft):
            plans.append(_plan(item, draft, module, stored))
        else:
            homes.refuse_homeless(item, draft)
            _check_content(item, draft, filled(Question(), draft))
    return plans


def _check_facts(item: Found, draft: QuestionDraft, stored: Stored) -> None:
    for key in draft.marks.fact_keys:
        if key not in stored.fact_keys:
            message = _("There is no fact “%(key)s”.") % {"key": key[:200]}
            item.refuse(draft.line, message, stored.remedy(key, draft.hints.fact))


def _check_picture(item: Found, draft: QuestionDraft, stored: Stored) -> None:
    mark = draft.marks.picture
    if mark and mark not in stored.pictures:
        item.refuse(
            draft.line,
            _("No picture here has the mark “%(mark)s”.") % {"mark": mark[:60]},
            _("Bring the picture in first, in the editor under “Images”, or take its mark out."),
        )


def _plan(item: Found, draft: QuestionDraft, module: ModulePage, stored: Stored) -> QuestionPlan:
    question = stored.questions.get(draft.reference) or Question(reference=draft.reference)
    _check_home(item, draft, module, question)
    before = content_of(question) if question.pk else None
    question.module = module
    filled(question, draft, stored.pictures.get(draft.marks.picture))
    missing = _check_content(item, draft, question)
    outcome = Outcome.NEW if before is None else _outcome(question, before)
    if outcome is Outcome.CHANGED and question.live and missing:
        item.refuse(draft.line, _("Colleagues are asked this question already."), " ".join(missing))
    replaces_draft = bool(question.pk and question.has_unpublished_changes)
    return QuestionPlan(draft, question, outcome, missing, replaces_draft)


def _outcome(question: Question, before: tuple[object, ...]) -> Outcome:
    now = content_of(question)
    is_known = now == before or (not question.live and now == _content_of_draft(question))
    return Outcome.UNCHANGED if is_known else Outcome.CHANGED


def _content_of_draft(question: Question) -> tuple[object, ...]:
    """What the editor shows: a question that isn't live may have changed in its drafts only."""
    return content_of(question.get_latest_revision_as_object())


def _check_home(item: Found, draft: QuestionDraft, module: ModulePage, question: Question) -> None:
    if question.pk and question.module_id != module.pk:
        item.refuse(
            draft.line,
            _("“%(reference)s” is a question of the module “%(module)s”.")
            % {"reference": draft.reference, "module": question.module.title},
            _(draft.hints.other_id),
        )


def _check_content(item: Found, draft: QuestionDraft, question: Question) -> tuple[str, ...]:
    """What a draft may lack; all else that is missing or too long is a fault."""
    options = list(question.options.all())
    missing = []
    for place, remedy in question.gaps(options, draft.marks.fact_keys):
        if place in MISSED_IN_DRAFTS:
            missing.append(str(remedy))
        else:
            item.refuse(
                draft.line, _("An answer is missing."), f"{remedy} {_hint(draft, place)}".strip()
            )
    _check_twins(item, draft)
    _check_fields(item, draft, question, options)
    return tuple(missing)


def _check_twins(item: Found, draft: QuestionDraft) -> None:
    known: set[tuple[str, str]] = set()
    for option in draft.meaning.options:
        if (option.text, option.pair) in known:
            column = draft.hints.columns.get("text")
            where = f"“{column} {option.column}”: " if column else ""
            told = where + _("Two answers are the same.")
            item.refuse(draft.line, told, _("Take one of them out."))
            return
        known.add((option.text, option.pair))


def _hint(draft: QuestionDraft, place: str) -> str:
    """Where the answer stands in a file."""
    is_choice = place == "options" and draft.meaning.kind in Question.CHOOSE_ONE
    hint = draft.hints.lacks.get("choice" if is_choice else place, "")
    return _(hint) if hint else ""


def _check_fields(
    item: Found, draft: QuestionDraft, question: Question, options: Iterable[Option]
) -> None:
    checked: list[tuple[str, int, Question | Option]] = [(draft.name, 0, question)]
    checked += [
        (f"{draft.name}: {option.text}", told.column, option)
        for option, told in zip(options, draft.meaning.options, strict=True)
    ]
    for name, column, each in checked:
        try:
            each.clean_fields(exclude=_NOT_IN_FILES if each is question else ["question"])
        except ValidationError as error:
            for place, errors in error.error_dict.items():
                known_as = draft.hints.columns.get(place)
                what = f"{known_as} {column or ''}".strip() if known_as else name
                add_validation(
                    item.faults,
                    draft.line,
                    f"“{what[:LONGEST_QUOTE]}”",
                    ValidationError(errors),
                )
