"""Which questions still teach what a change takes away, and what is to become of them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from knowledge.changes import ChangeKind, FactChange
from knowledge.models import ChangePlan, ModulePage
from knowledge.publishing import Obstacle
from knowledge.reports import plan_url
from quizzes.models import Question, QuestionDecision

KEEP, EDIT, RETIRE = QuestionDecision.Choice


@dataclass(frozen=True, slots=True)
class CitingQuestion:
    """A live question that asks for a changed fact, and what was decided about it.

    `choice` is empty while nothing is decided. `is_edited` says that its draft is ready to go out
    with the change, or went out since that was decided.
    """

    question: Question
    module_title: str
    facts: tuple[str, ...]
    choice: str
    is_edited: bool
    is_draft_incomplete: bool = False

    @property
    def state(self) -> str | Promise:
        if self.is_draft_incomplete:
            return _lazy("Live, and its draft is not finished")
        if self.question.has_unpublished_changes:
            return _lazy("Live, with changes to publish")
        return _lazy("Live")

    @property
    def edit_url(self) -> str:
        return reverse("wagtailsnippets_quizzes_question:edit", args=[self.question.pk])

    @property
    def is_settled(self) -> bool:
        return bool(self.choice) and (self.choice != EDIT or self.is_edited)


def questions_citing(
    changes: Iterable[FactChange], plan: ChangePlan | int | None
) -> list[CitingQuestion]:
    """The live questions that ask for what was proved before and changes now; four queries."""
    plan_id = plan.pk if isinstance(plan, ChangePlan) else plan
    titles = {change.key: change.title for change in changes if not change.is_new}
    decisions = {
        decision.question_id: decision
        for decision in QuestionDecision.objects.filter(plan_id=plan_id or 0)
    }
    citing = Question.objects.live().filter(citations__fact_key__in=titles).distinct()
    return [
        _row(question, titles, decisions.get(question.pk))
        for question in citing.select_related("module", "latest_revision")
        .prefetch_related("citations")
        .order_by("module__path", "reference")
    ]


def modules_touched(changes: Iterable[FactChange]) -> list[ModulePage]:
    """The modules whose live questions ask for what changes; one query."""
    keys = [change.key for change in changes if not change.is_new]
    citing = Question.objects.live().filter(citations__fact_key__in=keys)
    return list(ModulePage.objects.filter(pk__in=citing.values("module")).order_by("path"))


def fact_keys_by_module(changes: Iterable[FactChange]) -> dict[int, set[str]]:
    """For each module, which of these facts its live questions ask for; one query."""
    keys = [change.key for change in changes if not change.is_new]
    asked = Question.objects.live().filter(citations__fact_key__in=keys)
    found: dict[int, set[str]] = {}
    for module, key in asked.values_list("module_id", "citations__fact_key"):
        found.setdefault(module, set()).add(key)
    return found


def undecided_questions(changes: Sequence[FactChange], plan_id: int | None) -> Iterator[Obstacle]:
    """What keeps a change from going out: questions that would go on teaching the old words.

    Where only the wording changes, a second person has said that all of them stay right.
    """
    plan = ChangePlan.objects.filter(pk=plan_id or 0).first()
    if plan is None or not ChangeKind(plan.kind).asks_people:
        return
    rows = questions_citing(changes, plan)
    counts = Counter(row.choice for row in rows if not row.is_settled)
    url = plan_url(plan.brief_id)
    if counts[""]:
        yield Obstacle(_undecided_words(counts[""]), url)
    if counts[EDIT.value]:
        yield Obstacle(_unedited_words(counts[EDIT.value]), url)


def _undecided_words(count: int) -> str:
    words = ngettext(
        "%(count)d question still teaches the old words: keep, edit or retire it.",
        "%(count)d questions still teach the old words: keep, edit or retire them.",
        count,
    )
    return words % {"count": count}


def _unedited_words(count: int) -> str:
    words = ngettext(
        "%(count)d question is to be edited, and has no finished draft yet.",
        "%(count)d questions are to be edited, and have no finished draft yet.",
        count,
    )
    return words % {"count": count} + " " + _("Write it, or keep or retire the question.")


def _row(
    question: Question, titles: dict[str, str], decision: QuestionDecision | None
) -> CitingQuestion:
    cited = [citation.fact_key for citation in question.citations.all()]
    has_draft = bool(question.has_unpublished_changes and question.latest_revision)
    is_incomplete = has_draft and _is_incomplete(question)
    return CitingQuestion(
        question=question,
        module_title=question.module.title,
        facts=tuple(titles[key] for key in cited if key in titles),
        choice=decision.choice if decision else "",
        is_edited=(has_draft and not is_incomplete) or _went_out_since(question, decision),
        is_draft_incomplete=is_incomplete,
    )


def _is_incomplete(question: Question) -> bool:
    draft = question.with_content_json(question.latest_revision.content)
    keys = {citation.fact_key for citation in draft.citations.all()}
    return any(draft.gaps(list(draft.options.all()), keys))


def _went_out_since(question: Question, decision: QuestionDecision | None) -> bool:
    published_at = question.last_published_at
    return decision is not None and published_at is not None and published_at > decision.at
