from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

from knowledge.models import BriefPage, Fact
from quizzes.models import Option, Question
from tests.drafting import let_out
from tests.editing import PUBLISH, Desk, changed, with_row
from tests.factories import BriefFactory, FactFactory, ModuleFactory, PersonFactory, QuestionFactory

pytestmark = pytest.mark.usefixtures("portal_site")

NEW_FACT = {"title": "How long", "kind": "process", "statement": "Five working days."}


@pytest.fixture
def marketer(client: Client, portal_site: None) -> Any:
    marketer = PersonFactory(groups=["Marketing"])
    client.force_login(marketer)
    return marketer


@pytest.fixture
def brief(marketer: Any) -> BriefPage:
    brief: BriefPage = BriefFactory(owner=marketer)
    brief.save_revision().publish()
    brief.refresh_from_db()
    return brief


@pytest.fixture
def desk(client: Client, brief: BriefPage) -> Desk:
    return Desk(client, brief)


def new_fact(data: QueryDict, **fields: str) -> QueryDict:
    return with_row(data, "facts", **{**NEW_FACT, **fields})


def drafts_before_and_after_publishing(desk: Desk) -> tuple[Any, Any]:
    """Draft A adds a fact, draft B follows it, and then A is published."""
    first = desk.save_draft(new_fact(desk.open()))
    second = desk.save_draft(right_for="Everybody.")
    first.publish()
    return first, second


def test_two_new_facts_in_one_save_get_keys_of_their_own(desk: Desk) -> None:
    desk.publish(new_fact(new_fact(desk.open()), title="How much"))
    keys = set(Fact.objects.values_list("key", flat=True))
    assert len(keys) == 2
    assert "" not in keys


def test_a_new_fact_keeps_its_key_from_draft_to_draft_to_publishing(desk: Desk) -> None:
    first = desk.save_draft(new_fact(desk.open()))
    desk.save_draft(right_for="Everybody.")
    desk.publish(not_right_for="Nobody.")
    assert Fact.objects.get().key == first.content["facts"][0]["key"]


def test_a_fact_keeps_its_row_when_an_older_draft_is_published_after_it(
    desk: Desk, brief: BriefPage
) -> None:
    _first, second = drafts_before_and_after_publishing(desk)
    published = Fact.objects.get(brief=brief)
    second.publish()
    again = Fact.objects.get(brief=brief)
    assert (again.pk, again.key) == (published.pk, published.key)


def test_a_cited_fact_does_not_stop_the_later_draft(desk: Desk, brief: BriefPage) -> None:
    _first, second = drafts_before_and_after_publishing(desk)
    fact = Fact.objects.get(brief=brief)
    QuestionFactory(module=ModuleFactory(brief=brief), facts=[fact])
    second.publish()
    assert Fact.objects.get(brief=brief).pk == fact.pk


def test_a_fact_keeps_its_row_through_scheduled_publishing(
    desk: Desk, brief: BriefPage, clock: time_machine.Traveller
) -> None:
    go_live_at = timezone.now() + timedelta(hours=1)
    first = desk.save_draft(new_fact(desk.open()))
    later = changed(desk.open(), go_live_at=f"{go_live_at:%Y-%m-%d %H:%M}")
    second = desk.save_draft(later, right_for="Everybody.")
    first.publish()
    published = Fact.objects.get(brief=brief)
    second.publish()
    clock.move_to(go_live_at + timedelta(minutes=1))
    call_command("publish_scheduled")
    assert BriefPage.objects.get().right_for == "Everybody."
    assert Fact.objects.get(brief=brief).pk == published.pk


def test_a_fact_keeps_its_row_through_a_workflow(
    desk: Desk, brief: BriefPage, marketer: Any
) -> None:
    task = GroupApprovalTask.objects.create(name="Legal")
    task.groups.set(marketer.groups.all())
    workflow = Workflow.objects.create(name="Approval")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
    first, _second = drafts_before_and_after_publishing(desk)
    published = Fact.objects.get(brief=brief)
    state = workflow.start(BriefPage.objects.get(), marketer)
    state.current_task_state.approve(user=marketer)
    assert BriefPage.objects.get().right_for == "Everybody."
    assert first.content["right_for"] != "Everybody."
    assert Fact.objects.get(brief=brief).pk == published.pk


