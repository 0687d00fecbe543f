"""A head asks for more time; whoever leads above her answers, or else an administrator."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from departments.actions import ChangedMeanwhile
from departments.actions.asking_time import answer_for_time, ask_for_time
from departments.models import AuditLine, Department, PastRequirement, Requirement, TimeRequest
from departments.reports.time_requests import may_answer, time_requests_for
from knowledge.models import ModulePage
from portal.models import User
from tests.conftest import NOW
from tests.factories import (
    A_DAY,
    TODAY,
    DepartmentFactory,
    HeadshipFactory,
    ModuleFactory,
    PersonFactory,
    RequirementFactory,
)

pytestmark = pytest.mark.django_db

UNTIL = TODAY + 40 * A_DAY
GRANTED = TimeRequest.Answer.GRANTED


@pytest.fixture
def module() -> ModulePage:
    return ModuleFactory(title="Fair Refund", slug="fair-refund")


def asked(department: Department, module: ModulePage, head: User) -> TimeRequest:
    return ask_for_time(
        department=department, module=module, until=UNTIL, reason="A fair", by=head, at=NOW
    )


def answered(request: TimeRequest, by: User, answer: TimeRequest.Answer = GRANTED) -> None:
    answer_for_time(request=request, answer=answer, note="Good luck", by=by, at=NOW)


def test_what_is_granted_is_the_departments_own_due_day(
    company: Department, care: Department, module: ModulePage, head: User
) -> None:
    own = RequirementFactory(department=care, module=module, known_from=TODAY - A_DAY)
    above = PersonFactory()
    answered(asked(care, module, head), above)
    own.refresh_from_db()
    assert own.due_on == UNTIL
    assert PastRequirement.objects.get().known_until == TODAY
    line = AuditLine.objects.get(kind="changed")
    assert (line.by, line.reason, line.after["due_on"]) == (above, "A fair", UNTIL.isoformat())


def test_a_requirement_from_above_becomes_the_departments_own(
    company: Department, care: Department, module: ModulePage, head: User
) -> None:
    above = RequirementFactory(
        department=company, module=module, due_on=TODAY + A_DAY, joiner_days=90, levels=["lead"]
    )
    answered(asked(care, module, head), PersonFactory())
    own = Requirement.objects.get(department=care)
    assert (own.due_on, own.joiner_days, own.levels) == (UNTIL, 90, ["lead"])
    above.refresh_from_db()
    assert above.due_on == TODAY + A_DAY


def test_not_now_changes_nothing_and_both_sides_read_why(
    company: Department, care: Department, module: ModulePage, head: User
) -> None:
    own = RequirementFactory(department=care, module=module)
    boss = HeadshipFactory(department=company).person
    request = asked(care, module, head)
    assert time_requests_for(boss, on=TODAY).to_answer == (request,)
    answered(request, boss, TimeRequest.Answer.NOT_NOW)
    assert terms_due(own) == own.due_on
    assert not time_requests_for(boss, on=TODAY).to_answer
    (told,) = time_requests_for(head, on=TODAY).answered
    assert (told.note, told.answered_by) == ("Good luck", boss)


def terms_due(requirement: Requirement) -> Any:
    return Requirement.objects.get(pk=requirement.pk).due_on


def test_she_is_answered_once(care: Department, module: ModulePage, head: User) -> None:
    RequirementFactory(department=care, module=module)
    request = asked(care, module, head)
    with pytest.raises(ChangedMeanwhile):
        asked(care, module, head)
    answered(request, PersonFactory(), TimeRequest.Answer.NOT_NOW)
    with pytest.raises(ChangedMeanwhile):
        answered(request, PersonFactory())
    assert TimeRequest.objects.get().answer == "not-now"


def test_nobody_answers_herself_and_an_administrator_only_where_nobody_leads_above(
    company: Department, care: Department, module: ModulePage, head: User
) -> None:
    RequirementFactory(department=care, module=module)
    administrator, sister = PersonFactory(administrator=True), DepartmentFactory(parent=company)
    request = asked(care, module, head)
    HeadshipFactory(department=company, person=head)
    stranger = HeadshipFactory(department=sister).person
    told = [may_answer(each, request, on=TODAY) for each in (head, stranger, administrator)]
    assert told == [False, False, True]
    deputy = HeadshipFactory(department=company, deputy=True).person
    told = [may_answer(each, request, on=TODAY) for each in (deputy, administrator)]
    assert told == [True, False]


def test_an_administrator_who_answers_goes_back_to_all_departments(
    client: Client, company: Department, care: Department, module: ModulePage, head: User
) -> None:
    RequirementFactory(department=care, module=module)
    request = asked(care, module, head)
    url = reverse("departments:time-answer", args=[care.pk, request.pk])
    client.force_login(PersonFactory(administrator=True))
    assert "All departments</a>" in client.get(url).content.decode()
    client.force_login(HeadshipFactory(department=company).person)
    assert "Team</a>" in client.get(url).content.decode()


def test_time_is_asked_and_granted_on_the_screen(
    client: Client, company: Department, care: Department, module: ModulePage, head: User
) -> None:
    RequirementFactory(department=company, module=module)
    client.force_login(head)
    url = reverse("departments:time-ask", args=[care.pk])
    filled = {"module": "fair-refund", "until": UNTIL.isoformat(), "reason": "A fair"}
    assert "Asked." in client.post(url, filled, follow=True).content.decode()
    request = TimeRequest.objects.get()
    answer_url = reverse("departments:time-answer", args=[care.pk, request.pk])
    assert client.get(answer_url).status_code == 404
    client.force_login(HeadshipFactory(department=company).person)
    assert "asks for time until" in client.get(answer_url).content.decode()
    silent = client.post(answer_url, {"answer": "not-now", "note": ""}, follow=True)
    assert "Say why, and what would change it" in silent.content.decode()
    told = client.post(answer_url, {"answer": "granted", "note": ""}, follow=True)
    assert "Answered." in told.content.decode()
    assert Requirement.objects.get(department=care).due_on == UNTIL
