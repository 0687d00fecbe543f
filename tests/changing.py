"""Changes that go live, for tests: a brief, a module that asks for its facts, other words."""

from collections.abc import Mapping
from datetime import datetime

from knowledge.actions import approve_change, plan_change
from knowledge.models import BriefPage, Change, ChangePlan, Fact, ModulePage
from knowledge.publishing import going_live_at
from knowledge.reports import drafted_change
from portal.models import User
from quizzes.actions import decide_question
from quizzes.models import Question
from quizzes.reports import questions_citing
from tests.factories import (
    AttemptFactory,
    BriefFactory,
    ModuleFactory,
    PersonFactory,
    QuestionFactory,
)

REASON = "Since August, refunds go out once a week."


def published_brief(at: datetime, **statements: str) -> BriefPage:
    """A brief with a condition for each word, whose first version went live then."""
    page: BriefPage = BriefFactory(title="Fair Refund")
    page.facts.set(
        [
            Fact(key=key, kind="condition", title=key.capitalize(), statement=statement)
            for key, statement in statements.items()
        ]
    )
    with going_live_at(at):
        page.save_revision().publish()
    found: BriefPage = BriefPage.objects.get(pk=page.pk)
    return found


def module_about(brief: BriefPage, questions_per_fact: int = 3) -> ModulePage:
    """A module with so many questions about each of the brief's facts."""
    module: ModulePage = ModuleFactory(brief=brief, title=brief.title)
    for fact in brief.facts.all():
        QuestionFactory.create_batch(questions_per_fact, module=module, facts=[fact])
    return module


def redrafted(brief: BriefPage, statements: Mapping[str, str | None]) -> BriefPage:
    """The brief's latest draft, with other words in some facts; `None` takes a fact out."""
    draft = BriefPage.objects.get(pk=brief.pk).get_latest_revision_as_object()
    facts = {fact.key: fact for fact in draft.facts.all()}
    for key, statement in statements.items():
        if statement is None:
            del facts[key]
        else:
            facts.setdefault(key, Fact(key=key, title=key.capitalize())).statement = statement
    draft.facts.set(facts.values())
    draft.save_revision()
    found: BriefPage = draft.get_latest_revision_as_object()
    return found


def planned(
    draft: BriefPage, kind: str = "material", *, at: datetime, grace_days: int = 7
) -> ChangePlan:
    return plan_change(
        drafted=drafted_change(draft),
        kind=kind,
        reason=REASON,
        grace_days=grace_days,
        by=PersonFactory(),
        at=at,
    )


def decided(plan: ChangePlan, draft: BriefPage, choice: str, *, at: datetime) -> None:
    """The same decision about every question that asks for what changes."""
    author = PersonFactory()
    for row in questions_citing(drafted_change(draft).changes, plan):
        decide_question(plan=plan, question=row.question, choice=choice, by=author, at=at)


def changed(
    brief: BriefPage,
    statements: Mapping[str, str | None],
    *,
    at: datetime,
    kind: str = "material",
    grace_days: int = 7,
    choice: str = "keep",
) -> Change:
    """The next version of a brief goes live: planned, decided and approved as it has to be."""
    draft = redrafted(brief, statements)
    plan = planned(draft, kind, at=at, grace_days=grace_days)
    decided(plan, draft, choice, at=at)
    approve_change(plan=plan, by=PersonFactory(), at=at)
    with going_live_at(at):
        draft.latest_revision.publish()
    newest: Change | None = Change.objects.filter(brief=brief).newest_first().first()
    assert newest is not None
    assert newest.at == at
    return newest


def question_about(key: str) -> Question:
    return Question.objects.live().filter(citations__fact_key=key).order_by("pk")[0]


def who_passed(module: ModulePage, at: datetime) -> User:
    """Somebody who passed the module's quiz then, all right and sure."""
    person: User = PersonFactory()
    AttemptFactory(person=person, module=module, at=at, passed=True)
    return person
