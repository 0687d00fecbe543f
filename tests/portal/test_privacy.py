"""What the portal promises about people: who looked, what is forgotten, what they can take away."""

import json
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from departments.models import AuditLine, Department, Membership, Nudge, RosterSync
from departments.reports import department_readiness
from knowledge.models import ImportRun
from portal.actions.privacy import anonymise, forget_old
from portal.models import Mail, PersonView, PrivacySettings, User
from portal.reports.everything import everything_about
from portal.reports.leavers import leavers_to_forget, months_before
from quizzes.models import Answer, Attempt, Card, LateAnswer, Standing, StandingEvent
from strategy.actions.calendars import renew_feed
from strategy.models import CalendarFeed
from tests.conftest import NOW
from tests.factories import (
    TODAY,
    AttemptFactory,
    DepartmentFactory,
    HeadshipFactory,
    MembershipFactory,
    ModuleFactory,
    PersonFactory,
    RequirementFactory,
)

pytestmark = pytest.mark.django_db

LONG_AGO = NOW - timedelta(days=800)


@pytest.fixture
def administrator() -> User:
    person: User = PersonFactory(administrator=True)
    return person


def visit(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def told_of(person: User) -> dict[str, list[dict[str, Any]]]:
    reply = visit(person).get(reverse("portal:everything"))
    told: dict[str, list[dict[str, Any]]] = json.loads(reply.getvalue())
    return told


def leaver(days: int) -> User:
    ended = TODAY - timedelta(days=days)
    membership: Membership = MembershipFactory(starts_on=date(2020, 1, 1), ends_on=ended)
    return membership.person


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 11, 22), 24, date(2024, 11, 22)),
        (date(2026, 2, 28), 24, date(2024, 2, 28)),
        (date(2028, 2, 29), 12, date(2027, 2, 28)),
        (date(2026, 1, 31), 2, date(2025, 11, 30)),
    ],
)
def test_a_day_so_many_months_ago_is_always_there(day: date, months: int, before: date) -> None:
    assert months_before(day, months) == before


def test_she_reads_which_administrator_opened_her_account(administrator: User) -> None:
    person = MembershipFactory().person
    visit(administrator).get(reverse("wagtailusers_users:edit", args=[person.pk]))

    page = visit(person).get(reverse("portal:me")).content.decode()

    assert PersonView.objects.get().viewer == administrator
    assert str(administrator) in page


@pytest.mark.parametrize("page", ["edit", "history", "delete", "usage"])
def test_every_look_at_an_account_is_noted(administrator: User, page: str) -> None:
    person = PersonFactory()

    visit(administrator).get(reverse(f"wagtailusers_users:{page}", args=[person.pk]))

    assert PersonView.objects.get().person == person


def test_who_may_not_look_is_not_noted() -> None:
    colleague, person = PersonFactory(), PersonFactory()

    visit(colleague).get(reverse("wagtailusers_users:edit", args=[person.pk]))

    assert not PersonView.objects.exists()


def test_a_look_at_oneself_is_no_look(administrator: User) -> None:
    visit(administrator).get(reverse("wagtailusers_users:edit", args=[administrator.pk]))

    assert not PersonView.objects.exists()


def test_answers_older_than_two_years_are_deleted_and_dates_stay() -> None:
    old = AttemptFactory(passed=True, at=LONG_AGO)
    new = AttemptFactory(person=old.person, module=old.module, practice=True, passed=True)
    dates = Standing.objects.values_list("ready_until", "version").get()
    events = StandingEvent.objects.count()

    call_command("forget_old", stdout=StringIO())

    assert list(Attempt.objects.all()) == [new]
    assert not Answer.objects.exclude(attempt=new).exists()
    assert Standing.objects.values_list("ready_until", "version").get() == dates
    assert StandingEvent.objects.count() == events
    assert Card.objects.filter(person=old.person).exists()


def test_how_long_answers_are_kept_is_the_organisations_choice() -> None:
    AttemptFactory(passed=True, at=NOW - timedelta(days=70))
    settings = PrivacySettings.load()
    settings.answer_months = 2
    settings.save()

    assert forget_old(NOW) == (1, 0)


def test_forgetting_twice_changes_nothing() -> None:
    AttemptFactory(passed=True, at=LONG_AGO)
    forget_old(NOW)

    assert forget_old(NOW) == (0, 0)


def test_a_leaver_loses_her_name_a_year_after_her_last_day() -> None:
    recent, gone = leaver(300), leaver(400)
    name, email = gone.first_name, gone.email

    forget_old(NOW)

    gone.refresh_from_db()
    assert str(gone) == "A former colleague"
    assert name not in str(vars(gone))
    assert email not in str(vars(gone))
    assert not gone.is_active
    recent.refresh_from_db()
    assert recent.anonymised_on is None


def test_whoever_came_back_keeps_her_name() -> None:
    person = leaver(400)
    MembershipFactory(person=person, starts_on=TODAY)

    assert leavers_to_forget(before=TODAY) == []


def test_the_figures_of_the_past_stay_when_a_leaver_loses_her_name() -> None:
    team: Department = DepartmentFactory()
    attempt = AttemptFactory(passed=True)
    RequirementFactory(department=team, module=attempt.module)
    MembershipFactory(department=team, person=attempt.person)
    before = department_readiness(team, on=TODAY).columns

    person = attempt.person
    anonymise(person=person, on=TODAY)
    User.objects.filter(pk=person.pk).update(is_active=True)

    assert department_readiness(team, on=TODAY).columns == before


