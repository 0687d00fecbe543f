"""A change of a brief goes live, and reaches those who proved the version before."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Case, F, Value, When
from django.db.models.functions import Coalesce, Least
from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail.actions.unpublish import UnpublishAction

from knowledge.changes import FactChange, FactText
from knowledge.models import Change, ChangePlan, ModulePage
from knowledge.reports import plan_for
from quizzes.actions.standings import lock_modules
from quizzes.days import organisation_day
from quizzes.models import (
    Citation,
    ModuleChange,
    Option,
    Question,
    QuestionDecision,
    Standing,
)
from quizzes.models.parts import LONGEST_OPTION
from quizzes.reports import (
    Versions,
    changes_of,
    contrast_questions,
    fact_keys_by_module,
    still_changed,
)
from quizzes.signals import standings_moved

MOST_OLD_WORDS = 3


@transaction.atomic
def decide_question(
    *,
    plan: ChangePlan,
    question: Question,
    choice: str,
    by: AbstractBaseUser,
    at: datetime,
) -> QuestionDecision:
    """What becomes of a question when the change goes out. Another choice has to be approved."""
    decision = QuestionDecision.objects.filter(plan=plan, question=question).first()
    if decision is not None and decision.choice == choice:
        return decision
    stored, _is_new = QuestionDecision.objects.update_or_create(
        plan=plan, question=question, defaults={"choice": choice, "by_id": by.pk, "at": at}
    )
    if plan.is_approved:
        plan.approved_by, plan.approved_at = None, None
        plan.save(update_fields=["approved_by", "approved_at"])
    return stored


@transaction.atomic
def spread_change(change: Change) -> None:
    """Lets a version that has just gone live reach questions, modules and dates."""
    versions = Versions([change.brief_id])
    earlier = versions.before(change)
    if earlier is None:
        return
    every = change.since(earlier)
    changes = [one for one in every if not one.is_new]
    is_asking = change.kind in {Change.Kind.MATERIAL, Change.Kind.REWRITE, Change.Kind.NOW}
    asked = fact_keys_by_module(changes) if is_asking else {}
    _settle_questions(plan_for(earlier, every), change)
    if not is_asking:
        _reword_contrasts(change, changes)
    reached = asked.keys() | _modules_that_wait_for(change, changes)
    for module in ModulePage.objects.filter(pk__in=reached).order_by("path"):
        _reach(module, change, [one for one in changes if one.key in asked.get(module.pk, ())])


def _settle_questions(plan: ChangePlan | None, change: Change) -> None:
    """As was decided and approved: whoever may publish the brief need not be able to do it."""
    if plan is None:
        return
    for decision in plan.decisions.select_related("question__latest_revision"):
        question = decision.question
        if decision.choice == QuestionDecision.Choice.RETIRE and question.live:
            UnpublishAction(question, user=change.author).execute(skip_permission_checks=True)
        if decision.choice == QuestionDecision.Choice.EDIT and question.has_unpublished_changes:
            question.latest_revision.publish(user=change.author, skip_permission_checks=True)


def _modules_that_wait_for(change: Change, changes: Iterable[FactChange]) -> set[int]:
    """Those which an earlier change of the same facts reached: this one may take it back."""
    keys = {one.key for one in changes}
    earlier = ModuleChange.objects.filter(change__brief_id=change.brief_id)
    reached = earlier.values_list("module_id", "fact_keys")
    return {module for module, fact_keys in reached if keys & set(fact_keys)}


def _reach(module: ModulePage, change: Change, changes: Sequence[FactChange]) -> None:
    lock_modules([module.pk])
    earlier = changes_of(module)
    versions = Versions({change.brief_id, *(one.change.brief_id for one in earlier)})
    step = ModuleChange(
        change=change,
        module=module,
        at=change.at,
        until=organisation_day(change.at) + timedelta(days=change.grace_days),
        fact_keys=[one.key for one in changes],
    )
    asking = [one for one in earlier if one.fact_keys]
    step.lifts = [
        one.pk
        for place, one in enumerate(asking)
        if not still_changed([*asking[place:], step], versions)
    ]
    if not (step.fact_keys or step.lifts):
        return
    step.save()
    if step.fact_keys:
        _make_contrasts(module, change, changes, _old_words(earlier, versions))
        ask_to_check(step)
    _give_back(step)
    standings_moved.send(Standing, people=None, modules=[module.pk])


def ask_to_check(step: ModuleChange) -> int:
    """Cuts the dates of everybody who proved the module, in one statement; returns how many rows.

    The condition is the module alone: so a row that another transaction is just letting pass is
    waited for, and seen as it will be.
    """
    standings = Standing.objects.filter(module_id=step.module_id)
    return standings.update(
        own_ready_until=Coalesce("own_ready_until", "ready_until"),
        own_practice_from=Coalesce("own_practice_from", "practice_from"),
        unchecked=_if_proved(Coalesce("unchecked_id", Value(step.pk))),
        ready_until=_if_proved(Least("ready_until", Value(step.until))),
        practice_from=_if_proved(Least("practice_from", Value(step.until))),
    )


def _if_proved(value: Any) -> Case:
    return Case(When(passed_on__isnull=False, then=value), default=None)


def _give_back(step: ModuleChange) -> None:
    """Her own dates to everybody who waits since a change that this one takes back."""
    if step.lifts:
        Standing.objects.filter(module_id=step.module_id, unchecked__in=step.lifts).update(
            ready_until=F("own_ready_until"),
            practice_from=F("own_practice_from"),
            own_ready_until=None,
            own_practice_from=None,
            unchecked=None,
        )


def _old_words(earlier: Iterable[ModuleChange], versions: Versions) -> dict[str, list[str]]:
    """What each fact said before the changes that reached a module, the newest first."""
    words: dict[str, list[str]] = {}
    for one in reversed(list(earlier)):
        before = versions.before(one.change)
        for fact in before.fact_texts if before else ():
            if fact.key in one.fact_keys:
                words.setdefault(fact.key, []).append(_as_option(fact))
    return words


def _make_contrasts(
    module: ModulePage,
    change: Change,
    changes: Sequence[FactChange],
    old_words: dict[str, list[str]],
) -> None:
    """One question for each changed fact: the old words beside the new ones."""
    keys = [one.key for one in changes]
    _retire(contrast_questions(module).filter(citations__fact_key__in=keys))
    with translation.override(settings.LANGUAGE_CODE):
        for one in changes:
            _make_contrast(module, change, one, old_words.get(one.key, ()))


def _make_contrast(
    module: ModulePage, change: Change, changed: FactChange, older: Collection[str]
) -> None:
    now, was = _as_option(changed.now), _as_option(changed.was)
    wrong = [words for words in dict.fromkeys([was, *older]) if words != now][:MOST_OLD_WORDS]
    if not wrong:
        return
    question = Question(
        module=module,
        contrasts=change,
        name=_("Was and now: %(fact)s") % {"fact": changed.title},
        kind=Question.Kind.ONE,
        stem=_("A customer says: “%(was)s” What holds now?") % {"was": wrong[0]},
        explanation=" ".join(filter(None, [now, change.reason])),
        options=[Option(text=now, is_right=True), *(Option(text=words) for words in wrong)],
        citations=[Citation(fact_key=changed.key)],
    )
    question.save()


def _reword_contrasts(change: Change, changes: Iterable[FactChange]) -> None:
    """The same meaning in other words: nobody is shown the words of before as the right ones."""
    for one in changes:
        made = Question.objects.filter(
            live=True, contrasts__brief_id=change.brief_id, citations__fact_key=one.key
        )
        now = _as_option(one.now)
        _retire(made.filter(options__text=now, options__is_right=False))
        right = Option.objects.filter(question__in=made, is_right=True)
        right.update(text=now)
        made.update(explanation=now)


def _retire(made: Any) -> None:
    Question.objects.filter(pk__in=list(made.values_list("pk", flat=True))).update(live=False)


def _as_option(fact: FactText | None) -> str:
    if fact is None:
        return _("This no longer holds.")
    words = " ".join(filter(None, [fact.statement, fact.limits]))
    return Truncator(words).chars(LONGEST_OPTION)
