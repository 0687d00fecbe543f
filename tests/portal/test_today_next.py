"""What Today offers a joiner, and whoever has to wait for the next quiz."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from departments.models import Membership
from knowledge.models import ModulePage
from portal.models import User
from portal.navigation import Roles
from portal.reports import Next, TodayPage, today_page
from tests.factories import (
    A_DAY,
    TODAY,
    AttemptFactory,
    LessonFactory,
    MembershipFactory,
    QuestionFactory,
    RequirementFactory,
    StandingFactory,
    module_with_questions,
)

pytestmark = pytest.mark.django_db


def today_of(person: User, at: datetime) -> TodayPage:
    return today_page(person, at=at, roles=Roles())


@pytest.fixture
def joiner() -> Membership:
    """Somebody who has been here for a week, with one module to learn."""
    membership: Membership = MembershipFactory(joiner=True)
    requirement = RequirementFactory(department=membership.department, due_on=None)
    LessonFactory(module=requirement.module)
    QuestionFactory(module=requirement.module)
    return membership


def test_a_joiner_is_offered_her_first_module(joiner: Membership, at: datetime) -> None:
    assert today_of(joiner.person, at).card.next is Next.LEARN


def test_a_joiner_sees_until_when_she_has_time(joiner: Membership, at: datetime) -> None:
    page = today_of(joiner.person, at)

    last_day = joiner.starts_on + 29 * A_DAY
    assert (page.joiner_until, page.lines[0].due_on) == (last_day, last_day)


def test_a_joiner_sees_the_date_that_she_has_earned(joiner: Membership, at: datetime) -> None:
    module = ModulePage.objects.get(slug=today_of(joiner.person, at).lines[0].slug)
    StandingFactory(person=joiner.person, module=module, ready=True)

    page = today_of(joiner.person, at)

    assert page.lines[0].readiness.state.is_ready
    assert page.joiner_until is None


def test_others_see_of_a_joiner_that_she_is_new(client: Client, joiner: Membership) -> None:
    client.force_login(joiner.person)

    shown = client.get(reverse("portal:what-others-see")).content.decode()

    assert "new in the team until" in shown
    assert "Not started" not in shown


def test_a_joiner_is_counted_nowhere_yet(joiner: Membership, at: datetime) -> None:
    assert today_of(joiner.person, at).counted == 0


@pytest.fixture
def tried() -> Membership:
    """Somebody who has answered all of a small module's questions today, and not well enough."""
    membership: Membership = MembershipFactory()
    requirement = RequirementFactory(
        department=membership.department, module=module_with_questions(), due_on=None
    )
    AttemptFactory(person=membership.person, module=requirement.module, passed=False)
    return membership


def test_a_quiz_that_is_closed_today_is_not_asked_for(tried: Membership, at: datetime) -> None:
    assert today_of(tried.person, at).card.next is Next.TOMORROW


def test_a_quiz_is_asked_for_again_on_the_next_day(tried: Membership, at: datetime) -> None:
    assert today_of(tried.person, at + timedelta(days=1)).card.next is Next.QUIZ


def test_another_module_comes_before_a_quiz_that_opens_tomorrow(
    tried: Membership, at: datetime
) -> None:
    requirement = RequirementFactory(department=tried.department, due_on=None)
    LessonFactory(module=requirement.module)

    assert today_of(tried.person, at).card.next is Next.LEARN


def test_of_two_modules_to_practise_the_nearer_date_comes_first(at: datetime) -> None:
    home: Membership = MembershipFactory()
    for days in (9, 3):
        requirement = RequirementFactory(department=home.department)
        StandingFactory(
            person=home.person,
            module=requirement.module,
            practice_due=True,
            ready_until=TODAY + days * A_DAY,
        )

    lines = today_of(home.person, at).lines

    assert [line.readiness.ready_until for line in lines] == [TODAY + 3 * A_DAY, TODAY + 9 * A_DAY]


def test_the_card_for_tomorrow_leads_to_practice(client: Client, tried: Membership) -> None:
    client.force_login(tried.person)

    shown = client.get("/").content.decode()

    assert "the next quiz opens tomorrow" in shown
    assert f"{reverse('quizzes:practice-index')}?module=" in shown
