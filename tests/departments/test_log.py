"""The log: who changed what, for whom it is, in words."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from departments.actions.auditing import audit
from departments.models import AuditLine, Department
from knowledge.models import ModulePage
from portal.models import User
from tests.conftest import NOW
from tests.factories import (
    DepartmentFactory,
    HeadshipFactory,
    MembershipFactory,
    ModuleFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db

Kind = AuditLine.Kind


@pytest.fixture
def visitor(client: Client, care: Department) -> Client:
    person = PersonFactory(first_name="Hera", last_name="Long")
    client.force_login(HeadshipFactory(department=care, person=person).person)
    return client


def ana(**kwargs: Any) -> User:
    person: User = PersonFactory(first_name="Ana", last_name="Long", **kwargs)
    return person


def waived(department: Department | None, **more: Any) -> AuditLine:
    told: dict[str, Any] = {"after": {"until": "2026-12-20"}, "reason": "Away"} | more
    return audit(Kind.WAIVED, by=None, at=NOW, department=department, **told)


def read(client: Client, department: Department, verb: str = "log", **asked: str) -> str:
    response = client.get(reverse(f"departments:team-{verb}", args=[department.pk]), asked)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_a_line_tells_who_what_when_why_and_before_and_after(
    visitor: Client, care: Department
) -> None:
    module: ModulePage = ModuleFactory(title="Fair Refund")
    before = {"due_on": None, "joiner_days": 30}
    after = {
        "due_on": "2026-12-04",
        "joiner_days": 14,
        "levels": ["lead"],
        "titles": ["Adviser"],
        "starts_on": "2026-12-01",
    }
    by = PersonFactory(first_name="Bea", last_name="Long")
    audit(Kind.CHANGED, by=by, at=NOW, department=care, module=module, before=before, after=after)
    shown = read(visitor, care)
    assert "Requirement changed: Fair Refund" in shown
    assert "30 days for joiners <span" in shown
    told = "by 4 December 2026, 14 days for joiners, only Team lead, only Adviser"
    assert f"{told}, from 1 December 2026" in shown
    assert "Friday 20 November, 09:00, Bea Long · Care" in shown


def test_a_head_reads_her_own_and_what_is_below_and_an_administrator_everything(
    visitor: Client, company: Department, care: Department
) -> None:
    team = DepartmentFactory(name="Evening shift", parent=care)
    for place in (company, care, team, DepartmentFactory(parent=company), None):
        waived(place)
    assert "2 lines" in read(visitor, care)
    assert visitor.get(reverse("departments:team-log", args=[company.pk])).status_code == 404
    visitor.force_login(PersonFactory(administrator=True))
    assert "5 lines" in read(visitor, company)
    assert "2 lines" in read(visitor, care)
    visitor.force_login(MembershipFactory(department=care).person)
    for verb in ("log", "log-export"):
        url = reverse(f"departments:team-{verb}", args=[care.pk])
        assert visitor.get(url).status_code == 404


def test_it_is_narrowed_by_person_and_kind_on_the_page_and_in_the_file(
    visitor: Client, care: Department
) -> None:
    waived(care, person=ana())
    waived(care, person=PersonFactory(first_name="Bea"))
    audit(Kind.NUDGED, by=None, at=NOW, department=care, person=ana())
    assert "1 line<" in read(visitor, care, q="ana lo", kind="waived")
    assert "2 lines" in read(visitor, care, kind="waived")
    file = visitor.get(
        reverse("departments:team-log-export", args=[care.pk]), {"q": "ana", "kind": "waived"}
    )
    lines = file.getvalue().decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[1] == (
        '2026-11-20 09:00,Waived,Ana Long,Care,"A file, on the server",Away,,until 2026-12-20'
    )


def test_a_file_of_the_log_runs_no_formula(visitor: Client, care: Department) -> None:
    waived(care, reason="=HYPERLINK(1)")
    file = visitor.get(reverse("departments:team-log-export", args=[care.pk]))
    assert ",'=HYPERLINK(1)," in file.getvalue().decode()


def test_a_closed_module_keeps_its_name(visitor: Client, care: Department) -> None:
    waived(care, module=ModuleFactory(title="Secret launch", live=False))
    assert "Secret" not in read(visitor, care)


def test_the_page_costs_the_same_for_more_lines(visitor: Client, care: Department) -> None:
    counts = []
    for _round in range(2):
        for _number in range(5):
            waived(care, person=PersonFactory(), module=ModuleFactory())
        read(visitor, care)
        with CaptureQueriesContext(connection) as queries:
            read(visitor, care)
        counts.append(len(queries))
    assert counts[0] == counts[1]
