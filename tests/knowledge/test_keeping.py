"""Somebody says that a page is still true; whoever may not, may not."""

from datetime import date, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageLogEntry, PageViewRestriction, Revision

from knowledge.actions.keeping import reassign_pages, verify_pages
from knowledge.models import BriefPage, KeptPage, ModulePage, PromisePage, Remark, Verification
from knowledge.reports import kept_page, kept_pages
from portal.models import User
from tests.conftest import NOW
from tests.editing import Desk
from tests.factories import (
    A_DAY,
    LONG_AGO,
    TODAY,
    BriefFactory,
    DepartmentFactory,
    HeadshipFactory,
    MembershipFactory,
    ModuleFactory,
    PersonFactory,
    PromiseFactory,
    RequirementFactory,
    StandingFactory,
)

pytestmark = pytest.mark.usefixtures("portal_site")

WAITS = "is asked to look again"
BUTTON = "Still true"


@pytest.fixture
def owner() -> User:
    member = MembershipFactory(person__first_name="Ada", person__last_name="Fernsby")
    person: User = member.person
    return person


@pytest.fixture
def module(owner: User) -> ModulePage:
    page: ModulePage = ModuleFactory(owner=owner, verify_days=30, title="Fair Refund")
    return since(page, NOW - 40 * A_DAY)


def since[Kept: KeptPage](page: Kept, published_at: datetime) -> Kept:
    page.first_published_at = published_at
    page.save(update_fields=["first_published_at"])
    return page


def address(page: KeptPage) -> str:
    name = {BriefPage: "brief", PromisePage: "promise", ModulePage: "module"}[type(page)]
    return reverse(f"knowledge:{name}-detail", args=[page.slug])


def shown(client: Client, person: User, page: KeptPage) -> str:
    client.force_login(person)
    return client.get(address(page)).content.decode()


def still_true(client: Client, person: User, page: KeptPage) -> Any:
    client.force_login(person)
    return client.post(reverse("knowledge:still-true", args=[page.pk]))


def test_a_page_that_waits_says_so_to_everybody(client: Client, module: ModulePage) -> None:
    text = shown(client, PersonFactory(), module)
    assert "Last looked at on Sunday 11 October." in text.replace("\u00a0", " ")
    assert f"Ada Fernsby {WAITS}" in text
    assert BUTTON not in text


def test_one_click_of_its_owner_makes_it_true_again(
    client: Client, owner: User, module: ModulePage
) -> None:
    assert BUTTON in shown(client, owner, module)
    answer = still_true(client, owner, module)
    assert answer.url == address(module)
    text = shown(client, PersonFactory(), module).replace("\u00a0", " ")
    assert "Verified by Ada Fernsby on Friday 20 November, next due Sunday 20 December." in text
    assert WAITS not in text


def test_a_promise_says_how_it_is_kept(client: Client, owner: User) -> None:
    promise = since(PromiseFactory(owner=owner), NOW - 400 * A_DAY)
    assert f"Ada Fernsby {WAITS}" in shown(client, PersonFactory(), promise)


@pytest.mark.parametrize("role", ["carer", "editor"])
def test_its_carer_and_its_editors_may_say_that_it_is_true(
    role: str, client: Client, module: ModulePage
) -> None:
    person = PersonFactory(groups=["Marketing"] if role == "editor" else [])
    if role == "carer":
        module.carer = person
        module.save()
    assert still_true(client, person, module).status_code == 302
    assert Verification.objects.get().by == person


def test_a_colleague_may_not_say_that_it_is_true(client: Client, module: ModulePage) -> None:
    assert still_true(client, PersonFactory(), module).status_code == 404
    assert not Verification.objects.exists()


@pytest.mark.parametrize("hidden", ["draft", "restricted"])
def test_what_may_not_be_read_is_not_there_to_be_said_true(
    hidden: str, client: Client, owner: User, module: ModulePage
) -> None:
    if hidden == "draft":
        module.unpublish()
    else:
        PageViewRestriction.objects.create(page=module, restriction_type=PageViewRestriction.GROUPS)
    assert still_true(client, owner, module).status_code == 404


def test_saying_it_leaves_a_line_in_the_pages_history(
    client: Client, owner: User, module: ModulePage
) -> None:
    still_true(client, owner, module)
    client.force_login(PersonFactory(groups=["Marketing"]))
    history = client.get(reverse("wagtailadmin_pages:history", args=[module.pk]))
    assert "Said to be still true" in history.content.decode()


def test_a_second_click_on_the_same_day_says_nothing_new(owner: User, module: ModulePage) -> None:
    for _click in range(2):
        verify_pages(pages=[module], by=owner, at=NOW)
    assert Verification.objects.count() == 1


def test_all_pages_or_none_are_said_to_be_true(owner: User, module: ModulePage) -> None:
    with pytest.raises(PermissionDenied):
        verify_pages(pages=[module, ModuleFactory()], by=owner, at=NOW)
    assert not Verification.objects.exists()


def test_a_page_that_waits_costs_its_readers_no_date(client: Client, module: ModulePage) -> None:
    standing = StandingFactory(module=module, ready=True)
    text = shown(client, standing.person, module)
    assert WAITS in text
    assert "Ready" in text


@pytest.fixture
def head(owner: User) -> User:
    home = owner.memberships.get().department
    leading: User = HeadshipFactory(department=home).person
    return leading


def leaves(person: User, ends_on: date = TODAY - A_DAY) -> None:
    person.memberships.update(ends_on=ends_on)


