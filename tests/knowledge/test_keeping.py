"""Somebody says that a page is still true; whoever may not, may not."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from wagtail.models import PageViewRestriction

from knowledge.actions.keeping import verify_pages
from knowledge.models import ModulePage, Verification
from portal.models import User
from tests.conftest import NOW
from tests.factories import (
    A_DAY,
    ModuleFactory,
    PersonFactory,
    PromiseFactory,
    StandingFactory,
)
from tests.knowledge.keeping import WAITS, address, shown, since, still_true

pytestmark = pytest.mark.usefixtures("portal_site")

BUTTON = "Still true"


def test_a_page_that_waits_says_so_to_everybody(client: Client, kept_module: ModulePage) -> None:
    text = shown(client, PersonFactory(), kept_module)
    assert "Last looked at on Sunday 11 October." in text.replace("\u00a0", " ")
    assert f"Ada Fernsby {WAITS}" in text
    assert BUTTON not in text


def test_one_click_of_its_owner_makes_it_true_again(
    client: Client, keeper: User, kept_module: ModulePage
) -> None:
    assert BUTTON in shown(client, keeper, kept_module)
    answer = still_true(client, keeper, kept_module)
    assert answer.url == address(kept_module)
    text = shown(client, PersonFactory(), kept_module).replace("\u00a0", " ")
    assert "Verified by Ada Fernsby on Friday 20 November, next due Sunday 20 December." in text
    assert WAITS not in text


def test_a_promise_says_how_it_is_kept(client: Client, keeper: User) -> None:
    promise = since(PromiseFactory(owner=keeper), NOW - 400 * A_DAY)
    assert f"Ada Fernsby {WAITS}" in shown(client, PersonFactory(), promise)


@pytest.mark.parametrize("role", ["carer", "editor"])
def test_its_carer_and_its_editors_may_say_that_it_is_true(
    role: str, client: Client, kept_module: ModulePage
) -> None:
    person = PersonFactory(groups=["Marketing"] if role == "editor" else [])
    if role == "carer":
        kept_module.carer = person
        kept_module.save()
    assert still_true(client, person, kept_module).status_code == 302
    assert Verification.objects.get().by == person


def test_a_colleague_may_not_say_that_it_is_true(client: Client, kept_module: ModulePage) -> None:
    assert still_true(client, PersonFactory(), kept_module).status_code == 404
    assert not Verification.objects.exists()


@pytest.mark.parametrize("hidden", ["draft", "restricted"])
def test_what_may_not_be_read_is_not_there_to_be_said_true(
    hidden: str, client: Client, keeper: User, kept_module: ModulePage
) -> None:
    if hidden == "draft":
        kept_module.unpublish()
    else:
        PageViewRestriction.objects.create(
            page=kept_module, restriction_type=PageViewRestriction.GROUPS
        )
    assert still_true(client, keeper, kept_module).status_code == 404


def test_saying_it_leaves_a_line_in_the_pages_history(
    client: Client, keeper: User, kept_module: ModulePage
) -> None:
    still_true(client, keeper, kept_module)
    client.force_login(PersonFactory(groups=["Marketing"]))
    history = client.get(reverse("wagtailadmin_pages:history", args=[kept_module.pk]))
    assert "Said to be still true" in history.content.decode()


def test_a_second_click_on_the_same_day_says_nothing_new(
    keeper: User, kept_module: ModulePage
) -> None:
    for _click in range(2):
        verify_pages(pages=[kept_module], by=keeper, at=NOW)
    assert Verification.objects.count() == 1


def test_all_pages_or_none_are_said_to_be_true(keeper: User, kept_module: ModulePage) -> None:
    with pytest.raises(PermissionDenied):
        verify_pages(pages=[kept_module, ModuleFactory()], by=keeper, at=NOW)
    assert not Verification.objects.exists()


def test_a_page_that_waits_costs_its_readers_no_date(
    client: Client, kept_module: ModulePage
) -> None:
    standing = StandingFactory(module=kept_module, ready=True)
    text = shown(client, standing.person, kept_module)
    assert WAITS in text
    assert "Ready" in text
