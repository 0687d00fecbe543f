from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import (
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Site,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
)

from knowledge.models import BriefIndexPage, HomePage, LearnIndexPage, SecondPersonTask
from portal.actions import prepare_portal
from portal.models import User
from strategy.models import Campaign, LaunchGateTask
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


def everything() -> list[Any]:
    on_pages, on_files = GroupPagePermission.objects, GroupCollectionPermission.objects
    return [
        list(Page.objects.values_list("pk", "title", "url_path", "live")),
        list(Site.objects.values_list("pk", "hostname", "root_page_id")),
        [
            (
                group.name,
                set(group.permissions.values_list("codename", flat=True)),
                set(on_pages.filter(group=group).values_list("page_id", "permission__codename")),
                set(on_files.filter(group=group).values_list("permission__codename", flat=True)),
            )
            for group in Group.objects.order_by("name")
        ],
    ]


def test_the_site_begins_at_the_home_page_with_the_three_lists_below() -> None:
    prepare_portal()
    home = HomePage.objects.get()
    assert Site.objects.get(is_default_site=True).root_page_id == home.pk
    assert (home.slug, home.live) == ("home", True)
    below = [page.url for page in home.get_children().live()]
    assert below == ["/briefs/", "/promises/", "/learn/"]


def test_preparing_twice_changes_nothing() -> None:
    prepare_portal()
    before = everything()
    assert prepare_portal() == []
    assert everything() == before


def test_the_welcome_page_goes_and_the_site_keeps_its_address() -> None:
    Site.objects.update(hostname="portal.example.com")
    prepare_portal()
    assert not Page.objects.filter(title__startswith="Welcome").exists()
    assert Site.objects.get().hostname == "portal.example.com"


def test_nothing_waits_for_moderators_that_nobody_has_named() -> None:
    prepare_portal()
    assert LearnIndexPage.objects.get().get_workflow() is None


def test_briefs_are_approved_by_a_second_person_of_marketing() -> None:
    prepare_portal()
    tasks = [task.specific for task in BriefIndexPage.objects.get().get_workflow().tasks]
    assert [type(task) for task in tasks] == [SecondPersonTask]
    assert [group.name for task in tasks for group in task.groups.all()] == ["Marketing"]


def test_launches_are_approved_at_their_gate_by_a_second_person_of_marketing() -> None:
    prepare_portal()
    tasks = [task.specific for task in Campaign.get_default_workflow().tasks]
    assert [type(task) for task in tasks] == [LaunchGateTask]
    assert [group.name for task in tasks for group in task.groups.all()] == ["Marketing"]


def test_another_workflow_for_campaigns_stays() -> None:
    prepare_portal()
    workflow = Workflow.objects.create(name="Legal reads first")
    WorkflowContentType.objects.update(workflow=workflow)
    prepare_portal()
    assert Campaign.get_default_workflow() == workflow


def test_a_workflow_that_an_administrator_gave_to_all_pages_stays() -> None:
    prepare_portal()
    WorkflowPage.objects.all().delete()
    workflow = Workflow.objects.create(name="Legal reads first")
    WorkflowPage.objects.create(workflow=workflow, page=Page.get_first_root_node())
    prepare_portal()
    assert BriefIndexPage.objects.get().get_workflow() == workflow


def test_a_welcome_page_that_somebody_has_made_her_own_stays() -> None:
    welcome = Page.objects.get(depth=2)
    welcome.add_child(instance=Page(title="Ours", slug="ours"))
    welcome.slug = "start"
    welcome.save()
    prepare_portal()
    assert Page.objects.filter(title="Ours").exists()


def test_what_an_administrator_has_taken_from_the_tree_is_not_made_twice() -> None:
    prepare_portal()
    BriefIndexPage.objects.get().get_children().delete()
    LearnIndexPage.objects.update(title="Lernen")
    prepare_portal()
    assert LearnIndexPage.objects.get().title == "Lernen"


def test_the_three_groups_exist() -> None:
    prepare_portal()
    names = {"Marketing", "Customer experience", "Leaders"}
    assert names <= set(Group.objects.values_list("name", flat=True))


@pytest.mark.parametrize("name", ["Marketing", "Customer experience", "Leaders"])
def test_no_group_may_change_people_which_wagtail_takes_for_administration(name: str) -> None:
    prepare_portal()
    person = PersonFactory(groups=[name])
    assert not {may for may in person.get_all_permissions() if may.endswith("_user")}


@pytest.mark.parametrize("name", ["Customer experience", "Leaders"])
def test_only_marketing_may_open_the_editor(client: Client, name: str) -> None:
    prepare_portal()
    client.force_login(PersonFactory(groups=[name]))
    assert client.get(reverse("wagtailadmin_home")).status_code != 200


@pytest.mark.parametrize(
    "url",
    [
        "/cms/",
        "/cms/snippets/quizzes/question/add/",
        "/cms/images/add/",
        "/cms/documents/add/",
        "/cms/settings/portal/brandsettings/",
    ],
)
def test_marketing_reaches_what_it_edits(client: Client, url: str) -> None:
    prepare_portal()
    client.force_login(PersonFactory(groups=["Marketing"]))
    answer = client.get(url, follow=True)
    assert answer.status_code == 200
    assert answer.request["PATH_INFO"].startswith(url)


@pytest.mark.parametrize(
    "url",
    [
        "/cms/settings/quizzes/quizsettings/",
        "/cms/users/",
        "/cms/users/new/",
        "/cms/groups/",
        "/cms/sites/",
        "/cms/collections/",
    ],
)
def test_marketing_is_sent_away_from_administration(client: Client, url: str) -> None:
    prepare_portal()
    client.force_login(PersonFactory(groups=["Marketing"]))
    assert client.get(url, follow=True).request["PATH_INFO"] == "/cms/"


def test_marketing_edits_publishes_and_locks_below_the_home_page() -> None:
    prepare_portal()
    marketer = User.objects.get(pk=PersonFactory(groups=["Marketing"]).pk)
    may = BriefIndexPage.objects.get().permissions_for_user(marketer)
    assert may.can_add_subpage()
    assert may.can_edit()
    assert may.can_publish()
    assert may.can_lock()


def test_a_missing_permission_stops_the_preparation_before_half_is_given() -> None:
    Permission.objects.get(codename="publish_question").delete()
    with pytest.raises(Permission.DoesNotExist):
        prepare_portal()
    assert not Group.objects.filter(name="Marketing").exists()


def test_the_command_says_what_it_did(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("prepare_portal")
    call_command("prepare_portal")
    lines = capsys.readouterr().out.splitlines()
    assert "Page “Briefs” made." in lines
    assert lines[-1] == "The portal is prepared: nothing to do."
