"""A person's own page, help, and what each role finds on Today."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from departments.models import TimeRequest
from portal.models import PersonView, User
from quizzes.memory import MemoryRules
from quizzes.reports import worked_example
from tests.factories import (
    AttemptFactory,
    BriefFactory,
    DepartmentFactory,
    HeadshipFactory,
    MembershipFactory,
    ModuleFactory,
    PersonFactory,
    RequirementFactory,
    module_with_questions,
)

pytestmark = pytest.mark.django_db


def read(client: Client, person: User, url: str) -> str:
    client.force_login(person)
    response = client.get(url)
    assert response.status_code == 200, url
    return response.content.decode()


def test_my_page_tells_what_i_did_and_nobody_elses_deeds(client: Client) -> None:
    mine, theirs = module_with_questions(), module_with_questions()
    home = MembershipFactory()
    AttemptFactory(person=home.person, module=mine, passed=True)
    AttemptFactory(person=PersonFactory(), module=theirs, passed=True)

    page = read(client, home.person, "/me/")

    assert f"You passed {mine.title}" in page
    assert theirs.title not in page


def test_my_page_leaves_out_a_module_that_colleagues_cannot_see(client: Client) -> None:
    module = module_with_questions()
    home = MembershipFactory()
    AttemptFactory(person=home.person, module=module, passed=True)
    module.unpublish()

    assert module.title not in read(client, home.person, "/me/")


def test_my_page_tells_the_same_look_of_a_day_once(client: Client) -> None:
    home, viewer, at = MembershipFactory(), PersonFactory(), timezone.now()
    for what in ("Your places", "Your places", "Your leave"):
        PersonView.objects.create(person=home.person, viewer=viewer, at=at, what=what)

    page = read(client, home.person, "/me/")

    assert (page.count("Your places"), page.count("Your leave")) == (1, 1)


def test_an_administrator_without_a_team_finds_who_asks_for_time(client: Client) -> None:
    TimeRequest.objects.create(
        department=DepartmentFactory(name="Care"),
        module=ModuleFactory(),
        until=date(2030, 1, 4),
        reason="Two people away",
        asked_by=PersonFactory(),
        asked_at=timezone.now(),
    )

    assert "Two people away" in read(client, PersonFactory(is_superuser=True), "/")


def test_my_page_names_my_head_but_never_myself_as_mine(client: Client) -> None:
    home = MembershipFactory()
    head = HeadshipFactory(department=home.department).person
    HeadshipFactory(department=home.department, person=home.person, deputy=True)

    page = read(client, home.person, "/me/")

    assert f"Head: {head}" in page
    assert f"Deputy: {home.person}" not in page


def test_my_page_asks_as_many_queries_for_one_module_as_for_many(client: Client) -> None:
    home = MembershipFactory()
    client.force_login(home.person)

    def queries_after(modules: int) -> int:
        for _more in range(modules):
            AttemptFactory(person=home.person, passed=True)
            RequirementFactory(department=home.department)
        client.get("/me/")
        with CaptureQueriesContext(connection) as captured:
            client.get("/me/")
        return len(captured)

    assert queries_after(1) == queries_after(5)


@pytest.mark.usefixtures("portal_site")
def test_only_who_edits_finds_the_drafts_on_today(client: Client) -> None:
    draft = BriefFactory(title="Secret launch", live=False)
    draft.save_revision()
    marketer = PersonFactory(groups=["Marketing"])

    assert "Secret launch" in read(client, marketer, "/")
    assert "Secret launch" not in read(client, PersonFactory(), "/")


def test_a_published_page_is_no_draft(client: Client) -> None:
    module = ModuleFactory(title="All out")
    module.save_revision().publish()

    page = read(client, PersonFactory(administrator=True), "/")

    assert "Not published yet" not in page


def test_help_shows_the_team_only_to_who_leads_one(client: Client) -> None:
    assert "/team/" in read(client, HeadshipFactory().person, "/help/")
    assert "/team/" not in read(client, PersonFactory(), "/help/")


def test_the_worked_example_is_worked_out_by_the_rules_of_the_organisation() -> None:
    usual = worked_example(date(2026, 11, 20), MemoryRules())
    strict = worked_example(date(2026, 11, 20), MemoryRules(keep_line=0.85, floor_days=1))

    assert usual.passed_on < usual.ready_until < usual.ready_after_practice
    assert strict.ready_until < usual.ready_until


@pytest.mark.usefixtures("portal_site")
def test_an_administrator_finds_on_today_what_nobody_looks_after(client: Client) -> None:
    company = DepartmentFactory()
    HeadshipFactory(department=DepartmentFactory(parent=company))
    DepartmentFactory(parent=company)
    RequirementFactory(department=company)
    ModuleFactory()

    page = read(client, PersonFactory(administrator=True), "/")

    assert "1 has nobody who leads it." in page
    assert "1 is asked of nobody." in page


@pytest.mark.usefixtures("portal_site")
def test_only_an_administrator_finds_the_upkeep(client: Client) -> None:
    assert "Looking after" not in read(client, PersonFactory(groups=["Marketing"]), "/")
