"""Requirements from a file, in the browser: what it would change, then the change."""

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from departments.forms import MOST_BYTES
from departments.models import Department, Requirement
from departments.reports import Terms, terms_of
from knowledge.models import ModulePage
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

HEADER = "department,module,due\n"
ROW = "Company/Care,fair-refund,2026-12-04\n"
INPUT = re.compile(r'<input type="hidden" name="(upload|seen)" value="([^"]*)"')


@pytest.fixture
def care() -> Department:
    ModuleFactory(title="Fair Refund", slug="fair-refund")
    care = DepartmentFactory(name="Care", parent=DepartmentFactory(name="Company"))
    MembershipFactory.create_batch(12, department=care)
    return care


@pytest.fixture
def visitor(client: Client, care: Department) -> Client:
    client.force_login(HeadshipFactory(department=care).person)
    return client


def address(verb: str = "import") -> str:
    return reverse(f"departments:requirement-{verb}")


def upload(client: Client, text: str | bytes, name: str = "ours.csv") -> str:
    content = text.encode() if isinstance(text, str) else text
    response = client.post(address(), {"file": SimpleUploadedFile(name, content)})
    assert response.status_code == 200
    return response.content.decode()


def confirm(client: Client, shown: str) -> str:
    data = {name: unescape(value) for name, value in INPUT.findall(shown)}
    return client.post(address(), data, follow=True).content.decode()


def test_a_file_is_shown_before_anything_is_saved(visitor: Client) -> None:
    shown = upload(visitor, HEADER + ROW)
    assert "What ours.csv would change" in shown
    assert "Company/Care: Fair Refund" in shown
    assert "12 people, 14 days" in shown
    assert not Requirement.objects.exists()


def test_what_was_shown_is_saved(visitor: Client, care: Department) -> None:
    told = confirm(visitor, upload(visitor, HEADER + ROW))
    assert "Saved. 1 requirement is new or changed." in told
    assert terms_of(Requirement.objects.get()) == Terms(TODAY + 14 * A_DAY, 30)


def test_what_changed_between_the_steps_is_shown_again(visitor: Client, care: Department) -> None:
    shown = upload(visitor, HEADER + ROW)
    module = ModulePage.objects.get(slug="fair-refund")
    RequirementFactory(department=care, module=module, due_on=None, joiner_days=7)
    again = confirm(visitor, shown)
    assert "Something has changed meanwhile." in again
    assert Requirement.objects.get().joiner_days == 7
    assert Requirement.objects.get().due_on is None


def test_a_fault_is_told_with_its_line_and_nothing_can_be_saved(visitor: Client) -> None:
    shown = upload(visitor, HEADER + ROW + "Company/Sales,fair-refund,3 days\n")
    assert "Line 3" in shown
    assert "You don&#x27;t lead a department “Company/Sales”." in shown
    assert INPUT.findall(shown) == []


def test_a_file_that_changes_nothing_says_so(visitor: Client) -> None:
    confirm(visitor, upload(visitor, HEADER + ROW))
    assert "Everything in the file is so already." in upload(visitor, HEADER + ROW)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "This file is empty"),
        (b"x" * (MOST_BYTES + 1), "larger than 1 MB"),
        (b"\x00\x01\x02", "Line 1"),
        (b"\xff\xfe", "The file is empty"),
        (b'department,module,due\n"', "The quotes in this row"),
    ],
)
def test_what_is_no_table_is_refused(visitor: Client, content: bytes, told: str) -> None:
    assert told in upload(visitor, content)


def test_no_file_is_a_problem_that_is_said(visitor: Client) -> None:
    shown = visitor.post(address()).content.decode()
    assert "There’s a problem" in shown
    assert "Choose a file" in shown


@pytest.mark.parametrize("name", ["../../ours.csv", "ö" * 200 + ".csv", "a.b"])
def test_no_name_leads_elsewhere(visitor: Client, name: str) -> None:
    assert "12 people, 14 days" in upload(visitor, HEADER + ROW, name)


def test_what_was_not_signed_here_is_not_taken(visitor: Client) -> None:
    response = visitor.post(address(), {"upload": "eyJ9:x:y", "seen": ""}, follow=True)
    assert "Choose the file once more." in response.content.decode()


def test_who_sets_nothing_has_no_such_page(client: Client) -> None:
    client.force_login(PersonFactory())
    assert client.get(address()).status_code == 404
    assert client.post(address(), {"upload": "x"}).status_code == 404
    assert client.get(address("export")).status_code == 404


def test_the_file_that_is_taken_out_holds_what_the_reader_may_set(
    visitor: Client, care: Department
) -> None:
    RequirementFactory(
        department=care,
        module__slug="price-lock",
        joiner_days=14,
        levels=["head", "lead"],
        titles=["Adviser", "Shift planner"],
        starts_on=TODAY - A_DAY,
    )
    RequirementFactory(department=care, module__slug="secret", module__live=False)
    RequirementFactory(department=DepartmentFactory(name="Sales"))
    text = visitor.get(address("export")).getvalue().decode("utf-8-sig")
    assert text.splitlines() == [
        "department,module,due,levels,titles,from",
        'Company/Care,price-lock,"2026-12-01, 14 days",head;lead,Adviser;Shift planner,2026-11-19',
    ]
    assert "Everything in the file is so already." in upload(visitor, text)


def test_an_administrator_takes_out_everything(client: Client, care: Department) -> None:
    client.force_login(PersonFactory(administrator=True))
    for department in (care, DepartmentFactory(name="=Sales")):
        RequirementFactory(department=department)
    text = client.get(address("export")).getvalue().decode("utf-8-sig")
    assert len(text.splitlines()) == 3
    assert "'=Sales," in text
    assert "Everything in the file is so already." in upload(client, text)
