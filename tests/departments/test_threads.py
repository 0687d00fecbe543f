"""The thread of a promise: its links on any day from today on, and what each still waits for."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from departments.actions.rolling import roll_up
from departments.actions.sign_offs import sign_link
from departments.chains import Lack
from departments.models import Department, SignOff
from departments.reports import department_readiness
from departments.reports.known import Known
from departments.reports.threads import Thread, thread_of, thread_on, threads_of
from knowledge.models import BriefPage, ChangePlan, ModulePage, PromisePage
from tests.changing import changed, module_about, published_brief
from tests.conftest import NOW
from tests.departments.test_forecast_comes_true import people_of_every_kind, ready, scheduled
from tests.factories import (
    TODAY,
    DepartmentFactory,
    MembershipFactory,
    ModuleFactory,
    PersonFactory,
    PromiseFactory,
    RequirementFactory,
    StandingFactory,
)

pytestmark = pytest.mark.django_db

LONG_AGO = NOW - timedelta(days=200)


@pytest.fixture
def refund() -> BriefPage:
    return published_brief(LONG_AGO, days="Five working days.", form="No forms.")


@pytest.fixture
def module(refund: BriefPage) -> ModulePage:
    return module_about(refund, questions_per_fact=1)


@pytest.fixture
def care(module: ModulePage) -> Department:
    care: Department = DepartmentFactory(name="Care")
    RequirementFactory(department=care, module=module, joiner_days=30)
    return care


@pytest.fixture
def promise(care: Department, refund: BriefPage) -> PromisePage:
    return promised(refund, care)


def promised(brief: BriefPage, *departments: Department) -> PromisePage:
    promise: PromisePage = PromiseFactory(departments=departments)
    brief.promises.add(promise)
    brief.save()
    return promise


def after(days: int) -> date:
    return TODAY + timedelta(days=days)


def told(
    promise: PromisePage, brief: BriefPage, days: int = 0, version: int = 1, **known: Known
) -> Thread:
    brief = BriefPage.objects.get(pk=brief.pk)
    return thread_on(promise, on=TODAY, day=after(days), brief=brief, version=version, **known)


def signed(promise: PromisePage, department: Department, brief: BriefPage) -> None:
    sign_link(
        promise=promise,
        department=department,
        brief=brief,
        version=1,
        says=SignOff.Says.CAN,
        by=PersonFactory(),
        at=NOW,
    )


def queries(act: Callable[[], object]) -> int:
    cache.clear()
    with CaptureQueriesContext(
        connection,
    ) as captured:
        act()
    return len(captured)


def test_today_is_told_as_the_team_page_tells_it(
    refund: BriefPage, module: ModulePage, care: Department, promise: PromisePage
) -> None:
    people_of_every_kind(care, module)
    changed(refund, {"days": "Four working days."}, at=NOW - timedelta(days=2))
    ready(care, module, 30)

    (column,) = department_readiness(care, on=TODAY).columns
    (link,) = told(promise, refund, version=2).links
    assert (link.needed, link.ready) == (
        column.tally.needed,
        column.tally.ready - column.tally.previous,
    )
    assert 0 < link.ready < link.needed
    assert column.tally.previous > 0


def walked(
    care: Department, module: ModulePage, clock: time_machine.Traveller, days: int
) -> Iterable[tuple[int, int]]:
    for day in range(days):
        clock.move_to(NOW + timedelta(days=day, minutes=1))
        call_command("publish_scheduled")
        (column,) = department_readiness(care, on=after(day)).columns
        yield column.tally.needed, column.tally.ready - column.tally.previous


@pytest.mark.once
def test_a_day_ahead_is_told_as_it_comes_if_nobody_does_anything(
    refund: BriefPage,
    module: ModulePage,
    care: Department,
    promise: PromisePage,
    clock: time_machine.Traveller,
) -> None:
    for days in (30, 120):
        ready(care, module, days)
    changed(refund, {"days": "Four working days."}, at=NOW - timedelta(days=7))
    people_of_every_kind(care, module)
    scheduled(refund, "Three working days.")

    refund = BriefPage.objects.get(pk=refund.pk)
    known = Known([promise], [refund], on=TODAY)
    threads = [
        thread_on(promise, on=TODAY, day=after(days), brief=refund, version=2, known=known)
        for days in range(75)
    ]

    happened = list(walked(care, module, clock, 75))
    assert [(thread.needed, thread.ready) for thread in threads] == happened


def test_who_is_ready_by_a_grace_alone_never_counts(
    refund: BriefPage, module: ModulePage, care: Department, promise: PromisePage
) -> None:
    ready(care, module, 120)
    scheduled(refund, "Three working days.")

    before, on_the_day = (told(promise, refund, days, version=1) for days in (9, 10))
    assert (before.ready, on_the_day.ready) == (1, 0)
    assert (on_the_day.judged, on_the_day.at_usual_pace) == (2, 1)


def test_nobody_is_ready_for_a_version_until_it_is_out(
    refund: BriefPage, module: ModulePage, care: Department, promise: PromisePage
) -> None:
    ready(care, module, 120)
    scheduled(refund, "Three working days.")

    thread = told(promise, refund, 9, version=2)
    assert (thread.ready, thread.is_out, thread.out_on) == (0, False, after(10))
    assert thread.links[0].lacks == (Lack.NOT_OUT, Lack.NO_WORD)
    assert told(promise, refund, 10, version=2).is_out
    assert told(promise, refund, 80, version=3).out_on is None


def test_a_schedule_that_will_be_held_brings_no_version(
    refund: BriefPage, module: ModulePage, care: Department, promise: PromisePage
) -> None:
    ready(care, module, 120)
    scheduled(refund, "Three working days.")
    ChangePlan.objects.update(approved_by=None)

    thread = told(promise, refund, 12, version=2)
    assert (thread.out_on, thread.newest) == (None, 1)
    assert told(promise, refund, 12).ready == 1


def test_today_is_told_as_it_is_before_its_schedule_has_run(
    refund: BriefPage, module: ModulePage, care: Department, promise: PromisePage
) -> None:
    ready(care, module, 120)
    scheduled(refund, "Three working days.", at=NOW + timedelta(hours=2))

    assert (told(promise, refund).ready, told(promise, refund).newest) == (1, 1)
    assert (told(promise, refund, 1).ready, told(promise, refund, 1).newest) == (0, 2)


def test_a_link_holds_with_enough_people_and_its_heads_word(
    refund: BriefPage, module: ModulePage, care: Department, promise: PromisePage
) -> None:
    for days in (60, 60, 60, -1):
        ready(care, module, days)
    assert told(promise, refund).links[0].lacks == (Lack.NO_WORD,)

    signed(promise, care, refund)
    thread = told(promise, refund)
    assert (thread.met, thread.links[0].required, thread.links[0].ready) == (1, 3, 3)


def test_where_the_module_isnt_asked_it_cant_be_said(
    refund: BriefPage, care: Department, promise: PromisePage
) -> None:
    promise = promised(refund, care, DepartmentFactory(name="Board"))
    thread = told(promise, refund)
    assert thread.links[1].is_known is None
    assert thread.links[1].lacks[0] is Lack.NOT_ASKED


def test_a_promise_without_a_brief_can_still_be_drawn(care: Department) -> None:
    thread = thread_of(PromiseFactory(departments=[care]), on=TODAY)
    assert [link.lacks for link in thread.links] == [(Lack.NOT_ASKED, Lack.NO_WORD)]


def test_people_of_two_links_are_counted_once(
    refund: BriefPage, module: ModulePage, care: Department
) -> None:
    phones = DepartmentFactory(name="Phones", parent=care)
    care.refresh_from_db()
    promise = promised(refund, phones, care, phones)
    ready(phones, module, 60)
    ready(care, module, -1)

    thread = told(promise, refund)
    assert [(link.ready, link.needed) for link in thread.links] == [(1, 1), (1, 2), (1, 1)]
    assert (thread.ready, thread.needed, len(thread.not_ready)) == (1, 2, 1)


def test_who_is_asked_for_two_modules_is_ready_with_both(
    refund: BriefPage, module: ModulePage, care: Department, promise: PromisePage
) -> None:
    other = ModuleFactory(brief=refund)
    RequirementFactory(department=care, module=other)
    both, one = ready(care, module, 60), ready(care, module, 60)
    StandingFactory(person_id=both, module=other, ready=True)

    thread = told(promise, refund)
    assert (thread.ready, thread.needed, thread.not_ready) == (1, 2, frozenset({one}))


def test_whoever_lacks_what_another_link_asks_isnt_ready_on_the_whole(
    refund: BriefPage, module: ModulePage, care: Department
) -> None:
    other, sales = ModuleFactory(brief=refund), DepartmentFactory(name="Sales")
    RequirementFactory(department=sales, module=other)
    MembershipFactory(person_id=ready(care, module, 60), department=sales, is_home=False)

    thread = told(promised(refund, care, sales), refund)
    assert [link.ready for link in thread.links] == [1, 0]
    assert (thread.ready, thread.needed) == (0, 1)


def test_a_later_word_for_the_version_to_come_leaves_todays_as_it_is(
    refund: BriefPage, module: ModulePage, care: Department, promise: PromisePage
) -> None:
    signed(promise, care, refund)
    scheduled(refund, "Three working days.")
    sign_link(
        promise=promise,
        department=care,
        brief=refund,
        version=2,
        says=SignOff.Says.NOT_YET,
        because="The run is on Thursdays",
        by=PersonFactory(),
        at=NOW,
    )

    assert told(promise, refund).links[0].is_signed
    (link,) = told(promise, refund, 12, version=2).links
    assert Lack.NOT_YET in link.lacks


def test_days_ahead_cost_no_more_queries_with_more_people_links_and_days(
    refund: BriefPage, module: ModulePage, care: Department, promise: PromisePage
) -> None:
    scheduled(refund, "Three working days.")
    ready(care, module, 20)
    few = queries(lambda: told(promise, refund, 12, version=2))

    others = [DepartmentFactory(name=f"Team {number}") for number in range(4)]
    for other in others:
        RequirementFactory(department=other, module=module)
        ready(other, module, 20)
        signed(promise, care, refund)
    wide = promised(refund, care, *others)
    people_of_every_kind(care, module)
    known = Known([wide], [refund], on=TODAY)

    def many() -> None:
        for days in (12, 13, 40):
            told(wide, refund, days, version=2, known=known)

    # Each day reads its brief anew.
    assert queries(many) - 2 == few


def test_the_register_costs_no_more_queries_with_more_promises(
    refund: BriefPage, module: ModulePage, care: Department, promise: PromisePage
) -> None:
    ready(care, module, 20)
    promises = [promise, promised(refund, care)]
    few = queries(lambda: threads_of(promises, on=TODAY))
    more = [promised(refund, DepartmentFactory(), care) for _ in range(3)]

    assert queries(lambda: threads_of([*promises, *more], on=TODAY)) == few
    found = threads_of([*promises, *more], on=TODAY)
    assert found[promise.pk] == thread_of(promise, on=TODAY)


def test_of_very_many_people_today_is_told_by_what_was_counted_beforehand(
    refund: BriefPage, module: ModulePage, care: Department, monkeypatch: pytest.MonkeyPatch
) -> None:
    phones = DepartmentFactory(name="Phones", parent=care)
    care.refresh_from_db()
    sales = DepartmentFactory(name="Sales")
    RequirementFactory(department=sales, module=module)
    people_of_every_kind(care, module)
    changed(refund, {"days": "Four working days."}, at=NOW - timedelta(days=2))
    for department in (phones, care, sales):
        ready(department, module, 30)
    promises = [promised(refund, care, phones, sales), promised(refund, sales)]
    one_by_one = threads_of(promises, on=TODAY)
    roll_up(at=NOW, is_all=True)

    monkeypatch.setattr("departments.reports.threads.MOST_LOOKED_AT", 1)
    counted = threads_of(promises, on=TODAY)

    assert not counted[promises[0].pk].not_ready
    for promise in promises:
        expected = replace(one_by_one[promise.pk], not_ready=frozenset())
        assert replace(counted[promise.pk], not_ready=frozenset()) == expected
