"""What was typed survives the connection, the tab, the sign-in and an impatient finger."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Locator, Page, expect

from portal.models import User
from quizzes.models import Answer, Attempt, LateAnswer
from tests.browser.journeys import assert_accessible, let_in, press, sign_in
from tests.factories import AttemptFactory, PersonFactory, QuestionFactory, module_with_questions

WORDS = "You have it on Thursday, and I call you."

type OpenPage = Callable[..., Page]


@pytest.fixture
def colleague(live_server: object, portal_site: None) -> User:
    assert live_server
    person: User = PersonFactory()
    return person


@pytest.fixture
def sitting(colleague: User) -> Attempt:
    """Two questions to be said in one's own words."""
    module = module_with_questions(count=0)
    QuestionFactory.create_batch(2, module=module, say=True)
    attempt: Attempt = AttemptFactory(person=colleague, module=module)
    return attempt


def address(sitting: Attempt, position: int = 1) -> str:
    return reverse("quizzes:quiz-question", args=[sitting.module.slug, position])


def write(page: Page, words: str = WORDS) -> None:
    words_field(page).press_sequentially(words)
    page.get_by_label("Sure", exact=True).check()


def words_field(page: Page) -> Locator:
    return page.get_by_label("Write what you would say")


def send(page: Page) -> None:
    page.get_by_role("button", name="Check answer").click()


def stored() -> list[object]:
    return list(Answer.objects.exclude(answered_at=None).values_list("response", flat=True))


def not_saved(page: Page) -> Locator:
    return page.get_by_role("status").filter(has_text="Not saved yet.")


def reached(page: Page, path: str, sending: Callable[[], object]) -> None:
    """Waits until the server has taken what the page sends there."""
    with page.expect_response(lambda response: response.url.endswith(path)):
        sending()


def test_without_a_connection_the_answer_waits_says_so_and_is_saved_once(
    look: Page, colleague: User, sitting: Attempt
) -> None:
    let_in(look, colleague)
    look.goto(address(sitting))
    look.context.set_offline(True)
    write(look)
    send(look)

    expect(not_saved(look)).to_be_visible()
    expect(words_field(look)).to_have_value(WORDS)
    assert_accessible(look)
    assert stored() == []

    look.context.set_offline(False)
    expect(look.get_by_role("heading", name="Compare it with this")).to_be_visible()
    assert stored() == [WORDS]
    assert not LateAnswer.objects.exists()


def test_an_answer_whose_reply_was_lost_is_stored_once_by_retry(
    phone: Page, colleague: User, sitting: Attempt
) -> None:
    let_in(phone, colleague)
    phone.goto(address(sitting))
    write(phone)
    lost: list[str] = []

    def lose_the_reply(route: object) -> None:
        lost.append(route.fetch(max_redirects=0).text())  # type: ignore[attr-defined]
        route.abort()  # type: ignore[attr-defined]

    phone.route(f"**{address(sitting)}", lose_the_reply, times=1)
    send(phone)
    expect(not_saved(phone)).to_be_visible()
    phone.get_by_role("button", name="Retry").click()

    expect(phone.get_by_role("heading", name="Compare it with this")).to_be_visible()
    assert lost
    assert stored() == [WORDS]
    assert not LateAnswer.objects.exists()


def test_a_tab_that_was_closed_without_a_connection_is_found_again(
    phone: Page, colleague: User, sitting: Attempt
) -> None:
    let_in(phone, colleague)
    phone.goto(address(sitting))
    phone.context.set_offline(True)
    write(phone)
    phone.close()
    again = phone.context.new_page()
    phone.context.set_offline(False)

    again.goto(address(sitting))

    expect(again.get_by_role("status")).to_contain_text("We kept what you typed at")
    expect(words_field(again)).to_have_value(WORDS)
    assert stored() == []


def test_what_was_typed_two_seconds_before_the_end_is_on_another_device(
    open_page: OpenPage, colleague: User, sitting: Attempt
) -> None:
    desk, phone = open_page(1280), open_page(360)
    for page in (desk, phone):
        let_in(page, colleague)
    desk.goto(address(sitting))
    reached(desk, "/draft/", lambda: write(desk))
    desk.wait_for_timeout(2000)
    desk.context.set_offline(True)
    desk.close()

    phone.goto(address(sitting))

    expect(words_field(phone)).to_have_value(WORDS)
    expect(phone.get_by_label("Sure", exact=True)).to_be_checked()
    expect(phone.get_by_role("status")).to_contain_text("It is not saved yet.")


