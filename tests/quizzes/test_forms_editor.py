"""Where a marketer writes a question: what each kind needs, and how a colleague will see it."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import querydict_from_html

from knowledge.models import ModulePage
from quizzes.models import Question
from tests.editing import Desk, changed
from tests.factories import ModuleFactory, PersonFactory, QuestionFactory

pytestmark = pytest.mark.usefixtures("portal_site")

ADD = "wagtailsnippets_quizzes_question:add"
PREVIEW = "wagtailsnippets_quizzes_question:preview_on_add"
KEYS = {
    "": "Five days",
    "many": "The sum",
    "scenario": "Say the day",
    "reason": "True: it is agreed",
    "say": "Canary.",
    "order": "Agree it",
    "match": "Five days",
    "gaps": "goes out on Thursday.",
}
UNFINISHED = {"": "", "match": "How long?", "gaps": "It takes [1] days, and [2], and [1]."}


@pytest.fixture
def marketer(client: Client, portal_site: None) -> Client:
    client.force_login(PersonFactory(groups=["Marketing"]))
    return client


@pytest.fixture
def module(marketer: Client) -> ModulePage:
    made: ModulePage = ModuleFactory()
    return made


@pytest.mark.parametrize("kind", Question.Kind.values)
def test_a_kind_that_was_just_chosen_is_previewed(
    marketer: Client, module: ModulePage, kind: str
) -> None:
    page = marketer.get(f"{reverse(ADD)}?module={module.pk}").content.decode()
    stem = UNFINISHED.get(kind, UNFINISHED[""])
    marketer.post(
        reverse(PREVIEW), changed(querydict_from_html(page, "w-editor-form"), kind=kind, stem=stem)
    )

    shown = marketer.get(reverse(PREVIEW))

    assert shown.status_code == 200
    assert "How sure are you?" in shown.content.decode()


@pytest.mark.parametrize(("trait", "key"), KEYS.items())
def test_a_question_is_previewed_with_its_key_below(
    marketer: Client, module: ModulePage, trait: str, key: str
) -> None:
    question: Question = QuestionFactory(
        module=module, model_answer="Canary.", **({trait: True} if trait else {})
    )
    desk = Desk(marketer, question)
    url = reverse("wagtailsnippets_quizzes_question:preview_on_edit", args=[question.pk])
    marketer.post(url, desk.open())

    shown = BeautifulSoup(marketer.get(url).content, "html.parser")

    below = shown.select_one("section[aria-labelledby=after]")
    assert below
    words = " ".join(below.get_text().split())
    assert key in words
    assert question.explanation in words


def test_the_editor_tells_its_script_what_each_kind_needs(
    marketer: Client, module: ModulePage
) -> None:
    desk = Desk(marketer, QuestionFactory(module=module, gaps=True))
    page = BeautifulSoup(marketer.get(desk.url).content, "html.parser")

    def kinds_of(name: str) -> str:
        panel = page.select_one(f'[data-kinds]:has([name="{name}"]):not(:has([data-kinds]))')
        assert panel
        return str(panel["data-kinds"])

    assert kinds_of("number") == "number"
    assert kinds_of("slips") == "text gaps"
    assert kinds_of("options-0-pair") == "match gaps"
    assert page.select_one('script[src*="quizzes/kinds"]')


def test_each_kind_is_explained_with_how_it_counts(marketer: Client, module: ModulePage) -> None:
    desk = Desk(marketer, QuestionFactory(module=module))
    page = BeautifulSoup(marketer.get(desk.url).content, "html.parser")

    rows = {row["data-kinds"]: row for row in page.select("tr[data-kinds]")}
    assert set(rows) == set(Question.Kind.values)
    assert all(cell.get_text(strip=True) for row in rows.values() for cell in row.find_all("td"))
