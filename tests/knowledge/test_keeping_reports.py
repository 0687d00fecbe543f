"""The editor's reports on what waits, whose owner has left, and what changed."""

import csv
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import GroupPagePermission

from departments.models import Membership
from knowledge.models import BriefPage, Change, KeptPage, LearnIndexPage, Verification
from portal.models import User
from tests.conftest import NOW
from tests.factories import (
    A_DAY,
    BriefFactory,
    MembershipFactory,
    ModuleFactory,
    PersonFactory,
    PromiseFactory,
)

pytestmark = pytest.mark.usefixtures("portal_site")


@pytest.fixture
def marketer(client: Client, portal_site: None) -> User:
    person: User = PersonFactory(groups=["Marketing"])
    client.force_login(person)
    return person


def waiting(factory: Any, days: int, **fields: Any) -> Any:
    return factory(first_published_at=NOW - (180 + days) * A_DAY, **fields)


def report(client: Client, name: str, **asked: str) -> Any:
    return client.get(reverse(f"keeping:{name}"), asked)


def titles(client: Client, name: str, **asked: str) -> list[str]:
    listed = report(client, name, **asked).context["object_list"]
    return [each.title for each in listed]


def rows(client: Client, name: str, **asked: str) -> list[dict[str, str]]:
    answer = report(client, name, export="csv", **asked)
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(text.splitlines()))


def tick(client: Client, name: str, *pages: KeptPage, **fields: str) -> Any:
    return client.post(
        reverse(f"keeping:{name}"), {"page": [str(page.pk) for page in pages], **fields}
    )


def test_the_stalest_stands_first_and_what_does_not_wait_last(
    client: Client, marketer: User
) -> None:
    for title, days in (("Fresh", -90), ("Stale", 5), ("Stalest", 50)):
        waiting(PromiseFactory, days, title=title)
    assert titles(client, "still-true") == ["Stalest", "Stale", "Fresh"]
    assert titles(client, "still-true", state="waiting") == ["Stalest", "Stale"]


def test_pages_are_found_by_who_answers_for_them(client: Client, marketer: User) -> None:
    owner = PersonFactory()
    waiting(BriefFactory, 5, title="Hers", owner=owner)
    waiting(BriefFactory, 5, title="Another's")
    assert titles(client, "still-true", owner=str(owner.pk)) == ["Hers"]


def test_ticked_pages_are_true_at_one_click(client: Client, marketer: User) -> None:
    ticked = [waiting(factory, 5) for factory in (BriefFactory, PromiseFactory)]
    waiting(ModuleFactory, 5, title="Waits", brief=ticked[0])
    tick(client, "still-true", *ticked)
    assert titles(client, "still-true", state="waiting") == ["Waits"]


def test_ticking_nothing_says_what_to_do(client: Client, marketer: User) -> None:
    answer = client.post(reverse("keeping:still-true"), follow=True)
    assert "Tick the pages first." in answer.content.decode()


def test_pages_ticked_in_the_tree_are_true_at_one_click(client: Client, marketer: User) -> None:
    brief = waiting(BriefFactory, 5)
    action = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "still_true"])
    assert client.get(f"{action}?id={brief.pk}").status_code == 200
    client.post(f"{action}?id={brief.pk}&next=/cms/")
    assert Verification.objects.get().page_id == brief.pk


def test_a_page_whose_owner_has_left_is_listed_until_it_is_given_to_somebody(
    client: Client, marketer: User
) -> None:
    leaver: Membership = MembershipFactory(left=True)
    gone = waiting(BriefFactory, -90, title="Hers", owner=leaver.person)
    nobodys = waiting(BriefFactory, -90, title="Nobody's")
    waiting(BriefFactory, -90, title="Kept", owner=PersonFactory())
    assert set(titles(client, "reassign")) == {"Hers", "Nobody's"}
    new = PersonFactory()
    tick(client, "reassign", gone, nobodys, **{"new-owner": str(new.pk)})
    assert titles(client, "reassign") == []
    assert set(BriefPage.objects.values_list("owner", flat=True)) >= {new.pk}


def test_nothing_is_given_away_before_somebody_is_chosen(client: Client, marketer: User) -> None:
    brief = waiting(BriefFactory, -90)
    tick(client, "reassign", brief, **{"new-owner": ""})
    assert BriefPage.objects.get().owner is None