def test_of_two_tabs_the_first_counts_and_the_newer_is_told(
    phone: Page, colleague: User, sitting: Attempt
) -> None:
    let_in(phone, colleague)
    other = phone.context.new_page()
    for page in (phone, other):
        page.goto(address(sitting))
    write(phone, "The first.")
    press(phone, phone.get_by_role("button", name="Check answer"))
    write(other, "The second.")
    press(other, other.get_by_role("button", name="Check answer"))

    expect(other.get_by_text("you sent “The second.” from another tab")).to_be_visible()
    assert stored() == ["The first."]
    assert [late.response for late in LateAnswer.objects.all()] == ["The second."]


def test_an_impatient_finger_sends_once(phone: Page, colleague: User, sitting: Attempt) -> None:
    let_in(phone, colleague)
    phone.goto(address(sitting))
    write(phone)
    sent: list[str] = []
    phone.on(
        "request",
        lambda request: (
            sent.append(request.url)
            if request.method == "POST" and request.url.endswith(address(sitting))
            else None
        ),
    )

    with phone.expect_navigation():
        phone.get_by_role("button", name="Check answer").dblclick()

    assert len(sent) == 1
    assert stored() == [WORDS]


def test_whoever_was_signed_out_signs_in_elsewhere_and_goes_on(
    phone: Page, colleague: User, sitting: Attempt
) -> None:
    let_in(phone, colleague)
    phone.goto(address(sitting))
    write(phone)
    phone.context.clear_cookies()
    send(phone)
    expect(not_saved(phone)).to_contain_text("You were signed out.")
    assert_accessible(phone)

    other = phone.context.new_page()
    sign_in(other, colleague)
    expect(other.get_by_label("Work e-mail")).to_be_hidden()
    phone.get_by_role("button", name="Retry").click()

    expect(phone.get_by_role("heading", name="Compare it with this")).to_be_visible()
    assert stored() == [WORDS]


def test_what_waits_on_a_shared_desk_is_never_sent_or_shown_as_somebody_elses(
    phone: Page, colleague: User, sitting: Attempt
) -> None:
    somebody_else = PersonFactory()
    AttemptFactory(person=somebody_else, module=sitting.module)
    let_in(phone, colleague)
    phone.goto(address(sitting))
    phone.context.set_offline(True)
    write(phone)
    send(phone)
    expect(not_saved(phone)).to_be_visible()
    let_in_beside(phone.context, somebody_else)

    phone.get_by_role("button", name="Retry").click()
    expect(not_saved(phone)).to_contain_text("Somebody else has signed in here.")
    theirs = phone.context.new_page()
    theirs.goto(address(sitting))

    expect(words_field(theirs)).to_have_value("")
    assert theirs.evaluate("Object.keys(localStorage).filter(n => n.startsWith('answer:'))") == []
    assert stored() == []


def let_in_beside(context: BrowserContext, person: User) -> None:
    """In the same browser, as in another tab."""
    context.clear_cookies()
    context.set_offline(False)
    page = context.new_page()
    sign_in(page, person)
    expect(page.get_by_label("Work e-mail")).to_be_hidden()
    page.close()


def test_signing_out_takes_along_what_was_typed_a_moment_before(
    phone: Page, colleague: User, sitting: Attempt
) -> None:
    let_in(phone, colleague)
    phone.goto(address(sitting))
    write(phone)
    press(phone, phone.get_by_role("button", name="Sign out"))

    assert phone.evaluate("Object.keys(localStorage).filter(n => n.startsWith('answer:'))") == []
    kept = Answer.objects.get(attempt=sitting, position=1).draft
    assert kept is not None
    assert kept["answer"] == WORDS


def test_what_was_sent_and_never_arrived_is_told_beside_the_answer_of_another_device(
    open_page: OpenPage, colleague: User, sitting: Attempt
) -> None:
    desk, phone = open_page(1280), open_page(360)
    for page in (desk, phone):
        let_in(page, colleague)
        page.goto(address(sitting))
    desk.context.set_offline(True)
    write(desk, "From my desk.")
    send(desk)
    expect(not_saved(desk)).to_be_visible()
    desk.close()
    write(phone, "From my phone.")
    press(phone, phone.get_by_role("button", name="Check answer"))

    again = desk.context.new_page()
    desk.context.set_offline(False)
    again.goto(address(sitting))

    expect(again.get_by_text("you sent “From my desk.” from another tab")).to_be_visible()
    assert stored() == ["From my phone."]
