"""A promise's page, and what briefs and modules say of promises."""

import pytest
from django.test import Client
from django.urls import reverse

from departments.models import Department
from knowledge.models import BriefPage, PromisePage
from knowledge.templatetags.knowledge import address
from portal.models import User
from tests.factories import (
    DepartmentFactory,
    MembershipFactory,
    ModuleFactory,
    PersonFactory,
    PromiseFactory,
    StandingFactory,
)
from tests.knowledge.reading import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_site")]


def test_a_promise_says_what_we_say_and_who_answers_for_it(
    visitor: Client, promise: PromisePage
) -> None:
    promise.owner = PersonFactory(first_name="Noor", last_name="Ashgrove")
    promise.sponsor = PersonFactory(first_name="Ines", last_name="Callowhart")
    promise.why_us = "The work is ours."
    promise.save()

    shown = read(visitor, promise)

    assert '<h1 class="promise-line">When we agree it, you get it.</h1>' in shown
    assert "At least 95% of refunds arrive within 3 working days" in shown
    assert "Owner: Noor Ashgrove. Sponsor: Ines Callowhart." in shown
    assert "The work is ours." in shown


@pytest.mark.parametrize("is_pilot", [True, False])
def test_a_pilot_is_called_one(visitor: Client, promise: PromisePage, is_pilot: bool) -> None:
    promise.is_pilot = is_pilot
    promise.save()

    assert ("Pilot" in read(visitor, promise)) is is_pilot


@pytest.mark.parametrize(("name", "following"), [("Care", "Finance"), ("Finance", "the customer")])
def test_my_part_comes_first_and_is_another_for_another_department(
    client: Client, promise: PromisePage, name: str, following: str
) -> None:
    client.force_login(MembershipFactory(department=Department.objects.get(name=name)).person)

    shown = read(client, promise)
    my_part = shown[shown.index("My part:") :]

    assert my_part.startswith(f"My part: {name}")
    assert my_part.index(f"Do what {name} does.") < my_part.index("The thread")
    assert f"Next on the thread: {following}." in my_part


def test_the_thread_runs_in_order_to_the_customer(
    visitor: Client, promise: PromisePage, chain: list[Department]
) -> None:
    thread = read(visitor, promise).split('class="thread"')[1]
    places = [thread.index(f"<h3>{name}</h3>") for name in (*chain, "The customer")]

    assert places == sorted(places)
    assert "The same day" in thread


def test_a_department_without_a_link_is_told_so(client: Client, promise: PromisePage) -> None:
    client.force_login(MembershipFactory(department=DepartmentFactory(name="Sales")).person)

    assert "Your department has no link in this thread." in read(client, promise)


def test_whoever_is_in_no_department_reads_the_thread_without_a_word_on_her_part(
    client: Client, promise: PromisePage
) -> None:
    client.force_login(PersonFactory())

    shown = read(client, promise)

    assert "<h3>Care</h3>" in shown
    assert "Your department" not in shown


@pytest.mark.parametrize("is_editor", [True, False])
def test_a_promise_without_links_asks_its_editors_for_the_first(
    client: Client, is_editor: bool
) -> None:
    promise = PromiseFactory()
    client.force_login(PersonFactory(groups=["Marketing"] if is_editor else []))

    shown = read(client, promise)

    assert ("Add the first link" in shown) is is_editor
    assert (reverse("wagtailadmin_pages:edit", args=[promise.pk]) in shown) is is_editor
    assert ("Marketing hasn’t said yet" in shown) is not is_editor


def test_a_promise_leads_to_its_briefs_and_modules_with_my_state(
    visitor: Client, person: User, promise: PromisePage, brief: BriefPage
) -> None:
    module = ModuleFactory(brief=brief)
    StandingFactory(person=person, module=module, ready=True)

    shown = read(visitor, promise)

    assert f'href="{address(brief)}"' in shown
    assert f'href="{address(module)}"' in shown
    assert "until Friday 4 December" in shown


def test_a_promise_says_nothing_of_a_brief_that_is_a_draft(
    visitor: Client, promise: PromisePage, brief: BriefPage
) -> None:
    module = ModuleFactory(brief=brief, title="Its module")
    brief.unpublish()

    shown = read(visitor, promise)

    assert brief.title not in shown
    assert module.title not in shown
