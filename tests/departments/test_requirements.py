"""Heads and administrators say what departments must know, and see first what it means."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from departments.models import Department, Requirement
from departments.reports import Terms, terms_of
from knowledge.models import ModulePage
from portal.models import User
from tests.factories import (
    A_DAY,
    TODAY,
    DepartmentFactory,
    HeadshipFactory,
    MembershipFactory,
    ModuleFactory,
    PersonFactory,
    RequirementFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def module() -> ModulePage:
    return ModuleFactory(title="Fair Refund", slug="fair-refund")


@pytest.fixture
def administrator() -> Client:
    client = Client()
    client.force_login(PersonFactory(administrator=True))
    return client


def address(department: Department, verb: str = "list", *more: int) -> str:
    return reverse(f"departments:requirement-{verb}", args=[department.pk, *more])


def read(client: Client, url: str, data: dict[str, Any] | None = None) -> str:
    response = client.get(url, data)
    assert response.status_code == 200, url
    return " ".join(response.content.decode().split())


def send(client: Client, url: str, data: dict[str, Any] | None = None) -> str:
    response = client.post(url, data, follow=True)
    assert response.status_code == 200, url
    return " ".join(response.content.decode().split())


def filled(**values: Any) -> dict[str, Any]:
    return {"module": "fair-refund", "due_on": "2026-12-04", "joiner_days": "30"} | values


def test_an_empty_list_leads_to_the_first_module(
    visitor: Client, care: Department, module: ModulePage
) -> None:
    shown = read(visitor, address(care))
    assert "Nothing is asked for here yet." in shown
    assert address(care, "add") in shown


def test_without_any_module_the_list_says_who_writes_them(
    visitor: Client, care: Department
) -> None:
    shown = read(visitor, address(care))
    assert "Marketing writes them." in shown
    assert address(care, "add") not in shown


def test_the_list_tells_day_joiners_time_and_people(visitor: Client, care: Department) -> None:
    RequirementFactory(department=care, module__title="Fair Refund", joiner_days=14)
    MembershipFactory.create_batch(2, department=care)
    assert "By Tuesday 1 December, 14 days for joiners · 2 people" in read(visitor, address(care))


def test_what_comes_from_above_is_told_and_changed_only_there(
    visitor: Client, company: Department, care: Department, administrator: Client
) -> None:
    RequirementFactory(department=company)
    assert "Asked by Company. Only there it can be changed." in read(visitor, address(care))
    assert address(company) not in read(visitor, address(care))
    assert address(company) in read(administrator, address(care))


def test_the_effect_is_shown_and_nothing_is_saved(
    visitor: Client, care: Department, module: ModulePage
) -> None:
    MembershipFactory.create_batch(3, department=care)
    MembershipFactory(department=care, starts_on=TODAY)
    shown = read(visitor, address(care, "add"), filled())
    assert "4 people will have to know Fair Refund by Friday 4 December." in shown
    assert "That is 14 days from today." in shown
    assert "0 of the 3 who count today are ready already." in shown
    assert "1 joiner has until Saturday 19 December." in shown
    assert not Requirement.objects.exists()


def test_an_empty_department_is_told_so(
    visitor: Client, care: Department, module: ModulePage
) -> None:
    shown = read(visitor, address(care, "add"), filled(due_on=""))
    assert "Nobody is asked for Fair Refund yet." in shown
    assert "There’s no day to keep." in shown


def test_saving_asks_for_the_module_in_the_heads_name(
    visitor: Client, care: Department, module: ModulePage, head: User
) -> None:
    shown = send(visitor, address(care, "add"), filled())
    assert "Saved." in shown
    requirement = Requirement.objects.get()
    assert (requirement.department, requirement.module.slug) == (care, "fair-refund")
    assert terms_of(requirement) == Terms(TODAY + 14 * A_DAY, 30)
    assert ModelLogEntry.objects.get().user == head


def test_the_way_back_keeps_what_was_filled_in(
    visitor: Client, care: Department, module: ModulePage
) -> None:
    shown = read(visitor, address(care, "add"), filled(joiner_days="14", back="1"))
    assert "See what it means" in shown
    assert 'value="14"' in shown
    assert 'value="2026-12-04"' in shown
    assert '<option value="fair-refund" selected>' in shown


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"module": ""}, "Choose a module"),
        ({"module": "nowhere"}, "This module can’t be asked for here"),
        ({"due_on": "2026-11-19"}, "Choose today or a day to come"),
        ({"due_on": "2029-11-21"}, "Choose a day in the next three years"),
        ({"due_on": "2026-02-30"}, "Write a day that is in the calendar"),
        ({"joiner_days": ""}, "Write a number of days from 1 to 1000"),
        ({"joiner_days": "0"}, "Write a number of days from 1 to 1000"),
        ({"joiner_days": "1001"}, "Write a number of days from 1 to 1000"),
        ({"joiner_days": "soon"}, "Write a number of days from 1 to 1000"),
        ({"joiner_path": "7"}, "Choose “Another number” above, or leave this empty"),
        ({"starts_on": "2026-11-19"}, "Choose today or a day to come"),
        ({"starts_on": "2026-12-05"}, "Choose a day that isn’t after the one to be ready by"),
    ],
)
@pytest.mark.parametrize("step", [read, send])
def test_what_is_not_right_is_said_at_both_steps(
    visitor: Client,
    care: Department,
    module: ModulePage,
    wrong: dict[str, str],
    told: str,
    step: Any,
) -> None:
    shown = step(visitor, address(care, "add"), filled(**wrong))
    assert "There’s a problem" in shown
    assert told in shown
    assert not Requirement.objects.exists()


@pytest.mark.parametrize("due_on", ["2026-11-20", "2029-11-20"])
def test_today_and_three_years_from_now_can_be_chosen(
    visitor: Client, care: Department, module: ModulePage, due_on: str
) -> None:
    assert "Nothing is saved yet." in read(visitor, address(care, "add"), filled(due_on=due_on))


def test_a_module_that_is_asked_for_already_is_not_asked_for_twice(
    visitor: Client, company: Department, care: Department, module: ModulePage
) -> None:
    RequirementFactory(department=company, module=module)
    assert "somebody may have done so meanwhile" in send(visitor, address(care, "add"), filled())
    assert Requirement.objects.count() == 1


def test_a_change_shows_before_and_after(
    visitor: Client, care: Department, module: ModulePage
) -> None:
    stored = RequirementFactory(department=care, module=module)
    shown = read(visitor, address(care, "change", stored.pk), {"due_on": "", "joiner_days": "14"})
    assert "By Tuesday 1 December, 30 days for joiners" in shown
    assert "No day to keep, 14 days for joiners" in shown
    assert terms_of(Requirement.objects.get()) == terms_of(stored)


def test_a_change_is_saved_as_it_was_seen(
    visitor: Client, care: Department, module: ModulePage
) -> None:
    stored = RequirementFactory(department=care, module=module)
    data = {"due_on": "", "joiner_days": "14", "seen": str(terms_of(stored))}
    send(visitor, address(care, "change", stored.pk), data)
    assert terms_of(Requirement.objects.get()) == Terms(None, 14)


def test_whom_it_asks_and_from_when_is_seen_saved_and_told(
    visitor: Client, care: Department, module: ModulePage
) -> None:
    MembershipFactory(department=care, level="lead", title="Shift planner")
    MembershipFactory(department=care, level="staff", title="Shift planner")
    limits = {
        "joiner_path": "90",
        "joiner_days": "",
        "levels": ["lead", "head"],
        "titles": "shift planner\nAdviser",
        "starts_on": "2026-12-01",
    }
    shown = read(visitor, address(care, "add"), filled(**limits))
    assert "1 person will have to know Fair Refund by" in shown
    assert "1 person isn’t asked: of another level or title." in shown
    for hidden in ('name="levels" value="head"', 'name="levels" value="lead"'):
        assert hidden in shown
    told = send(visitor, address(care, "add"), filled(**limits))
    assert "90 days for joiners · only Head, Team lead · only Adviser, shift planner" in told
    assert terms_of(Requirement.objects.get()) == Terms(
        TODAY + 14 * A_DAY, 90, ("head", "lead"), ("Adviser", "shift planner"), TODAY + 11 * A_DAY
    )


def test_the_list_leads_to_a_path_of_7_30_or_90_days(
    visitor: Client, care: Department, module: ModulePage
) -> None:
    for days in (7, 30, 90):
        url = f"{address(care, 'add')}?path={days}"
        assert f'"{url}"' in read(visitor, address(care))
        assert f'value="{days}" id="id_joiner_path_' in read(visitor, url)
        assert (
            read(visitor, url)
            .split(f'name="joiner_path" value="{days}"')[1]
            .split(">")[0]
            .endswith(" checked")
        )


def test_a_day_that_has_gone_by_may_stay(
    visitor: Client, care: Department, module: ModulePage
) -> None:
    stored = RequirementFactory(department=care, module=module, due_on=TODAY - A_DAY)
    MembershipFactory(department=care)
    data = {"due_on": "2026-11-19", "joiner_days": "14"}
    shown = read(visitor, address(care, "change", stored.pk), data)
    assert "The day was Thursday 19 November." in shown


def test_a_change_of_what_somebody_else_changed_is_shown_again_first(
    visitor: Client, care: Department, module: ModulePage
) -> None:
    stored = RequirementFactory(department=care, module=module)
    seen = str(terms_of(stored))
    Requirement.objects.update(joiner_days=7)
    data = {"due_on": "", "joiner_days": "14", "seen": seen}
    shown = send(visitor, address(care, "change", stored.pk), data)
    assert "Somebody has changed this meanwhile." in shown
    assert "7 days for joiners" in shown
    assert Requirement.objects.get().joiner_days == 7


def test_a_removal_says_that_nothing_is_lost_and_removes(
    visitor: Client, care: Department, module: ModulePage
) -> None:
    stored = RequirementFactory(department=care, module=module)
    MembershipFactory.create_batch(2, department=care)
    url = address(care, "remove", stored.pk)
    shown = read(visitor, url)
    assert "2 people will no longer be asked for Fair Refund." in shown
    assert "Nothing they’ve proved is lost." in shown
    assert "Removed: Fair Refund." in send(visitor, url, {"seen": str(terms_of(stored))})
    assert not Requirement.objects.exists()


def test_a_removal_says_where_people_are_still_asked(
    visitor: Client, company: Department, care: Department, module: ModulePage
) -> None:
    RequirementFactory(department=company, module=module, due_on=None)
    stored = RequirementFactory(department=care, module=module)
    MembershipFactory(department=care)
    shown = read(visitor, address(care, "remove", stored.pk))
    assert "1 person still has to know Fair Refund: Company asks for it." in shown
    assert "No day to keep, 30 days for joiners" in shown


@pytest.mark.parametrize("seen", ["", "2026-12-01+7"])
def test_nothing_is_removed_that_was_not_seen_as_it_is(
    visitor: Client, care: Department, module: ModulePage, seen: str
) -> None:
    stored = RequirementFactory(department=care, module=module)
    shown = send(visitor, address(care, "remove", stored.pk), {"seen": seen})
    assert "Somebody has changed this meanwhile." in shown
    assert Requirement.objects.exists()


@pytest.mark.parametrize("verb", ["change", "remove"])
def test_what_somebody_else_removed_is_told_kindly(
    visitor: Client, care: Department, verb: str
) -> None:
    url = address(care, verb, 999_999)
    assert "Somebody has removed this meanwhile." in send(visitor, url, {"joiner_days": "3"})
    assert visitor.get(url).status_code == 404


def test_a_deputy_and_a_head_of_what_is_above_may_set_it_too(
    company: Department, care: Department, module: ModulePage, client: Client
) -> None:
    for headship in (
        HeadshipFactory(department=care, deputy=True),
        HeadshipFactory(department=company),
    ):
        client.force_login(headship.person)
        assert client.get(address(care)).status_code == 200


@pytest.mark.parametrize("verb", ["list", "add", "change", "remove"])
@pytest.mark.parametrize("place", ["above", "beside"])
def test_a_foreign_department_is_not_there(
    visitor: Client, company: Department, care: Department, verb: str, place: str
) -> None:
    sales = DepartmentFactory(name="Sales", parent=company)
    stored = RequirementFactory(department=company if place == "above" else sales)
    more = [stored.pk] if verb in {"change", "remove"} else []
    assert visitor.get(address(stored.department, verb, *more)).status_code == 404
    assert visitor.post(address(stored.department, verb, *more)).status_code in {404, 405}


@pytest.mark.parametrize("verb", ["change", "remove"])
def test_her_own_address_opens_no_other_departments_requirement(
    visitor: Client, company: Department, care: Department, verb: str
) -> None:
    stored = RequirementFactory(department=company)
    data = {"seen": str(terms_of(stored)), "joiner_days": "1"}
    send(visitor, address(care, verb, stored.pk), data)
    assert terms_of(Requirement.objects.get()) == terms_of(stored)


def test_the_requirement_of_a_closed_module_keeps_its_name_to_itself(
    visitor: Client, care: Department
) -> None:
    stored = RequirementFactory(department=care, module__title="Secret launch")
    stored.module.unpublish()
    shown = read(visitor, address(care))
    assert "Secret launch" not in shown
    assert "1 more is asked for" in shown
    assert visitor.get(address(care, "remove", stored.pk)).status_code == 404


def test_an_administrator_finds_every_department_and_no_persons_state(
    administrator: Client, company: Department, care: Department
) -> None:
    shown = read(administrator, reverse("departments:team-index"))
    for department in (company, care):
        assert address(department) in shown
        team = reverse("departments:team-detail", args=[department.pk])
        assert f'"{team}"' not in shown
        assert administrator.get(team).status_code == 404


def test_the_list_of_people_is_an_administrators(
    administrator: Client, visitor: Client, care: Department
) -> None:
    person = MembershipFactory(department=care).person
    url = reverse("departments:people-export")
    assert url in read(administrator, reverse("departments:team-index"))
    assert person.email in administrator.get(url).getvalue().decode()
    assert visitor.get(url).status_code == 404


def test_an_administrator_may_ask_any_department(
    administrator: Client, care: Department, module: ModulePage
) -> None:
    send(administrator, address(care, "add"), filled())
    assert Requirement.objects.get().department == care


def test_the_team_page_leads_to_what_the_team_must_know(visitor: Client, care: Department) -> None:
    team = reverse("departments:team-detail", args=[care.pk])
    assert address(care) in read(visitor, team)
    RequirementFactory(department=care)
    assert "What your team must know" in read(visitor, team)


def test_the_list_costs_the_same_for_more_people_departments_and_requirements(
    visitor: Client, care: Department
) -> None:
    counts = []
    for _round in range(2):
        for _number in range(3):
            team = DepartmentFactory(parent=care)
            MembershipFactory.create_batch(3, department=team)
            RequirementFactory(department=team)
            RequirementFactory(department=care)
        read(visitor, address(care))
        with CaptureQueriesContext(connection) as queries:
            read(visitor, address(care))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


def test_the_list_of_departments_costs_the_same_for_more_of_them(
    administrator: Client, care: Department
) -> None:
    counts = []
    for _round in range(2):
        RequirementFactory(department=DepartmentFactory(parent=care))
        url = reverse("departments:team-index")
        read(administrator, url)
        with CaptureQueriesContext(connection) as queries:
            read(administrator, url)
        counts.append(len(queries))
    assert counts[0] == counts[1]
