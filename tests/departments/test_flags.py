"""Whoever can't keep a promise says why, and whoever answers for it answers."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from departments.actions.flags import (
    MOST_FLAGS_A_DAY,
    MOST_REPLIES_A_DAY,
    MovedMeanwhile,
    TooManyFlagsError,
    TooManyRepliesError,
    reopen_flag,
    reply_to_flag,
)
from departments.models import Department, Flag, FlagReply
from departments.reports.flags import flag_line, flags_of, open_flags
from knowledge.models import PromisePage
from portal.models import User
from portal.reports.everything import everything_about
from tests.conftest import NOW
from tests.departments.flagging import TEXT, answered, flag_by, kept_promise
from tests.factories import (
    A_DAY,
    TODAY,
    HeadshipFactory,
    MembershipFactory,
    PersonFactory,
    PromiseFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def promise(care: Department) -> PromisePage:
    return kept_promise(care)


@pytest.fixture
def amara(care: Department) -> User:
    person: User = MembershipFactory(department=care, person__first_name="Amara").person
    return person


def test_a_flag_with_a_name_tells_who_raised_it_and_where(
    promise: PromisePage, amara: User, care: Department
) -> None:
    flag = flag_by(amara, promise)

    assert (flag.raised_by, flag.department, flag.raised_at) == (amara, care, NOW)


def test_the_department_is_left_out_on_demand(promise: PromisePage, amara: User) -> None:
    assert flag_by(amara, promise, tells_department=False).department is None


def test_an_answer_is_due_two_working_days_later_over_a_weekend(
    promise: PromisePage, amara: User
) -> None:
    a_friday = datetime(2026, 11, 20, 16, tzinfo=UTC)

    assert flag_by(amara, promise, at=a_friday).due_on == date(2026, 11, 24)


def test_the_same_flag_is_raised_once_while_it_waits(promise: PromisePage, amara: User) -> None:
    flag = flag_by(amara, promise)
    assert flag_by(amara, promise) == flag
    answered(flag)

    assert flag_by(amara, promise) != flag


def test_one_person_raises_ten_flags_a_day_and_one_more_tomorrow(
    promise: PromisePage, amara: User
) -> None:
    for number in range(MOST_FLAGS_A_DAY):
        flag_by(amara, promise, text=str(number))

    with pytest.raises(TooManyFlagsError):
        flag_by(amara, promise)
    assert flag_by(amara, promise, at=NOW + A_DAY).is_open


def test_an_answer_of_the_owner_closes_a_flag(promise: PromisePage, amara: User) -> None:
    answered(flag_by(amara, promise), after=timedelta(days=41))

    line = flag_line(Flag.objects.get(), TODAY + 41 * A_DAY)
    assert (line.due_on, line.waited_days) == (None, 41)


def test_the_carer_answers_too(amara: User) -> None:
    carer = PersonFactory()
    flag = flag_by(amara, kept_promise(carer=carer))

    reply_to_flag(flag=flag, text="Soon.", by=carer, at=NOW, is_answer=True)

    assert not Flag.objects.get().is_open


def test_a_colleague_cannot_answer(promise: PromisePage, amara: User, head: User) -> None:
    flag = flag_by(amara, promise)

    for person in (amara, head):
        with pytest.raises(PermissionDenied):
            reply_to_flag(flag=flag, text="Well.", by=person, at=NOW, is_answer=True)
    assert not FlagReply.objects.exists()


def test_a_remark_of_anybody_leaves_a_flag_open(promise: PromisePage, amara: User) -> None:
    flag = flag_by(amara, promise)

    reply_to_flag(flag=flag, text="The same here.", by=PersonFactory(), at=NOW)

    assert [reply.text for reply in flag.replies.all()] == ["The same here."]
    assert Flag.objects.get().is_open


def test_the_first_answer_stands(promise: PromisePage, amara: User) -> None:
    flag = flag_by(amara, promise)
    answered(flag)

    with pytest.raises(MovedMeanwhile):
        answered(flag, text="Never.")


def test_a_reply_sent_twice_is_said_once(promise: PromisePage, amara: User) -> None:
    flag = flag_by(amara, promise)
    for _time in range(2):
        reply_to_flag(flag=flag, text="The same here.", by=amara, at=NOW)

    assert FlagReply.objects.count() == 1


def test_nobody_replies_without_end(promise: PromisePage, amara: User) -> None:
    flag = flag_by(amara, promise)
    for number in range(MOST_REPLIES_A_DAY):
        reply_to_flag(flag=flag, text=str(number), by=amara, at=NOW)

    with pytest.raises(TooManyRepliesError):
        reply_to_flag(flag=flag, text="And", by=amara, at=NOW)


def test_the_author_opens_a_flag_again_with_a_new_day_for_the_answer(
    promise: PromisePage, amara: User
) -> None:
    flag = flag_by(amara, promise)
    answered(flag)

    reopen_flag(flag=flag, text="And on bank holidays?", by=amara, at=NOW + 7 * A_DAY)

    stored = Flag.objects.get()
    assert (stored.answered_at, stored.due_on) == (None, date(2026, 12, 1))


def test_a_head_on_the_thread_opens_a_flag_again(
    promise: PromisePage, amara: User, head: User
) -> None:
    flag = flag_by(amara, promise)
    answered(flag)

    reopen_flag(flag=flag, text="Not for us.", by=head, at=NOW)

    assert Flag.objects.get().is_open


def test_nobody_else_opens_a_flag_again(promise: PromisePage, amara: User) -> None:
    flag = flag_by(amara, promise)
    answered(flag)

    for person in (PersonFactory(), HeadshipFactory().person):
        with pytest.raises(PermissionDenied):
            reopen_flag(flag=flag, text="Well?", by=person, at=NOW)


def test_whoever_answered_does_not_open_it_again(promise: PromisePage, care: Department) -> None:
    HeadshipFactory(department=care, person=promise.owner)
    flag = flag_by(promise.owner, promise)
    answered(flag)

    with pytest.raises(PermissionDenied):
        reopen_flag(flag=flag, text="Oh.", by=promise.owner, at=NOW)


def test_what_waits_is_not_opened_again(promise: PromisePage, amara: User) -> None:
    with pytest.raises(MovedMeanwhile):
        reopen_flag(flag=flag_by(amara, promise), text="Well?", by=amara, at=NOW)


def test_open_flags_are_found_by_promise_the_longest_waiting_first(
    promise: PromisePage, amara: User
) -> None:
    quiet = PromiseFactory()
    newer = flag_by(amara, promise, text="newer")
    older = flag_by(amara, promise, text="older", at=NOW - A_DAY)
    answered(flag_by(amara, promise, text="answered"))

    with CaptureQueriesContext(connection) as queries:
        found = open_flags([promise, quiet])

    assert found == {promise.pk: (older, newer), quiet.pk: ()}
    assert len(queries) == 1


def test_flags_of_a_promise_cost_two_queries_however_many(
    promise: PromisePage, amara: User
) -> None:
    for number in range(4):
        answered(flag_by(amara, promise, text=str(number)))

    with CaptureQueriesContext(connection) as queries:
        said = [
            (flag.department, flag.raised_by, *flag.replies.all()) for flag in flags_of(promise)
        ]

    assert (len(said), len(queries)) == (4, 2)


def test_open_flags_come_before_answered_ones(promise: PromisePage, amara: User) -> None:
    answered(flag_by(amara, promise, text="long ago", at=NOW - 9 * A_DAY))
    answered(flag_by(amara, promise, text="lately", at=NOW - A_DAY))
    flag_by(amara, promise, text="open")

    assert [flag.text for flag in flags_of(promise)] == ["open", "lately", "long ago"]


def test_what_somebody_raised_and_replied_is_hers_to_take_away(
    promise: PromisePage, amara: User
) -> None:
    reply_to_flag(flag=flag_by(amara, promise), text="Daily.", by=amara, at=NOW)

    told = {table: list(rows) for table, rows in everything_about(amara)}

    assert [row["text"] for row in told["departments.flag"]] == [TEXT]
    assert [row["text"] for row in told["departments.flagreply"]] == ["Daily."]
