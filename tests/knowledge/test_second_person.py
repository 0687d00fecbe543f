"""A second person approves a change of a brief by Wagtail's own workflow, or sends it back."""

from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from wagtail.models import TaskState

from knowledge.models import BriefPage, ChangePlan
from knowledge.reports import plan_url
from portal.models import User
from tests.drafting import (
    NEW,
    OLD,
    Scene,
    newest,
    plan,
    planned,
    question_about,
    redraft,
    said_now,
    signed_in,
    staged,
)
from tests.editing import Desk, changed

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("portal_site"),
    # Wagtail asks Django for the way to send mail by its old name.
    pytest.mark.filterwarnings("ignore:get_connection:PendingDeprecationWarning"),
]


@pytest.fixture
def scene() -> Scene:
    return staged()


def asked(scene: Scene) -> TaskState:
    """The author asks for a second person."""
    page = BriefPage.objects.get(pk=scene.page.pk)
    page.get_workflow().start(page, scene.author)
    state: TaskState = page.current_workflow_task_state
    return state


def act(scene: Scene, by: User, action: str, **fields: str) -> Any:
    state = BriefPage.objects.get(pk=scene.page.pk).current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[scene.page.pk, action, state.pk])
    return signed_in(by).post(url, fields)


def test_approving_by_the_workflow_publishes_and_notes_who(scene: Scene) -> None:
    redraft(scene.page)
    planned(scene)
    asked(scene)
    assert act(scene, scene.second, "approve").status_code == 302
    assert said_now(scene.page) == NEW
    assert scene.page.changes.get(version=2).approver == scene.second


def test_other_words_beside_the_facts_are_read_before_they_are_approved(scene: Scene) -> None:
    redraft(scene.page)
    planned(scene)
    asked(scene)
    draft = newest(scene.page)
    draft.one_breath = "We pay whatever you ask."
    draft.save_revision()
    answer = act(scene, scene.second, "approve")
    assert answer.url == plan_url(scene.page.pk)
    assert said_now(scene.page) == OLD


def test_nobody_approves_what_she_asked_for(scene: Scene) -> None:
    redraft(scene.page)
    planned(scene)
    state = asked(scene)
    act(scene, scene.author, "approve")
    state.refresh_from_db()
    assert (said_now(scene.page), state.status) == (OLD, TaskState.STATUS_IN_PROGRESS)


def test_nobody_approves_what_she_planned_though_another_asked(scene: Scene) -> None:
    redraft(scene.page)
    plan(newest(scene.page), scene.second)
    state = asked(scene)
    act(scene, scene.second, "approve")
    state.refresh_from_db()
    assert (said_now(scene.page), state.status) == (OLD, TaskState.STATUS_IN_PROGRESS)


def test_approving_with_an_undecided_question_changes_nothing_and_says_so(scene: Scene) -> None:
    redraft(scene.page)
    planned(scene)
    state = asked(scene)
    question_about(scene.page)
    answer = act(scene, scene.second, "approve")
    assert answer.url == plan_url(scene.page.pk)
    state.refresh_from_db()
    assert (said_now(scene.page), state.status) == (OLD, TaskState.STATUS_IN_PROGRESS)
    assert not ChangePlan.objects.get().is_approved


def test_a_change_while_approving_is_kept_as_a_draft(scene: Scene) -> None:
    redraft(scene.page)
    planned(scene)
    asked(scene)
    desk = Desk(signed_in(scene.second), scene.page)
    data = changed(desk.open(), facts__0__statement="You can agree up to £90 alone.")
    data["workflow-action-name"] = "approve"
    answer = desk.save(data, "action-workflow-action")
    assert answer.url == plan_url(scene.page.pk)
    assert newest(scene.page).facts.get().statement == "You can agree up to £90 alone."
    assert said_now(scene.page) == OLD


def test_only_whoever_may_approve_has_a_mail(scene: Scene) -> None:
    marketer_elsewhere = User.objects.create_superuser("root@example.com", "words-for-tests-only")
    redraft(scene.page)
    planned(scene)
    asked(scene)
    assert [sent.to for sent in mail.outbox] == [[scene.second.email]]
    assert marketer_elsewhere.email not in mail.outbox[0].to


def test_whoever_asked_reads_why_it_came_back(scene: Scene) -> None:
    redraft(scene.page)
    planned(scene)
    asked(scene)
    mail.outbox.clear()
    act(scene, scene.second, "reject", comment="Name the team that decides.")
    assert [sent.to for sent in mail.outbox] == [[scene.author.email]]
    assert "Name the team that decides." in mail.outbox[0].body
    shown = signed_in(scene.author).get(plan_url(scene.page.pk)).content.decode()
    assert "Name the team that decides." in shown
    assert said_now(scene.page) == OLD


def test_other_words_after_she_was_asked_take_the_asking_back(scene: Scene) -> None:
    redraft(scene.page)
    planned(scene)
    state = asked(scene)
    redraft(scene.page, "You can agree up to £900 alone.")
    plan(newest(scene.page), scene.author)

    url = reverse("wagtailadmin_pages:workflow_action", args=[scene.page.pk, "approve", state.pk])
    signed_in(scene.second).post(url)

    assert said_now(scene.page) == OLD
    assert not ChangePlan.objects.filter(approved_by__isnull=False).exists()


def test_saying_the_same_again_leaves_the_asking_as_it_is(scene: Scene) -> None:
    redraft(scene.page)
    planned(scene)
    asked(scene)
    planned(scene)

    assert BriefPage.objects.get(pk=scene.page.pk).workflow_in_progress
