from io import BytesIO
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image
from wagtail.models import Collection, Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from knowledge.models import (
    BriefIndexPage,
    BriefPage,
    Fact,
    HomePage,
    LearnIndexPage,
    LessonPage,
    ModulePage,
    PortalImage,
    PromiseIndexPage,
    PromisePage,
)
from quizzes.models import Option, Question
from tests.drafting import let_out
from tests.editing import PUBLISH, Desk, changed, rows_in, with_row, without_row
from tests.factories import (
    OPTIONS,
    BriefFactory,
    FactFactory,
    LessonFactory,
    ModuleFactory,
    PersonFactory,
    QuestionFactory,
)

pytestmark = pytest.mark.usefixtures("portal_site")

INDEXES = (BriefIndexPage, PromiseIndexPage, LearnIndexPage)
QUESTION_LIST = "wagtailsnippets_quizzes_question:list"


@pytest.fixture
def marketer(client: Client, portal_site: None) -> Any:
    marketer = PersonFactory(groups=["Marketing"])
    client.force_login(marketer)
    return marketer


@pytest.fixture
def module(marketer: Any) -> ModulePage:
    module: ModulePage = ModuleFactory(owner=marketer, title="Fair Refund")
    return module


def add_url(model: type[Page], parent: Page) -> str:
    return reverse("wagtailadmin_pages:add", args=["knowledge", model._meta.model_name, parent.pk])


def remarks(answer: Any) -> str:
    form = answer.context["form"]
    return " ".join(
        str(message)
        for messages in [
            *form.errors.values(),
            *(formset.non_form_errors() for formset in form.formsets.values()),
        ]
        for message in messages
    )


def test_marketing_makes_a_brief_a_module_and_a_lesson_that_shows_its_fact(
    client: Client, marketer: Any
) -> None:
    brief: BriefPage = BriefFactory(owner=marketer, live=False)
    desk = Desk(client, brief)
    desk.publish(
        with_row(desk.open(), "facts", title="How long", kind="process", statement="Five days.")
    )
    fact = Fact.objects.get()
    empty = dict.fromkeys(("intro", "try_it", "valid_days", "go_live_at", "expire_at"), "")
    empty |= {"verify_days": "180", "opens_again": "tomorrow"}
    client.post(
        add_url(ModulePage, LearnIndexPage.objects.get()),
        {
            **empty,
            "title": "Fair Refund",
            "slug": "fair-refund",
            "brief": str(brief.pk),
            "able_to_say-count": "0",
            "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0",
            PUBLISH: "publish",
        },
    )
    client.post(
        add_url(LessonPage, ModulePage.objects.get()),
        nested_form_data(
            {
                "title": "Say the day",
                "slug": "say-the-day",
                "minutes": "3",
                "one_breath": "Say the day, and keep it.",
                "body": streamfield([("prose", rich_text("<p>Say it.</p>")), ("fact", fact.key)]),
                "comments-TOTAL_FORMS": "0",
                "comments-INITIAL_FORMS": "0",
                PUBLISH: "publish",
            }
        ),
    )
    lesson = LessonPage.objects.live().get()
    assert lesson.fact_keys == [fact.key]


def test_a_lesson_shows_a_fact_as_it_was_last_published(client: Client, module: ModulePage) -> None:
    brief = BriefPage.objects.get(pk=module.brief_id)
    fact = FactFactory(brief=brief, statement="Five working days.")
    brief.save_revision().publish()
    lesson = LessonFactory(module=module, facts=[fact])
    desk = Desk(client, brief)
    desk.save_draft(facts__0__statement="Four working days.")
    assert "Five working days." in client.get(lesson.url).content.decode()
    desk.save_draft(facts__0__statement="Three working days.")
    let_out(brief)
    desk.publish()
    assert "Three working days." in client.get(lesson.url).content.decode()


def test_only_the_portals_own_pages_can_be_made(module: ModulePage) -> None:
    assert HomePage.creatable_subpage_models() == list(INDEXES)
    assert PromiseIndexPage.creatable_subpage_models() == [PromisePage]
    assert BriefIndexPage.creatable_subpage_models() == [BriefPage]
    assert LearnIndexPage.creatable_subpage_models() == [ModulePage]
    assert ModulePage.creatable_subpage_models() == [LessonPage]
    assert not HomePage.can_create_at(module)


def test_every_kind_of_page_says_what_it_is_for() -> None:
    for model in (*INDEXES, HomePage, BriefPage, PromisePage, ModulePage, LessonPage):
        assert model.get_page_description()


