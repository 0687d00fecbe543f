"""What a gate says today of a day ahead, against what it says on that day: nobody does anything."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.core.management import call_command

from quizzes.days import organisation_today
from strategy.gate import Check, Status
from strategy.reports.gates import CampaignGate, Gates, gate_of
from strategy.reports.plans import newest_plan
from tests.conftest import NOW
from tests.factories import TODAY
from tests.strategy.staging import Stage, after

pytestmark = pytest.mark.django_db

DAYS = 60
NEW_VERSION = 30


def turning_stage() -> Stage:
    """Dates end, people come, go and are away, a word begins to hold, a version comes out."""
    stage = Stage(people=3, launches_on=after(DAYS))
    for days in (3, 4, 20):
        stage.ready(stage.care, days=days)
    stage.ready(stage.care, leave_from=after(5), leave_to=after(12))
    stage.ready(stage.care, ends_on=after(15))
    stage.ready(stage.finance, days=-5, starts_on=after(-10))
    stage.ready(stage.finance, days=-5, starts_on=after(-200), ends_on=after(18))
    stage.ready(stage.finance, days=22, starts_on=after(21))
    stage.signed(stage.promise, stage.finance, from_on=after(8), at=NOW)
    other = stage.promised("A Person in Two", stage.care, measured_on=after(-10))
    stage.campaign.promises = [stage.promise, other]
    stage.campaign.save_revision()
    stage.scheduled(NEW_VERSION)
    return stage


def told(gate: CampaignGate) -> object:
    """All that a gate says, but for the day on which it was asked."""
    checks = [
        (check.name, check.status, check.change, [(one.key, one.waiting) for one in check.promises])
        for check in gate.checks
    ]
    links = [
        (facts.promise.pk, link.department_id, link.standing, link.is_signed)
        for facts in gate.promises
        for link in facts.thread.links
    ]
    return checks, links, gate.met, gate.is_open


def what_happens(stage: Stage, clock: time_machine.Traveller) -> Iterator[tuple[date, object]]:
    for days in range(DAYS + 1):
        clock.move_to(NOW + timedelta(days=days, minutes=1))
        call_command("publish_scheduled")
        today = organisation_today()
        yield today, told(gate_of(stage.campaign, on=today, day=today))


@pytest.mark.once
def test_the_gate_says_on_each_day_what_it_foretold(clock: time_machine.Traveller) -> None:
    stage = turning_stage()
    plan = newest_plan(stage.campaign)
    gates = Gates([plan], on=TODAY)
    foretold = [(day, gates.of(plan, day=day)) for day in map(after, range(DAYS + 1))]
    turns = {check: {gate.result.check(check).status for _day, gate in foretold} for check in Check}

    happened = list(what_happens(stage, clock))

    assert [(day, told(gate)) for day, gate in foretold] == happened
    assert turns == {
        Check.KNOW: {Status.MET, Status.NOT_MET},
        Check.SIGNED: {Status.MET, Status.NOT_MET},
        Check.DELIVER: {Status.MET, Status.CANT_SAY},
        Check.FLAGS: {Status.MET},
    }


def test_the_first_day_on_which_most_is_met_is_found() -> None:
    stage = Stage()
    stage.signed(stage.promise, stage.finance, from_on=after(20), at=NOW)
    plan = newest_plan(stage.campaign)
    gates = Gates([plan], on=TODAY)

    best = gates.best_day(plan, than=gates.of(plan))

    assert best is not None
    assert (best.day, best.met) == (after(20), 4)


def test_no_day_is_better_where_dates_alone_change_nothing() -> None:
    stage = Stage()
    stage.signed(stage.promise, stage.finance, "not-yet", because="The pilot runs", at=NOW)
    plan = newest_plan(stage.campaign)
    gates = Gates([plan], on=TODAY)

    assert gates.best_day(plan, than=gates.of(plan)) is None
