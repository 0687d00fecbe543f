"""A quiz with every type of question, at 360 pixels: by the keyboard, and by what is read out."""

import re
from collections.abc import Callable, Iterable
from datetime import datetime

import pytest
from playwright.sync_api import Locator, Page, expect

from knowledge.models import ModulePage
from portal.models import User
from quizzes.actions import submit_answer
from quizzes.models import Answer, Question, QuizSettings
from tests.browser.conftest import OpenPage
from tests.browser.journeys import assert_accessible, assert_fits, let_in
from tests.factories import (
    AttemptFactory,
    ModuleFactory,
    PersonFactory,
    QuestionFactory,
    right_response,
    wrong_response,
)

# By kind: what is right, as somebody says it who has it read out.
CHOSEN = {
    Question.Kind.ONE: "Five days",
    Question.Kind.SCENARIO: "Say the day",
    Question.Kind.REASON: "True: it is agreed",
}
TYPED = {
    Question.Kind.NUMBER: ("Your answer, as a number", "50"),
    Question.Kind.TEXT: ("Your answer, in a word or a few", "Thursday"),
    Question.Kind.SAY: ("Write what you would say", "On Thursday."),
}
STEPS = ["Agree it", "Say the day", "Pay it"]
PAIRS = {"By card": "Three days", "By bank transfer": "Five days", "By voucher": "Three days"}


PARTS = ("order", "match", "gaps")
TRAITS = ("many", "number_typed", "text", "scenario", "say", "reason", *PARTS)


def module_of(traits: Iterable[str]) -> ModulePage:
    """Each asked once."""
    module: ModulePage = ModuleFactory()
    for trait in traits:
        QuestionFactory(module=module, **{trait: True})
    return module


@pytest.fixture
def module(portal_site: None) -> ModulePage:
    made = module_of(TRAITS)
    QuestionFactory(module=made)
    settings = QuizSettings.load()
    settings.questions_drawn = len(Question.Kind)
    settings.save()
    return made


@pytest.fixture
def reader(portal_site: None) -> User:
    person: User = PersonFactory()
    return person


