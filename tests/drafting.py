"""A live brief whose only fact is about to change, and the two people who may change it."""

import re
from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.utils import timezone

from knowledge.actions import approve_change, plan_change
from knowledge.models import BriefPage, ChangePlan, Fact, ModulePage
from knowledge.reports import drafted_change, plan_url
from portal.models import User
from quizzes.actions import decide_question
from quizzes.models import Question
from quizzes.reports import questions_citing
from tests.factories import BriefFactory, ModuleFactory, PersonFactory, QuestionFactory

OLD, NEW = "You can agree up to £50 alone.", "You can agree up to £60 alone."
REASON = "Finance trusts us with more."


def marketer(**names: str) -> User:
    made: User = PersonFactory(groups=["Marketing"], **names)
    return made


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def seen_by(client: Client, page: BriefPage) -> str:
    """The mark of what the plan page shows; nothing to whoever may not open it."""
    shown = client.get(plan_url(page.pk)).content.decode()
    marks = re.findall(r'name="seen" value="(\w+)"', shown)
    return marks[0] if marks else ""


def live_brief(**fields: Any) -> BriefPage:
    """Published once, with one condition."""
    page: BriefPage = BriefFactory(title="Fair Refund", **fields)
    page.facts.set([Fact(key="limit", kind="condition", title="Who approves", statement=OLD)])
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def question_about(page: BriefPage, module: ModulePage | None = None) -> Question:
    asked: Question = QuestionFactory(
        module=module or ModuleFactory(brief=page), facts=[page.facts.get(key="limit")]
    )
    return asked


def redraft(page: BriefPage, statement: str = NEW, **fields: Any) -> BriefPage:
    """Saves a draft in which the fact says something else."""
    draft = BriefPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    fact = draft.facts.get(key="limit")
    fact.statement = statement
    draft.facts.set([fact])
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.save_revision()
    return newest(page)


def newest(page: BriefPage) -> BriefPage:
    draft: BriefPage = BriefPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    return draft


def plan(draft: BriefPage, by: User, kind: str = "material", choice: str = "keep") -> ChangePlan:
    """Says what the draft changes, and decides on every question that asks for it."""
    planned = plan_change(
        drafted=drafted_change(draft),
        kind=kind,
        reason=REASON,
        grace_days=7,
        by=by,
        at=timezone.now(),
    )
    for row in questions_citing(drafted_change(draft).changes, planned):
        decide_question(
            plan=planned, question=row.question, choice=choice, by=by, at=timezone.now()
        )
    return planned


def approve(planned: ChangePlan, by: User) -> None:
    approve_change(plan=planned, by=by, at=timezone.now())


def let_out(page: BriefPage) -> None:
    """Two people say what its newest draft changes: it may go out now."""
    approve(plan(newest(page), by=PersonFactory()), by=PersonFactory())


def said_now(page: BriefPage) -> str:
    """What colleagues read."""
    statement: str = Fact.objects.get(brief_id=page.pk, key="limit").statement
    return statement


def is_scheduled(page: BriefPage) -> bool:
    scheduled: bool = page.revisions.filter(approved_go_live_at__isnull=False).exists()
    return scheduled


@dataclass(frozen=True, slots=True)
class Scene:
    """A live brief, a question about its fact, and two who may publish it."""

    page: BriefPage
    question: Question
    author: User
    second: User


def staged() -> Scene:
    """Nothing is changed yet."""
    author, second = marketer(first_name="Asha"), marketer(first_name="Selma")
    page = live_brief(owner=author)
    return Scene(page, question_about(page), author, second)


def unplanned(scene: Scene) -> User:
    return scene.author


def planned(scene: Scene) -> User:
    plan(newest(scene.page), scene.author)
    return scene.author


def approved(scene: Scene) -> User:
    approve(plan(newest(scene.page), scene.author), scene.second)
    return scene.author


def by_another(scene: Scene) -> User:
    plan(newest(scene.page), scene.author)
    return scene.second
