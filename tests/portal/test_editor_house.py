"""Wagtail's own house stays open to marketing: comments, locks, history, reports, the user bar."""

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from knowledge.models import BriefPage
from portal.models import User
from tests.editing import Desk
from tests.factories import BriefFactory, FactFactory, PersonFactory

pytestmark = pytest.mark.usefixtures("portal_site")

BAR = "wagtail-userbar"


@pytest.fixture
def marketer(client: Client, portal_site: None) -> User:
    person: User = PersonFactory(groups=["Marketing"])
    client.force_login(person)
    return person


@pytest.fixture
def brief(portal_site: None) -> BriefPage:
    page: BriefPage = BriefFactory(title="Fair Refund")
    FactFactory(brief=page)
    page.save_revision().publish()
    return page


def front(client: Client, brief: BriefPage) -> str:
    return client.get(reverse("knowledge:brief-detail", args=[brief.slug])).content.decode()


def test_a_locked_brief_is_nobody_elses_to_edit(
    client: Client, marketer: User, brief: BriefPage
) -> None:
    client.post(reverse("wagtailadmin_pages:lock", args=[brief.pk]))
    assert BriefPage.objects.get().locked_by == marketer
    client.force_login(PersonFactory(groups=["Marketing"]))
    form = client.get(reverse("wagtailadmin_pages:edit", args=[brief.pk]))
    assert form.context["page_locked"] or form.context["locked_for_user"]
    report = client.get(reverse("wagtailadmin_reports:locked_pages"))
    assert "Fair Refund" in report.content.decode()


def test_whoever_locked_a_brief_opens_it_again(
    client: Client, marketer: User, brief: BriefPage
) -> None:
    client.post(reverse("wagtailadmin_pages:lock", args=[brief.pk]))
    client.post(reverse("wagtailadmin_pages:unlock", args=[brief.pk]))
    assert not BriefPage.objects.get().locked


def test_a_comment_stays_with_its_line(client: Client, marketer: User, brief: BriefPage) -> None:
    comment = {"text": "Is this the new line?", "contentpath": "one_breath", "resolved": ""}
    data = Desk(client, brief).open()
    for name, value in {**comment, "id": "", "position": "", "replies-TOTAL_FORMS": "0"}.items():
        data[f"comments-0-{name}"] = value
    data["comments-0-replies-INITIAL_FORMS"] = "0"
    data["comments-TOTAL_FORMS"], data["comments-INITIAL_FORMS"] = "1", "0"
    Desk(client, brief).save_draft(data)
    written = BriefPage.objects.get().wagtail_admin_comments.get()
    assert (written.text, written.user) == ("Is this the new line?", marketer)


def test_a_briefs_history_tells_what_was_done_to_it(
    client: Client, marketer: User, brief: BriefPage
) -> None:
    client.post(reverse("wagtailadmin_pages:lock", args=[brief.pk]))
    history = client.get(reverse("wagtailadmin_pages:history", args=[brief.pk]))
    assert "Locked" in history.content.decode()
    site = unescape(client.get(reverse("wagtailadmin_reports:site_history")).content.decode())
    assert "Fair Refund" in site


def test_an_editor_meets_the_user_bar_on_a_brief(
    client: Client, marketer: User, brief: BriefPage
) -> None:
    assert reverse("wagtailadmin_pages:edit", args=[brief.pk]) in front(client, brief)
    assert BAR in front(client, brief)


def test_a_colleague_meets_no_user_bar(client: Client, brief: BriefPage) -> None:
    client.force_login(PersonFactory())
    assert BAR not in front(client, brief)


def test_a_page_that_is_not_an_editors_own_shows_no_user_bar(
    client: Client, marketer: User
) -> None:
    assert BAR not in client.get("/").content.decode()


def test_the_editor_takes_scripts_from_nowhere_else(client: Client, marketer: User) -> None:
    policy = client.get(reverse("wagtailadmin_home")).headers["Content-Security-Policy"]
    rules = {name: set(sources) for name, *sources in map(str.split, policy.split(";"))}
    assert rules["script-src"] == {"'self'", "'unsafe-inline'"}
    everywhere = set().union(*rules.values())
    assert everywhere <= {"'self'", "'none'", "'unsafe-inline'", "data:", "blob:"}


def test_a_colleagues_page_runs_no_script_that_stands_in_it(
    client: Client, marketer: User, brief: BriefPage
) -> None:
    address = reverse("knowledge:brief-detail", args=[brief.slug])
    policy = client.get(address).headers["Content-Security-Policy"]
    assert "unsafe" not in policy
