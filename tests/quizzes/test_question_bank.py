"""The editor's list of questions, what is done to many at once, and the pages of their figures."""

import csv
from datetime import datetime
from http import HTTPStatus
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from knowledge.models import ModulePage
from portal.models import User
from quizzes.actions.reviewing import ReviewIsClosed, close_review, review_questions
from quizzes.models import ItemReview, Question, QuestionVersion
from tests.changing import changed, module_about, published_brief
from tests.factories import (
    AttemptFactory,
    FactFactory,
    ModuleFactory,
    PersonFactory,
    QuestionFactory,
    module_with_questions,
)
from tests.quizzes.answering import against_the_rest, answered

pytestmark = pytest.mark.usefixtures("portal_site")

NAMESPACE = "wagtailsnippets_quizzes_question"
DELETED = {"confirm_site_name": "Brand readiness"}


@pytest.fixture(autouse=True)
def marketer(client: Client, portal_site: None) -> User:
    person: User = PersonFactory(groups=["Marketing"])
    client.force_login(person)
    return person


@pytest.fixture
def suspect(portal_site: None) -> ModulePage:
    module: ModulePage = ModuleFactory(title="Refunds")
    for name in ("Wrong key", "Second", "Third"):
        QuestionFactory(module=module, name=name)
    answered(module, against_the_rest())
    return module


def listed(client: Client, **asked: Any) -> set[str]:
    answer = client.get(reverse(f"{NAMESPACE}:list"), asked)
    return {question.name for question in answer.context["object_list"]}


def bulk(client: Client, action: str, *questions: Question, **fields: Any) -> Any:
    address = reverse("wagtail_bulk_action", args=["quizzes", "question", action])
    asked = "&".join(f"id={question.pk}" for question in questions)
    confirm = client.get(f"{address}?{asked}&next=/cms/")
    done = client.post(f"{address}?{asked}&next=/cms/", fields, follow=True)
    return confirm.content.decode() + done.content.decode()


def figures(client: Client, question: Question) -> str:
    return client.get(reverse("question-figures", args=[question.pk])).content.decode()


def decide(client: Client, review: ItemReview, decision: str) -> Any:
    address = reverse("question-figures", args=[review.version.question_id])
    return client.post(address, {"review": review.pk, "decision": decision}, follow=True)


def refreshed(question: Question) -> Question:
    found: Question = Question.objects.get(pk=question.pk)
    return found


def test_the_list_is_narrowed_by_what_its_columns_show(client: Client, at: datetime) -> None:
    module = ModuleFactory()
    fact = FactFactory(brief=module.brief)
    QuestionFactory(name="must", must_know=True, module=module)
    QuestionFactory(name="look", look_up=True, facts=[fact], module=module)
    QuestionFactory(name="draft", live=False, explanation="")
    QuestionFactory(name="changed", has_unpublished_changes=True, kind="text")

    found = {
        "module": (listed(client, module=module.pk), {"must", "look"}),
        "fact": (listed(client, fact=fact.key), {"look"}),
        "kind": (listed(client, kind="text"), {"changed"}),
        "draft": (listed(client, state="draft"), {"draft"}),
        "changes": (listed(client, state="changed"), {"changed"}),
        "unexplained": (listed(client, state="unexplained"), {"draft"}),
        "must": (listed(client, weight="must-know"), {"must"}),
        "look": (listed(client, weight="look-up"), {"look"}),
        "search": (listed(client, q="mus"), {"must"}),
    }
    assert {name: got for name, (got, _expected) in found.items()} == {
        name: expected for name, (_got, expected) in found.items()
    }


def test_the_list_is_narrowed_by_what_figures_say(
    client: Client, suspect: ModulePage, at: datetime
) -> None:
    QuestionFactory(name="Never")
    few = QuestionFactory(name="Few")
    answered(few.module, [[1]] * 3)
    review_questions(at)

    assert listed(client, statistics="never") == {"Never"}
    assert listed(client, statistics="too-few") == {"Few"}
    assert "Wrong key" in listed(client, statistics="look")
    assert listed(client, state="held") == {"Wrong key"}


