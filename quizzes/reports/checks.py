"""Which changes wait for a person to check them, and what a check asks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import dropwhile

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet

from knowledge.changes import FactChange, FactText
from knowledge.models import BriefPage, Change, ModulePage
from quizzes import checking
from quizzes.checking import Askable, Missed
from quizzes.models import Attempt, ModuleChange, Question, Standing
from quizzes.models.standings import ModuleChangeQuerySet
from quizzes.reports.citations import must_know_facts
from quizzes.reports.pools import pool_of


class Versions:
    """The published versions of some briefs, oldest first; one query."""

    def __init__(self, briefs: Iterable[int]) -> None:
        self._of_brief: dict[int, list[Change]] = {}
        stored = Change.objects.filter(brief__in=set(briefs)).defer("texts").order_by("version")
        for change in stored:
            self._of_brief.setdefault(change.brief_id, []).append(change)

    def before(self, change: Change) -> Change | None:
        earlier = [one for one in self._of_brief[change.brief_id] if one.version < change.version]
        return earlier[-1] if earlier else None

    @property
    def newest(self) -> Mapping[int, Change]:
        return {brief: changes[-1] for brief, changes in self._of_brief.items()}

    @property
    def facts_now(self) -> Mapping[int, list[FactText]]:
        return {brief: change.fact_texts for brief, change in self.newest.items()}


@dataclass(frozen=True, slots=True)
class ChangeCheck:
    """What changed in a module since a person proved it, and until when she may wait."""

    module: ModulePage
    standing: Standing
    missed: tuple[ModuleChange, ...]
    changes: tuple[FactChange, ...]
    version_before: int | None

    @property
    def newest(self) -> Change:
        return self.missed[-1].change

    @property
    def reasons(self) -> list[str]:
        """Why it changed, the newest reason first, each once."""
        told = (one.change.reason for one in reversed(self.missed))
        return list(dict.fromkeys(reason for reason in told if reason))

    @property
    def until(self) -> date | None:
        """The last day on which she counts as ready without checking it."""
        return self.standing.ready_until

    @property
    def own_until(self) -> date | None:
        """Her own date, which comes back."""
        dates = self.standing.own_dates
        return dates.ready_until if dates else None

    @property
    def needs_quiz(self) -> bool:
        return any(one.change.kind == Change.Kind.REWRITE for one in self.missed)

    @property
    def is_urgent(self) -> bool:
        return any(one.change.kind == Change.Kind.NOW for one in self.missed)


@dataclass(frozen=True, slots=True)
class WaitingChange:
    """In short: that something of a module waits to be checked, and how."""

    module_id: int
    needs_quiz: bool
    is_urgent: bool


def change_check(person: AbstractBaseUser, module: ModulePage) -> ChangeCheck | None:
    """What waits for a person in a module; three queries, one where nothing does."""
    standing = Standing.objects.filter(person_id=person.pk, module=module).first()
    if standing is None or not standing.is_unchecked:
        return None
    missed = shown(missed_since(changes_of(module), standing.unchecked_id))
    if not missed:
        return None
    versions = Versions(one.change.brief_id for one in missed)
    before = versions.before(missed[0].change)
    return ChangeCheck(
        module=module,
        standing=standing,
        missed=tuple(missed),
        changes=tuple(still_changed(missed, versions)),
        version_before=before.version if before else None,
    )


def changes_waiting(
    person: AbstractBaseUser, modules: Iterable[int] | None = None
) -> dict[int, WaitingChange]:
    """For each of the modules, or of all, in which something waits for her; two queries."""
    standings = Standing.objects.filter(person_id=person.pk).exclude(unchecked=None)
    if modules is not None:
        standings = standings.filter(module__in=list(modules))
    since = dict(standings.values_list("module_id", "unchecked_id"))
    by_module: dict[int, list[ModuleChange]] = {}
    for one in _with_change(ModuleChange.objects.filter(module__in=since)):
        by_module.setdefault(one.module_id, []).append(one)
    missed = {
        module: shown(missed_since(by_module.get(module, ()), first))
        for module, first in since.items()
    }
    return {module: _waiting(module, changes) for module, changes in missed.items() if changes}


def modules_waiting(person: AbstractBaseUser, brief: BriefPage) -> list[ModulePage]:
    """The open modules in which a person has something of this brief to check; one query."""
    waiting = Standing.objects.filter(person_id=person.pk).exclude(unchecked=None)
    touched = ModuleChange.objects.filter(change__brief=brief, module__standings__in=waiting)
    modules = ModulePage.objects.open_to_colleagues().filter(
        pk__in=touched.values("module"), standings__in=waiting
    )
    return list(modules.order_by("path"))


def changes_of(module: ModulePage) -> list[ModuleChange]:
    """All changes that reached a module, in their order; one query."""
    return list(_with_change(ModuleChange.objects.filter(module=module)))


def version_at(module: ModulePage, at: datetime) -> int:
    """Which version of the module's brief colleagues read at that moment; one query."""
    versions = Change.objects.filter(brief_id=module.brief_id).order_by("version")
    told = list(versions.values_list("version", "at"))
    read = [version for version, went_live_at in told if went_live_at <= at]
    first: int = told[0][0] if told else module.brief.version
    return read[-1] if read else first


