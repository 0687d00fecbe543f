"""The demo company: its story holds on any day of installation."""

from datetime import date, datetime, timedelta
from functools import partial
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
from departments.reports.forecasts import module_forecast
from departments.reports.misconceptions import misconception_lines
from departments.reports.scheduled import scheduled_changes
from knowledge.models import BriefPage, LessonPage, ModulePage, PromisePage
from knowledge.publishing import obstacles_to
from portal.demo.accounts import PASSWORD, SIGN_INS, open_sign_ins
from portal.demo.loading import load_demo
from portal.demo.placeholders import anchor_on, filled
from portal.demo.stories import (
    ABOUT,
    READY,
    READY_FOR_REFUNDS,
    READY_FOR_WI_FI,
    READY_IN_TIME,
    TOLD,
)
from portal.models import User
from quizzes.actions import start_check
from quizzes.models import Attempt, Question, Standing, StandingEvent
from quizzes.reports.calibrations import calibration_under
from tests.factories import PersonFactory, answer_all
from tests.kept import kept

COMPANY = "Wrenfield"
MARKETING = "Marketing & Product"
SALES = "Sales & Shops"
CARE = "Customer Care"
FIELD = "Field Engineering"
NETWORK = "Network Operations"
FINANCE = "Finance & Billing"
DIGITAL = "Digital & IT"
LEARNING = "People & Learning"

# Ready of needed, cell by cell, as the readiness table of the story has it.
READINESS = {
    "our-five-promises": {
        MARKETING: (7, 7),
        SALES: (9, 10),
        CARE: (13, 13),
        FIELD: (7, 9),
        NETWORK: (5, 6),
        FINANCE: (6, 6),
        DIGITAL: (4, 4),
        LEARNING: (3, 3),
        COMPANY: (54, 58),
    },
    "home-fibre-300": {
        MARKETING: (7, 7),
        SALES: (9, 10),
        CARE: (11, 13),
        FIELD: (8, 9),
        NETWORK: (6, 6),
        COMPANY: (41, 45),
    },
    "price-lock-24": {
        MARKETING: (6, 7),
        SALES: (9, 10),
        CARE: (12, 13),
        FINANCE: (6, 6),
        DIGITAL: (3, 4),
        COMPANY: (36, 40),
    },
    "switch-in-five": {
        MARKETING: (6, 7),
        SALES: (8, 10),
        CARE: (11, 13),
        FIELD: (8, 9),
        NETWORK: (6, 6),
        COMPANY: (39, 45),
    },
    "fair-refund": {
        MARKETING: (6, 7),
        CARE: (12, 13),
        FINANCE: (6, 6),
        DIGITAL: (3, 4),
        COMPANY: (27, 30),
    },
    "whole-home-wi-fi": {
        MARKETING: (5, 7),
        SALES: (3, 10),
        CARE: (4, 13),
        FIELD: (2, 9),
        COMPANY: (14, 39),
    },
}
STAFF = {
    MARKETING: 7,
    SALES: 12,
    CARE: 14,
    FIELD: 9,
    NETWORK: 6,
    FINANCE: 6,
    DIGITAL: 4,
    LEARNING: 3,
}
CHAINS = {
    "switch-in-five": [MARKETING, SALES, NETWORK, FIELD, CARE],
    "price-lock": [MARKETING, SALES, DIGITAL, FINANCE, CARE],
    "fair-refund": [MARKETING, CARE, FINANCE, DIGITAL],
    "person-in-two": [MARKETING, LEARNING, DIGITAL, CARE],
    "full-speed-at-eight": [MARKETING, NETWORK, FIELD, CARE],
    "whole-home-wi-fi": [MARKETING, SALES, FIELD, CARE],
}
# Installed when the tests happen, and in the nights in which the clocks go back and forward.
INSTALLED_ON = ("2026-11-20", "2026-10-25", "2027-03-28")
# To play the demo takes long: `pytest --every-day tests/portal/test_demo.py` asks these too.
INSTALLED_ON_OTHER_DAYS = (
    "2026-11-26",  # the day before the next anchor
    "2026-10-26",
    "2027-03-27",
    "2028-02-28",
    "2028-02-29",
    "2028-03-01",
    "2026-12-31",
    "2027-01-01",
    "2027-06-21",
)
LAST_READY_DAY_OF_SALES = 19
END_OF_GRACE = 17


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "installed_on" in metafunc.fixturenames:
        others = INSTALLED_ON_OTHER_DAYS if metafunc.config.getoption("every_day") else ()
        metafunc.parametrize("installed_on", (*INSTALLED_ON, *others))


