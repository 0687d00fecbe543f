"""What each role does in a week, in a real browser on the demo company's data."""

from collections.abc import Callable
from datetime import date, datetime

from playwright.sync_api import Locator, Page, expect

from departments.models import Department
from knowledge.models import Fact
from portal.demo.accounts import ADMINISTRATOR, PASSWORD
from portal.models import User
from quizzes.models import Answer, Option, Question, Standing
from tests.browser.journeys import (
    assert_accessible,
    assert_fits,
    let_in,
    press,
    sign_in,
    violations,
)

COLLEAGUE = "mirren.aldersyke@wrenfield.example"
HEAD = "ines.callowhart@wrenfield.example"
MARKETER = "amara.vellacott-iyer@wrenfield.example"
NEVER = date.min
NEWCOMER = "ellis.lowenthorpe@wrenfield.example"

FAIR_REFUND = "fair-refund"
MODULE = f"/learn/{FAIR_REFUND}/"
PAGES = {
    COLLEAGUE: (
        "/",
        "/learn/",
        MODULE,
        f"{MODULE}agree-it-no-forms/",
        f"{MODULE}give-the-date/",
        f"{MODULE}quiz/",
        "/practice/",
        "/briefs/",
        "/briefs/fair-refund/",
        "/promises/",
        "/promises/fair-refund/",
        "/search/?q=refund",
        "/me/",
        "/help/",
        "/me/what-others-see/",
        "/help/how-dates-work/",
        "/accounts/password/change/",
        "/not-there/",
    ),
    HEAD: ("/", "/team/", "/me/what-others-see/"),
    MARKETER: ("/", "/team/", "/briefs/fair-refund/"),
    ADMINISTRATOR: ("/", "/learn/", "/me/what-others-see/"),
}

type OpenPage = Callable[..., Page]


def person(email: str) -> User:
    found: User = User.objects.get(email=email)
    return found


def tab_to(page: Page, target: Locator) -> None:
    """By the keyboard alone, and no further than a person would go on."""
    for _press in range(80):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    message = f"{target} can't be reached with the tab key."
    raise AssertionError(message)


def go(page: Page, target: Locator) -> None:
    """Follows a link or presses a button that leads to another page."""
    tab_to(page, target)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def choose(page: Page, target: Locator) -> None:
    """A radio button: the tab key reaches its group, arrows move inside it."""
    group = page.locator(f"input[name={target.get_attribute('name')}]")
    reached = group.first
    tab_to(page, reached)
    page.keyboard.press("Space")
    for _step in range(group.count()):
        if target.is_checked():
            return
        page.keyboard.press("ArrowDown")
    assert target.is_checked()


def answer_by_keyboard(page: Page, answer: Answer) -> None:
    question = answer.question
    match question.kind:
        case Question.Kind.NUMBER | Question.Kind.TEXT | Question.Kind.SAY:
            tab_to(page, page.locator("[name=answer]"))
            page.keyboard.type(typed_answer(question))
        case Question.Kind.MANY:
            for box in right_inputs(page, answer):
                tab_to(page, box)
                page.keyboard.press("Space")
        case _:
            choose(page, right_inputs(page, answer)[0])
    choose(page, page.get_by_label("Sure", exact=True))
    go(page, page.get_by_role("button", name="Check answer"))


def typed_answer(question: Question) -> str:
    if question.kind == Question.Kind.NUMBER:
        return f"{question.number:g}"
    return question.model_answer or str(question.options.first())


def right_inputs(page: Page, answer: Answer) -> list[Locator]:
    right = set(Option.objects.filter(question=answer.question, is_right=True).values_list("pk"))
    inputs = page.locator("input[name=answer]")
    return [inputs.nth(place) for place, pk in enumerate(answer.option_order) if (pk,) in right]


def answer_all_by_keyboard(page: Page, kind: str) -> None:
    open_now = Answer.objects.filter(attempt__person__email=NEWCOMER, answered_at=None)
    asked = open_now.filter(attempt__kind=kind, attempt__module__slug=FAIR_REFUND)
    for answer in list(asked.select_related("question")):
        answer_by_keyboard(page, answer)
        if answer.question.kind == Question.Kind.SAY:
            choose(page, page.get_by_label("I said that, in my own words"))
            go(page, page.get_by_role("button", name="Save"))
        expect(page.locator("h1")).to_have_text("Yes.")
        assert_fits(page)
        go(page, page.locator("main .actions .button"))