def test_a_leavers_page_is_her_heads_on_the_same_day(
    client: Client, owner: User, head: User, module: ModulePage
) -> None:
    leaves(owner)
    text = shown(client, PersonFactory(), module)
    assert f"{head} {WAITS}" in text
    assert f"{owner} has left; {head} answers for it now." in text
    assert still_true(client, head, module).status_code == 302


def test_somebody_who_leaves_tomorrow_keeps_her_pages_today(
    owner: User, head: User, module: ModulePage
) -> None:
    leaves(owner, TODAY)
    assert kept_page(module, on=TODAY).keeper.person == owner
    assert kept_page(module, on=TODAY + A_DAY).keeper.person == head


def test_an_owner_who_is_switched_off_has_left(owner: User, head: User, module: ModulePage) -> None:
    User.objects.filter(pk=owner.pk).update(is_active=False)
    assert kept_page(ModulePage.objects.get(), on=TODAY).keeper.person == head


def test_an_owner_who_never_was_in_a_department_has_not_left(module: ModulePage) -> None:
    module.owner = PersonFactory()
    assert kept_page(module, on=TODAY).keeper.person == module.owner


@pytest.mark.parametrize("gap", ["nobody leads", "the head has left", "the head is switched off"])
def test_where_a_department_has_no_head_the_one_above_follows(
    gap: str, owner: User, module: ModulePage
) -> None:
    above = DepartmentFactory()
    team = DepartmentFactory(parent=above)
    owner.memberships.update(department=team, ends_on=TODAY - A_DAY)
    follower = HeadshipFactory(department=above).person
    if gap == "the head has left":
        MembershipFactory(person=HeadshipFactory(department=team).person, left=True)
    if gap == "the head is switched off":
        HeadshipFactory(department=team, person=PersonFactory(deactivated=True))
    assert kept_page(module, on=TODAY).keeper.person == follower


def test_a_head_follows_before_her_deputy(owner: User, head: User, module: ModulePage) -> None:
    home = owner.memberships.get().department
    HeadshipFactory(department=home, deputy=True, starts_on=LONG_AGO - 100 * A_DAY)
    leaves(owner)
    assert kept_page(module, on=TODAY).keeper.person == head


def test_a_leaver_without_anybody_above_leaves_her_pages_to_marketing(
    client: Client, owner: User, module: ModulePage
) -> None:
    leaves(owner)
    assert "Marketing is asked to look again." in shown(client, PersonFactory(), module)


def test_the_pages_that_most_people_must_know_come_first(owner: User) -> None:
    home = owner.memberships.get().department
    MembershipFactory.create_batch(9, department=home)
    asked, quiet = (since(ModuleFactory(), NOW - 200 * A_DAY) for _number in range(2))
    RequirementFactory(department=home, module=asked)
    listed = [kept for kept in kept_pages(on=TODAY) if isinstance(kept.page, ModulePage)]
    assert [(kept.page.pk, kept.keeping.people) for kept in listed] == [
        (asked.pk, 10),
        (quiet.pk, 0),
    ]


def test_a_page_that_a_colleague_asks_about_comes_before_an_older_one() -> None:
    older = since(BriefFactory(), NOW - 210 * A_DAY)
    flagged = since(BriefFactory(), NOW - 200 * A_DAY)
    Remark.objects.create(page=flagged, kind=Remark.Kind.UNCLEAR, at=NOW, due_on=TODAY)
    assert [kept.page.pk for kept in kept_pages(on=TODAY)] == [flagged.pk, older.pk]


def test_listing_costs_the_same_however_many_pages_there_are(
    owner: User, head: User, module: ModulePage
) -> None:
    with CaptureQueriesContext(connection) as before:
        kept_pages(on=TODAY)
    leaves(owner)
    for _number in range(3):
        leaver = MembershipFactory(left=True).person
        for page in (ModuleFactory(owner=leaver), PromiseFactory(owner=owner)):
            Verification.objects.create(page=page, by=leaver, at=NOW)
    with CaptureQueriesContext(connection) as after:
        kept_pages(on=TODAY)
    # One more: whoever follows a leaver.
    assert len(after) == len(before) + 1


def test_a_page_given_to_somebody_stays_hers_when_an_older_draft_is_published(
    owner: User, module: ModulePage
) -> None:
    draft = module.save_revision()
    marketer, new = PersonFactory(groups=["Marketing"]), PersonFactory()
    reassign_pages(pages=[module], owner=new, by=marketer)
    Revision.objects.get(pk=draft.pk).publish()
    assert ModulePage.objects.get(pk=module.pk).owner == new


def test_giving_a_page_away_is_told_in_its_history(owner: User, module: ModulePage) -> None:
    marketer, new = PersonFactory(groups=["Marketing"]), PersonFactory()
    reassign_pages(pages=[module], owner=new, by=marketer)
    entry = PageLogEntry.objects.get(action="knowledge.reassign")
    assert entry.message == f"Given to somebody else: {owner} → {new}"
    assert entry.user == marketer


def test_only_whoever_may_publish_a_page_may_give_it_away(owner: User, module: ModulePage) -> None:
    with pytest.raises(PermissionDenied):
        reassign_pages(pages=[module], owner=PersonFactory(), by=owner)
    assert ModulePage.objects.get(pk=module.pk).owner == owner


@pytest.mark.parametrize("is_published", [True, False])
def test_an_owner_chosen_in_the_editor_is_the_owner_from_then_on(
    is_published: bool, client: Client, module: ModulePage
) -> None:
    client.force_login(PersonFactory(groups=["Marketing"]))
    new, desk = PersonFactory(), Desk(client, module)
    save = desk.publish if is_published else desk.save_draft
    save(owner=str(new.pk))
    assert ModulePage.objects.get(pk=module.pk).owner == new