def missed_since(changes: Sequence[ModuleChange], first: int | None) -> list[ModuleChange]:
    """From the first that she has not checked: those that ask for something."""
    since = dropwhile(lambda one: one.pk != first, changes)
    return [one for one in since if one.fact_keys]


def shown(missed: Iterable[ModuleChange]) -> list[ModuleChange]:
    """Those whose brief is open: what is closed is told nowhere, neither before nor now."""
    return [one for one in missed if one.is_open]


def newer_than(attempt: Attempt, changes: Iterable[ModuleChange]) -> list[ModuleChange]:
    """The changes of which a sitting knew nothing when it began.

    A change takes its moment before it is there to be read, so the version counts beside the time.
    """
    own_brief = attempt.module.brief_id
    return [
        one
        for one in changes
        if one.at > attempt.started_at
        or (one.change.brief_id == own_brief and one.change.version > attempt.version)
    ]


def is_superseded(attempt: Attempt) -> bool:
    """Whether an open check asks for words that a newer change has taken away; one query."""
    is_open = attempt.is_check and attempt.finished_at is None
    return is_open and any(one.fact_keys for one in newer_than(attempt, changes_of(attempt.module)))


def still_changed(missed: Sequence[ModuleChange], versions: Versions) -> list[FactChange]:
    """What differs between before the first of these changes and now."""
    told = []
    for one in missed:
        before = versions.before(one.change)
        facts = tuple(before.fact_texts) if before else ()
        told.append(Missed(one.change.brief_id, facts, frozenset(one.fact_keys)))
    return checking.still_changed(told, versions.facts_now)


def check_questions(module: ModulePage, changes: Sequence[FactChange]) -> list[Question]:
    """What a check of these changes asks, in order; six queries."""
    contrasts = contrast_questions(module).prefetch_related("options", "citations")
    questions = {question.pk: question for question in (*contrasts, *pool_of(module))}
    askable = [
        Askable(
            id=question.pk,
            facts=frozenset(citation.fact_key for citation in question.citations.all()),
            is_contrast=question.contrasts_id is not None,
            must_know=question.is_must_know,
            by_heart=not question.is_look_up,
        )
        for question in questions.values()
    ]
    must_know = must_know_facts([change.key for change in changes])
    return [questions[pk] for pk in checking.questions_of_check(askable, changes, must_know)]


def contrast_questions(module: ModulePage) -> QuerySet[Question]:
    """Those that put old words beside new ones and still hold, the oldest first."""
    opened = BriefPage.objects.open_to_colleagues()
    made = Question.objects.of_module(module).filter(live=True, contrasts__brief__in=opened)
    return made.order_by("contrasts__at", "pk")


def _with_change(changes: ModuleChangeQuerySet) -> ModuleChangeQuerySet:
    # Whole versions are long; what they say is read by `Versions`, where it is needed.
    told = changes.select_related("change").defer("change__facts", "change__texts")
    return told.with_openness()


def _waiting(module: int, missed: Sequence[ModuleChange]) -> WaitingChange:
    kinds = {one.change.kind for one in missed}
    return WaitingChange(
        module_id=module,
        needs_quiz=Change.Kind.REWRITE in kinds,
        is_urgent=Change.Kind.NOW in kinds,
    )