def test_the_list_tells_what_is_known_of_each_question(client: Client, suspect: ModulePage) -> None:
    text = client.get(reverse(f"{NAMESPACE}:list")).content.decode()

    assert "Check the key" in text
    assert "50\N{NO-BREAK SPACE}%" in text


def test_neither_list_nor_report_asks_more_queries_for_more_questions(
    client: Client, suspect: ModulePage
) -> None:
    addresses = [
        reverse(f"{NAMESPACE}:list"),
        reverse("questions-to-look-at"),
        reverse("question-figures", args=[suspect.questions.order_by("pk")[0].pk]),
    ]

    def queries() -> list[int]:
        counts = []
        for address in addresses:
            client.get(address)
            with CaptureQueriesContext(connection) as captured:
                assert client.get(address).status_code == 200
            counts.append(len(captured))
        return counts

    before = queries()
    answered(module_with_questions(6), [[0, 1, 1, 0, 1, 1], [1, 0, 0, 1, 0, 0]] * 10)
    QuestionFactory.create_batch(3, module=suspect)

    assert queries() == before


def test_what_is_complete_is_published_and_the_rest_says_what_is_missing(client: Client) -> None:
    complete = QuestionFactory(live=False)
    lacking = QuestionFactory(live=False, explanation="", name="Lacking")
    text = bulk(client, "publish", complete, lacking)

    assert refreshed(complete).live
    assert not refreshed(lacking).live
    assert "Write the right answer in a full sentence, then why." in text


def test_a_retired_question_is_asked_no_more(client: Client) -> None:
    question = QuestionFactory()
    bulk(client, "retire", question)

    assert not refreshed(question).live


def test_how_questions_count_is_changed_in_what_is_live_and_in_the_draft(client: Client) -> None:
    question = QuestionFactory()
    question.stem = "In how many days?"
    question.save_revision()
    bulk(client, "weigh", question, weight="must-know")

    live = refreshed(question)
    assert live.is_must_know
    assert live.stem != question.stem
    draft = live.get_latest_revision_as_object()
    assert (draft.is_must_know, draft.stem) == (True, question.stem)


def test_only_what_nobody_was_asked_moves_to_another_module(client: Client) -> None:
    asked = AttemptFactory().answers.first().question
    free, target = QuestionFactory(), ModuleFactory()
    text = bulk(client, "move", asked, free, module=target.pk)

    assert refreshed(free).module == target
    assert refreshed(asked).module != target
    assert "Duplicate it there instead." in text


def test_a_module_is_not_made_to_ask_for_too_many_facts_by_moving(client: Client) -> None:
    target = module_with_questions(7)
    question = QuestionFactory()
    text = bulk(client, "move", question, module=target.pk)

    assert refreshed(question).module != target
    assert "facts by heart are enough for one module" in text


def test_whoever_may_only_write_drafts_publishes_and_retires_nothing(client: Client) -> None:
    group = Group.objects.create(name="Writers")
    names = ("access_admin", "add_question", "change_question")
    group.permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(PersonFactory(groups=["Writers"]))
    draft, live = QuestionFactory(live=False), QuestionFactory()
    bulk(client, "publish", draft)
    bulk(client, "retire", live)

    assert (refreshed(draft).live, refreshed(live).live) == (False, True)


def test_the_page_says_in_words_what_to_do(client: Client, suspect: ModulePage) -> None:
    text = figures(client, suspect.questions.get(name="Wrong key"))

    assert "People who do well elsewhere get this one wrong more often: check the key." in text
    assert "Held back since" in text
    assert "Without it the module has 2 questions left to ask" in text
    assert 'value="10"' in text


def test_figures_name_nobody(client: Client, suspect: ModulePage) -> None:
    assert "many0@" not in figures(client, suspect.questions.get(name="Wrong key"))


def test_few_answers_are_only_counted(client: Client) -> None:
    module = module_with_questions(3)
    answered(module, against_the_rest(12))
    text = figures(client, module.questions.order_by("pk")[0])

    assert "Too few answers yet: 12 of 20" in text
    assert "<meter" not in text


