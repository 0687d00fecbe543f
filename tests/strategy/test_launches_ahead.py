"""The launches of which a team's page tells: those that need what a module teaches."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from departments.launches import ComingLaunch, coming_launches
from knowledge.models import ModulePage
from strategy.models import Campaign
from tests.factories import (
    TODAY,
    CampaignFactory,
    DepartmentFactory,
    HeadshipFactory,
    MembershipFactory,
    ModuleFactory,
    RequirementFactory,
)
from tests.strategy.staging import after

pytestmark = pytest.mark.django_db

LAST = TODAY + timedelta(days=90)


@pytest.fixture
def module() -> ModulePage:
    made: ModulePage = ModuleFactory()
    return made


def campaign(module: ModulePage, **fields: Any) -> Campaign:
    made: Campaign = CampaignFactory(brief=module.brief, **fields)
    return made


def told(module: ModulePage) -> list[ComingLaunch]:
    return coming_launches(module.pk, after(1), LAST)


def test_launches_that_need_the_brief_come_in_the_order_of_their_days(module: ModulePage) -> None:
    campaign(module, title="Later", launches_on=after(20))
    campaign(module, title="Sooner", launches_on=after(10))
    campaign(module, title="Today", launches_on=TODAY)
    campaign(module, title="Next year", launches_on=after(91))
    CampaignFactory(title="About another brief", launches_on=after(15))

    assert told(module) == [ComingLaunch(after(10), "Sooner"), ComingLaunch(after(20), "Later")]


def test_a_draft_counts_by_what_was_written_last(module: ModulePage) -> None:
    moved = CampaignFactory(title="Moved", launches_on=after(5))
    moved.brief, moved.launches_on = module.brief, after(30)
    moved.save_revision()

    assert told(module) == [ComingLaunch(after(30), "Moved")]


def test_what_is_out_is_ahead_no_more(module: ModulePage) -> None:
    out = campaign(module, launches_on=after(5))
    Campaign.objects.filter(pk=out.pk).update(live=True)

    assert told(module) == []


def test_the_team_page_tells_them_for_two_queries_however_many_there_are(
    client: Client, module: ModulePage
) -> None:
    department = DepartmentFactory()
    RequirementFactory(department=department, module=module)
    MembershipFactory(department=department)
    client.force_login(HeadshipFactory(department=department).person)
    counts = []
    for number in (0, 1, 4):
        for _each in range(number):
            campaign(module, title=f"Of {number}", launches_on=after(10 + number))
        asked(client, department.pk)
        with CaptureQueriesContext(connection) as queries:
            text = asked(client, department.pk)
        counts.append(len(queries))

    assert text.count("launch of “Of 4”") == 4
    assert counts[1] == counts[2] == counts[0] + 1 <= 10


def asked(client: Client, department: int) -> str:
    response = client.get(reverse("departments:team-detail", args=[department]))
    assert response.status_code == 200
    return str(response.content.decode())
