from datetime import timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.core.management import call_command
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from knowledge.models import BriefIndexPage, BriefPage, Fact, LearnIndexPage, ModulePage
from knowledge.uses import uses_of
from quizzes.models import Citation, Question
from tests.drafting import let_out
from tests.editing import PUBLISH, Desk, changed, with_row, without_row
from tests.factories import (
    AttemptFactory,
    BriefFactory,
    FactFactory,
    LessonFactory,
    ModuleFactory,
    PersonFactory,
    QuestionFactory,
)

pytestmark = pytest.mark.usefixtures("portal_site")

CONFIRMED = {"confirm_site_name": "Brand readiness"}


@pytest.fixture
def marketer(client: Client, portal_site: None) -> Any:
    marketer = PersonFactory(groups=["Marketing"])
    client.force_login(marketer)
    return marketer


@pytest.fixture
def fact(marketer: Any) -> Fact:
    brief: BriefPage = BriefFactory(owner=marketer)
    fact: Fact = FactFactory(brief=brief)
    brief.save_revision().publish()
    return fact


@pytest.fixture
def module(fact: Fact) -> ModulePage:
    module: ModulePage = ModuleFactory(brief=BriefPage.objects.get(pk=fact.brief_id))
    return module


def deleted(client: Client, page: Page) -> Any:
    return client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]), CONFIRMED)


def bulk(client: Client, action: str, *pages: Page) -> Any:
    ids = "&".join(f"id={page.pk}" for page in pages)
    return client.post(f"/cms/bulk/wagtailcore/page/{action}/?{ids}", CONFIRMED)


def said(answer: Any) -> str:
    return unescape(" ".join(str(message) for message in get_messages(answer.wsgi_request)))


def drafted(lesson: Any, fact: Fact) -> None:
    lesson.body = [("fact", fact.key)]
    lesson.save_revision()


def test_a_lesson_that_shows_a_fact_uses_it(fact: Fact, module: ModulePage) -> None:
    LessonFactory(module=module, facts=[fact], title="Say the day")
    assert [use.label for use in uses_of([fact.key])] == ["Lesson: Say the day"]


def test_a_draft_of_a_lesson_uses_its_facts_too(fact: Fact, module: ModulePage) -> None:
    drafted(LessonFactory(module=module, title="Say the day"), fact)
    assert [use.label for use in uses_of([fact.key])] == ["Lesson: Say the day"]


def test_a_question_that_cites_a_fact_uses_it(fact: Fact, module: ModulePage) -> None:
    QuestionFactory(module=module, facts=[fact], name="How long", live=False)
    assert [use.label for use in uses_of([fact.key])] == ["Question: How long"]


def test_a_draft_of_a_live_question_uses_its_facts_too(fact: Fact, module: ModulePage) -> None:
    question: Question = QuestionFactory(module=module, name="How long")
    question.citations.add(Citation(fact_key=fact.key))
    question.save_revision()
    assert [use.label for use in uses_of([fact.key])] == ["Question: How long"]


def test_a_use_leads_to_where_it_can_be_changed(
    client: Client, fact: Fact, module: ModulePage
) -> None:
    LessonFactory(module=module, facts=[fact])
    QuestionFactory(module=module, facts=[fact])
    assert [client.get(use.url).status_code for use in uses_of([fact.key])] == [200, 200]


def test_the_form_of_a_brief_refuses_to_drop_a_used_fact_and_says_where_it_is_used(
    client: Client, fact: Fact, module: ModulePage
) -> None:
    question: Question = QuestionFactory(module=module, facts=[fact], name="How long")
    desk = Desk(client, fact.brief)
    answer = desk.save(without_row(desk.open(), "facts", 0), PUBLISH)
    place = reverse("wagtailsnippets_quizzes_question:edit", args=[question.pk])
    assert f'<a href="{place}">Question: How long</a>' in answer.content.decode()
    assert Fact.objects.filter(pk=fact.pk).exists()


def test_the_form_of_a_brief_shows_the_refused_fact_again(
    client: Client, fact: Fact, module: ModulePage
) -> None:
    QuestionFactory(module=module, facts=[fact])
    desk = Desk(client, fact.brief)
    answer = desk.save(without_row(desk.open(), "facts", 0), PUBLISH)
    assert answer.context["form"].formsets["facts"].forms[0]["DELETE"].value() == ""


def test_a_fact_that_nobody_uses_can_be_dropped(client: Client, fact: Fact) -> None:
    desk = Desk(client, fact.brief)
    desk.save_draft(without_row(desk.open(), "facts", 0))
    let_out(fact.brief)
    desk.publish()
    assert not Fact.objects.exists()


def test_a_fact_that_was_cited_after_a_draft_dropped_it_is_kept(
    client: Client, fact: Fact, module: ModulePage, clock: time_machine.Traveller
) -> None:
    desk = Desk(client, fact.brief)
    go_live_at = timezone.now() + timedelta(hours=1)
    data = changed(without_row(desk.open(), "facts", 0), right_for="Everybody.")
    desk.save_draft(data)
    let_out(fact.brief)
    desk.publish(go_live_at=f"{go_live_at:%Y-%m-%d %H:%M}")
    LessonFactory(module=module, facts=[fact])
    clock.move_to(go_live_at + timedelta(minutes=1))
    call_command("publish_scheduled")
    assert BriefPage.objects.get(pk=fact.brief_id).right_for == "Everybody."
    assert Fact.objects.get(key=fact.key).pk == fact.pk


