"""The demo company: its story holds on any day of installation."""

from datetime import date, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from departments.models import Department
from departments.reports import department_readiness
from knowledge.models import LessonPage
from portal.demo.accounts import PASSWORD, SIGN_INS, open_sign_ins
from portal.demo.loading import load_demo
from portal.demo.placeholders import anchor_on, filled
from portal.models import User
from quizzes.models import Attempt, Question, StandingEvent
from tests.factories import PersonFactory

# Ready of needed, as the readiness table of the story has it for M5.
FAIR_REFUND = {
    "Marketing & Product": (6, 7),
    "Customer Care": (12, 13),
    "Finance & Billing": (6, 6),
    "Digital & IT": (3, 4),
}
STAFF = {
    "Marketing & Product": 7,
    "Sales & Shops": 12,
    "Customer Care": 14,
    "Field Engineering": 9,
    "Network Operations": 6,
    "Finance & Billing": 6,
    "Digital & IT": 4,
    "People & Learning": 3,
}
# The Thursday before the next anchor, and the nights of both clock changes.
INSTALLED_ON = ("2026-11-26", "2026-10-25", "2027-03-28")


def nine_o_clock(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T09:00").replace(tzinfo=ZoneInfo("Europe/London"))


@pytest.mark.django_db
@pytest.mark.parametrize("installed_on", INSTALLED_ON)
def test_fair_refund_is_as_ready_as_the_story_says_on_any_day_of_installation(
    installed_on: str,
) -> None:
    at = nine_o_clock(installed_on)
    with time_machine.travel(at, tick=False):
        load_demo(at=at)

    figures = {}
    for department in Department.objects.filter(depth=2):
        columns = department_readiness(department, on=at.date()).columns
        for column in columns:
            figures[department.name] = (column.tally.ready, column.tally.needed)
    company = department_readiness(Department.objects.get(depth=1), on=at.date())
    assert figures == FAIR_REFUND
    assert (company.columns[0].tally.ready, company.columns[0].tally.needed) == (27, 30)


@pytest.mark.django_db
def test_the_demo_is_the_company_of_the_story(client: Client, at: datetime) -> None:
    load_demo(at=at)

    people = {
        department.name: len(department_readiness(department, on=at.date()).rows)
        for department in Department.objects.filter(depth=2)
    }
    assert people == STAFF
    assert Question.objects.live().count() == 10
    assert not Attempt.objects.open().exists()
    assert StandingEvent.objects.filter(at__gt=at).count() == 0
    check_sign_ins(client)
    check_lessons(client)


def check_sign_ins(client: Client) -> None:
    for sign_in in SIGN_INS:
        assert client.login(email=sign_in.email, password=PASSWORD)
    with_a_password = [user for user in User.objects.all() if user.has_usable_password()]
    assert len(with_a_password) == len(SIGN_INS)


def check_lessons(client: Client) -> None:
    shown = [
        client.get(f"/learn/fair-refund/{lesson.slug}/").content.decode()
        for lesson in LessonPage.objects.live().order_by("path")
    ]
    assert len(shown) == 4
    assert "Do I have to fill something in?" in shown[0]
    assert "<img" in shown[1]
    assert not [page for page in shown if "None" in page]


@pytest.mark.django_db
def test_the_published_password_is_refused_unless_the_settings_are_local(
    settings: Settings,
) -> None:
    settings.IS_LOCAL = False

    with pytest.raises(ImproperlyConfigured):
        open_sign_ins()
    with pytest.raises(CommandError, match="local only"):
        call_command("load_demo")
    assert not User.objects.exists()


@pytest.mark.django_db
def test_the_demo_is_left_out_where_there_are_people() -> None:
    PersonFactory()

    call_command("load_demo", stdout=StringIO())

    assert User.objects.count() == 1


@pytest.mark.parametrize("ahead", range(7))
def test_the_anchor_is_the_last_friday(ahead: int) -> None:
    friday = date(2026, 11, 20)

    assert anchor_on(friday + timedelta(days=ahead)) == friday


def test_placeholders_become_iso_dates_and_spoken_days() -> None:
    text = "due {{ day:+10 }}, sent on {{ spoken:+6 }}"

    assert filled(text, date(2026, 11, 20)) == "due 2026-11-30, sent on Thursday 26 November"