@pytest.mark.parametrize(("decision", "is_live"), [("keep", True), ("retire", False)])
def test_who_looked_decides_and_the_question_is_held_back_no_more(
    decision: str, is_live: bool, client: Client, suspect: ModulePage, marketer: User, at: datetime
) -> None:
    (review,) = review_questions(at)
    decide(client, review, decision)

    review.refresh_from_db()
    assert (review.decision, review.closed_by) == (decision, marketer)
    assert refreshed(review.version.question).live is is_live


def test_a_decision_that_comes_second_changes_nothing(
    client: Client, suspect: ModulePage, at: datetime
) -> None:
    (review,) = review_questions(at)
    decide(client, review, "keep")
    text = decide(client, review, "retire").content.decode()

    assert "Somebody else has decided about it meanwhile." in text
    assert refreshed(review.version.question).live


def test_the_report_lists_what_is_held_back_first(client: Client, suspect: ModulePage) -> None:
    answer = client.get(reverse("questions-to-look-at"))
    looks = answer.context["object_list"]

    assert looks[0].question.name == "Wrong key"
    assert looks[0].held_since is not None
    assert "Check the key" in answer.content.decode()


def test_no_cell_of_the_reports_file_is_a_formula(client: Client, suspect: ModulePage) -> None:
    Question.objects.filter(name="Wrong key").update(name="=1+1")
    answer: Any = client.get(reverse("questions-to-look-at"), {"export": "csv"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    first = next(csv.DictReader(text.splitlines()))

    assert first["Question"] == "'=1+1"
    assert first["Discrimination"] == "-100.0"


@pytest.fixture
def contrast(at: datetime) -> Question:
    """A question that was made for the check of a change, in a module with one other."""
    brief = published_brief(at, limit="A refund takes five days.")
    module_about(brief, questions_per_fact=1)
    changed(brief, {"limit": "A refund takes six days."}, at=at)
    found: Question = Question.objects.get(contrasts__isnull=False)
    return found


@pytest.mark.parametrize(
    "view", ["edit", "delete", "copy", "usage", "history", "history_results", "unpublish"]
)
def test_a_question_made_for_a_check_is_on_no_page_of_the_editors(
    view: str, client: Client, contrast: Question
) -> None:
    assert client.get(reverse(f"{NAMESPACE}:{view}", args=[contrast.pk])).status_code == 404


def test_a_question_made_for_a_check_has_no_figures_and_no_bulk_action(
    client: Client, contrast: Question
) -> None:
    assert client.get(reverse("question-figures", args=[contrast.pk])).status_code == 404
    bulk(client, "delete", contrast)
    bulk(client, "retire", contrast)
    assert refreshed(contrast).live


def test_a_module_whose_questions_are_gone_can_be_deleted_whatever_changed_before(
    client: Client, contrast: Question
) -> None:
    module = contrast.module
    written = module.questions.get(contrasts=None)
    client.post(reverse(f"{NAMESPACE}:delete", args=[written.pk]))
    client.post(reverse("wagtailadmin_pages:delete", args=[module.pk]), DELETED)

    assert not ModulePage.objects.filter(pk=module.pk).exists()


def test_all_in_the_listing_are_those_that_the_filter_leaves(client: Client) -> None:
    mine, other = QuestionFactory(), QuestionFactory()
    url = reverse("wagtail_bulk_action", args=["quizzes", "question", "retire"])

    client.post(f"{url}?id=all&module={mine.module_id}&next=/cms/")

    live = Question.objects.filter(live=True)
    assert list(live) == [other]


def test_whoever_may_not_change_questions_learns_no_name_of_one(client: Client) -> None:
    question = QuestionFactory(name="Secret launch price")
    client.force_login(PersonFactory(groups=["Moderators"]))
    url = reverse("wagtail_bulk_action", args=["quizzes", "question", "retire"])

    page = client.get(f"{url}?id={question.pk}")

    assert page.status_code == HTTPStatus.FOUND
    assert question.name not in client.get("/cms/").text


def test_what_was_taken_out_cannot_be_kept(
    suspect: ModulePage, marketer: User, at: datetime
) -> None:
    version = QuestionVersion.objects.all()[0]
    review = ItemReview.objects.create(version=version, opened_at=at, figures={"n": 0})

    with pytest.raises(ReviewIsClosed):
        close_review(review=review, decision=ItemReview.Decision.KEEP, by=marketer, at=at)