def test_a_form_that_was_opened_before_publishing_does_not_double_the_fact(
    desk: Desk, brief: BriefPage
) -> None:
    first = desk.save_draft(new_fact(desk.open()))
    stale = desk.open()
    first.publish()
    published = Fact.objects.get(brief=brief)
    desk.save(changed(stale, facts__0__statement="Six working days."), PUBLISH)
    let_out(brief)
    desk.publish()
    again = Fact.objects.get(brief=brief)
    assert (again.pk, again.statement) == (published.pk, "Six working days.")


def test_a_draft_that_was_opened_before_publishing_holds_the_fact_once(desk: Desk) -> None:
    first = desk.save_draft(new_fact(desk.open()))
    stale = desk.open()
    first.publish()
    assert len(desk.save_draft(stale).content["facts"]) == 1


def test_saving_in_the_background_tells_the_open_form_its_keys(desk: Desk) -> None:
    answer = desk.save(new_fact(desk.open()), accept="application/json")
    key = BriefPage.objects.get().latest_revision.content["facts"][0]["key"]
    assert answer.json()["field_updates"]["facts-0-key"] == key


def test_a_fact_cannot_take_the_key_of_another_brief(desk: Desk, brief: BriefPage) -> None:
    other = FactFactory()
    desk.publish(new_fact(desk.open(), key=other.key))
    assert Fact.objects.get(key=other.key).brief == other.brief
    assert Fact.objects.get(brief=brief).key != other.key


def copied(client: Client, brief: BriefPage, publish: bool = False) -> BriefPage:
    data = {"new_title": "A copy", "new_slug": "a-copy"}
    data["new_parent_page"] = str(brief.get_parent().pk)
    if publish:
        data["publish_copies"] = "on"
    client.post(reverse("wagtailadmin_pages:copy", args=[brief.pk]), data)
    copy: BriefPage = BriefPage.objects.get(slug="a-copy")
    return copy


@pytest.mark.parametrize("publish", [True, False])
def test_a_copied_brief_gets_keys_of_its_own(
    client: Client, desk: Desk, brief: BriefPage, publish: bool
) -> None:
    desk.publish(new_fact(desk.open()))
    original = Fact.objects.get(brief=brief)
    copy = copied(client, brief, publish)
    copy.get_latest_revision().publish()
    assert Fact.objects.get(brief=brief).key == original.key
    assert Fact.objects.get(brief=copy).key not in {"", original.key}


def test_a_copied_draft_does_not_take_the_key_of_a_fact_that_nobody_published_yet(
    client: Client, desk: Desk, brief: BriefPage
) -> None:
    draft = desk.save_draft(new_fact(desk.open()))
    copied(client, brief).get_latest_revision().publish()
    draft.publish()
    assert Fact.objects.get(brief=brief).key == draft.content["facts"][0]["key"]


def test_a_brief_cannot_be_mirrored(client: Client, brief: BriefPage) -> None:
    page = client.get(reverse("wagtailadmin_pages:copy", args=[brief.pk]))
    assert "alias" not in page.context["form"].fields


def test_an_option_keeps_its_row_when_an_older_draft_is_published_after_it(
    client: Client, brief: BriefPage
) -> None:
    question: Question = QuestionFactory(module=ModuleFactory(brief=brief))
    desk = Desk(client, question)
    first = desk.save_draft(with_row(desk.open(), "options", text="Eight days", feedback=""))
    second = desk.save_draft(explanation="Five working days, since the bank needs two.")
    first.publish()
    published = Option.objects.get(text="Eight days")
    second.publish()
    assert Option.objects.get(text="Eight days").pk == published.pk


def test_a_question_cites_a_fact_once_though_two_forms_added_it(
    client: Client, brief: BriefPage
) -> None:
    question: Question = QuestionFactory(module=ModuleFactory(brief=brief))
    fact = FactFactory(brief=brief)
    desk = Desk(client, question)
    draft = desk.save_draft(with_row(desk.open(), "citations", fact_key=fact.key))
    stale = desk.open()
    draft.publish()
    desk.publish(stale)
    assert question.citations.filter(fact_key=fact.key).count() == 1


def test_a_copied_question_gets_options_of_its_own(client: Client, brief: BriefPage) -> None:
    question: Question = QuestionFactory(module=ModuleFactory(brief=brief))
    keys = set(question.options.values_list("key", flat=True))
    copying = Desk(client, question)
    copying.url = reverse("wagtailsnippets_quizzes_question:copy", args=[question.pk])
    data = changed(copying.open(), name="A copy")
    client.post(reverse("wagtailsnippets_quizzes_question:add"), data)
    copy = Question.objects.get(name="A copy")
    assert set(question.options.values_list("key", flat=True)) == keys
    assert keys.isdisjoint(copy.options.values_list("key", flat=True))
