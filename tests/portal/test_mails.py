"""Mails from the rows: who gets which, when, and who gets none."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from departments.models import Assignment, Department, Exemption, Need, Nudge, TimeRequest
from departments.reports import department_readiness
from knowledge.models import ModulePage
from portal.actions.mailing import send_waiting
from portal.actions.planning import plan_mails
from portal.actions.stopping import stop_address
from portal.mailing import About
from portal.models import BrandSettings, Mail, MailSettings, User
from portal.reports.mailing import my_mails
from quizzes.models import Standing
from tests.changing import REASON, changed, module_about, published_brief
from tests.conftest import NOW
from tests.factories import (
    A_DAY,
    TODAY,
    AttemptFactory,
    DepartmentFactory,
    HeadshipFactory,
    MembershipFactory,
    ModuleFactory,
    PersonFactory,
    RequirementFactory,
)
from tests.portal.mailing import run_mails, states_of, switch_on, wants_digest

pytestmark = pytest.mark.django_db

A_WEEK = timedelta(days=7)


@pytest.fixture
def module() -> ModulePage:
    page: ModulePage = ModuleFactory(title="Fair Refund")
    return page


@pytest.fixture
def person(module: ModulePage) -> User:
    """Somebody whose department asks for the module, due today."""
    switch_on()
    home = MembershipFactory()
    RequirementFactory(
        department=home.department, module=module, due_on=TODAY, known_from=TODAY - 90 * A_DAY
    )
    found: User = home.person
    return found


def proved(person: User, module: ModulePage, days: int) -> None:
    """Ready for so many days, with practice in the last fortnight of them."""
    until = TODAY + days * A_DAY
    Standing.objects.create(
        person=person,
        module=module,
        started_at=NOW,
        passed_on=TODAY,
        ready_until=until,
        practice_from=until - 16 * A_DAY,
    )


def mails_to(person: User, mailoutbox: list[EmailMessage]) -> list[EmailMessage]:
    return [mail for mail in mailoutbox if mail.to == [person.email]]


def test_a_due_day_is_mailed_once_however_often_the_command_runs(
    person: User, at: datetime, mailoutbox: list[EmailMessage]
) -> None:
    for minutes in (0, 0, 10, 60, 240):
        run_mails(at + timedelta(minutes=minutes))
    (mail,) = mails_to(person, mailoutbox)
    assert mail.subject == "Fair Refund waits for you"
    assert states_of(person) == ["sent"]


def test_nothing_is_planned_while_mails_are_off_or_before_they_were_on(
    person: User, at: datetime, mailoutbox: list[EmailMessage]
) -> None:
    MailSettings.objects.update(is_on=False)
    run_mails(at)
    MailSettings.objects.update(is_on=True, switched_on_at=at + A_DAY)
    run_mails(at + A_WEEK)
    assert mailoutbox == []


def test_switching_on_again_begins_anew_and_saving_other_settings_does_not(
    db: None, at: datetime
) -> None:
    stored = switch_on(at - A_WEEK)
    stored.refresh_from_db()
    stored.heads_on = 3
    stored.save()
    assert MailSettings.load().switched_on_at == at - A_WEEK
    stored.is_on = False
    stored.save()
    stored.is_on = True
    stored.save()
    assert MailSettings.load().switched_on_at == at


@pytest.mark.parametrize("hour", [6, 17, 23])
def test_no_mail_leaves_outside_the_hours(
    person: User, at: datetime, hour: int, mailoutbox: list[EmailMessage]
) -> None:
    plan_mails(at)
    send_waiting(lambda: at.replace(hour=hour))
    run_mails(at.replace(hour=hour))
    assert mailoutbox == []


def test_what_is_done_waived_or_closed_before_its_mail_leaves_is_not_mailed(
    person: User, module: ModulePage, at: datetime, mailoutbox: list[EmailMessage]
) -> None:
    waived = MembershipFactory(department=person.memberships.get().department).person
    plan_mails(at)
    proved(person, module, 90)
    Exemption.objects.create(
        person=waived, module=module, reason="Parental", starts_on=TODAY, ends_on=TODAY + A_DAY
    )
    send_waiting(lambda: at)
    assert mailoutbox == []
    assert states_of(person) == states_of(waived) == ["dropped"]


def test_an_archived_module_and_a_dropped_requirement_are_not_mailed(
    person: User, module: ModulePage, at: datetime, mailoutbox: list[EmailMessage]
) -> None:
    module.unpublish()
    run_mails(at)
    ModulePage.objects.get(pk=module.pk).save_revision().publish()
    module.requirements.all().delete()
    run_mails(at)
    assert mailoutbox == []


def test_leave_that_begins_before_the_mail_leaves_puts_it_off_to_the_first_day_at_work(
    person: User, at: datetime, mailoutbox: list[EmailMessage]
) -> None:
    plan_mails(at)
    person.memberships.update(leave_from=TODAY, leave_to=TODAY + 4 * A_DAY)
    for day in range(5):
        run_mails(at + day * A_DAY)
    assert mailoutbox == []
    run_mails(at + 5 * A_DAY)
    assert len(mailoutbox) == 1


def test_a_leaver_and_a_deactivated_person_get_none(
    person: User, at: datetime, mailoutbox: list[EmailMessage]
) -> None:
    gone = MembershipFactory(
        department=person.memberships.get().department, person__is_active=False
    )
    plan_mails(at)
    User.objects.filter(pk=person.pk).update(is_active=False)
    send_waiting(lambda: at)
    assert states_of(gone.person) == []
    assert mailoutbox == []


def test_a_nudge_is_mailed_in_the_heads_own_words(
    person: User, module: ModulePage, at: datetime, mailoutbox: list[EmailMessage]
) -> None:
    run_mails(at)
    head = PersonFactory(first_name="Lena", last_name="Moor")
    nudge = Nudge.objects.create(
        person=person, by=head, at=at, week=TODAY - 4 * A_DAY, text="Shall we do it <together>?"
    )
    nudge.modules.add(module)
    run_mails(at + timedelta(hours=1))
    run_mails(at + 3 * A_DAY)
    _first, mail = mails_to(person, mailoutbox)
    assert mail.subject == "A word from Lena Moor"
    assert "“Shall we do it <together>?”" in str(mail.body)
    assert "it &lt;together&gt;?" in html_of(mail)


def test_a_nudge_whose_modules_are_done_is_not_mailed(
    person: User, at: datetime, mailoutbox: list[EmailMessage]
) -> None:
    nudge = Nudge.objects.create(person=person, at=at, week=TODAY - 4 * A_DAY, text="Hello")
    nudge.modules.add(ModuleFactory())
    run_mails(at)
    assert "Hello" not in str(mailoutbox[0].body)


def html_of(mail: EmailMessage) -> str:
    assert isinstance(mail, EmailMultiAlternatives)
    (html,) = mail.alternatives
    return str(html[0])


def test_a_mail_carries_the_brand_and_its_own_language_and_no_picture(
    person: User, at: datetime, mailoutbox: list[EmailMessage], portal_site: None
) -> None:
    from wagtail.models import Site  # noqa: PLC0415  (the site is made by the fixture)

    BrandSettings.objects.create(
        site=Site.objects.get(is_default_site=True), name="Wren & Field", accent="#f5d90a"
    )
    run_mails(at)
    html = html_of(mailoutbox[0])
    assert "Wren &amp; Field" in html
    assert "color:#f5d90a;text-decoration" not in html
    assert "<img" not in html
    assert 'lang="en-gb"' in html
    assert "Wren & Field" in str(mailoutbox[0].body)


def test_a_mail_speaks_its_readers_language(
    person: User, at: datetime, mailoutbox: list[EmailMessage], settings: Any
) -> None:
    settings.LANGUAGES = [("en-gb", "English"), ("de", "Deutsch")]
    User.objects.filter(pk=person.pk).update(language="de")
    run_mails(at)
    assert "Freitag 20\u00a0November" in str(mailoutbox[0].body)
    assert 'lang="de"' in html_of(mailoutbox[0])


def test_one_click_ends_the_digests_without_signing_in_and_looking_ends_nothing(
    person: User, at: datetime, mailoutbox: list[EmailMessage], client: Client
) -> None:
    run_mails(at)
    headers = mailoutbox[0].extra_headers
    address = headers["List-Unsubscribe"].strip("<>")
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = address.removeprefix("http://localhost:8000")
    strict = Client(enforce_csrf_checks=True)
    assert "Stop mails about what is due?" in strict.get(path).content.decode()
    assert wants_digest(person)
    assert strict.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not wants_digest(person)
    assert strict.post(path[:-4] + "abc/").status_code == 404


def test_whoever_stopped_gets_no_digest_even_if_it_was_planned(
    person: User, at: datetime, mailoutbox: list[EmailMessage], client: Client
) -> None:
    plan_mails(at)
    client.force_login(person)
    client.post("/me/mail/", {"wanted": "no"})
    send_waiting(lambda: at)
    assert mailoutbox == []
    client.post("/me/mail/", {"wanted": "yes"})
    run_mails(at + 3 * A_DAY)
    assert len(mailoutbox) == 1


def changed_now(at: datetime) -> tuple[User, ModulePage]:
    switch_on()
    brief = published_brief(at - 30 * A_DAY, price="It costs 5 pounds.")
    about = module_about(brief)
    home = MembershipFactory()
    RequirementFactory(
        department=home.department, module=about, due_on=None, known_from=TODAY - 90 * A_DAY
    )
    AttemptFactory(person=home.person, module=about, passed=True, at=at - 10 * A_DAY)
    MembershipFactory(department=home.department)
    changed(brief, {"price": "It costs 6 pounds."}, kind="now", at=at, grace_days=0)
    return home.person, about


def test_a_change_that_counts_now_is_mailed_at_once_to_whoever_proved_the_old_words(
    at: datetime, mailoutbox: list[EmailMessage], portal_site: None
) -> None:
    person, _module = changed_now(at)
    User.objects.update(wants_digest=False)
    run_mails(at)
    run_mails(at + timedelta(hours=1))
    (mail,) = mailoutbox
    assert mail.to == [person.email]
    assert mail.subject == "Now: Fair Refund has changed"
    assert REASON in str(mail.body)
    assert "List-Unsubscribe" not in mail.extra_headers


def test_a_change_that_was_checked_before_its_mail_left_is_not_mailed(
    at: datetime, mailoutbox: list[EmailMessage], portal_site: None
) -> None:
    person, _module = changed_now(at)
    plan_mails(at)
    Standing.objects.filter(person=person).update(unchecked=None)
    send_waiting(lambda: at)
    assert not mails_to(person, mailoutbox)


def led_by(head: User, name: str, parent: Department, module: ModulePage) -> Department:
    led: Department = DepartmentFactory(name=name, parent=parent)
    HeadshipFactory(department=led, person=head)
    RequirementFactory(department=led, module=module, due_on=None, known_from=TODAY - 90 * A_DAY)
    return led


def test_a_head_of_two_departments_gets_one_mail_with_the_figures_of_the_page(
    at: datetime, module: ModulePage, mailoutbox: list[EmailMessage]
) -> None:
    switch_on()
    head, company = PersonFactory(), DepartmentFactory(name="Company")
    care = led_by(head, "Care", company, module)
    sales = led_by(head, "Sales", company, module)
    people = [MembershipFactory(department=led).person for led in (care, care, care, sales)]
    proved(people[0], module, 90)
    Need.objects.create(department=sales, supplier=care, text="A list", posted_at=at)
    monday = at + 3 * A_DAY
    run_mails(monday)
    run_mails(monday + A_DAY)
    (mail,) = mails_to(head, mailoutbox)
    text = str(mail.body)
    assert mail.subject == "Your week as a head"
    for led in (care, sales):
        (column,) = department_readiness(led, on=monday.date()).columns
        assert f"{column.title}: {column.tally.ready} of {column.tally.needed} ready" in text
    assert "For 2 people something waits." in text
    assert "1 need of another team." in text
    assert not any(person.last_name in text + html_of(mail) for person in people)


def test_a_head_hears_nothing_of_a_week_in_which_everybody_is_ready(
    at: datetime, mailoutbox: list[EmailMessage]
) -> None:
    switch_on()
    head = HeadshipFactory().person
    for days in range(3, 8):
        run_mails(at + days * A_DAY)
    assert mailoutbox == []
    assert states_of(head) == ["dropped"]


def test_a_request_for_time_reaches_the_heads_above_and_its_answer_whoever_asked(
    at: datetime, module: ModulePage, mailoutbox: list[EmailMessage]
) -> None:
    switch_on()
    company = DepartmentFactory(name="Company")
    above, head = HeadshipFactory(department=company).person, PersonFactory()
    care = led_by(head, "Care", company, module)
    request = TimeRequest.objects.create(
        department=care,
        module=module,
        until=TODAY + 30 * A_DAY,
        reason="A launch",
        asked_by=head,
        asked_at=at,
    )
    run_mails(at)
    assert [mail.to for mail in mailoutbox] == [[above.email]]
    TimeRequest.objects.filter(pk=request.pk).update(answer="granted", answered_at=at)
    run_mails(at + 4 * A_DAY)
    (answer,) = mails_to(head, mailoutbox)
    assert "You have time until Sunday 20\u00a0December." in str(answer.body)


def test_my_page_says_when_the_next_mail_comes_and_why(
    person: User, module: ModulePage, client: Client
) -> None:
    proved(person, module, 26)
    client.force_login(person)
    page = client.get("/me/").content.decode()
    assert "Next mail: Thursday 3\u00a0December, because practice is due." in page


def test_my_page_foretells_a_heads_next_week(client: Client, at: datetime) -> None:
    switch_on()
    head = HeadshipFactory().person
    run_mails(at)
    (mail,) = my_mails(head, at=at).next
    assert (mail.obligation.about, mail.on) == (About.TEAM, TODAY + 3 * A_DAY)


def test_whoever_works_in_two_departments_is_told_of_a_module_once_and_of_what_either_asks(
    person: User, module: ModulePage, at: datetime, mailoutbox: list[EmailMessage]
) -> None:
    other = MembershipFactory(person=person, is_home=False).department
    RequirementFactory(department=other, module=module, due_on=TODAY)
    RequirementFactory(department=other, module=ModuleFactory(title="Price Lock"), due_on=TODAY)
    assigned = ModuleFactory(title="Home Fibre")
    Assignment.objects.create(
        person=person, module=assigned, due_on=TODAY + 30 * A_DAY, reason="A launch"
    )
    run_mails(at)
    (mail,) = mailoutbox
    told = [line[2:] for line in str(mail.body).splitlines() if line.startswith("* ")]
    assert sorted(told) == ["Fair Refund", "Home Fibre", "Price Lock"]


def test_hours_that_end_before_they_begin_are_refused(db: None) -> None:
    with pytest.raises(ValidationError):
        MailSettings(earliest=time(17), latest=time(8)).full_clean()


def test_on_leave_my_page_foretells_the_first_morning_after(person: User, at: datetime) -> None:
    person.memberships.update(leave_from=TODAY, leave_to=TODAY + 4 * A_DAY)
    (mail,) = my_mails(person, at=at).next
    assert (mail.obligation.about, mail.on) == (About.LEARN, TODAY + 5 * A_DAY)


def test_planning_asks_the_same_queries_for_ten_and_for_sixty_people(
    module: ModulePage, at: datetime
) -> None:
    switch_on()
    department = DepartmentFactory()
    RequirementFactory(department=department, module=module, due_on=TODAY)
    counts = []
    for more in (10, 50):
        MembershipFactory.create_batch(more, department=department)
        Mail.objects.all().delete()
        cache.clear()
        with CaptureQueriesContext(
            connection,
        ) as asked:
            planned = plan_mails(at)
        counts.append((planned, len(asked)))
    (ten, few), (sixty, many) = counts
    assert (ten, sixty) == (10, 60)
    assert many == few


def test_the_link_of_somebody_who_has_gone_leads_nowhere(person: User, client: Client) -> None:
    path = stop_address(person).removeprefix("http://localhost:8000")
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert client.get(path).status_code == 404
