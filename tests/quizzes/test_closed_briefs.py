"""What a brief said, and says now, is told to nobody once it is closed."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import PageViewRestriction

from knowledge.models import BriefPage, ModulePage
from portal.models import User
from quizzes.reports import change_check, changes_waiting
from tests.changing import changed, module_about, published_brief, who_passed

pytestmark = pytest.mark.django_db

A_DAY = timedelta(days=1)
OLD, NEW = "You can agree up to £50 alone.", "You can agree up to £60 alone."


@pytest.fixture
def brief(at: datetime) -> BriefPage:
    return published_brief(at - 60 * A_DAY, limit=OLD)


@pytest.fixture
def module(brief: BriefPage) -> ModulePage:
    return module_about(brief)


@pytest.fixture
def person(brief: BriefPage, module: ModulePage, at: datetime) -> User:
    """She proved the words of before."""
    colleague = who_passed(module, at - 2 * A_DAY)
    changed(brief, {"limit": NEW}, at=at - A_DAY)
    return colleague


def unpublish(brief: BriefPage) -> None:
    BriefPage.objects.get(pk=brief.pk).unpublish()


def restrict(brief: BriefPage) -> None:
    PageViewRestriction.objects.create(page=brief, restriction_type=PageViewRestriction.GROUPS)


@pytest.mark.parametrize("close", [unpublish, restrict])
def test_the_check_of_a_closed_brief_shows_neither_was_nor_now(
    close: Callable[[BriefPage], None],
    client: Client,
    brief: BriefPage,
    module: ModulePage,
    person: User,
) -> None:
    client.force_login(person)
    close(brief)
    answer = client.get(reverse("quizzes:check-detail", args=[module.slug]), follow=True)
    told = answer.content.decode()
    assert "up to £50" not in told
    assert "up to £60" not in told


def test_what_waits_is_told_while_the_brief_is_open(module: ModulePage, person: User) -> None:
    assert change_check(person, module) is not None
    assert module.pk in changes_waiting(person)


def test_nothing_waits_where_the_brief_is_closed(
    brief: BriefPage, module: ModulePage, person: User
) -> None:
    unpublish(brief)
    assert change_check(person, module) is None
    assert changes_waiting(person) == {}
