"""A head gives their word for a department's part of a promise, and how long it counts."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from departments.actions.sign_offs import (
    NoLinkError,
    NoReasonError,
    NoVersionError,
    PastDayError,
    sign_link,
)
from departments.models import Department, HandoffRating, Need, SignOff
from departments.reports.drawn import drawn_thread
from departments.reports.threads import thread_of
from departments.reports.words_waiting import words_waiting
from departments.templatetags.thread import sign_offs_waiting
from knowledge.models import BriefPage, PromisePage, PromiseVersion
from portal.models import User
from portal.reports.everything import everything_about
from tests.changing import changed, module_about, published_brief
from tests.conftest import NOW
from tests.departments.test_forecast_comes_true import scheduled
from tests.departments.test_threads import promised
from tests.factories import (
    TODAY,
    DepartmentFactory,
    HeadshipFactory,
    MembershipFactory,
    PersonFactory,
    PromiseFactory,
)

pytestmark = pytest.mark.django_db

A_DAY = timedelta(days=1)
CAN, NOT_YET = SignOff.Says.CAN, SignOff.Says.NOT_YET


@pytest.fixture
def refund() -> BriefPage:
    brief = published_brief(NOW - 90 * A_DAY, days="Five working days.")
    module_about(brief, questions_per_fact=1)
    return brief


@pytest.fixture
def promise(care: Department, refund: BriefPage) -> PromisePage:
    return promised(refund, care)


@pytest.fixture
def sign(promise: PromisePage, care: Department, refund: BriefPage) -> Callable[..., SignOff]:
    def act(says: str = CAN, **kwargs: Any) -> SignOff:
        said: dict[str, Any] = {
            "department": care,
            "version": 1,
            "by": PersonFactory(),
            "at": NOW,
        } | kwargs
        return sign_link(promise=promise, brief=refund, says=says, **said)

    return act


def is_signed(promise: PromisePage) -> bool:
    return thread_of(PromisePage.objects.get(pk=promise.pk), on=TODAY).links[0].is_signed


def address(promise: PromisePage, department: Department) -> str:
    return reverse("departments:link-sign", args=[promise.slug, department.pk])


def test_a_word_counts_until_the_brief_means_something_else(
    promise: PromisePage, refund: BriefPage, sign: Callable[..., SignOff]
) -> None:
    sign()
    changed(refund, {"days": "Within five working days."}, at=NOW - 3 * A_DAY, kind="wording")
    assert is_signed(promise)

    changed(refund, {"days": "Four working days."}, at=NOW - 2 * A_DAY)
    (link,) = thread_of(promise, on=TODAY).links
    assert not link.is_signed
    assert link.said_before is not None
    assert link.said_before.version == 1


def test_a_word_counts_until_the_promise_says_something_else(
    promise: PromisePage, sign: Callable[..., SignOff]
) -> None:
    sign()
    for number in (1, 2):
        assert is_signed(promise)
        PromiseVersion.objects.create(promise=promise, number=number, sentence="-", at=NOW)
    assert not is_signed(promise)


def test_the_newest_word_counts(promise: PromisePage, sign: Callable[..., SignOff]) -> None:
    sign(at=NOW - A_DAY)
    sign(NOT_YET, because="The run is on Thursdays")
    assert not is_signed(promise)
    assert SignOff.objects.count() == 2


def test_the_same_word_twice_is_one(head: User, sign: Callable[..., SignOff]) -> None:
    assert sign(by=head) == sign(by=head, at=NOW + timedelta(seconds=2))


def test_what_nobody_can_promise_is_refused(
    sign: Callable[..., SignOff], refund: BriefPage
) -> None:
    with pytest.raises(PastDayError):
        sign(from_on=TODAY - A_DAY)
    with pytest.raises(NoVersionError):
        sign(version=2)
    with pytest.raises(NoReasonError):
        sign(NOT_YET, because=" ")
    with pytest.raises(NoLinkError):
        sign(department=DepartmentFactory())
    scheduled(refund, "Three working days.")
    assert sign(version=2).version == 2


def test_a_head_gives_their_word_on_a_page(
    visitor: Client, promise: PromisePage, care: Department, refund: BriefPage
) -> None:
    scheduled(refund, "Three working days.")
    page = visitor.get(address(promise, care)).content.decode()
    assert "Three working days." in page

    sent = {"version": 2, "says": CAN, "from_on": "2026-12-07", "because": ""}
    answer = visitor.post(address(promise, care), sent, follow=True)

    word = SignOff.objects.get()
    assert (word.version, word.says, word.from_on) == (2, CAN, date(2026, 12, 7))
    assert "from Monday 7\xa0December" in answer.content.decode()


def test_not_yet_needs_its_reason_and_says_so(
    visitor: Client, promise: PromisePage, care: Department
) -> None:
    answer = visitor.post(address(promise, care), {"version": 1, "says": NOT_YET})
    assert "Say why not yet" in answer.content.decode()
    past = {"version": 1, "says": CAN, "from_on": "2026-11-19"}
    assert (
        "Choose today or a day to come"
        in visitor.post(address(promise, care), past).content.decode()
    )
    assert not SignOff.objects.exists()


def test_only_who_speaks_for_the_department_finds_the_page(
    client: Client, promise: PromisePage, company: Department, care: Department
) -> None:
    def answer(person: User, department: Department = care) -> int:
        client.force_login(person)
        return client.get(address(promise, department)).status_code

    sales = DepartmentFactory(name="Sales", parent=company)
    deputy = HeadshipFactory(department=care, deputy=True).person
    assert answer(deputy) == answer(HeadshipFactory(department=company).person) == 200
    assert answer(PersonFactory(administrator=True)) == 200
    assert answer(MembershipFactory(department=care).person) == 404
    assert answer(HeadshipFactory(department=sales).person) == 404
    assert answer(deputy, sales) == answer(PersonFactory(administrator=True), sales) == 404


def test_a_head_is_told_of_versions_that_wait_for_their_word(
    head: User,
    promise: PromisePage,
    refund: BriefPage,
    company: Department,
    sign: Callable[..., SignOff],
) -> None:
    scheduled(refund, "Three working days.")
    assert [each.version for each in words_waiting(head, on=TODAY)] == [1, 2]
    sign()
    sign(NOT_YET, version=2, because="The run is on Thursdays")
    assert words_waiting(head, on=TODAY) == []


def test_whoever_leads_from_further_up_is_not_asked_for_a_heads_word(
    head: User, promise: PromisePage, company: Department
) -> None:
    above = HeadshipFactory(department=company).person
    assert words_waiting(above, on=TODAY) == []
    assert len(words_waiting(head, on=TODAY)) == 1


def test_a_link_tells_what_others_on_the_thread_say_of_it_and_need_of_it(
    head: User, refund: BriefPage, care: Department, company: Department
) -> None:
    finance, sales = (DepartmentFactory(name=name, parent=company) for name in ("Finance", "Sales"))
    promise = promised(refund, care, finance)
    for month, points in ((9, 5), (11, 2), (10, 4)):
        rated(supplier=finance, receiver=care, month=month, points=points, promise=promise)
    rated(supplier=finance, receiver=care, month=12, points=1, promise=None)
    rated(supplier=finance, receiver=sales, month=12, points=1, promise=promise)
    for asking in (care, sales):
        Need.objects.create(
            department=asking, supplier=finance, promise=promise, text="The day", posted_at=NOW
        )

    first, last = drawn_thread(promise, head, on=TODAY).links
    assert (first.ratings, first.needs) == ([], [])
    assert [line.points for line in last.ratings] == [2.0]
    assert [line.need.department for line in last.needs] == [care]
    assert (first.signing is not None, last.signing) == (True, None)


def rated(*, month: int, points: int, **of: object) -> None:
    said = dict.fromkeys(("complete", "on_time", "clear", "people"), points)
    HandoffRating.objects.create(month=date(2026, month, 1), signed_at=NOW, **said, **of)


def test_more_promises_and_words_cost_no_more_queries(
    head: User, promise: PromisePage, refund: BriefPage, care: Department
) -> None:
    def queries() -> tuple[int, int]:
        with CaptureQueriesContext(
            connection,
        ) as waiting:
            words_waiting(head, on=TODAY)
        with CaptureQueriesContext(
            connection,
        ) as drawn:
            drawn_thread(PromisePage.objects.get(pk=promise.pk), head, on=TODAY)
        return len(waiting), len(drawn)

    promised(refund, care)
    few = queries()
    for _ in range(3):
        others = [DepartmentFactory() for _ in range(2)]
        promised(refund, care, *others)
        PromiseFactory(departments=[care])
    assert queries() == few


def test_the_promise_page_asks_its_head_to_sign(
    visitor: Client, promise: PromisePage, care: Department
) -> None:
    page = visitor.get(reverse("knowledge:promise-detail", args=[promise.slug])).content.decode()
    assert f"{address(promise, care)}?version=1" in page
    assert "Where does it reach the customer? Not complete yet." in page


def test_today_asks_a_head_for_their_word_and_costs_others_nothing(
    visitor: Client, promise: PromisePage, care: Department
) -> None:
    assert f"{address(promise, care)}?version=1" in visitor.get("/").content.decode()
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert sign_offs_waiting(PersonFactory.build()) == []
    assert len(captured) == 0


def test_a_heads_word_is_in_their_own_data(sign: Callable[..., SignOff]) -> None:
    word = sign(NOT_YET, because="Two vans are missing.")
    assert word.by is not None
    own = {table: list(rows) for table, rows in everything_about(word.by)}
    assert [row["because"] for row in own["departments.signoff"]] == ["Two vans are missing."]