def test_a_brief_with_a_used_fact_cannot_be_deleted_and_the_message_says_why(
    client: Client, fact: Fact, module: ModulePage
) -> None:
    other = ModuleFactory()
    LessonFactory(module=other, facts=[fact], title="Say the day")
    module.delete()
    answer = deleted(client, fact.brief)
    assert "Lesson: Say the day" in said(answer)
    assert BriefPage.objects.filter(pk=fact.brief_id).exists()


def test_a_brief_that_a_module_teaches_cannot_be_deleted(
    client: Client, fact: Fact, module: ModulePage
) -> None:
    assert f"Module: {module.title}" in said(deleted(client, fact.brief))


def test_a_module_with_questions_cannot_be_deleted(client: Client, module: ModulePage) -> None:
    QuestionFactory(module=module, name="How long")
    assert "Question: How long" in said(deleted(client, module))
    assert ModulePage.objects.filter(pk=module.pk).exists()


def test_a_module_that_colleagues_have_sat_counts_them_without_naming_them(
    client: Client, module: ModulePage
) -> None:
    person = PersonFactory(last_name="Unmistakable")
    QuestionFactory(module=module)
    AttemptFactory(person=person, module=module, passed=True)
    words = said(deleted(client, module))
    assert "1 attempt." in words
    assert "Unmistakable" not in words


def test_an_unused_module_can_be_deleted(client: Client, module: ModulePage) -> None:
    deleted(client, module)
    assert not ModulePage.objects.exists()


def test_several_pages_at_once_are_refused_as_one_is(client: Client, fact: Fact) -> None:
    LessonFactory(facts=[fact], title="Say the day")
    answer = bulk(client, "delete", fact.brief, BriefFactory())
    assert "Lesson: Say the day" in said(answer)
    assert BriefPage.objects.filter(pk=fact.brief_id).exists()


@pytest.mark.usefixtures("marketer")
def test_pages_that_are_not_finished_are_not_published_together(client: Client) -> None:
    unfinished = BriefFactory(live=False, one_breath="", title="Half a brief")
    assert "Half a brief" in said(bulk(client, "publish", unfinished))
    assert not BriefPage.objects.get(pk=unfinished.pk).live


@pytest.mark.usefixtures("marketer")
@pytest.mark.parametrize("model", [BriefIndexPage, LearnIndexPage])
def test_the_pages_that_the_portal_needs_can_be_neither_deleted_nor_unpublished(
    client: Client, model: type[Page]
) -> None:
    page = model.objects.get()
    deleted(client, page)
    client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    bulk(client, "delete", page)
    bulk(client, "unpublish", page)
    assert model.objects.get().live


def test_an_answered_question_is_not_deleted_but_the_editor_told_what_to_do(
    client: Client, module: ModulePage
) -> None:
    question: Question = QuestionFactory(module=module)
    AttemptFactory(module=module, passed=True)
    url = reverse("wagtailsnippets_quizzes_question:delete", args=[question.pk])
    assert "Unpublish the question instead" in said(client.post(url))
    assert Question.objects.exists()


def test_a_question_that_nobody_answered_can_be_deleted(client: Client, module: ModulePage) -> None:
    question: Question = QuestionFactory(module=module)
    client.post(reverse("wagtailsnippets_quizzes_question:delete", args=[question.pk]))
    assert not Question.objects.exists()


@pytest.mark.parametrize("action", ["delete", "unpublish", "publish", "create_alias"])
def test_nobody_acts_on_pages_past_the_editors_checks(
    client: Client, fact: Fact, action: str
) -> None:
    url = f"/cms/api/main/pages/{fact.brief_id}/"
    assert client.get(url).status_code == 200
    assert client.post(f"{url}action/{action}/", {}, "application/json").status_code == 404
    assert BriefPage.objects.get(pk=fact.brief_id).live


def test_whoever_else_deletes_a_used_fact_is_refused(fact: Fact, module: ModulePage) -> None:
    QuestionFactory(module=module, facts=[fact], name="How long")
    with pytest.raises(ProtectedError, match="Question: How long"):
        fact.delete()


def test_a_draft_that_points_at_a_deleted_brief_keeps_the_published_one(
    client: Client, module: ModulePage
) -> None:
    other = BriefFactory()
    desk = Desk(client, module)
    draft = desk.save_draft(brief=str(other.pk), intro="Why it matters.")
    other.delete()
    draft.publish()
    changed_module = ModulePage.objects.get(pk=module.pk)
    assert (changed_module.brief_id, changed_module.intro) == (module.brief_id, "Why it matters.")


def test_a_draft_that_points_at_a_deleted_module_keeps_the_published_one(
    client: Client, module: ModulePage
) -> None:
    question: Question = QuestionFactory(module=module)
    other = ModuleFactory()
    draft = Desk(client, question).save_draft(module=str(other.pk), stem="How many days?")
    other.delete()
    draft.publish()
    again = Question.objects.get(pk=question.pk)
    assert (again.module_id, again.stem) == (module.pk, "How many days?")


def test_a_row_that_was_added_and_deleted_before_saving_troubles_nobody(
    client: Client, fact: Fact
) -> None:
    desk = Desk(client, fact.brief)
    data = with_row(desk.open(), "facts", title="", statement="", DELETE="on")
    desk.publish(data)
    assert Fact.objects.count() == 1