@pytest.mark.parametrize("name", ["still-true", "reassign"])
def test_whoever_may_only_draft_neither_keeps_a_page_nor_gives_it_away(
    name: str, client: Client, portal_site: None
) -> None:
    drafter = PersonFactory(groups=["Editors"])
    client.force_login(drafter)
    brief = waiting(BriefFactory, 5)
    assert "Tick" in report(client, name).content.decode()
    assert 'name="page"' not in report(client, name).content.decode()
    tick(client, name, brief, **{"new-owner": str(drafter.pk)})
    assert BriefPage.objects.get().owner is None
    assert not Verification.objects.exists()


def test_all_changes_are_told_the_newest_first(client: Client, marketer: User) -> None:
    brief = BriefFactory(title="Fair Refund")
    for version, kind in ((1, Change.Kind.FIRST), (2, Change.Kind.MATERIAL)):
        Change.objects.create(
            brief=brief, version=version, kind=kind, reason="=1+1", author=marketer, at=NOW
        )
    told = rows(client, "changes")
    assert [row["Kind"] for row in told] == ["Material", "First version"]
    assert told[0]["Author"] == str(marketer)
    assert [row["Version"] for row in rows(client, "changes", kind="first")] == ["1"]


def test_a_reason_is_no_formula_in_a_spreadsheet(client: Client, marketer: User) -> None:
    Change.objects.create(brief=BriefFactory(), version=1, kind="first", reason="=1+1", at=NOW)
    assert rows(client, "changes")[0]["Reason"] == "'=1+1"


@pytest.mark.parametrize("name", ["still-true", "reassign"])
def test_a_title_is_no_formula_in_a_spreadsheet(name: str, client: Client, marketer: User) -> None:
    waiting(BriefFactory, 5, title="=1+1")
    assert rows(client, name)[0]["Title"] == "'=1+1"


@pytest.mark.parametrize("name", ["still-true", "reassign", "changes"])
def test_a_report_comes_as_a_workbook_too(name: str, client: Client, marketer: User) -> None:
    Change.objects.create(brief=waiting(BriefFactory, 5), version=1, kind="first", at=NOW)
    answer = report(client, name, export="xlsx")
    assert b"".join(answer.streaming_content).startswith(b"PK")


@pytest.mark.parametrize("name", ["still-true", "reassign", "changes"])
def test_a_report_costs_the_same_however_long_it_is(
    name: str, client: Client, marketer: User
) -> None:
    def add(version: int) -> None:
        leaver = MembershipFactory(left=True).person
        brief = waiting(BriefFactory, 5, owner=leaver)
        Change.objects.create(brief=brief, version=version, kind="first", at=NOW, author=leaver)

    add(1)
    report(client, name)
    with CaptureQueriesContext(connection) as before:
        report(client, name)
    for version in range(2, 6):
        add(version)
    with CaptureQueriesContext(connection) as after:
        report(client, name)
    assert len(after) == len(before)


def test_the_reports_stand_in_the_menu_in_the_order_of_work(client: Client, marketer: User) -> None:
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    places = [page.find(f"/reports/keeping/{name}/") for name in ("still-true", "reassign")]
    assert 0 < places[0] < places[1] < page.find("/reports/keeping/changes/")


def test_changes_are_narrowed_only_to_briefs_that_she_may_write(client: Client) -> None:
    lessons = Group.objects.create(name="Lessons")
    lessons.permissions.add(Permission.objects.get(codename="access_admin"))
    GroupPagePermission.objects.create(
        group=lessons,
        page=LearnIndexPage.objects.get(),
        permission=Permission.objects.get(codename="change_page"),
    )
    BriefFactory(title="Quiet Hours").save_revision().publish()
    client.force_login(PersonFactory(groups=["Lessons"]))

    assert "Quiet Hours" not in report(client, "changes").content.decode()


def test_changes_are_narrowed_to_one_brief(client: Client, marketer: User) -> None:
    for title in ("Quiet Hours", "Fair Refund"):
        BriefFactory(title=title).save_revision().publish()
    BriefFactory(title="Never published", live=False)

    quiet = BriefPage.objects.get(title="Quiet Hours")

    assert [row["Brief"] for row in rows(client, "changes", brief=str(quiet.pk))] == ["Quiet Hours"]
    assert "Never published" not in report(client, "changes").content.decode()