def nine_o_clock(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T09:00").replace(tzinfo=ZoneInfo("Europe/London"))


def install_demo(at: datetime) -> None:
    """Played once for each moment, however many tests look at it."""
    kept(f"demo of {at}", partial(load_demo, at=at))


def readiness_on(day: date) -> dict[str, dict[str, tuple[int, int]]]:
    figures: dict[str, dict[str, tuple[int, int]]] = {}
    for department in Department.objects.filter(depth__lte=2):
        for column in department_readiness(department, on=day).columns:
            cell = (column.tally.ready, column.tally.needed)
            figures.setdefault(column.slug, {})[department.name] = cell
    return figures


@pytest.mark.once
@pytest.mark.django_db
def test_readiness_is_as_the_story_tells_it_on_any_day_of_installation(installed_on: str) -> None:
    at = nine_o_clock(installed_on)
    with time_machine.travel(at, tick=False):
        install_demo(at)

    assert readiness_on(at.date()) == READINESS
    anchor = anchor_on(at.date())
    check_sales_cliff(anchor)
    check_care_holds(anchor)


def check_sales_cliff(anchor: date) -> None:
    """Nine people in Sales passed on one training day, so they lapse together."""
    nine = Standing.objects.filter(
        module__slug="our-five-promises",
        person__memberships__department__name=SALES,
        ready_until=anchor + timedelta(days=LAST_READY_DAY_OF_SALES),
    )
    assert nine.count() == 9


def check_care_holds(anchor: date) -> None:
    """Care stays twelve until the grace of the next version of Fair Refund is over."""
    care = Department.objects.get(name=CARE)
    later = department_readiness(care, on=anchor + timedelta(days=END_OF_GRACE))
    column = next(column for column in later.columns if column.slug == "fair-refund")
    assert column.tally.ready >= 12


@pytest.mark.django_db
def test_the_demo_is_the_company_of_the_story(client: Client, at: datetime) -> None:
    install_demo(at)

    people = {
        department.name: len(department_readiness(department, on=at.date()).rows)
        for department in Department.objects.filter(depth=2)
    }
    assert people == STAFF
    assert BriefPage.objects.live().count() == 6
    assert LessonPage.objects.live().count() == 24
    assert Question.objects.live().count() == 60
    assert {
        promise.slug: [link.department.name for link in promise.links.all()]
        for promise in PromisePage.objects.live()
    } == CHAINS
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
    lessons = LessonPage.objects.live().order_by("path")
    pages = [client.get(lesson.url).content.decode() for lesson in lessons]
    assert all("None" not in page and "{{" not in page for page in pages)
    for model in (BriefPage, PromisePage, ModulePage):
        for page in model.objects.live():
            assert client.get(page.url).status_code == 200


@pytest.mark.once
@pytest.mark.django_db
def test_eight_of_thirty_are_sure_that_the_money_comes_in_three_working_days(at: datetime) -> None:
    install_demo(at)
    first = misconception_lines(on=at.date())[0]
    assert (first.total.sure, first.total.n) == (8, 30)
    assert "in three working days" in first.said
    assert first.fact.key == "fair-refund-date"


@pytest.mark.once
@pytest.mark.django_db
def test_people_of_the_story_remember_much_as_memory_foretells(at: datetime) -> None:
    install_demo(at)
    found = calibration_under(1)
    assert found.n > 1900
    full = [bucket for bucket in found.buckets if bucket.n > 100]
    assert len(full) >= 3
    assert all(abs((bucket.right or 0) - (bucket.expected or 0)) < 0.15 for bucket in full)


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


def test_nobody_learns_at_a_weekend() -> None:
    told = [story for people in TOLD.values() for story in people.values()]
    stories = {*told, *ABOUT.values(), *READY, *READY_FOR_REFUNDS, *READY_FOR_WI_FI}
    stories |= {*READY_IN_TIME}
    days = {
        day
        for story in stories
        for day in (story.read_on, story.quiz_on, *story.practised_on)
        if day is not None
    }
    anchor = date(2026, 11, 20)
    assert {(anchor + timedelta(days=day)).isoweekday() for day in days} <= set(range(1, 6))


@pytest.mark.once
@pytest.mark.django_db
def test_fair_refund_has_a_version_that_one_missed_and_another_that_waits(at: datetime) -> None:
    install_demo(at)
    missed = Standing.objects.select_related("person", "module").get(
        person__email="mirren.aldersyke@wrenfield.example", module__slug="fair-refund"
    )
    assert (missed.version, missed.is_unchecked) == (2, True)
    assert ready_in_care(at.date()) == 12
    check_forecast(missed.module, at.date())

    check = start_check(person=missed.person, module=missed.module, at=at)
    answer_all(check, right=True, at=at)

    checked = Standing.objects.get(pk=missed.pk)
    assert (checked.ready_until, checked.version) == (missed.own_ready_until, 3)
    assert ready_in_care(at.date()) == 13
    check_next_version(anchor_on(at.date()))


def check_forecast(module: ModulePage, day: date) -> None:
    """Ready until the grace of version 4 is over, and then as many as usually keep up."""
    care = Department.objects.get(name=CARE)
    ahead = module_forecast(care, module.pk, on=day, scheduled=scheduled_changes(on=day))
    before, after = (ahead.at(day + timedelta(days=days)) for days in (17, 18))
    assert (before.least, before.most, before.tally.previous) == (12, 12, 12)
    assert (after.least, after.most, after.tally.needed) == (0, 11, 13)
    assert round(ahead.rate.share * 100) == 84


def ready_in_care(day: date) -> int:
    return readiness_on(day)["fair-refund"][CARE][0]


def check_next_version(anchor: date) -> None:
    """It is scheduled, and nothing stands in its way."""
    brief = BriefPage.objects.get(slug="fair-refund")
    waiting = brief.revisions.get(approved_go_live_at__isnull=False)
    assert brief.version == 3
    assert waiting.approved_go_live_at.date() == anchor + timedelta(days=10)
    assert obstacles_to(waiting.as_object()) == []
