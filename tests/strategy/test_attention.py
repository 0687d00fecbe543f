"""What getting ready for a launch asks of people."""

import pytest

from strategy.reports.attention import Attention, Task, attention_for
from strategy.reports.gates import Gates
from strategy.reports.plans import newest_plan
from tests.factories import LessonFactory, MembershipFactory
from tests.strategy.staging import Stage, after

pytestmark = pytest.mark.django_db

A_QUIZ = 6


@pytest.fixture
def stage() -> Stage:
    return Stage(people=1)


def asked(stage: Stage) -> Attention:
    plan = newest_plan(stage.campaign)
    gates = Gates([plan], on=after(0))
    return attention_for([facts.thread for facts in gates.of(plan).promises], gates.known)


def test_nobody_is_asked_for_anything_where_all_will_be_ready(stage: Stage) -> None:
    assert asked(stage).people == 0


def test_whoever_proved_the_version_before_checks_what_changed(stage: Stage) -> None:
    stage.scheduled(10)

    found = asked(stage)

    assert (found.people, found.tasks, found.minutes) == (2, {Task.CHECK: 2}, 4)
    assert found.minutes_each == 2


def test_who_has_lapsed_proves_it_again_and_who_is_new_takes_the_lessons(stage: Stage) -> None:
    LessonFactory(module=stage.module, minutes=4)
    stage.ready(stage.care, days=3)
    MembershipFactory(department=stage.care)

    found = asked(stage)

    assert found.tasks == {Task.QUIZ: 1, Task.LEARN: 1}
    assert found.minutes == A_QUIZ + A_QUIZ + 4
    assert found.minutes_each is None


def test_who_works_along_two_promises_is_asked_once(stage: Stage) -> None:
    other = stage.promised("A Person in Two", stage.care)
    stage.campaign.promises = [stage.promise, other]
    stage.campaign.save_revision()
    stage.ready(stage.care, days=3)

    assert asked(stage).people == 1
