"""Today, and what the portal says about itself."""

from datetime import datetime

import pytest
import time_machine
from django.db import DatabaseError, connection
from django.db.backends.utils import CursorWrapper
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from departments.models import Membership
from knowledge.models import ModulePage
from portal.models import BrandSettings, User
from portal.navigation import Roles
from portal.reports import Next, today_page
from quizzes.models import Standing
from tests.conftest import NOW
from tests.factories import (
    A_DAY,
    AttemptFactory,
    BriefFactory,
    HeadshipFactory,
    LessonFactory,
    MembershipFactory,
    PersonFactory,
    QuestionFactory,
    RequirementFactory,
    StandingFactory,
    module_with_questions,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> Membership:
    membership: Membership = MembershipFactory()
    return membership


@pytest.fixture
def person(home: Membership) -> User:
    return home.person


@pytest.fixture
def visitor(client: Client, person: User) -> Client:
    client.force_login(person)
    return client


def read(client: Client, url: str = "/") -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return response.content.decode()


def asked(home: Membership, **standing: object) -> Standing | None:
    """Another module that the person's department must know, with a lesson and a question."""
    requirement = RequirementFactory(department=home.department)
    LessonFactory(module=requirement.module)
    QuestionFactory(module=requirement.module)
    if not standing:
        return None
    made: Standing = StandingFactory(person=home.person, module=requirement.module, **standing)
    return made


def next_for(person: User, at: datetime) -> Next:
    return today_page(person, at=at, roles=Roles()).card.next


def test_today_counts_the_modules_that_i_am_ready_for(visitor: Client, home: Membership) -> None:
    asked(home, ready=True)
    asked(home, lapsed=True)

    assert "ready for 1 of your 2 modules" in read(visitor)


@pytest.mark.parametrize(
    ("state", "sentence"),
    [("ready", "You’re ready for the one module"), ("lapsed", "One module is waiting")],
)
def test_one_module_is_told_without_counting(
    visitor: Client, home: Membership, state: str, sentence: str
) -> None:
    asked(home, **{state: True})

    assert sentence in read(visitor)


def test_a_running_quiz_comes_before_everything(
    person: User, home: Membership, at: datetime
) -> None:
    asked(home, practice_due=True)
    module = module_with_questions()
    RequirementFactory(department=home.department, module=module)
    AttemptFactory(person=person, module=module)

    assert next_for(person, at) is Next.CARRY_ON


def test_practice_comes_before_a_new_module(person: User, home: Membership, at: datetime) -> None:
    asked(home)
    asked(home, practice_due=True)

    assert next_for(person, at) is Next.PRACTISE


def test_a_lapsed_module_asks_for_practice(person: User, home: Membership, at: datetime) -> None:
    asked(home, lapsed=True)

    assert next_for(person, at) is Next.REFRESH


def test_a_new_module_is_offered(person: User, home: Membership, at: datetime) -> None:
    asked(home)

    assert next_for(person, at) is Next.LEARN


def test_a_module_that_is_read_asks_for_its_quiz(
    person: User, home: Membership, at: datetime
) -> None:
    RequirementFactory(department=home.department, module=module_with_questions())

    assert next_for(person, at) is Next.QUIZ


def test_where_practice_cannot_move_the_date_the_quiz_is_asked_for(
    person: User, home: Membership, at: datetime
) -> None:
    standing = asked(home, lapsed=True)
    assert standing is not None
    ModulePage.objects.filter(pk=standing.module_id).update(valid_days=365)

    assert next_for(person, at) is Next.QUIZ


def test_a_day_by_which_a_module_is_due_is_told(visitor: Client, home: Membership) -> None:
    asked(home)

    assert "– by Tuesday 1\N{NO-BREAK SPACE}December" in read(visitor)


def test_nothing_due_names_the_next_practice(visitor: Client, home: Membership) -> None:
    asked(home, ready=True)

    shown = read(visitor)

    assert "Nothing due" in shown
    assert "Friday 27\N{NO-BREAK SPACE}November" in shown


@pytest.mark.parametrize("state", ["practice_due", "lapsed", "ready"])
def test_every_primary_card_leads_somewhere(visitor: Client, home: Membership, state: str) -> None:
    asked(home, **{state: True})

    assert read(visitor).count('class="button"') == 1


def test_somebody_without_a_department_sees_a_friendly_page(client: Client) -> None:
    client.force_login(PersonFactory())

    page = read(client)

    assert "You aren’t in a department" in page
    assert '<a href="/learn/">All modules</a>' in page


def test_the_head_sees_her_team_on_today(visitor: Client, home: Membership) -> None:
    asked(home, ready=True)
    assert "My team" not in read(visitor)

    HeadshipFactory(person=home.person, department=home.department)

    assert "1 of 1 ready for" in read(visitor)


def test_today_costs_the_same_for_more_modules_people_and_briefs(
    visitor: Client, home: Membership
) -> None:
    HeadshipFactory(person=home.person, department=home.department)
    counts = []
    for _round in range(2):
        for _number in range(5):
            asked(home, ready=True)
            asked(home)
            MembershipFactory(department=home.department)
            BriefFactory()
        read(visitor)
        with CaptureQueriesContext(connection) as queries:
            read(visitor)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_what_others_see_shows_my_row_and_who_sees_it(visitor: Client, home: Membership) -> None:
    asked(home, practice_due=True)
    HeadshipFactory(department=home.department, person__last_name="Callowhart")

    shown = read(visitor, reverse("portal:what-others-see"))

    assert str(home.person) in shown
    assert "Practice due" in shown
    assert "Callowhart" in shown


def test_a_theme_is_kept_in_this_browser(visitor: Client) -> None:
    response = visitor.post(reverse("portal:theme-switch"), {"theme": "dark", "next": "/learn/"})

    assert response["Location"] == "/learn/"
    assert 'data-theme="dark"' in read(visitor)


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example", "javas"])
def test_the_theme_switch_leads_nowhere_else(visitor: Client, target: str) -> None:
    response = visitor.post(reverse("portal:theme-switch"), {"theme": "dark", "next": target})

    assert "elsewhere" not in response["Location"]


def test_health_tells_that_database_and_migrations_are_well(client: Client) -> None:
    response = client.get(reverse("portal:health"))

    assert response.status_code == 200
    assert response.json() == {"database": "ok", "migrations": "applied"}


def test_health_tells_that_the_database_is_away(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_kwargs: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(CursorWrapper, "execute", refuse)

    assert client.get(reverse("portal:health")).status_code == 503


def test_pages_of_signed_in_people_are_not_kept_by_caches(visitor: Client) -> None:
    assert "no-store" in visitor.get("/")["Cache-Control"]


def test_a_new_brand_colour_is_there_on_the_next_page(
    visitor: Client,
    portal_site: None,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    read(visitor)
    stored = BrandSettings.objects.get_or_create(site_id=1)[0]
    stored.name, stored.accent = "Northbank", "#7a1f5c"
    with django_capture_on_commit_callbacks(execute=True):
        stored.save()

    shown = read(visitor)

    assert "Northbank" in shown
    assert "#0b5c5e" not in shown.lower()


def test_the_greeting_follows_the_clock(visitor: Client) -> None:
    with time_machine.travel(NOW + A_DAY / 2, tick=False):
        assert "Good evening" in read(visitor)
    assert "Good morning" in read(visitor)


def test_signing_up_by_oneself_is_closed(client: Client) -> None:
    response = client.post(
        reverse("account_signup"),
        {"email": "new@example.com", "password1": "long-enough-words", "password2": "x"},
    )

    assert response.status_code == 200
    assert not User.objects.filter(email="new@example.com").exists()


def test_a_deactivated_person_is_out_at_the_next_click(visitor: Client, person: User) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False)

    assert visitor.get("/").status_code == 302
