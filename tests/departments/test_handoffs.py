"""Departments ask each other for what a promise needs, and say together what they got."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from departments.actions.handoffs import (
    Agreed,
    SettledMeanwhile,
    StillWaiting,
    answer_need,
    close_need,
    close_rating,
    post_need,
    reply_to_rating,
    sign_rating,
)
from departments.handoffs import closes_on, may_close, points_of
from departments.models import Department, HandoffRating, Headship, Link, Need
from departments.reports.handoffs import handoffs_of
from portal.models import User
from tests.conftest import NOW
from tests.drafting import signed_in
from tests.factories import (
    TODAY,
    DepartmentFactory,
    HeadshipFactory,
    PersonFactory,
    PromiseFactory,
    RequirementFactory,
)

pytestmark = pytest.mark.django_db

AGREED = Agreed(complete=2, on_time=1, clear=3, sentence="The pay-out date, please.", people=6)
FORM = {"complete": 2, "on_time": 1, "clear": 3, "sentence": "The pay-out date.", "people": 6}


@pytest.fixture
def finance(company: Department) -> Department:
    return DepartmentFactory(name="Finance", parent=company)


def head_of(department: Department) -> User:
    headship: Headship = HeadshipFactory(department=department)
    return headship.person


def needed(
    care: Department, finance: Department, text: str = "The pay-out date", at: datetime = NOW
) -> Need:
    return post_need(
        department=care,
        supplier=finance,
        promise=None,
        text=text,
        why="",
        by=PersonFactory(),
        at=at,
    )


def rated(care: Department, finance: Department, at: datetime = NOW) -> HandoffRating:
    return sign_rating(
        supplier=finance, receiver=care, promise=None, agreed=AGREED, by=PersonFactory(), at=at
    )


def test_points_are_the_mean_to_one_decimal() -> None:
    assert points_of(5, 4, 4) == 4.3


@pytest.mark.parametrize(("days", "is_replied", "may"), [(13, False, False), (14, False, True)])
def test_a_rating_without_reply_closes_after_a_fortnight(
    days: int, *, is_replied: bool, may: bool
) -> None:
    assert may_close(TODAY, is_replied=is_replied, on=TODAY + timedelta(days=days)) is may


def test_a_reply_lets_a_rating_close_at_once() -> None:
    assert may_close(TODAY, is_replied=True, on=TODAY)


def test_a_need_stands_on_the_page_of_the_department_that_is_asked(
    care: Department, finance: Department
) -> None:
    signed_in(head_of(care)).post(
        reverse("departments:need-add", args=[care.pk]),
        {"supplier": finance.pk, "text": "The pay-out date, the same day"},
    )

    page = signed_in(head_of(finance)).get(reverse("departments:handoff-list", args=[finance.pk]))

    assert "The pay-out date, the same day" in page.content.decode()


def test_an_answer_is_due_two_working_days_after_a_need(
    care: Department, finance: Department
) -> None:
    a_friday = datetime(2026, 11, 20, 16, tzinfo=UTC)
    needed(care, finance, at=a_friday)

    (line,) = handoffs_of(finance, on=a_friday.date()).they_need

    assert line.due_on == date(2026, 11, 24)


def test_the_same_need_is_not_posted_twice(care: Department, finance: Department) -> None:
    assert needed(care, finance).pk == needed(care, finance).pk


def test_not_yet_needs_its_reason(care: Department, finance: Department) -> None:
    need = needed(care, finance)
    address = reverse("departments:need-detail", args=[finance.pk, need.pk])

    page = signed_in(head_of(finance)).post(address, {"state": Need.State.NOT_YET, "reply": ""})

    assert "Say why, and what would change it" in page.content.decode()
    assert Need.objects.get().state == Need.State.OPEN


def test_an_answer_stops_the_reply_clock(care: Department, finance: Department) -> None:
    answer_need(
        need=needed(care, finance),
        state=Need.State.ACCEPTED,
        reply="From Monday.",
        by=PersonFactory(),
        at=NOW,
    )

    assert handoffs_of(finance, on=TODAY).they_need[0].due_on is None


def test_who_is_asked_cannot_close_the_need(care: Department, finance: Department) -> None:
    need = needed(care, finance)

    reply = signed_in(head_of(finance)).post(
        reverse("departments:need-close", args=[finance.pk, need.pk]), {"met": "yes"}
    )

    assert reply.status_code == 404
    assert Need.objects.get().closed_at is None


def test_a_closed_need_is_answered_no_more(care: Department, finance: Department) -> None:
    need = needed(care, finance)
    close_need(need=need, is_met=True, at=NOW)

    with pytest.raises(SettledMeanwhile):
        answer_need(need=need, state=Need.State.ACCEPTED, reply="", by=PersonFactory(), at=NOW)


def test_a_team_rates_a_hand_off_once_a_month(care: Department, finance: Department) -> None:
    rated(care, finance)
    rated(care, finance)

    assert HandoffRating.objects.count() == 1


def test_what_was_replied_to_is_not_agreed_on_anew(care: Department, finance: Department) -> None:
    reply_to_rating(rating=rated(care, finance), reply="We know.", by=PersonFactory(), at=NOW)

    with pytest.raises(SettledMeanwhile):
        rated(care, finance)


def test_a_rating_stays_open_until_the_other_side_has_replied(
    care: Department, finance: Department
) -> None:
    rating = rated(care, finance)

    with pytest.raises(StillWaiting):
        close_rating(rating=rating, at=NOW)

    reply_to_rating(rating=rating, reply="We know.", by=PersonFactory(), at=NOW)
    assert close_rating(rating=rating, at=NOW).closed_at == NOW


def test_the_page_says_until_when_a_rating_waits(care: Department, finance: Department) -> None:
    rated(care, finance)

    ((line,),) = [series.lines for series in handoffs_of(care, on=TODAY).received]

    assert line.closes_on == closes_on(TODAY)


def test_the_links_straight_before_ours_are_offered_for_rating(
    care: Department, finance: Department
) -> None:
    promise = PromiseFactory()
    for place, department in enumerate((care, finance)):
        Link.objects.create(promise=promise, department=department, part="Do it", sort_order=place)

    (inbound,) = handoffs_of(finance, on=TODAY).inbound

    assert (inbound.supplier, inbound.is_rated) == (care, False)
    assert not handoffs_of(care, on=TODAY).inbound


def test_a_rating_of_one_person_is_no_teams(care: Department, finance: Department) -> None:
    page = signed_in(head_of(care)).post(
        reverse("departments:rating-add", args=[care.pk]),
        FORM | {"supplier": finance.pk, "people": 1},
    )

    assert "of two at least" in page.content.decode()
    assert not HandoffRating.objects.exists()


def test_a_rating_without_answers_names_each_question(care: Department) -> None:
    page = signed_in(head_of(care)).post(
        reverse("departments:rating-add", args=[care.pk]), {"people": 6}
    )

    told = page.content.decode()
    for question in ("Was it complete?", "Was it on time?", "Was it clear?"):
        assert f">{question} Choose one of the five</a>" in told


def test_both_sides_read_what_was_agreed_and_replied(care: Department, finance: Department) -> None:
    signed_in(head_of(care)).post(
        reverse("departments:rating-add", args=[care.pk]), FORM | {"supplier": finance.pk}
    )
    rating = HandoffRating.objects.get()
    signed_in(head_of(finance)).post(
        reverse("departments:rating-reply", args=[finance.pk, rating.pk]),
        {"reply": "A daily run starts on Monday."},
    )

    pages = [
        signed_in(head_of(each)).get(reverse("departments:handoff-list", args=[each.pk]))
        for each in (care, finance)
    ]

    assert all("A daily run starts on Monday." in page.content.decode() for page in pages)
    assert all("The pay-out date." in page.content.decode() for page in pages)


def test_another_departments_rating_is_not_there(care: Department, finance: Department) -> None:
    rating = rated(care, finance)

    for name in ("rating-reply", "rating-close"):
        address = reverse(f"departments:{name}", args=[care.pk, rating.pk])
        own = name == "rating-close"
        assert signed_in(head_of(care)).post(address).status_code == (302 if own else 404)


def test_today_tells_both_heads_what_waits_for_them(care: Department, finance: Department) -> None:
    needed(care, finance)
    rated(care, finance)

    page = signed_in(head_of(finance)).get(reverse("portal:today")).content.decode()

    assert "The pay-out date" in page
    assert reverse("departments:handoff-list", args=[finance.pk]) in page


def queries_of(client: Client, department: Department) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(reverse("departments:handoff-list", args=[department.pk]))
    return len(queries)


def test_the_number_of_queries_does_not_grow(care: Department, finance: Department) -> None:
    client = signed_in(head_of(care))
    needed(care, finance)
    rated(care, finance)
    queries_of(client, care)
    before = queries_of(client, care)

    for place in range(5):
        other = DepartmentFactory(name=f"Team {place}", parent=care.get_parent())
        needed(care, other, f"Thing {place}")
        needed(other, care, f"Thing {place}")
        rated(care, other)

    assert queries_of(client, care) == before


def test_the_team_page_shows_what_is_open(care: Department, finance: Department) -> None:
    RequirementFactory(department=care)
    needed(care, finance)

    page = signed_in(head_of(care)).get(reverse("departments:team-detail", args=[care.pk]))

    assert "The pay-out date" in page.content.decode()
