"""What briefs and modules say of the promises they serve, and what these pages cost."""

import pytest
from django.test import Client
from django.urls import reverse

from departments.models import Department
from knowledge.models import BriefPage, PromisePage
from portal.models import User
from tests.factories import (
    BriefFactory,
    DepartmentFactory,
    FactFactory,
    LessonFactory,
    MembershipFactory,
    ModuleFactory,
    PersonFactory,
    PromiseFactory,
    QuestionFactory,
    RequirementFactory,
    StandingFactory,
)
from tests.knowledge.reading import queries_for, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_site")]


def test_a_brief_tells_my_part_and_the_exact_claim(visitor: Client, brief: BriefPage) -> None:
    shown = read(visitor, brief)

    assert "My part: Care" in shown
    assert "At least 95% of refunds arrive within 3 working days" in shown
    assert 'href="/promises/' in shown


def test_a_brief_leaves_my_part_out_where_my_department_has_none(
    client: Client, brief: BriefPage
) -> None:
    client.force_login(MembershipFactory(department=DepartmentFactory(name="Sales")).person)

    assert "My part" not in read(client, brief)


def test_a_brief_names_owner_and_sponsor(visitor: Client, brief: BriefPage) -> None:
    brief.owner = PersonFactory(first_name="Amara", last_name="Vellacott")
    brief.sponsor = PersonFactory(first_name="Ines", last_name="Callowhart")
    brief.save()

    shown = read(visitor, brief)

    assert "Owner: Amara Vellacott." in shown
    assert "<dt>Sponsor</dt><dd>Ines Callowhart" in shown


def test_a_brief_says_nothing_of_a_promise_that_is_a_draft(
    visitor: Client, brief: BriefPage, promise: PromisePage
) -> None:
    promise.unpublish()

    shown = read(visitor, brief)

    assert promise.sentence not in shown
    assert "My part" not in shown


def test_a_draft_brief_is_previewed_with_the_promises_it_drafts(
    client: Client, brief: BriefPage
) -> None:
    other = PromiseFactory(sentence="We ring you before you ring us.")
    brief.promises = [other]
    draft = brief.save_revision()
    client.force_login(PersonFactory(administrator=True))

    url = reverse("wagtailadmin_pages:revisions_view", args=[brief.pk, draft.pk])
    shown = client.get(url).content.decode()

    assert "We ring you before you ring us." in shown


def test_a_module_tells_my_part(visitor: Client, brief: BriefPage) -> None:
    assert "My part: Care" in read(visitor, ModuleFactory(brief=brief))


def test_a_brief_costs_fifteen_queries_whatever_it_serves(
    visitor: Client, person: User, brief: BriefPage, chain: list[Department]
) -> None:
    brief.owner = brief.sponsor = PersonFactory()
    brief.save()
    FactFactory(brief=brief)
    before = queries_for(visitor, brief)
    for fact in FactFactory.create_batch(30, brief=brief):
        QuestionFactory(module=ModuleFactory(brief=brief), facts=[fact])
    brief.promises = PromiseFactory.create_batch(30, departments=chain)
    brief.save()

    assert queries_for(visitor, brief) == before <= 15


def test_a_promise_costs_the_same_however_long_its_thread(
    visitor: Client,
    person: User,
    promise: PromisePage,
    brief: BriefPage,
    chain: list[Department],
) -> None:
    module = ModuleFactory(brief=brief)
    RequirementFactory(department=person.memberships.get().department, module=module)
    before = queries_for(visitor, promise)
    # The same people are looked at, and thirty departments more.
    longer = PromiseFactory(departments=[*chain, *(DepartmentFactory() for _number in range(30))])
    for page in BriefFactory.create_batch(30):
        page.promises = [longer]
        page.save()
        asked = ModuleFactory(brief=page)
        RequirementFactory(department=person.memberships.get().department, module=asked)
        StandingFactory(person=person, module=asked, ready=True)

    assert queries_for(visitor, longer) == before


def test_a_module_costs_the_same_however_many_promises_it_serves(
    visitor: Client, brief: BriefPage, chain: list[Department]
) -> None:
    module = LessonFactory(module=ModuleFactory(brief=brief)).module
    before = queries_for(visitor, module)
    brief.promises = PromiseFactory.create_batch(30, departments=chain)
    brief.save()
    LessonFactory.create_batch(30, module=module)

    assert queries_for(visitor, module) == before
