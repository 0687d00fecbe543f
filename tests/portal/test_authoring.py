"""Marketing's way from facts to a module: what the editor fills in, refuses and copies."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import querydict_from_html

from knowledge.blocks import CallBlock
from knowledge.models import (
    BriefPage,
    Fact,
    LearnIndexPage,
    LessonPage,
    ModulePage,
    PromisePage,
)
from portal.reports.authoring import authoring_of
from quizzes.models import Question
from tests.editing import PUBLISH, Desk, as_browser, changed, edit_url, without_row
from tests.factories import (
    BriefFactory,
    FactFactory,
    LessonFactory,
    ModuleFactory,
    PersonFactory,
    PromiseFactory,
    QuestionFactory,
)

pytestmark = pytest.mark.usefixtures("portal_site")

QUESTION_ADD = "wagtailsnippets_quizzes_question:add"
QUESTION_COPY = "wagtailsnippets_quizzes_question:copy"


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


def soup(client: Client, url: str) -> BeautifulSoup:
    answer = client.get(url)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def chosen(page: BeautifulSoup, field: str) -> str:
    option = page.select_one(f"select[name={field}] option[selected]")
    return str(option["value"]) if option else ""


def told(answer: Any) -> str:
    """What a refused form says at its fields."""
    form = answer.context["form"]
    said = [*form.errors.values(), *(part.non_form_errors() for part in form.formsets.values())]
    return " ".join(str(message) for messages in said for message in messages)


def steps(edited: Any) -> dict[str, str]:
    return {step.label: step.url for step in authoring_of(edited).steps}


@pytest.mark.usefixtures("marketer")
def test_an_empty_field_is_named_when_a_page_is_published(client: Client) -> None:
    brief = BriefFactory(live=False)
    desk = Desk(client, brief)
    answer = desk.save(changed(desk.open(), right_for=""), PUBLISH)
    assert answer.context["form"].errors == {"right_for": ["Fill in “Right for”."]}


@pytest.mark.usefixtures("marketer")
def test_what_is_pasted_is_never_cut_but_answered(client: Client) -> None:
    brief = BriefFactory(live=False)
    desk = Desk(client, brief)
    answer = desk.save(changed(desk.open(), right_for="x" * 300), PUBLISH)
    assert "maxlength" not in str(soup(client, desk.url).select_one("[name=right_for]"))
    assert "This has 300 characters, 240 at the most." in told(answer)


@pytest.mark.usefixtures("marketer")
def test_a_one_breath_line_is_told_how_many_words_are_too_many(client: Client) -> None:
    desk = Desk(client, BriefFactory(live=False))
    answer = desk.save(changed(desk.open(), one_breath="word " * 27), PUBLISH)
    assert "This has 27 words" in told(answer)
    assert "Take out 2 words." in told(answer)


@pytest.mark.usefixtures("marketer")
def test_an_address_that_is_left_empty_is_made_from_the_title(client: Client) -> None:
    brief = BriefFactory(live=False, title="Quiet Hours")
    Desk(client, brief).publish(slug="")
    assert BriefPage.objects.get().slug == "quiet-hours"


@pytest.mark.usefixtures("marketer")
def test_an_address_that_is_taken_names_the_page_that_has_it(client: Client) -> None:
    BriefFactory(title="Quiet Hours", slug="quiet-hours")
    desk = Desk(client, BriefFactory(live=False))
    answer = desk.save(changed(desk.open(), slug="quiet-hours"))
    words = "“quiet-hours” is the address of “Quiet Hours” already. Choose another."
    assert answer.context["form"].errors == {"slug": [words]}


@pytest.mark.usefixtures("marketer")
def test_a_copy_to_an_address_that_is_taken_is_told_whose_it_is(client: Client) -> None:
    brief = BriefFactory(title="Quiet Hours", slug="quiet-hours")
    url = reverse("wagtailadmin_pages:copy", args=[brief.pk])
    parent = brief.get_parent().pk
    sent = {"new_title": "Again", "new_slug": "quiet-hours", "new_parent_page": parent}
    answer = client.post(url, sent)
    words = "“quiet-hours” is the address of “Quiet Hours” already. Choose another."
    assert answer.context["form"].errors == {"new_slug": [words]}


@pytest.mark.usefixtures("marketer")
def test_a_line_that_is_pasted_in_pieces_becomes_one(client: Client) -> None:
    brief = BriefFactory(live=False)
    Desk(client, brief).publish(one_breath="We answer \n at night. ")
    assert BriefPage.objects.get().one_breath == "We answer at night."


@pytest.mark.usefixtures("marketer")
def test_a_lesson_without_anything_in_it_says_where_to_begin(client: Client) -> None:
    desk = Desk(client, LessonFactory(live=False, body=[]))
    answer = desk.save(desk.open(), PUBLISH)
    fault = answer.context["form"].errors["body"].as_data()[0]
    assert [str(error.message) for error in fault.non_block_errors.as_data()] == [
        "Write the lesson: press + and choose “Text”."
    ]


def test_an_example_call_begins_with_two_turns() -> None:
    assert len(CallBlock().get_default()["turns"]) == 2


@pytest.mark.usefixtures("marketer")
def test_a_promise_without_a_claim_is_a_draft(client: Client) -> None:
    desk = Desk(client, PromiseFactory(live=False))
    data = without_row(desk.open(), "claims", 0)
    desk.save_draft(data)
    assert "at least 1" in told(desk.save(data, PUBLISH))


def test_a_module_begins_with_the_brief_it_was_asked_for(
    client: Client, module: ModulePage
) -> None:
    url = steps(module.brief)["Write a module for this brief"]
    assert chosen(soup(client, url), "brief") == str(module.brief_id)


@pytest.mark.usefixtures("marketer")
@pytest.mark.parametrize("asked", ["", "99999", "no"])
def test_a_module_for_no_brief_begins_empty(client: Client, asked: str) -> None:
    index = LearnIndexPage.objects.get()
    url = reverse("wagtailadmin_pages:add", args=["knowledge", "modulepage", index.pk])
    assert chosen(soup(client, f"{url}?brief={asked}"), "brief") == ""


def test_a_question_begins_with_the_module_it_was_asked_for(
    client: Client, module: ModulePage
) -> None:
    assert chosen(soup(client, steps(module)["Add a question"]), "module") == str(module.pk)


def test_the_facts_of_the_modules_own_brief_stand_first(client: Client, module: ModulePage) -> None:
    FactFactory(brief=BriefFactory(title="Anything", live=False), title="Another")
    FactFactory(brief=module.brief, title="How long")
    page = soup(client, f"{reverse(QUESTION_ADD)}?module={module.pk}")
    template = page.select_one("#id_citations-EMPTY_FORM_TEMPLATE")
    assert template
    shelves = BeautifulSoup(template.decode_contents(), "html.parser").select("optgroup")
    assert [shelf["label"] for shelf in shelves] == ["Fair Refund", "Anything (not published)"]
    assert [option.text for option in shelves[0].select("option")] == ["Fair Refund – How long"]


def test_the_facts_to_choose_from_cost_the_same_with_more_of_them(
    client: Client, module: ModulePage, django_assert_max_num_queries: Any
) -> None:
    question = QuestionFactory(module=module)
    url = edit_url(question)
    client.get(url)
    FactFactory.create_batch(5)
    with django_assert_max_num_queries(60) as few:
        client.get(url)
    FactFactory.create_batch(20)
    with django_assert_max_num_queries(len(few)):
        client.get(url)


def with_facts_by_heart(module: ModulePage, number: int) -> list[Fact]:
    facts: list[Fact] = FactFactory.create_batch(number, brief=module.brief)
    for fact in facts:
        QuestionFactory(module=module, facts=[fact])
    return facts


def test_an_eighth_fact_by_heart_is_refused_and_the_seven_are_named(
    client: Client, module: ModulePage
) -> None:
    facts = with_facts_by_heart(module, 7)
    desk = Desk(client, QuestionFactory(module=module, live=False))
    answer = desk.save(desk.open(), PUBLISH)
    assert "7 facts by heart are enough" in told(answer)
    assert all(fact.title in told(answer) for fact in facts)


def test_a_seventh_fact_by_heart_is_taken(client: Client, module: ModulePage) -> None:
    with_facts_by_heart(module, 6)
    question = QuestionFactory(module=module, live=False)
    Desk(client, question).publish()
    assert Question.objects.get(pk=question.pk).live


def test_one_of_the_seven_may_be_asked_again(client: Client, module: ModulePage) -> None:
    facts = with_facts_by_heart(module, 7)
    question = QuestionFactory(module=module, live=False, facts=facts[:1])
    Desk(client, question).publish()
    assert Question.objects.get(pk=question.pk).live


def test_an_eighth_fact_may_be_looked_up(client: Client, module: ModulePage) -> None:
    with_facts_by_heart(module, 7)
    question = QuestionFactory(module=module, live=False)
    Desk(client, question).publish(is_look_up="on")
    assert Question.objects.get(pk=question.pk).live


def test_a_module_that_asks_too_much_already_can_still_be_corrected(
    client: Client, module: ModulePage
) -> None:
    facts = with_facts_by_heart(module, 8)
    question = Question.objects.get(citations__fact_key=facts[0].key)
    Desk(client, question).publish(stem="How many days, exactly?")
    assert Question.objects.get(pk=question.pk).stem == "How many days, exactly?"


def test_an_eighth_fact_by_heart_can_be_kept_as_a_draft(client: Client, module: ModulePage) -> None:
    with_facts_by_heart(module, 7)
    Desk(client, QuestionFactory(module=module, live=False)).save_draft()


@pytest.mark.parametrize(
    ("fields", "remedy"),
    [
        ({"number": "5"}, "Only a “Number” has this"),
        ({"model_answer": "Thursday."}, "Only “Say it” has this"),
        ({"kind": "say", "model_answer": "Thursday."}, "This kind has no options"),
        ({"kind": "number", "number": "5"}, "This kind has no options"),
    ],
)
def test_what_belongs_to_another_kind_of_question_is_sent_back(
    client: Client, module: ModulePage, fields: dict[str, str], remedy: str
) -> None:
    desk = Desk(client, QuestionFactory(module=module, live=False))
    assert remedy in told(desk.save(changed(desk.open(), **fields), PUBLISH))


def test_a_question_without_a_name_is_called_by_its_own_words(
    client: Client, module: ModulePage
) -> None:
    question = QuestionFactory(module=module)
    Desk(client, question).publish(name="", stem="How long\ndoes a refund take?")
    assert Question.objects.get().name == "How long does a refund take?"


def copied(client: Client, question: Question) -> Question:
    """Presses “Copy”, and saves what it shows."""
    page = client.get(reverse(QUESTION_COPY, args=[question.pk]))
    form = querydict_from_html(page.content.decode(), "w-editor-form")
    answer = client.post(reverse(QUESTION_ADD), as_browser(form, question))
    assert answer.status_code == 302
    made: Question = Question.objects.exclude(pk=question.pk).get()
    return made


def test_a_copied_question_is_a_draft_with_a_reference_of_its_own(
    client: Client, module: ModulePage
) -> None:
    question = QuestionFactory(module=module)
    copy = copied(client, question)
    assert not copy.live
    assert copy.reference != question.reference


def test_a_copied_question_has_the_same_parts_with_keys_of_their_own(
    client: Client, module: ModulePage
) -> None:
    question = QuestionFactory(module=module)
    copy = copied(client, question)
    ours, theirs = question.options.all(), copy.options.all()
    assert [option.text for option in ours] == [option.text for option in theirs]
    assert not {option.key for option in ours} & {option.key for option in theirs}
    assert [cited.fact_key for cited in question.citations.all()] == [
        cited.fact_key for cited in copy.citations.all()
    ]


def test_copying_leaves_the_question_as_it_was(client: Client, module: ModulePage) -> None:
    question = QuestionFactory(module=module)
    before = list(question.options.values_list("pk", "key", "text"))
    copied(client, question)
    assert list(Question.objects.get(pk=question.pk).options.values_list("pk", "key", "text")) == (
        before
    )


def copy_page(client: Client, page: Page, **fields: str) -> Any:
    data = {"new_title": "A copy", "new_slug": "a-copy", "new_parent_page": page.get_parent().pk}
    url = reverse("wagtailadmin_pages:copy", args=[page.pk])
    return client.post(url, {**data, **fields}, follow=True)


def test_a_copied_module_brings_its_lessons_along(client: Client, module: ModulePage) -> None:
    LessonFactory.create_batch(2, module=module)
    answer = copy_page(client, module, copy_subpages="on")
    copy = ModulePage.objects.get(slug="a-copy")
    assert not copy.live
    assert LessonPage.objects.child_of(copy).count() == 2
    assert "Questions aren&#x27;t copied with it." in answer.content.decode()


def test_a_copied_brief_has_facts_of_its_own(client: Client, module: ModulePage) -> None:
    fact = FactFactory(brief=module.brief)
    copy_page(client, module.brief)
    copy = BriefPage.objects.get(slug="a-copy")
    assert fact.key not in set(copy.facts.values_list("key", flat=True))
    assert list(module.brief.facts.values_list("key", flat=True)) == [fact.key]


def test_a_copied_promise_has_claims_of_its_own(client: Client, module: ModulePage) -> None:
    promise = PromiseFactory()
    copy_page(client, promise)
    keys = {claim.key for copy in PromisePage.objects.all() for claim in copy.claims.all()}
    assert len(keys) == 2
