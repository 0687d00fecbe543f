"""A department changes how it works, says why, and the owners of promises are asked."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from customers.actions.changes import (
    SettledMeanwhile,
    answer_question,
    ask_owners,
    drop_change,
)
from customers.models import ChangeQuestion, ProcessChange
from customers.permissions import departments_changed_by
from departments.models import Department
from knowledge.models import PromisePage
from portal.models import User
from tests.conftest import NOW
from tests.customers.changing import MONDAY, daily_run
from tests.customers.measuring import measured
from tests.drafting import signed_in
from tests.factories import (
    A_DAY,
    TODAY,
    DepartmentFactory,
    HeadshipFactory,
    MembershipFactory,
    PersonFactory,
    PromiseFactory,
)

pytestmark = pytest.mark.django_db


def form_of(finance: Department, **said: str) -> dict[str, str]:
    told = {"title": "Daily run", "why": "Customers wait", "happens_on": "2026-11-23"}
    return told | {"department": str(finance.pk)} | said


def words(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def asked() -> list[str]:
    return sorted(ChangeQuestion.objects.values_list("promise__slug", flat=True))


def test_a_head_logs_a_change_under_the_next_number(
    promise: PromisePage, finance: Department
) -> None:
    daily_run(finance)
    desk = signed_in(HeadshipFactory(department=finance).person)
    answer = desk.post("/changes/add/", form_of(finance), follow=True)
    told = answer.content.decode()
    assert "Logged as PC-002. The owner of 1 promise is asked whether it changes." in told
    assert ProcessChange.objects.get(reference="PC-002").happens_on == MONDAY


def test_why_it_was_made_must_be_said(finance: Department) -> None:
    desk = signed_in(HeadshipFactory(department=finance).person)
    answer = desk.post("/changes/add/", form_of(finance, why=""))
    assert "Write why it was made: somebody had a good reason" in answer.content.decode()
    assert not ProcessChange.objects.exists()


def test_a_number_that_was_brought_in_is_not_given_twice(finance: Department) -> None:
    first = daily_run(finance)
    ProcessChange.objects.filter(pk=first.pk).update(reference="PC-0041")
    assert daily_run(finance).reference == "PC-042"


def test_the_owners_along_the_chain_are_asked_once(
    promise: PromisePage, finance: Department
) -> None:
    sales = DepartmentFactory(name="Sales", parent=finance.get_parent())
    PromiseFactory(slug="of-sales", departments=[sales])
    PromiseFactory(slug="unpublished", departments=[finance], live=False)
    change = daily_run(finance)
    ask_owners(change)
    assert asked() == ["fair-refund"]


def test_a_part_of_the_link_asks_and_so_does_what_it_belongs_to(
    promise: PromisePage, finance: Department
) -> None:
    daily_run(DepartmentFactory(name="Billing", parent=finance))
    daily_run(Department.objects.get(name="Company"))
    assert asked() == ["fair-refund", "fair-refund"]


def test_a_promise_that_is_named_is_asked_too(finance: Department) -> None:
    named = PromiseFactory(slug="named")
    daily_run(finance, promises=(named,))
    assert asked() == ["named"]


def test_a_head_logs_for_nobody_else(promise: PromisePage, finance: Department) -> None:
    sales = DepartmentFactory(name="Sales", parent=finance.get_parent())
    desk = signed_in(HeadshipFactory(department=finance, deputy=True).person)
    answer = desk.post("/changes/add/", form_of(sales))
    assert "Choose a department" in answer.content.decode()
    assert not ProcessChange.objects.exists()


@pytest.mark.parametrize(
    ("groups", "count"), [(["Marketing"], 2), (["Customer experience"], 2), ([], 0)]
)
def test_marketing_and_customer_experience_log_for_all(
    finance: Department, groups: list[str], count: int
) -> None:
    person = PersonFactory(groups=groups)
    assert departments_changed_by(person, on=TODAY).count() == count


def test_a_colleague_reads_the_log_and_writes_nothing(
    promise: PromisePage, finance: Department
) -> None:
    change = daily_run(finance)
    colleague = signed_in(MembershipFactory(department=finance).person)
    assert colleague.get("/changes/add/").status_code == 404
    assert colleague.post("/changes/add/", form_of(finance)).status_code == 404
    assert colleague.post(f"/changes/{change.reference}/drop/").status_code == 404
    assert colleague.post(f"/changes/{change.reference}/fair-refund/").status_code == 404
    told = words(colleague, "/changes/")
    assert "Log a change" not in told
    assert "<b>Planned</b> · from Monday 23 November" in told
    assert "Why: Customers wait" in words(colleague, f"/changes/{change.reference}/").replace(
        "Why it was made:</b>", "Why:"
    )


def test_the_owner_answers_for_everybody_to_read(
    promise: PromisePage, finance: Department, owner: User
) -> None:
    change = daily_run(finance)
    desk = signed_in(owner)
    address = f"/changes/{change.reference}/fair-refund/"
    assert address in words(desk, f"/changes/{change.reference}/")
    assert "Write one sentence" in desk.post(address, {"answer": "no"}).content.decode()
    desk.post(address, {"answer": "no", "note": "Three days stay three days."})
    told = words(signed_in(MembershipFactory().person), f"/changes/{change.reference}/")
    assert "The promise stays as it is: Three days stay three days. (Noor Ashgrove" in told


def test_a_question_is_answered_once(
    promise: PromisePage, finance: Department, owner: User
) -> None:
    daily_run(finance)
    question = ChangeQuestion.objects.get()
    answer_question(question=question, answer="yes", note="Lower it.", by=owner, at=NOW)
    with pytest.raises(SettledMeanwhile):
        answer_question(question=question, answer="no", note="No.", by=owner, at=NOW)
    assert ChangeQuestion.objects.get().answer == "yes"


def test_yes_leads_to_the_claims(promise: PromisePage, finance: Department, owner: User) -> None:
    change = daily_run(finance)
    said = {"answer": "yes", "note": "Five days from now on."}
    answer = signed_in(owner).post(f"/changes/{change.reference}/fair-refund/", said, follow=True)
    assert "/promises/fair-refund/evidence/" in answer.content.decode()


def test_what_has_happened_cannot_be_dropped(finance: Department) -> None:
    with pytest.raises(SettledMeanwhile):
        drop_change(change=daily_run(finance), at=NOW + 4 * A_DAY)


def test_a_longer_log_costs_no_more_queries(promise: PromisePage, finance: Department) -> None:
    client = signed_in(HeadshipFactory(department=finance).person)

    def queries() -> list[int]:
        counts = []
        for address in ("/changes/", "/changes/PC-001/"):
            with CaptureQueriesContext(connection) as captured:
                words(client, address)
            counts.append(len(captured))
        return counts

    daily_run(finance, promises=(promise,), measures=(measured(),))
    queries()
    before = queries()
    for number in range(4):
        other = PromiseFactory(departments=[finance])
        measure = measured(reference=f"measure-{number}")
        daily_run(finance, promises=(other,), measures=(measure,))
    assert queries() == before
