"""The page on which a change is planned, as marketing has it before her; no script is needed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from knowledge.models import BriefPage, ChangePlan
from knowledge.reports import plan_url
from portal.models import User
from quizzes.models import Question, QuestionDecision
from tests.drafting import (
    NEW,
    OLD,
    REASON,
    live_brief,
    marketer,
    newest,
    plan,
    question_about,
    redraft,
    said_now,
    seen_by,
    signed_in,
)
from tests.editing import Desk
from tests.factories import BriefFactory, MembershipFactory, PersonFactory, StandingFactory

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("portal_site"),
    # Wagtail asks Django for the way to send mail by its old name.
    pytest.mark.filterwarnings("ignore:get_connection:PendingDeprecationWarning"),
]

UNDECIDED = "1 question still teaches the old words: keep, edit or retire it."


@dataclass(frozen=True, slots=True)
class Scene:
    page: BriefPage
    question: Question
    author: User
    client: Client


@pytest.fixture
def scene() -> Scene:
    author = marketer(first_name="Asha", last_name="Marlow")
    page = live_brief()
    question = question_about(page)
    redraft(page)
    return Scene(page, question, author, signed_in(author))


def shown(scene: Scene, client: Client | None = None) -> str:
    answer = (client or scene.client).get(plan_url(scene.page.pk))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def press(scene: Scene, button: str, client: Client | None = None, /, **said: str) -> Any:
    client = client or scene.client
    data = {"do": button, "seen": seen_by(client, scene.page), **said}
    return client.post(plan_url(scene.page.pk), data, follow=True)


def told(answer: Any) -> list[str]:
    return [str(message).strip() for message in answer.context["messages"]]


def as_material(scene: Scene, choice: str = "keep", **said: str) -> dict[str, str]:
    return {
        "kind": "material",
        "reason": REASON,
        "grace_days": "7",
        f"question-{scene.question.pk}": choice,
        **said,
    }


def test_it_shows_what_was_and_what_is_to_hold(scene: Scene) -> None:
    page = shown(scene)
    assert OLD in page
    assert NEW in page


def test_it_names_each_question_that_asks_for_it_with_the_way_to_edit_it(scene: Scene) -> None:
    edit = reverse("wagtailsnippets_quizzes_question:edit", args=[scene.question.pk])
    assert scene.question.stem in shown(scene)
    assert f'href="{edit}"' in shown(scene)


def test_it_tells_whom_it_asks_and_what_that_takes(scene: Scene) -> None:
    membership = MembershipFactory()
    StandingFactory(person=membership.person, module=scene.question.module, ready=True)
    page = shown(scene)
    assert "It asks 1 person for 2 minutes in all." in page
    assert membership.department.name in page


def test_a_condition_is_material_unless_said_otherwise(scene: Scene) -> None:
    form = scene.client.get(plan_url(scene.page.pk)).context["form"]
    assert form["kind"].initial == "material"


def test_without_a_reason_nothing_is_kept(scene: Scene) -> None:
    answer = press(scene, "save", **as_material(scene, reason=""))
    assert "Write in one sentence why it is different now." in answer.content.decode()
    assert not ChangePlan.objects.exists()


def test_what_was_said_is_kept_though_a_question_is_undecided(scene: Scene) -> None:
    press(scene, "save", **as_material(scene, choice=""))
    assert ChangePlan.objects.get().reason == REASON
    assert UNDECIDED in shown(scene)


def test_a_decision_is_kept(scene: Scene) -> None:
    press(scene, "save", **as_material(scene, choice="retire"))
    assert QuestionDecision.objects.get().choice == QuestionDecision.Choice.RETIRE


def test_nothing_goes_out_while_a_question_is_undecided(scene: Scene) -> None:
    answer = press(scene, "publish", **as_material(scene, choice=""))
    assert UNDECIDED in " ".join(told(answer))
    assert said_now(scene.page) == OLD


def test_nobody_is_asked_for_approval_while_a_question_is_undecided(scene: Scene) -> None:
    answer = press(scene, "ask", **as_material(scene, choice=""))
    assert told(answer) == [UNDECIDED]
    assert scene.page.current_workflow_state is None


def test_asking_reaches_the_others_in_marketing_by_mail(scene: Scene) -> None:
    second = marketer()
    press(scene, "ask", **as_material(scene))
    assert [sent.to for sent in mail.outbox] == [[second.email]]
    assert "Asha Marlow has asked for a second person." in shown(scene)


def test_asking_twice_asks_once(scene: Scene) -> None:
    marketer()
    press(scene, "ask", **as_material(scene))
    answer = press(scene, "ask", **as_material(scene))
    assert told(answer) == ["A second person has been asked already."]
    assert len(mail.outbox) == 1


def test_the_second_person_reads_approves_and_publishes(scene: Scene) -> None:
    second = signed_in(marketer())
    press(scene, "ask", **as_material(scene))
    assert f"Asha Marlow says: Material. “{REASON}”" in shown(scene, second)
    press(scene, "approve", second)
    assert said_now(scene.page) == NEW
    assert scene.page.current_workflow_state is None


def test_the_author_is_offered_no_approval_and_gets_none(scene: Scene) -> None:
    press(scene, "save", **as_material(scene))
    assert "Approve and publish" not in shown(scene)
    assert "you do not have permission" in " ".join(told(press(scene, "approve")))
    assert said_now(scene.page) == OLD


def test_approving_wording_says_that_the_meaning_is_the_same(scene: Scene) -> None:
    plan(newest(scene.page), scene.author, kind="wording")
    assert "By approving you say that the meaning is the same." in shown(
        scene, signed_in(marketer())
    )


def other_words(scene: Scene) -> None:
    plan(redraft(scene.page, "You can agree up to £70 alone."), scene.author)


def another_kind(scene: Scene) -> None:
    plan(newest(scene.page), scene.author, kind="wording")


def words_beside_the_facts(scene: Scene) -> None:
    draft = newest(scene.page)
    draft.one_breath = "We pay what you ask."
    draft.save_revision()


@pytest.mark.parametrize("change", [other_words, another_kind, words_beside_the_facts])
def test_what_changed_after_it_was_read_is_not_approved(
    scene: Scene, change: Callable[[Scene], None]
) -> None:
    plan(newest(scene.page), scene.author)
    second = signed_in(marketer())
    data = {"do": "approve", "seen": seen_by(second, scene.page)}
    change(scene)
    answer = second.post(plan_url(scene.page.pk), data, follow=True)
    assert told(answer) == ["The draft has changed in the meantime. Look at it once more."]
    assert said_now(scene.page) == OLD


def test_what_is_sent_back_carries_its_words(scene: Scene) -> None:
    second = signed_in(marketer(first_name="Selma", last_name="Finch"))
    press(scene, "ask", **as_material(scene))
    press(scene, "reject", second, comment="Say from which day on.")
    assert "Selma Finch sent it back:" in shown(scene)
    assert "“Say from which day on.”" in shown(scene)


def test_nothing_is_sent_back_without_a_word(scene: Scene) -> None:
    second = signed_in(marketer())
    press(scene, "ask", **as_material(scene))
    answer = press(scene, "reject", second, comment=" ")
    assert told(answer) == ["Write what should be different: the author reads it."]
    assert scene.page.workflow_in_progress


def test_a_draft_without_another_fact_asks_for_no_reason(scene: Scene) -> None:
    redraft(scene.page, OLD, right_for="Everybody who pays.")
    assert "How much it matters" not in shown(scene)
    press(scene, "publish")
    assert BriefPage.objects.get(pk=scene.page.pk).right_for == "Everybody who pays."


def test_a_locked_brief_stays_as_it_is(scene: Scene) -> None:
    BriefPage.objects.filter(pk=scene.page.pk).update(
        locked=True, locked_by=marketer(), locked_at=timezone.now()
    )
    press(scene, "save", **as_material(scene))
    assert not ChangePlan.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_whoever_may_not_edit_learns_nothing(scene: Scene, method: str) -> None:
    client = signed_in(PersonFactory())
    answer = getattr(client, method)(plan_url(scene.page.pk), {"do": "publish"})
    assert answer.status_code == 403
    assert NEW not in answer.content.decode()


def test_the_author_of_what_is_guarded_is_offered_to_ask_and_not_to_publish(scene: Scene) -> None:
    page = shown(scene)
    assert "Ask for a second person" in page
    assert "Publish now" not in page


def test_submitting_in_the_editor_leads_to_the_plan_and_asks_nobody_yet(scene: Scene) -> None:
    desk = Desk(scene.client, scene.page)
    answer = desk.save(desk.open(), "action-submit")
    assert answer.url == plan_url(scene.page.pk)
    assert scene.page.current_workflow_state is None


def test_a_first_version_is_submitted_as_everywhere_in_the_editor(scene: Scene) -> None:
    new = BriefFactory(live=False)
    desk = Desk(scene.client, new)
    desk.save(desk.open(), "action-submit")
    assert new.workflow_in_progress


def test_the_editor_shows_it_beside_the_page(scene: Scene) -> None:
    edit = reverse("wagtailadmin_pages:edit", args=[scene.page.pk])
    page = scene.client.get(edit).content.decode()
    panel = " ".join(page.split('data-side-panel="change"')[1].split("</aside>")[0].split())
    assert "Who approves: changed" in panel
    assert "1 question to decide on." in panel
    assert f'href="{plan_url(scene.page.pk)}"' in panel
