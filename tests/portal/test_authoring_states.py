"""Marketing's way from facts to a module: how a thing stands, and what comes next."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from departments.models import Requirement
from knowledge.models import (
    BriefIndexPage,
    BriefPage,
    ModulePage,
)
from portal.reports.authoring import authoring_of
from tests.editing import PUBLISH, Desk, edit_url, with_row
from tests.factories import (
    TODAY,
    BriefFactory,
    DepartmentFactory,
    FactFactory,
    HeadshipFactory,
    LessonFactory,
    ModuleFactory,
    PersonFactory,
    PromiseFactory,
    QuestionFactory,
    RequirementFactory,
)

pytestmark = pytest.mark.usefixtures("portal_site")

QUESTION_ADD = "wagtailsnippets_quizzes_question:add"


@pytest.fixture
def marketer(client: Client, portal_site: None) -> Any:
    marketer = PersonFactory(groups=["Marketing"])
    client.force_login(marketer)
    return marketer


@pytest.fixture
def module(marketer: Any) -> ModulePage:
    brief = BriefFactory(owner=marketer, title="Fair Refund")
    module: ModulePage = ModuleFactory(owner=marketer, title="Fair Refund", brief=brief)
    return module


def remarks(edited: Any) -> list[str]:
    return [remark.text for remark in authoring_of(edited).remarks]


def still_open(edited: Any) -> list[str]:
    return [remark.text for remark in authoring_of(edited).remarks if remark.is_met is False]


def steps(edited: Any) -> dict[str, str]:
    return {step.label: step.url for step in authoring_of(edited).steps}


def test_lessons_are_listed_in_the_order_in_which_they_are_read(
    client: Client, module: ModulePage
) -> None:
    first, second = LessonFactory(module=module), LessonFactory(module=module)
    first.save_revision().publish()
    listed = client.get(reverse("wagtailadmin_explore", args=[module.pk])).context["object_list"]
    assert [page.pk for page in listed] == [first.pk, second.pk]


def test_publishing_a_module_tells_what_comes_next(client: Client, module: ModulePage) -> None:
    desk = Desk(client, module)
    answer = client.post(desk.url, {**desk.open().dict(), PUBLISH: PUBLISH}, follow=True)
    text = answer.content.decode()
    assert "What comes next?" in text
    assert steps(module)["Add a lesson"] in text


def test_saving_a_draft_tells_nothing(client: Client, module: ModulePage) -> None:
    desk = Desk(client, module)
    answer = client.post(desk.url, desk.open().dict(), follow=True)
    assert "What comes next?" not in answer.content.decode()


def test_publishing_a_question_leads_on_to_the_next_of_its_module(
    client: Client, module: ModulePage
) -> None:
    desk = Desk(client, QuestionFactory(module=module))
    answer = client.post(desk.url, {**desk.open().dict(), PUBLISH: PUBLISH}, follow=True)
    assert f"{reverse(QUESTION_ADD)}?module={module.pk}" in answer.content.decode()


def test_a_question_leads_on_when_it_is_published_for_the_first_time(
    client: Client, module: ModulePage
) -> None:
    desk = Desk(client, QuestionFactory(module=module, live=False))
    answer = client.post(desk.url, {**desk.open().dict(), PUBLISH: PUBLISH}, follow=True)
    assert "What comes next?" in answer.content.decode()


def test_who_edits_pages_only_is_led_to_no_question(client: Client, module: ModulePage) -> None:
    editor = PersonFactory(groups=["Moderators"])
    client.force_login(editor)
    for url in ("/cms/", edit_url(module)):
        text = client.get(url).content.decode()
        assert "Add a lesson" in text or "Write a module" in text
        assert "/snippets/quizzes/question/" not in text


@pytest.mark.usefixtures("marketer")
def test_a_new_page_says_nothing_yet_of_what_comes_next(client: Client) -> None:
    index = BriefIndexPage.objects.get()
    url = reverse("wagtailadmin_pages:add", args=["knowledge", "briefpage", index.pk])
    assert "How it stands" not in client.get(url).content.decode()


def test_a_module_shows_what_it_lacks(module: ModulePage) -> None:
    assert still_open(module) == [
        "0 lessons published; three to five are good",
        "0 questions published; at least 9 are needed",
        "0 of them typed or said; a third or more is good",
        "No department asks for it yet: heads and administrators say so under Team",
    ]


def test_a_module_that_has_everything_has_nothing_open(module: ModulePage) -> None:
    body = [("prose", f"<p>{'word ' * 200}</p>")]
    LessonFactory.create_batch(3, module=module, body=body)
    fact = FactFactory(brief=module.brief)
    QuestionFactory.create_batch(5, module=module, facts=[fact])
    QuestionFactory.create_batch(4, module=module, facts=[fact], text=True)
    RequirementFactory(module=module)
    assert still_open(module) == []


def test_a_module_names_a_lesson_that_is_too_short_or_too_long(module: ModulePage) -> None:
    for title, words in (("Short", 149), ("Good", 150), ("Also good", 300), ("Long", 301)):
        LessonFactory(module=module, title=title, body=[("prose", f"<p>{'word ' * words}</p>")])
    assert [text for text in still_open(module) if "words" in text] == [
        "Short: 149 words; 150 to 300 are good",
        "Long: 301 words; 150 to 300 are good",
    ]


def test_a_module_warns_of_too_many_questions_of_one_kind(module: ModulePage) -> None:
    QuestionFactory.create_batch(7, module=module)
    QuestionFactory.create_batch(3, module=module, many=True)
    assert any("Most are “choose one”" in text for text in still_open(module))


def test_a_module_names_its_facts_by_heart(module: ModulePage) -> None:
    fact = FactFactory(brief=module.brief, title="How long")
    QuestionFactory(module=module, facts=[fact])
    QuestionFactory(module=module, look_up=True)
    QuestionFactory(module=module, live=False)
    assert "1 of at most 7 facts by heart: How long" in remarks(module)


def test_a_module_says_who_asks_for_it(module: ModulePage) -> None:
    Requirement.objects.create(
        module=module, department=DepartmentFactory(name="Finance"), due_on=TODAY
    )
    assert "Asked for by: Finance by 20 November 2026" in remarks(module)


def test_every_step_leads_somewhere(client: Client, module: ModulePage) -> None:
    promise = PromiseFactory()
    brief = BriefPage.objects.get(pk=module.brief_id)
    brief.promises.add(promise)
    brief.save()
    lesson = LessonFactory(module=module)
    lone = PromiseFactory()
    for edited in (brief, module, lesson, promise, lone, QuestionFactory(module=module)):
        for label, url in steps(edited).items():
            assert client.get(url).status_code == 200, (edited, label)


def test_only_who_heads_a_department_is_led_on_to_requirements(
    client: Client, marketer: Any, module: ModulePage
) -> None:
    assert "Say who must know it" not in client.get(edit_url(module)).content.decode()
    HeadshipFactory(person=marketer)
    assert "Say who must know it" in client.get(edit_url(module)).content.decode()


def test_every_page_and_question_shows_how_it_stands(client: Client, module: ModulePage) -> None:
    lesson = LessonFactory(module=module)
    for edited in (module.brief, module, lesson, PromiseFactory(), QuestionFactory(module=module)):
        text = client.get(edit_url(edited)).content.decode()
        for url in steps(edited).values():
            assert url.replace("&", "&amp;") in text


def test_a_brief_published_with_facts_shows_them_in_the_count(
    client: Client, module: ModulePage
) -> None:
    desk = Desk(client, BriefPage.objects.get(pk=module.brief_id))
    desk.publish(with_row(desk.open(), "facts", title="How long", kind="price", statement="Five."))
    assert "1 fact" in remarks(BriefPage.objects.get(pk=module.brief_id))


@pytest.mark.usefixtures("marketer")
@pytest.mark.parametrize(
    "url", ["/cms/users/", "/cms/groups/", "/cms/sites/", "/cms/workflows/list/"]
)
def test_what_belongs_to_administrators_is_closed_to_marketing(client: Client, url: str) -> None:
    assert client.get(url, follow=True).redirect_chain[-1][0] == "/cms/"


@pytest.mark.parametrize("factory", [PromiseFactory, LessonFactory, ModuleFactory])
def test_every_kind_of_page_is_previewed_with_its_check(
    client: Client, module: ModulePage, factory: Any
) -> None:
    page = factory()
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert client.post(url, Desk(client, page).open()).json()["is_available"]
    answer = client.get(url)
    assert page.title in answer.content.decode()
    assert "wagtail-userbar" in answer.content.decode()