def test_no_table_keeps_a_former_colleagues_name() -> None:
    person: User = PersonFactory(
        first_name="Zuleika", last_name="Quenchwell", email="zuleika@company.example"
    )
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    administrator: User = PersonFactory(administrator=True)
    MembershipFactory(person=person, title="Zuleika's own chair")
    visit(administrator).post(
        reverse("wagtailusers_users:edit", args=[person.pk]),
        {"email": person.email, "first_name": "Zuleika", "last_name": "Quenchwell", "groups": []},
    )

    anonymise(person=person, on=TODAY)

    assert not tables_with("Zuleika")
    assert not tables_with("Quenchwell")
    assert not tables_with("zuleika@company.example")


def test_the_secret_address_of_a_former_colleagues_calendar_goes_with_her_name() -> None:
    person: User = PersonFactory()
    renew_feed(person=person, at=LONG_AGO)

    anonymise(person=person, on=TODAY)

    assert not CalendarFeed.objects.exists()


def test_what_was_written_to_a_former_colleague_and_of_her_list_goes_with_her_name() -> None:
    gone = leaver(400)
    Nudge.objects.create(
        person=gone, at=LONG_AGO, week=LONG_AGO.date(), text="Dear Zuleika, please"
    )
    RosterSync.objects.create(
        at=LONG_AGO, is_applied=True, report={"rows": ["people.csv, 3: Zuleika Quenchwell: no day"]}
    )

    forget_old(NOW)

    assert not tables_with("Zuleika")
    assert Nudge.objects.exists()
    assert RosterSync.objects.get().is_applied


def tables_with(word: str) -> list[str]:
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608  (names of tables)
            if any(word in str(row) for row in cursor.fetchall()):
                found.append(table)
    return found


def test_a_colleague_takes_away_every_answer_of_hers() -> None:
    attempt = AttemptFactory(passed=True)
    answer = attempt.answers.first()
    LateAnswer.objects.create(
        answer=answer,
        key="8f14e45f-ceea-467f-9d1c-1f1e7e2f0a11",
        response="later",
        sureness="sure",
        at=NOW,
    )

    told = told_of(attempt.person)

    assert len(told["quizzes.answer"]) == attempt.answers.count()
    assert told["quizzes.lateanswer"][0]["response"] == "later"
    assert told["quizzes.standing"][0]["ready_until"]


def test_what_was_noted_about_her_is_hers_to_take_away() -> None:
    team = DepartmentFactory()
    person = MembershipFactory(department=team).person
    AuditLine.objects.create(
        at=NOW, kind=AuditLine.Kind.WAIVED, department=team, person=person, reason="On a project"
    )

    assert told_of(person)["departments.auditline"][0]["reason"] == "On a project"


def test_nobody_elses_rows_are_in_it() -> None:
    own, other = AttemptFactory(passed=True), AttemptFactory(passed=True)
    head = HeadshipFactory().person
    AuditLine.objects.create(at=NOW, kind=AuditLine.Kind.WAIVED, person=own.person, by=head)

    told = json.dumps(told_of(own.person))

    assert other.person.email not in told
    assert head.email not in told
    assert own.person.email in told


def test_of_what_she_wrote_and_brought_in_nothing_of_others_is_in_it() -> None:
    editor: User = PersonFactory()
    ImportRun.objects.create(
        person=editor,
        kind="people",
        file_name="people.csv",
        size=1,
        sent_at=NOW,
        state_since=NOW,
        report={"rows": ["Quenchwell"]},
    )
    ModuleFactory().save_revision(user=editor)

    told = told_of(editor)

    assert told["knowledge.importrun"][0]["file_name"] == "people.csv"
    assert told["wagtailcore.revision"]
    assert "Quenchwell" not in json.dumps(told)
    assert "draft_title" not in json.dumps(told)


def test_no_secret_is_in_it() -> None:
    person: User = PersonFactory()

    assert "password" not in told_of(person)["portal.user"][0]


def test_every_table_with_a_person_is_in_it() -> None:
    told = {table for table, _rows in everything_about(PersonFactory())}

    assert {"departments.pulseturnout", "departments.pastmembership", "portal.mail"} <= told


def test_taking_it_away_costs_as_many_queries_for_many_rows() -> None:
    attempt = AttemptFactory(passed=True)
    before = queries_for(attempt.person)
    for _place in range(3):
        AttemptFactory(person=attempt.person, passed=True)

    assert queries_for(attempt.person) == before


def queries_for(person: User) -> int:
    with CaptureQueriesContext(connection) as queries:
        for _table, rows in everything_about(person):
            list(rows)
    return len(queries)


def test_mails_of_long_ago_are_forgotten() -> None:
    person = PersonFactory()
    for key, at in (("old", LONG_AGO), ("new", NOW)):
        Mail.objects.create(
            key=key, person=person, kind=Mail.Kind.DIGEST, subject="", made_at=at, next_try_at=at
        )

    forget_old(NOW)

    assert [mail.key for mail in Mail.objects.all()] == ["new"]
