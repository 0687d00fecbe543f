"""Who answers for a page when its owner has left, and how it is given to somebody else."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageLogEntry, Revision

from knowledge.actions.keeping import reassign_pages
from knowledge.models import ModulePage, Remark, Verification
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
)
from tests.knowledge.keeping import WAITS, shown, since, still_true

pytestmark = pytest.mark.usefixtures("portal_site")


@pytest.fixture
def head(keeper: User) -> User:
    home = keeper.memberships.get().department
    leading: User = HeadshipFactory(department=home).person
    return leading


def leaves(person: User, ends_on: date = TODAY - A_DAY) -> None:
    person.memberships.update(ends_on=ends_on)


def test_a_leavers_page_is_her_heads_on_the_same_day(
    client: Client, keeper: User, head: User, kept_module: ModulePage
) -> None:
    leaves(keeper)
    text = shown(client, PersonFactory(), kept_module)
    assert f"{head} {WAITS}" in text
    assert f"{keeper} has left; {head} answers for it now." in text
    assert still_true(client, head, kept_module).status_code == 302


def test_somebody_who_leaves_tomorrow_keeps_her_pages_today(
    keeper: User, head: User, kept_module: ModulePage
) -> None:
    leaves(keeper, TODAY)
    assert kept_page(kept_module, on=TODAY).keeper.person == keeper
    assert kept_page(kept_module, on=TODAY + A_DAY).keeper.person == head


def test_an_owner_who_is_switched_off_has_left(
    keeper: User, head: User, kept_module: ModulePage
) -> None:
    User.objects.filter(pk=keeper.pk).update(is_active=False)
    assert kept_page(ModulePage.objects.get(), on=TODAY).keeper.person == head


def test_an_owner_who_never_was_in_a_department_has_not_left(kept_module: ModulePage) -> None:
    kept_module.owner = PersonFactory()
    assert kept_page(kept_module, on=TODAY).keeper.person == kept_module.owner


@pytest.mark.parametrize("gap", ["nobody leads", "the head has left", "the head is switched off"])
def test_where_a_department_has_no_head_the_one_above_follows(
    gap: str, keeper: User, kept_module: ModulePage
) -> None:
    above = DepartmentFactory()
    team = DepartmentFactory(parent=above)
    keeper.memberships.update(department=team, ends_on=TODAY - A_DAY)
    follower = HeadshipFactory(department=above).person
    if gap == "the head has left":
        MembershipFactory(person=HeadshipFactory(department=team).person, left=True)
    if gap == "the head is switched off":
        HeadshipFactory(department=team, person=PersonFactory(deactivated=True))
    assert kept_page(kept_module, on=TODAY).keeper.person == follower


def test_a_head_follows_before_her_deputy(
    keeper: User, head: User, kept_module: ModulePage
) -> None:
    home = keeper.memberships.get().department
    HeadshipFactory(department=home, deputy=True, starts_on=LONG_AGO - 100 * A_DAY)
    leaves(keeper)
    assert kept_page(kept_module, on=TODAY).keeper.person == head


def test_a_leaver_without_anybody_above_leaves_her_pages_to_marketing(
    client: Client, keeper: User, kept_module: ModulePage
) -> None:
    leaves(keeper)
    assert "Marketing is asked to look again." in shown(client, PersonFactory(), kept_module)


def test_the_pages_that_most_people_must_know_come_first(keeper: User) -> None:
    home = keeper.memberships.get().department
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
    keeper: User, head: User, kept_module: ModulePage
) -> None:
    with CaptureQueriesContext(connection) as before:
        kept_pages(on=TODAY)
    leaves(keeper)
    for _number in range(3):
        leaver = MembershipFactory(left=True).person
        for page in (ModuleFactory(owner=leaver), PromiseFactory(owner=keeper)):
            Verification.objects.create(page=page, by=leaver, at=NOW)
    with CaptureQueriesContext(connection) as after:
        kept_pages(on=TODAY)
    # One more: whoever follows a leaver.
    assert len(after) == len(before) + 1


def test_a_page_given_to_somebody_stays_hers_when_an_older_draft_is_published(
    keeper: User, kept_module: ModulePage
) -> None:
    draft = kept_module.save_revision()
    marketer, new = PersonFactory(groups=["Marketing"]), PersonFactory()
    reassign_pages(pages=[kept_module], owner=new, by=marketer)
    Revision.objects.get(pk=draft.pk).publish()
    assert ModulePage.objects.get(pk=kept_module.pk).owner == new


def test_giving_a_page_away_is_told_in_its_history(keeper: User, kept_module: ModulePage) -> None:
    marketer, new = PersonFactory(groups=["Marketing"]), PersonFactory()
    reassign_pages(pages=[kept_module], owner=new, by=marketer)
    entry = PageLogEntry.objects.get(action="knowledge.reassign")
    assert entry.message == f"Given to somebody else: {keeper} → {new}"
    assert entry.user == marketer


def test_only_whoever_may_publish_a_page_may_give_it_away(
    keeper: User, kept_module: ModulePage
) -> None:
    with pytest.raises(PermissionDenied):
        reassign_pages(pages=[kept_module], owner=PersonFactory(), by=keeper)
    assert ModulePage.objects.get(pk=kept_module.pk).owner == keeper


@pytest.mark.parametrize("is_published", [True, False])
def test_an_owner_chosen_in_the_editor_is_the_owner_from_then_on(
    is_published: bool, client: Client, kept_module: ModulePage
) -> None:
    client.force_login(PersonFactory(groups=["Marketing"]))
    new, desk = PersonFactory(), Desk(client, kept_module)
    save = desk.publish if is_published else desk.save_draft
    save(owner=str(new.pk))
    assert ModulePage.objects.get(pk=kept_module.pk).owner == new
