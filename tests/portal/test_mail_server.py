"""Mails and a mail server that is slow, away or gone half-way: none lost, none doubled."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from portal.actions.mailing import LEASE, send_waiting
from portal.actions.planning import plan_mails
from portal.models import Mail, MailSettings, User
from tests.factories import (
    A_DAY,
    TODAY,
    DepartmentFactory,
    MembershipFactory,
    ModuleFactory,
    RequirementFactory,
)
from tests.portal.mailing import run_mails, states_of, switch_on
from tests.portal.smtp import mail_server, send_to

pytestmark = pytest.mark.django_db

NOBODY_LISTENS = 9
NEXT_WORKDAY = 3 * A_DAY


def due_people(count: int) -> list[User]:
    """People for whom a module is due today."""
    switch_on()
    department = DepartmentFactory()
    RequirementFactory(
        department=department, module=ModuleFactory(), due_on=TODAY, known_from=TODAY - 90 * A_DAY
    )
    members = MembershipFactory.create_batch(count, department=department)
    return [member.person for member in members]


def test_a_curt_server_gets_each_mail_once(settings: Any, at: datetime) -> None:
    people = due_people(3)
    with mail_server(settings, is_curt=True) as post:
        run_mails(at)
        run_mails(at + timedelta(hours=1))
    assert Counter(post.taken) == {person.email: 1 for person in people}


def test_a_refused_address_is_noted_and_holds_up_nobody_else(settings: Any, at: datetime) -> None:
    bad, good = due_people(2)
    with mail_server(settings, refused=frozenset({bad.email})) as post:
        run = run_mails(at)
        run_mails(at + NEXT_WORKDAY)
    assert post.taken == [good.email]
    assert run.refused == 1
    assert states_of(bad) == ["refused"]
    assert "nobody of that name" in Mail.objects.get(person=bad).trouble


def test_a_refused_address_that_works_again_hears_a_week_later_what_is_still_due(
    settings: Any, at: datetime
) -> None:
    (person,) = due_people(1)
    with mail_server(settings, refused=frozenset({person.email})):
        run_mails(at)
    with mail_server(settings) as post:
        run_mails(at + 6 * A_DAY)
        assert post.taken == []
        run_mails(at + 7 * A_DAY)
    assert post.taken == [person.email]


def test_not_now_is_tried_again_after_a_while_and_given_up_at_last(
    settings: Any, at: datetime
) -> None:
    (person,) = due_people(1)
    MailSettings.objects.update(most_tries=2)
    with mail_server(settings, not_now=frozenset({person.email})) as post:
        run_mails(at)
        run_mails(at + timedelta(minutes=4))
        assert Mail.objects.get().tries == 1
        run_mails(at + timedelta(minutes=5))
        assert states_of(person) == ["given-up"]
        post.not_now = frozenset()
        run_mails(at + timedelta(hours=3))
        assert post.taken == []
        run_mails(at + NEXT_WORKDAY)
    assert post.taken == [person.email]


def test_a_server_that_is_away_costs_one_mail_a_try_and_nobody_a_mail(
    settings: Any, at: datetime
) -> None:
    people = due_people(3)
    send_to(settings, NOBODY_LISTENS)
    run = run_mails(at)
    assert run.is_away
    assert sorted(Mail.objects.values_list("tries", flat=True)) == [0, 0, 1]
    with mail_server(settings) as post:
        run_mails(at + NEXT_WORKDAY)
    assert Counter(post.taken) == {person.email: 1 for person in people}


def test_a_connection_that_breaks_on_the_way_never_doubles_that_mail(
    settings: Any, at: datetime
) -> None:
    (person,) = due_people(1)
    with mail_server(settings, hangs_up_after=frozenset({person.email})) as post:
        run_mails(at)
        run_mails(at + timedelta(hours=2))
        assert post.taken == [person.email]
        assert states_of(person) == ["dropped"]
        post.hangs_up_after = frozenset()
        run_mails(at + NEXT_WORKDAY)
    assert states_of(person) == ["dropped", "sent"]


def test_what_a_killed_sender_had_begun_is_not_sent_again_and_the_next_digest_tells_it(
    settings: Any, at: datetime
) -> None:
    (person,) = due_people(1)
    plan_mails(at)
    Mail.objects.update(state=Mail.State.SENDING, next_try_at=at + LEASE)
    with mail_server(settings) as post:
        run_mails(at + LEASE / 2)
        assert states_of(person) == ["sending"]
        run_mails(at + 2 * LEASE)
        assert states_of(person) == ["dropped"]
        assert post.taken == []
        run_mails(at + NEXT_WORKDAY)
    assert post.taken == [person.email]


def test_an_address_that_is_none_is_refused_without_asking_the_server(
    settings: Any, at: datetime
) -> None:
    (person,) = due_people(1)
    User.objects.filter(pk=person.pk).update(email="nobody at all")
    with mail_server(settings) as post:
        run_mails(at)
    assert post.taken == []
    assert states_of(person) == ["refused"]


@pytest.mark.django_db(transaction=True)
def test_two_commands_at_once_send_each_mail_once(settings: Any, at: datetime) -> None:
    people = due_people(8)
    barrier = Barrier(2)

    def run(_number: int) -> int:
        try:
            plan_mails(at)
            barrier.wait(timeout=20)
            return send_waiting(lambda: at).sent
        finally:
            connection.close()

    with mail_server(settings, seconds=0.02) as post, ThreadPoolExecutor(2) as pool:
        sent = sum(pool.map(run, range(2)))
    assert Counter(post.taken) == {person.email: 1 for person in people}
    assert sent == len(people)
