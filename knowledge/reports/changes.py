"""What a draft would change, what stands in its way, and how two versions differ."""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from knowledge.changes import (
    ChangeKind,
    FactChange,
    FactText,
    default_kind,
    fact_changes,
    fingerprint,
    guarded,
    needs_second_person,
)
from knowledge.models import BriefPage, Change, ChangePlan
from knowledge.publishing import Obstacle, must_know_among, obstacles_of_rooms

TEXT_FIELDS = ("one_breath", "right_for", "not_right_for", "expectation")
LINE_FIELDS = ("say", "dont_say")
TEXT_LABELS = {
    "one_breath": _lazy("One-breath line"),
    "right_for": _lazy("Right for"),
    "not_right_for": _lazy("Not right for"),
    "expectation": _lazy("What the customer will now expect"),
    "say": _lazy("Say this"),
    "dont_say": _lazy("Don’t say this"),
    "answers": _lazy("Questions and answers"),
}


@dataclass(frozen=True, slots=True)
class TextChange:
    """Words of a brief outside its facts: the field, the lines before and the lines now."""

    name: str
    label: str
    was: tuple[str, ...]
    now: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DraftedChange:
    """What a draft of a brief would change for its readers."""

    brief_id: int
    is_first: bool
    changes: tuple[FactChange, ...]
    text_changes: tuple[TextChange, ...]
    must_know: frozenset[str]
    fingerprint: str
    plan: ChangePlan | None

    @property
    def guarded(self) -> list[FactChange]:
        return guarded(self.changes, self.must_know)

    @property
    def default_kind(self) -> ChangeKind:
        return default_kind(self.changes, self.must_know)

    @property
    def kind(self) -> ChangeKind:
        return ChangeKind(self.plan.kind) if self.plan else self.default_kind

    @property
    def needs_plan(self) -> bool:
        """Only what nobody has proved yet may go out without a word about it."""
        return not self.is_first and any(not change.is_new for change in self.changes)

    @property
    def needs_second_person(self) -> bool:
        if self.is_first:
            return False
        return needs_second_person(self.kind, self.changes, self.must_know)


def drafted_change(draft: BriefPage) -> DraftedChange:
    """Compares a draft with the newest version that colleagues have read; four queries."""
    last = Change.objects.filter(brief_id=draft.pk).newest_first().first()
    changes = fact_changes(last.fact_texts, fact_texts_of(draft)) if last else []
    return DraftedChange(
        brief_id=draft.pk,
        is_first=last is None,
        changes=tuple(changes),
        text_changes=tuple(text_changes(last.texts, texts_of(draft)) if last else ()),
        must_know=must_know_among([change.key for change in changes]),
        fingerprint=fingerprint(changes, last.version) if last else "",
        plan=plan_for(last, changes) if last else None,
    )


def plan_for(last: Change, changes: Sequence[FactChange]) -> ChangePlan | None:
    """What was said of these changes since that version; of words alone nothing is said."""
    plans = ChangePlan.objects.filter(
        brief_id=last.brief_id, fingerprint=fingerprint(changes, last.version)
    )
    return plans.first() if changes else None


def obstacles_for(drafted: DraftedChange, *, by: AbstractBaseUser | None = None) -> list[Obstacle]:
    """What stands in the way; whoever publishes another's plan is herself the second person."""
    if drafted.plan is None and not drafted.needs_plan:
        return []
    url = plan_url(drafted.brief_id)
    if drafted.plan is None:
        return [Obstacle(_("Say how much this changes, and why, before it goes out."), url)]
    found = obstacles_of_rooms(drafted.changes, drafted.plan.pk)
    if drafted.needs_second_person and not vouched_for(drafted.plan, by):
        found.append(Obstacle(_("A second person has to approve this change."), url))
    return found


def guard(draft: BriefPage, by: AbstractBaseUser | None) -> list[Obstacle]:
    return obstacles_for(drafted_change(draft), by=by)


def vouched_for(plan: ChangePlan, by: AbstractBaseUser | None) -> bool:
    return plan.is_approved or (by is not None and is_second_person(plan, by))


def is_second_person(plan: ChangePlan, by: AbstractBaseUser) -> bool:
    return bool(by.pk != plan.made_by_id)


def plan_url(brief_id: int) -> str:
    return reverse("changes:plan", args=[brief_id])


def fact_texts_of(brief: BriefPage) -> list[FactText]:
    """The facts of a live page or of a draft, as it tells them."""
    return [
        FactText(fact.key, fact.title, fact.kind, fact.statement, fact.limits, fact.proof)
        for fact in brief.facts.all()
    ]


def texts_of(brief: BriefPage) -> dict[str, list[str]]:
    """The words of a brief outside its facts, by field, each as lines."""
    plain = {name: [getattr(brief, name)] for name in TEXT_FIELDS}
    lines = {name: [str(block.value) for block in getattr(brief, name)] for name in LINE_FIELDS}
    answers = [
        f"{block.value['question']} {block.value['answer'].source}" for block in brief.answers
    ]
    return {**plain, **lines, "answers": answers}


def text_changes(was: dict[str, Any], now: dict[str, Any]) -> list[TextChange]:
    """Fields that both versions tell, and tell differently."""
    return [
        TextChange(
            name,
            str(TEXT_LABELS[name]),
            tuple(_lines(name, was[name])),
            tuple(_lines(name, now[name])),
        )
        for name in now
        if name in was and _lines(name, was[name]) != _lines(name, now[name])
    ]


def _lines(name: str, told: str | Sequence[str]) -> list[str]:
    lines = [told] if isinstance(told, str) else list(told)
    return [_words(line) for line in lines] if name == "answers" else lines


def _words(rich_text: str) -> str:
    """What is read of it: the editor marks paragraphs anew each time it saves."""
    return " ".join(html.unescape(strip_tags(rich_text.replace("<", " <"))).split())