@pytest.mark.usefixtures("marketer")
def test_the_editor_begins_with_the_ways_in(client: Client) -> None:
    text = client.get("/cms/").content.decode()
    for url in (
        reverse("wagtailadmin_explore", args=[BriefIndexPage.objects.get().pk]),
        reverse("wagtailadmin_explore", args=[LearnIndexPage.objects.get().pk]),
        reverse(QUESTION_LIST),
    ):
        assert f'<a href="{url}">' in text


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"live": True}, "Live"),
        ({"live": False}, "Draft"),
        ({"live": True, "has_unpublished_changes": True}, "Live, with changes to publish"),
    ],
)
def test_the_list_of_questions_names_module_kind_and_state(
    client: Client, module: ModulePage, fields: dict[str, bool], state: str
) -> None:
    QuestionFactory(module=module, name="How long", many=True, **fields)
    row = BeautifulSoup(client.get(reverse(QUESTION_LIST)).content, "html.parser").find_all("tr")[
        -1
    ]
    cells = [cell.get_text(" ", strip=True) for cell in row.find_all("td")]
    assert cells[-7:-3] == ["Fair Refund", "Choose several", "By heart", state]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("kind=one", ["How long"]),
        ("kind=many", ["What to say"]),
        ("q=long", ["How long"]),
        ("state=draft", ["What to say"]),
    ],
)
def test_questions_are_found_by_kind_words_and_state(
    client: Client, module: ModulePage, asked: str, found: list[str]
) -> None:
    QuestionFactory(module=module, name="How long")
    QuestionFactory(module=module, name="What to say", stem="What is right?", many=True, live=False)
    answer = client.get(f"{reverse(QUESTION_LIST)}?{asked}")
    assert [question.name for question in answer.context["object_list"]] == found


def test_questions_are_found_by_module(client: Client, module: ModulePage) -> None:
    question = QuestionFactory(module=module)
    QuestionFactory()
    answer = client.get(f"{reverse(QUESTION_LIST)}?module={module.pk}")
    assert list(answer.context["object_list"]) == [question]


def test_the_list_of_questions_costs_the_same_with_more_of_them(
    client: Client, module: ModulePage, django_assert_num_queries: Any
) -> None:
    QuestionFactory.create_batch(2, module=module)
    client.get(reverse(QUESTION_LIST))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse(QUESTION_LIST))
    QuestionFactory.create_batch(10, module=module)
    with django_assert_num_queries(len(few)):
        client.get(reverse(QUESTION_LIST))


@pytest.mark.parametrize("kind", Question.Kind.values)
def test_a_complete_question_of_every_kind_can_be_published(
    client: Client, module: ModulePage, kind: str
) -> None:
    question: Question = QuestionFactory(
        module=module,
        live=False,
        kind=kind,
        pairs=OPTIONS.get(kind, []),
        number=5 if kind == Question.Kind.NUMBER else None,
        model_answer="You have it on Thursday." if kind == Question.Kind.SAY else "",
    )
    Desk(client, question).publish()
    assert Question.objects.get().live


def emptied(data: QueryDict, relation: str) -> QueryDict:
    for number in range(rows_in(data, relation)):
        data = without_row(data, relation, number)
    return data


@pytest.mark.parametrize(
    ("kind", "remedy"),
    [
        ("one", "Write at least two options"),
        ("scenario", "Write at least two options"),
        ("reason", "Write at least two options"),
        ("many", "Write at least two options"),
        ("order", "Write at least two steps"),
        ("text", "Write at least one wording"),
        ("number", "Write the number that is right"),
        ("say", "Write a good answer to compare with"),
    ],
)
def test_a_question_without_its_answer_is_saved_as_a_draft_but_not_published(
    client: Client, module: ModulePage, kind: str, remedy: str
) -> None:
    question: Question = QuestionFactory(module=module, live=False)
    desk = Desk(client, question)
    data = emptied(changed(desk.open(), kind=kind), "options")
    assert remedy in remarks(desk.save(data, PUBLISH))
    assert not Question.objects.get().live
    desk.save_draft(data)


@pytest.mark.parametrize(
    ("kind", "right", "remedy"),
    [
        ("one", (), "Mark exactly one option as right."),
        ("one", (0, 1), "Mark exactly one option as right."),
        ("scenario", (0, 1), "Mark exactly one option as right."),
        ("reason", (), "Mark exactly one option as right."),
        ("many", (), "Mark at least one option as right."),
    ],
)
def test_choices_need_their_right_options(
    client: Client, module: ModulePage, kind: str, right: tuple[int, ...], remedy: str
) -> None:
    pairs = [(text, place in right) for place, text in enumerate(["Five", "Six", "Seven"])]
    question: Question = QuestionFactory(module=module, live=False, kind=kind, pairs=pairs)
    assert remedy in remarks(Desk(client, question).save(Desk(client, question).open(), PUBLISH))


def test_a_question_without_an_explanation_is_not_published(
    client: Client, module: ModulePage
) -> None:
    desk = Desk(client, QuestionFactory(module=module, live=False))
    answer = desk.save(changed(desk.open(), explanation=""), PUBLISH)
    assert "Write the right answer in a full sentence" in remarks(answer)