class Hands:
    """Somebody who presses keys and hears names, and sees nothing."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, target: Locator) -> None:
        for _press in range(60):
            if target.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        message = f"{target} can't be reached with the tab key."
        raise AssertionError(message)

    def press(self, name: str) -> None:
        """A button or link that leads to another page."""
        target = self.page.get_by_role("button", name=name)
        self.reach(target.or_(self.page.get_by_role("link", name=name)).first)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def choose(self, name: str) -> None:
        """A radio button: the tab key leads into its group, the arrows go on inside it."""
        target = self.page.get_by_role("radio", name=name, exact=True)
        group = self.page.get_by_role("group").filter(has=target).last
        self.reach(group.get_by_role("radio").first)
        self.page.keyboard.press("Space")
        for _step in range(group.get_by_role("radio").count()):
            if not target.is_checked():
                self.page.keyboard.press("ArrowDown")
        expect(target).to_be_checked()

    def tick(self, name: str) -> None:
        self.reach(self.page.get_by_role("checkbox", name=name, exact=True))
        self.page.keyboard.press("Space")

    def write(self, name: str, words: str) -> None:
        self.reach(self.page.get_by_label(name))
        self.page.keyboard.type(words)

    def pick(self, name: str, option: str) -> None:
        """Of a list: typing how it begins chooses it."""
        box = self.page.get_by_role("combobox", name=name, exact=True)
        self.reach(box)
        self.page.keyboard.type(option.split(maxsplit=1)[0])
        expect(box.get_by_role("option", name=option, exact=True, selected=True)).to_be_attached()

    def put_in_order(self) -> None:
        """By buttons, or where no script makes them by a list of places for each step."""
        up = self.page.get_by_role("button", name=re.compile("^Move up:"))
        if not up.count():
            for place, step in enumerate(STEPS, start=1):
                self.pick(step, str(place))
        for place, step in enumerate(STEPS if up.count() else []):
            while not up.nth(place).inner_text().endswith(step):
                self.reach(up.filter(has_text=step))
                self.page.keyboard.press("Enter")
                told = self.page.get_by_role("status").filter(has_text=f"“{step}” is now number")
                expect(told).to_be_attached()


def answer_by_hand(hands: Hands, kind: Question.Kind) -> None:
    if kind in TYPED:
        hands.write(*TYPED[kind])
    elif kind in CHOSEN:
        hands.choose(CHOSEN[kind])
    else:
        BY_PARTS[kind](hands)


def tick_all(hands: Hands) -> None:
    for name in ("The day", "The sum"):
        hands.tick(name)


def match_all(hands: Hands) -> None:
    for premise, pair in PAIRS.items():
        hands.pick(premise, pair)


def fill_gaps(hands: Hands) -> None:
    hands.write("Gap 1 of 2", "five")
    hands.pick("Gap 2 of 2", "Thursday")


BY_PARTS: dict[Question.Kind, Callable[[Hands], None]] = {
    Question.Kind.MANY: tick_all,
    Question.Kind.ORDER: Hands.put_in_order,
    Question.Kind.MATCH: match_all,
    Question.Kind.GAPS: fill_gaps,
}


def answer_all(page: Page, reader: User, *, is_scanned: bool) -> list[str]:
    """The kinds that were asked, in their order; each is answered rightly."""
    hands, asked = Hands(page), []
    look = assert_accessible if is_scanned else assert_fits
    hands.press("Start the quiz")
    answers = list(Answer.objects.filter(attempt__person=reader).select_related("question"))
    for answer in answers:
        look(page)
        answer_by_hand(hands, Question.Kind(answer.question.kind))
        hands.choose("Sure")
        hands.press("Check answer")
        if answer.question.kind == Question.Kind.SAY:
            look(page)
            hands.choose("I said that, in my own words")
            hands.press("Save")
        expect(page.get_by_role("heading", level=1)).to_have_text("Yes.")
        look(page)
        asked.append(answer.question.kind)
        hands.press("See your result" if len(asked) == len(answers) else "Next question")
    return asked


def begin(page: Page, reader: User, module: ModulePage) -> None:
    let_in(page, reader)
    page.goto(f"/learn/{module.slug}/quiz/")


def test_every_type_is_answered_by_the_keyboard_and_by_name(
    phone: Page, reader: User, module: ModulePage
) -> None:
    begin(phone, reader, module)

    asked = answer_all(phone, reader, is_scanned=True)

    assert set(asked) == set(Question.Kind)
    expect(phone.get_by_role("heading", level=1)).to_contain_text("You’ve got it.")
    assert_accessible(phone)


def test_what_a_script_makes_easier_is_answered_without_one(
    open_page: OpenPage, reader: User
) -> None:
    page = open_page(360, javascript=False)
    begin(page, reader, module_of(PARTS))

    assert len(answer_all(page, reader, is_scanned=False)) == len(PARTS)


@pytest.mark.parametrize("trait", ["match", "gaps"])
def test_a_part_that_is_left_out_is_led_to_and_named_where_it_stands(
    phone: Page, reader: User, trait: str
) -> None:
    begin(phone, reader, module_of([trait]))
    hands = Hands(phone)
    hands.press("Start the quiz")
    hands.choose("Sure")
    hands.press("Check answer")

    summary = phone.get_by_role("alert")
    expect(summary).to_be_focused()
    assert_accessible(phone)
    phone.keyboard.press("Tab")
    phone.keyboard.press("Enter")
    first = phone.get_by_role("main").locator(":focus")
    said = summary.get_by_role("link").first.inner_text()
    expect(first).to_have_accessible_description(re.compile(re.escape(said)))


def test_what_was_right_in_part_is_told_in_words(
    open_page: OpenPage, reader: User, at: datetime
) -> None:
    module = module_of(PARTS)
    attempt = AttemptFactory(person=reader, module=module)
    for answer in attempt.answers.select_related("question"):
        submit_answer(
            attempt=attempt,
            position=answer.position,
            response=half_right(answer.question),
            sureness="sure",
            at=at,
        )
    page = open_page(360, "dark")
    let_in(page, reader)

    for answer in attempt.answers.all():
        page.goto(f"/learn/{module.slug}/quiz/{answer.position}/")
        expect(page.get_by_role("heading", level=1)).to_have_text("Partly right.")
        told = page.get_by_role("status").filter(has_text="so this counts as")
        expect(told).to_be_visible()
        assert_accessible(page)


def half_right(question: Question) -> object:
    """The last part is wrong; of three steps the first comes last."""
    right, wrong = right_response(question), wrong_response(question)
    if isinstance(right, list):
        return [right[1], right[2], right[0]]
    last = list(right)[-1]
    return {**right, last: wrong[last]}


def test_the_editor_shows_what_the_chosen_kind_needs(desktop: Page, portal_site: None) -> None:
    let_in(desktop, PersonFactory(groups=["Marketing"]))
    desktop.goto("/cms/snippets/quizzes/question/add/")
    kind = desktop.get_by_label("Kind", exact=False).first
    number, slips = desktop.get_by_label("Right number"), desktop.get_by_label("Typing slips")
    kind.select_option("Fill the gaps")
    expect(slips).to_be_visible()
    expect(number).to_be_hidden()

    kind.select_option("Number")
    number.fill("5")
    kind.select_option("Short text")

    expect(number).to_be_visible()
    expect(desktop.get_by_role("rowheader")).to_have_text("Short text")
