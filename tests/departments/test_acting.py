"""A head acts for several people at once: seen first, then all of them or nobody."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from departments.actions import ChangedMeanwhile, change_requirement, drop_requirement
from departments.actions.giving import give, take_back
from departments.models import (
    Assignment,
    AuditLine,
    Department,
    Exemption,
    Extension,
    Headship,
    Membership,
    Requirement,
)
from departments.reports import Terms, department_readiness, terms_of
from departments.reports.act_plans import plan_of
from departments.reports.acts import Act, Plan, Why, Wish
from knowledge.models import ModulePage
from portal.models import User
from tests.conftest import NOW
from tests.factories import (
    A_DAY,
    TODAY,
    DepartmentFactory,
    HeadshipFactory,
    MembershipFactory,
    ModuleFactory,
    PersonFactory,
    RequirementFactory,
    StandingFactory,
)

pytestmark = pytest.mark.django_db

UNTIL = TODAY + 30 * A_DAY


@pytest.fixture
def module(care: Department) -> ModulePage:
    asked: ModulePage = RequirementFactory(
        department=care, module__title="Fair Refund", module__slug="fair-refund", due_on=None
    ).module
    return asked


@pytest.fixture
def ana(care: Department) -> User:
    return named("Ana", care)


@pytest.fixture
def bea(care: Department) -> User:
    return named("Bea", care)


@pytest.fixture
def head(care: Department) -> User:
    headship: Headship = HeadshipFactory(department=care, person=named("Hera", care))
    return headship.person


def named(name: str, department: Department, **kwargs: Any) -> User:
    person: User = MembershipFactory(
        department=department, person__first_name=name, person__last_name="Long", **kwargs
    ).person
    return person


def wish(act: Act, module: ModulePage | None, head: User, *people: User, days: int = 30) -> Wish:
    keys = frozenset({module.pk} if module else ())
    until = None if act is Act.NUDGE else TODAY + timedelta(days=days)
    return Wish(act, frozenset(each.pk for each in people), keys, head.pk, until)


def given(department: Department, wanted: Wish, head: User, seen: str = "") -> int:
    seen = seen or plan_of(department, wanted, on=TODAY).seen
    return give(
        department=department, wish=wanted, reason="Trains others", seen=seen, by=head, at=NOW
    )


def why_of(plan: Plan) -> dict[str, Why]:
    return {each.name.split()[0]: each.why for each in plan.left_out}


def counted(department: Department) -> tuple[int, int, int]:
    tally = department_readiness(department, on=TODAY).columns[0].tally
    return tally.ready, tally.needed, tally.not_counted


def test_a_waiver_leaves_numerator_and_denominator_and_is_listed(
    care: Department, module: ModulePage, head: User, ana: User, bea: User
) -> None:
    StandingFactory(person=ana, module=module, ready=True)
    assert counted(care) == (1, 3, 0)
    assert given(care, wish(Act.WAIVE, module, head, ana), head) == 1
    assert counted(care) == (0, 2, 1)
    row = department_readiness(care, on=TODAY).row_of(ana.pk)
    assert row is not None
    assert row.reasons[0].readiness.because == "Trains others"
    assert row.reasons[0].readiness.until == UNTIL


def test_every_act_leaves_a_line_with_before_and_after(
    care: Department, module: ModulePage, head: User, ana: User, bea: User
) -> None:
    given(care, wish(Act.WAIVE, module, head, ana, days=3), head)
    given(care, wish(Act.WAIVE, module, head, ana, bea), head)
    lines = AuditLine.objects.filter(kind="waived", person=ana).order_by("pk")
    told = [(each.before, each.after, each.reason, each.by, each.department) for each in lines]
    later = {"until": "2026-12-20"}
    assert told == [
        ({}, {"until": "2026-11-23"}, "Trains others", head, care),
        ({"until": "2026-11-23"}, later, "Trains others", head, care),
    ]
    assert Exemption.objects.current(on=TODAY).filter(person=ana).get().ends_on == UNTIL


def test_the_same_form_sent_twice_changes_nothing(
    care: Department, module: ModulePage, head: User, ana: User, bea: User
) -> None:
    for act, table in ((Act.WAIVE, Exemption), (Act.EXTEND, Extension)):
        person = ana if act is Act.WAIVE else bea
        wanted = wish(act, module, head, person)
        seen = plan_of(care, wanted, on=TODAY).seen
        assert [given(care, wanted, head, seen) for _time in range(2)] == [1, 0]
        assert table._default_manager.count() == 1
    assert AuditLine.objects.count() == 2


def test_where_it_is_not_what_was_seen_nobody_gets_anything(
    care: Department, module: ModulePage, head: User, ana: User, bea: User
) -> None:
    wanted = wish(Act.WAIVE, module, head, ana, bea)
    seen = plan_of(care, wanted, on=TODAY).seen
    given(care, wish(Act.WAIVE, module, head, bea), head)
    with pytest.raises(ChangedMeanwhile):
        given(care, wanted, head, seen)
    assert Exemption.objects.get().person == bea


def test_a_preview_says_who_is_left_out_and_why(
    company: Department, care: Department, module: ModulePage, head: User, ana: User
) -> None:
    StandingFactory(person=ana, module=module, ready=True)
    joiner = named("Jo", care, joiner=True)
    elsewhere = DepartmentFactory(name="Sales", parent=company)
    RequirementFactory(department=elsewhere, module=module)
    second = named("Sue", elsewhere)
    MembershipFactory(department=care, person=second, is_home=False)
    people = (head, ana, joiner, second)
    plan = plan_of(care, wish(Act.EXTEND, module, head, *people, days=5), on=TODAY)
    assert plan.lines == ()
    assert why_of(plan) == {
        "Hera": Why.YOURSELF,
        "Ana": Why.READY,
        "Jo": Why.HAS_TIME,
        "Sue": Why.ELSEWHERE,
    }
    assert plan_of(care, wish(Act.EXTEND, module, head, joiner), on=TODAY).lines


def test_more_time_moves_her_due_day_and_changes_no_count(
    care: Department, module: ModulePage, head: User, ana: User
) -> None:
    given(care, wish(Act.EXTEND, module, head, ana), head)
    row = department_readiness(care, on=TODAY).row_of(ana.pk)
    assert row is not None
    assert row.cells[0].due_on == UNTIL
    assert counted(care) == (0, 2, 0)


def test_a_module_is_assigned_to_one_person_who_counts_when_its_day_has_come(
    care: Department, module: ModulePage, head: User, ana: User, bea: User
) -> None:
    other = ModuleFactory(title="Price Lock")
    plan = plan_of(care, wish(Act.ASSIGN, module, head, ana), on=TODAY)
    assert why_of(plan) == {"Ana": Why.ASKED}
    assert given(care, wish(Act.ASSIGN, other, head, ana), head) == 1
    column = department_readiness(care, on=TODAY).columns[1].tally
    assert (column.needed, column.not_counted) == (0, 1)
    later = department_readiness(care, on=UNTIL + A_DAY).columns[1].tally
    assert (later.needed, later.not_counted) == (1, 0)


def test_nobody_at_home_elsewhere_is_assigned_a_module(
    company: Department, care: Department, module: ModulePage, head: User
) -> None:
    second = named("Sue", company)
    MembershipFactory(department=care, person=second, is_home=False)
    plan = plan_of(care, wish(Act.ASSIGN, ModuleFactory(), head, second), on=TODAY)
    assert why_of(plan) == {"Sue": Why.ELSEWHERE}


def test_what_is_taken_back_holds_no_longer_and_yesterday_stays(
    care: Department, module: ModulePage, head: User, ana: User
) -> None:
    waiver = Exemption.objects.create(
        person=ana,
        module=module,
        reason="Away",
        starts_on=TODAY - 9 * A_DAY,
        ends_on=UNTIL,
        known_from=TODAY - 9 * A_DAY,
    )
    assert counted(care) == (0, 1, 1)
    assert take_back(given=waiver, department=care, by=head, at=NOW)
    assert not take_back(given=waiver, department=care, by=head, at=NOW)
    assert counted(care) == (0, 2, 0)
    assert Exemption.objects.current(on=TODAY - A_DAY).exists()
    line = AuditLine.objects.get(kind="waiver-ended")
    assert (line.before, line.after) == ({"until": "2026-12-20"}, {"until": "2026-11-20"})


def step(client: Client, department: Department, act: str, **data: Any) -> str:
    url = reverse("departments:team-act-on", args=[department.pk, act])
    response = client.post(url, data, follow=True)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def ticked(module: ModulePage, *people: User, **more: Any) -> dict[str, Any]:
    return {"person": [each.pk for each in people], "module": [module.slug], **more}


def test_two_people_are_waived_in_three_steps(
    visitor: Client, care: Department, module: ModulePage, ana: User, bea: User
) -> None:
    filled = ticked(module, ana, bea, until="2026-12-20", reason="Away at the fair")
    assert "See what it means" in step(visitor, care, "waive", **ticked(module, ana, bea))
    shown = step(visitor, care, "waive", step="preview", **filled)
    assert "2 people aren’t counted until Sunday 20 December." in shown
    assert not Exemption.objects.exists()
    seen = shown.split('name="seen" value="')[1].split('"')[0]
    told = step(visitor, care, "waive", step="confirm", seen=seen, **filled)
    assert "Saved for 2 people." in told
    assert Exemption.objects.count() == 2


def test_what_was_not_seen_as_it_is_is_shown_again(
    visitor: Client, care: Department, module: ModulePage, ana: User
) -> None:
    filled = ticked(module, ana, until="2026-12-20", reason="Away at the fair")
    shown = step(visitor, care, "waive", step="confirm", seen="other", **filled)
    assert "Something has changed meanwhile." in shown
    assert not Exemption.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"person": []}, "Tick at least one person."),
        ({"module": []}, "Tick at least one module."),
        ({"until": "2026-11-19"}, "Choose today or a day to come"),
        ({"reason": ""}, "Write the reason in a few words"),
    ],
)
def test_what_is_missing_is_said(
    visitor: Client,
    care: Department,
    module: ModulePage,
    ana: User,
    wrong: dict[str, Any],
    told: str,
) -> None:
    filled = ticked(module, ana, until="2026-12-20", reason="Away", step="confirm") | wrong
    assert told in step(visitor, care, "waive", **filled)
    assert not Exemption.objects.exists()


def test_what_has_to_be_ticked_is_reached_from_the_summary(
    visitor: Client, care: Department, module: ModulePage
) -> None:
    named("Lea", care, on_leave=True)
    shown = step(visitor, care, "waive")
    for name in ("people", "modules"):
        assert f'href="#{name}"' in shown
        assert f'id="{name}"' in shown
    assert "On leave" in shown
    assert f'href="{reverse("departments:team-act", args=[care.pk])}"' not in shown


def test_whoever_she_does_not_lead_is_not_there_in_any_form(
    visitor: Client, company: Department, care: Department, module: ModulePage, ana: User
) -> None:
    stranger = named("Sam", DepartmentFactory(parent=company))
    secret = ModuleFactory(live=False)
    for data in (ticked(module, ana, stranger), ticked(secret, ana)):
        for act in Act:
            url = reverse("departments:team-act-on", args=[care.pk, act.value])
            assert visitor.post(url, data | {"step": "confirm"}).status_code == 404
    url = reverse("departments:team-act", args=[care.pk])
    assert visitor.get(url, {"person": stranger.pk}).status_code == 404


def test_only_who_leads_a_department_acts_for_it_and_takes_back(
    client: Client, company: Department, care: Department, module: ModulePage, ana: User
) -> None:
    sales = DepartmentFactory(name="Sales", parent=company)
    waiver = Exemption.objects.create(
        person=ana, module=module, reason="Away", starts_on=TODAY, ends_on=UNTIL
    )
    urls = [
        reverse("departments:team-act", args=[care.pk]),
        reverse("departments:team-given", args=[care.pk]),
    ]
    back = reverse("departments:team-take-back", args=[care.pk, "waiver", waiver.pk])
    for person in (ana, HeadshipFactory(department=sales).person):
        client.force_login(person)
        assert {client.get(url).status_code for url in urls} == {404}
        assert client.post(back).status_code == 404
    for headship in (
        HeadshipFactory(department=care, deputy=True),
        HeadshipFactory(department=company),
    ):
        client.force_login(headship.person)
        assert {client.get(url).status_code for url in urls} == {200}
    client.post(back)
    assert not Exemption.objects.current(on=TODAY).exists()


def test_the_head_of_a_second_department_meets_nothing_that_counts_at_home(
    client: Client, company: Department, care: Department, module: ModulePage, ana: User
) -> None:
    sales = DepartmentFactory(name="Sales", parent=company)
    MembershipFactory(person=ana, department=sales, is_home=False)
    other = RequirementFactory(department=sales, module__title="Price Lock", due_on=None).module
    own, foreign = (
        Exemption.objects.create(
            person=ana, module=each, reason=f"Why {each.title}", starts_on=TODAY, ends_on=UNTIL
        )
        for each in (other, module)
    )
    client.force_login(HeadshipFactory(department=sales).person)
    shown = client.get(reverse("departments:team-given", args=[sales.pk])).content.decode()
    assert "Why Price Lock" in shown
    assert "Why Fair Refund" not in shown
    for waiver, status in ((foreign, 404), (own, 302)):
        back = reverse("departments:team-take-back", args=[sales.pk, "waiver", waiver.pk])
        assert client.post(back).status_code == status
    assert list(Exemption.objects.current(on=TODAY)) == [foreign]


def test_nobody_takes_back_what_was_asked_of_herself(
    visitor: Client, care: Department, head: User
) -> None:
    assigned = Assignment.objects.create(
        person=head, module=ModuleFactory(), reason="Projects", due_on=UNTIL
    )
    back = reverse("departments:team-take-back", args=[care.pk, "module", assigned.pk])
    shown = visitor.get(reverse("departments:team-given", args=[care.pk])).content.decode()
    assert "Projects" in shown
    assert back not in shown
    assert visitor.post(back).status_code == 404


def test_her_own_address_takes_back_nothing_of_another_department(
    visitor: Client, company: Department, care: Department, module: ModulePage
) -> None:
    stranger = named("Sam", DepartmentFactory(parent=company))
    assigned = Assignment.objects.create(
        person=stranger, module=module, reason="Projects", due_on=UNTIL
    )
    back = reverse("departments:team-take-back", args=[care.pk, "module", assigned.pk])
    assert visitor.post(back).status_code == 404


def test_what_was_given_is_listed_with_reason_and_end(
    visitor: Client, care: Department, module: ModulePage, head: User, ana: User, bea: User
) -> None:
    given(care, wish(Act.WAIVE, module, head, ana), head)
    given(care, wish(Act.EXTEND, module, head, bea), head)
    given(care, wish(Act.ASSIGN, ModuleFactory(title="Price Lock"), head, ana), head)
    shown = visitor.get(reverse("departments:team-given", args=[care.pk])).content.decode()
    for told in ("Ana Long: Fair Refund", "Bea Long: Fair Refund", "Ana Long: Price Lock"):
        assert told in shown
    assert " ".join(shown.split()).count("Until Sunday 20 December. Trains others") == 3


def test_a_plan_costs_the_same_for_more_people_and_modules(
    care: Department, head: User, module: ModulePage
) -> None:
    counts = []
    for _round in range(2):
        people = [named("Pat", care) for _number in range(4)]
        RequirementFactory.create_batch(2, department=care)
        for act in Act:
            with CaptureQueriesContext(connection) as queries:
                plan_of(care, wish(act, None, head, *people), on=TODAY)
            counts.append(len(queries))
    assert counts[:4] == counts[4:]
    assert max(counts) <= 10


def test_an_administrator_leads_nobody_by_that_alone(client: Client, care: Department) -> None:
    client.force_login(PersonFactory(administrator=True))
    assert client.get(reverse("departments:team-act", args=[care.pk])).status_code == 404


def test_everybody_travels_as_one_field_however_many_they_are(
    visitor: Client, care: Department, module: ModulePage, ana: User, bea: User
) -> None:
    filled = {"everybody": "on", "module": ["fair-refund"], "until": "2026-12-20", "reason": "Fair"}
    shown = step(visitor, care, "extend", step="preview", **filled)
    assert "2 people have time until Sunday 20 December." in shown
    assert 'name="person"' not in shown
    assert 'name="everybody"' in shown


def test_pages_to_act_cost_the_same_for_more_people(
    visitor: Client, care: Department, module: ModulePage, head: User
) -> None:
    counts = []
    for _round in range(2):
        for _number in range(3):
            person = named("Pat", care)
            given(care, wish(Act.WAIVE, module, head, person), head)
            given(care, wish(Act.ASSIGN, ModuleFactory(), head, person), head)
        for name in ("team-act", "team-given", "time-ask"):
            url = reverse(f"departments:{name}", args=[care.pk])
            visitor.get(url)
            with CaptureQueriesContext(connection) as queries:
                visitor.get(url)
            counts.append(len(queries))
    assert counts[:3] == counts[3:]


def test_what_is_given_or_changed_today_tells_no_past_day_anew(
    care: Department, module: ModulePage, head: User, ana: User, bea: User
) -> None:
    long_ago, then = TODAY - 60 * A_DAY, TODAY - 30 * A_DAY
    for table in (Membership, Requirement):
        table._default_manager.update(known_from=long_ago)
    StandingFactory(person=ana, module=module, ready=True)
    before = department_readiness(care, on=then)
    given(care, wish(Act.WAIVE, module, head, ana), head)
    given(care, wish(Act.EXTEND, module, head, bea), head)
    given(care, wish(Act.ASSIGN, ModuleFactory(), head, bea), head)
    stored = Requirement.objects.get()
    only = Terms(None, 7, ("board",))
    change_requirement(requirement=stored, seen=terms_of(stored), terms=only, actor=head)
    assert department_readiness(care, on=TODAY).columns[0].tally.needed == 0
    assert department_readiness(care, on=then) == before
    drop_requirement(requirement=stored, seen=only, actor=head, at=NOW + A_DAY)
    assert department_readiness(care, on=then) == before
