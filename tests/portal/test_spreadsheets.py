"""Reports of Wagtail's own run nothing in a spreadsheet either."""

import csv

import pytest
from django.test import Client
from django.urls import reverse

from portal.models import User
from tests.factories import BriefFactory, PersonFactory

pytestmark = pytest.mark.usefixtures("portal_site")

FORMULA = "=1+1"


@pytest.fixture
def administrator(client: Client, portal_site: None) -> User:
    person: User = PersonFactory(administrator=True, first_name="=2+2", last_name="")
    client.force_login(person)
    return person


@pytest.mark.parametrize("name", ["locked_pages", "site_history", "aging_pages"])
def test_a_title_or_a_name_is_no_formula(name: str, client: Client, administrator: User) -> None:
    brief = BriefFactory(title=FORMULA, locked=True, locked_by=administrator)
    brief.save_revision(user=administrator, log_action=True).publish(user=administrator)

    answer = client.get(reverse(f"wagtailadmin_reports:{name}"), {"export": "csv"})

    lines = b"".join(answer.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
    cells = [cell for line in csv.reader(lines) for cell in line]
    assert f"'{FORMULA}" in cells
    assert not [cell for cell in cells if cell.startswith("=")]