def sign_in_by_keyboard(page: Page, email: str) -> None:
    newcomer = person(email)
    newcomer.set_password(PASSWORD)
    newcomer.save()
    page.goto("/")
    tab_to(page, page.get_by_label("Work e-mail"))
    page.keyboard.type(email)
    tab_to(page, page.get_by_label("Password"))
    page.keyboard.type(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def read_what_is_left(page: Page) -> None:
    go(page, page.get_by_role("link", name="Fair Refund", exact=True))
    expect(page.locator("h1")).to_have_text("Fair Refund")
    go(page, page.get_by_role("link", name="Carry on with lesson 3"))
    for _lesson in range(2):
        assert_fits(page)
        go(page, page.get_by_role("button", name="Next"))


def ready_until(email: str) -> date:
    standing = Standing.objects.get(person__email=email, module__slug=FAIR_REFUND)
    return standing.ready_until or NEVER


def test_a_colleague_gets_her_date_by_keyboard_without_javascript_on_a_phone(
    open_page: OpenPage, wrenfield: datetime
) -> None:
    page = open_page(360, javascript=False)
    sign_in_by_keyboard(page, NEWCOMER)
    read_what_is_left(page)

    go(page, page.get_by_role("button", name="Start the quiz"))
    answer_all_by_keyboard(page, "quiz")
    expect(page.locator("h1")).to_contain_text("You’ve got it. Ready until")
    after_the_quiz = ready_until(NEWCOMER)

    page.goto(f"/practice/?module={FAIR_REFUND}")
    go(page, page.get_by_role("button", name="Start"))
    answer_all_by_keyboard(page, "practice")
    expect(page.locator("h1")).to_contain_text("Practised. Ready until")

    go(page, page.get_by_role("button", name="Sign out"))
    expect(page.get_by_label("Work e-mail")).to_be_visible()
    assert ready_until(NEWCOMER) >= after_the_quiz > NEVER


def test_a_quiz_goes_on_at_the_same_question_on_another_device(
    open_page: OpenPage, wrenfield: datetime
) -> None:
    phone, desktop = open_page(360), open_page(1280)
    colleague = person(COLLEAGUE)
    let_in(phone, colleague)
    phone.goto(f"{MODULE}quiz/")
    press(phone, phone.get_by_role("button", name="Start the quiz"))
    first = Answer.objects.filter(attempt__person=colleague).latest("attempt", "-position")
    stem = first.question.stem
    expect(phone.locator("h1")).to_contain_text(stem[:20])

    sign_in(desktop, colleague, PASSWORD)
    desktop.get_by_role("link", name="Carry on").click()

    expect(desktop.locator("h1")).to_contain_text(stem[:20])


def test_the_summary_of_a_problem_leads_to_the_field(
    open_page: OpenPage, wrenfield: datetime
) -> None:
    page = open_page(360)
    let_in(page, person(COLLEAGUE))
    page.goto(f"{MODULE}quiz/")
    press(page, page.get_by_role("button", name="Start the quiz"))

    press(page, page.get_by_role("button", name="Check answer"))

    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("There’s a problem")
    expect(summary).to_be_focused()
    assert_accessible(page)
    summary.get_by_role("link", name="Say how sure you are").click()
    expect(page.locator("input[name=sureness]").first).to_be_focused()


def test_a_head_sees_her_team_and_takes_the_file(open_page: OpenPage, wrenfield: datetime) -> None:
    page = open_page(1280)
    sign_in(page, person(HEAD), PASSWORD)
    page.get_by_role("link", name="Team", exact=True).click()
    expect(page.locator("h1")).to_contain_text("12 of 13 ready for Fair Refund today; none on")
    expect(page.get_by_role("heading", name="Saskia Wrayburn")).to_be_visible()

    with page.expect_download() as download:
        page.get_by_role("link", name="Export").click()

    care = Department.objects.get(name="Customer Care")
    text = download.value.path().read_text()
    assert download.value.suggested_filename.startswith("customer-care-")
    assert text.count("\n") == 1 + care.memberships.count() * care.requirements.count()


def test_marketing_changes_a_fact_and_the_lesson_changes(
    open_page: OpenPage, wrenfield: datetime
) -> None:
    page = open_page(1280)
    sign_in(page, person(MARKETER), PASSWORD)
    fact = Fact.objects.get(key="switch-in-five-welcome")
    page.goto(f"/cms/pages/{fact.brief_id}/edit/")
    new_words = "We say welcome with a text, and then with a call."

    facts = [fact.key for fact in Fact.objects.filter(brief=fact.brief_id)]
    page.locator("textarea[name$=-statement]").nth(facts.index(fact.key)).fill(new_words)
    page.get_by_role("button", name="More actions").first.click()
    press(page, page.get_by_role("button", name="Publish", exact=True))
    page.get_by_label("Wording:").check()
    page.get_by_label("Reason").fill("It is what we do.")
    press(page, page.get_by_role("button", name="Publish now"))

    page.goto("/learn/switch-in-five/who-does-what/")
    expect(page.get_by_text(new_words)).to_be_visible()
    fact.refresh_from_db()
    assert fact.key == "switch-in-five-welcome"


def test_no_page_has_an_accessibility_violation(look: Page, wrenfield: datetime) -> None:
    faults = []
    for email, paths in PAGES.items():
        let_in(look, person(email))
        for path in paths:
            look.goto(path)
            faults += violations(look)

    assert faults == []


def test_no_screen_of_a_quiz_has_an_accessibility_violation(
    look: Page, wrenfield: datetime
) -> None:
    colleague = person(COLLEAGUE)
    let_in(look, colleague)
    look.goto(f"{MODULE}quiz/")
    press(look, look.get_by_role("button", name="Start the quiz"))
    for answer in Answer.objects.filter(attempt__person=colleague, attempt__finished_at=None):
        assert_accessible(look)
        if look.locator("input[type=text][name=answer], textarea[name=answer]").count():
            look.locator("[name=answer]").fill("50")
        else:
            look.locator("[name=answer]").first.check()
        look.get_by_label("Guessing").check()
        press(look, look.get_by_role("button", name="Check answer"))
        assert_accessible(look)
        if answer.question.kind == Question.Kind.SAY:
            look.get_by_label("Not quite yet").check()
            press(look, look.get_by_role("button", name="Save"))
        press(look, look.locator("main .actions .button"))
    assert_accessible(look)