def test_a_question_that_cites_no_fact_is_not_published(client: Client, module: ModulePage) -> None:
    desk = Desk(client, QuestionFactory(module=module, live=False))
    answer = desk.save(emptied(desk.open(), "citations"), PUBLISH)
    assert "Choose at least one fact" in remarks(answer)


def test_a_remark_about_options_stands_beside_them(client: Client, module: ModulePage) -> None:
    desk = Desk(client, QuestionFactory(module=module, live=False))
    answer = desk.save(emptied(desk.open(), "options"), PUBLISH)
    assert answer.context["form"].formsets["options"].non_form_errors()


def test_an_option_that_is_deleted_in_the_form_no_longer_counts(
    client: Client, module: ModulePage
) -> None:
    question: Question = QuestionFactory(module=module, live=False)
    desk = Desk(client, question)
    data = with_row(without_row(desk.open(), "options", 0), "options", text="Four", is_right="on")
    desk.publish(data)
    assert Option.objects.get(is_right=True).text == "Four"


def test_the_facts_to_choose_from_are_those_of_today(client: Client, module: ModulePage) -> None:
    question: Question = QuestionFactory(module=module)
    desk = Desk(client, question)
    desk.open()
    fact = FactFactory(brief=module.brief, title="Written a minute ago")
    page = client.get(desk.url).content.decode()
    assert f'<option value="{fact.key}">{module.brief.title} – Written a minute ago' in page


def test_a_question_is_previewed_with_its_options_in_order(module: ModulePage) -> None:
    question: Question = QuestionFactory(module=module)
    context = question.get_preview_context(None, "")
    assert context["question"] == question
    assert [option.text for option in context["options"]] == [text for text, *_ in OPTIONS["one"]]


def test_a_question_is_previewed_as_a_colleague_sees_it(client: Client, module: ModulePage) -> None:
    question: Question = QuestionFactory(module=module)
    data = changed(Desk(client, question).open(), stem="How many days does it take?")
    url = reverse("wagtailsnippets_quizzes_question:preview_on_edit", args=[question.pk])
    assert client.post(url, data).json() == {"is_valid": True, "is_available": True}
    preview = client.get(url)
    assert preview.status_code == 200
    assert "How many days does it take?" in preview.content.decode()


def test_a_brief_is_previewed_before_it_is_published(client: Client, module: ModulePage) -> None:
    desk = Desk(client, BriefPage.objects.get(pk=module.brief_id))
    data = with_row(desk.open(), "facts", title="How long", kind="process", statement="Two days.")
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[module.brief_id])
    assert client.post(url, data).json()["is_valid"]
    assert "Two days." in client.get(url).content.decode()
    assert not Fact.objects.exists()


def chosen_from(client: Client, asked: str = "") -> list[str]:
    url = reverse("person_chooser:choose_results")
    return [str(person) for person in client.get(f"{url}?q={asked}").context["results"]]


def test_people_are_chosen_ten_to_a_page(client: Client, module: ModulePage) -> None:
    PersonFactory.create_batch(12, last_name="Uncommon")
    brief = client.get(Desk(client, BriefPage.objects.get(pk=module.brief_id)).url).content.decode()
    assert "Uncommon" not in brief
    assert len(chosen_from(client)) == 10


@pytest.mark.usefixtures("marketer")
def test_people_are_found_by_the_words_of_their_name(client: Client) -> None:
    PersonFactory(first_name="Ada", last_name="Uncommon")
    PersonFactory(first_name="Ben", last_name="Uncommon")
    PersonFactory(first_name="Ada", last_name="Uncommon-Left", deactivated=True)
    assert chosen_from(client, "uncommon+ada") == ["Ada Uncommon"]


def picture() -> bytes:
    content = BytesIO()
    Image.new("RGB", (40, 40)).save(content, "PNG")
    return content.getvalue()


@pytest.mark.usefixtures("marketer")
@pytest.mark.parametrize("url", ["/cms/images/add/", "/cms/images/multiple/add/"])
@pytest.mark.parametrize("name", ["logo.svg", "logo.html", "logo.png"])
def test_a_picture_that_could_carry_scripts_is_refused(client: Client, url: str, name: str) -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    files = {field: SimpleUploadedFile(name, svg) for field in ("file", "files[]")}
    client.post(url, {"title": "Logo", **files})
    assert not PortalImage.objects.exists()


@pytest.mark.usefixtures("marketer")
def test_a_picture_without_scripts_is_taken(client: Client) -> None:
    file = SimpleUploadedFile("logo.png", picture())
    data = {"title": "Logo", "file": file, "description": "Our logo"}
    client.post("/cms/images/add/", {**data, "collection": Collection.get_first_root_node().pk})
    assert PortalImage.objects.get().title == "Logo"
