"""The gate on real rows: each check turns for its own reason, and for no other."""

from datetime import timedelta

import pytest
from django.utils import timezone

from customers.models import Reading
from departments.models import Link, SignOff
from knowledge.models import PromiseVersion
from quizzes.models import Standing
from strategy.gate import Check, Lack, Status
from strategy.models import Override
from strategy.reports.gates import CampaignGate, gate_of, launch_obstacles
from tests.conftest import NOW
from tests.factories import TODAY, MembershipFactory, PersonFactory
from tests.strategy.staging import LAUNCH_DAY, Stage, after, flagged

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    return Stage()


def gate(stage: Stage, days: int | None = None) -> CampaignGate:
    return gate_of(stage.campaign, on=TODAY, day=None if days is None else after(days))


def lacking(stage: Stage, days: int | None = None) -> dict[Check, Lack | None]:
    return {check.name: check.change for check in gate(stage, days).checks if not check.is_met}


def test_a_campaign_that_lacks_nothing_may_go_out(stage: Stage) -> None:
    found = gate(stage)

    assert (found.day, found.met, found.is_open) == (LAUNCH_DAY, 4, True)
    assert launch_obstacles(stage.campaign) == []


def test_people_who_are_not_ready_on_the_day_hold_it(stage: Stage) -> None:
    Standing.objects.update(ready_until=after(10))

    assert lacking(stage) == {Check.KNOW: Lack.PEOPLE}
    assert lacking(stage, 10) == {}


def test_a_grace_is_no_readiness_and_makes_no_difference(stage: Stage) -> None:
    stage.scheduled(10)
    within_grace, after_it, before = 17, 18, 9

    found = [gate(stage, days) for days in (within_grace, after_it)]

    assert lacking(stage, before) == {}
    assert [one.promises[0].thread.ready for one in found] == [0, 0]
    assert found[0].result.checks == found[1].result.checks
    assert found[0].result.check(Check.KNOW).change is Lack.PEOPLE


def test_a_version_that_is_not_out_by_the_day_holds_it(stage: Stage) -> None:
    stage.scheduled(10)
    stage.campaign.brief_version = 2
    stage.campaign.save_revision()

    assert lacking(stage, 9)[Check.KNOW] is Lack.VERSION
    assert lacking(stage, 10)[Check.KNOW] is Lack.PEOPLE


def test_a_department_that_nobody_asks_leaves_it_open_whether_people_know(stage: Stage) -> None:
    people = stage.department("People", is_asked=False)
    MembershipFactory(department=people)
    Link.objects.create(promise=stage.promise, department=people, part="Hire", sort_order=9)
    stage.signed(stage.promise, people)

    check = gate(stage).result.check(Check.KNOW)

    assert (check.status, check.change) == (Status.CANT_SAY, Lack.REQUIREMENT)
    assert check.worst is not None
    assert check.worst.waiting == ("People",)


@pytest.mark.parametrize(("people", "unready", "is_met"), [(4, 1, True), (4, 2, False)])
def test_small_groups_are_rounded_in_their_favour(people: int, unready: int, is_met: bool) -> None:
    stage = Stage(people=people)
    care = Standing.objects.filter(person__memberships__department=stage.care)
    for standing in care[:unready]:
        standing.ready_until = TODAY
        standing.save()

    assert gate(stage).result.check(Check.KNOW).is_met == is_met


def test_a_head_who_says_not_yet_holds_it(stage: Stage) -> None:
    stage.signed(stage.promise, stage.finance, "not-yet", because="The pilot runs", at=NOW)

    check = gate(stage).result.check(Check.SIGNED)

    assert lacking(stage) == {Check.SIGNED: Lack.WORD}
    assert check.worst is not None
    assert check.worst.waiting == ("Finance",)


def test_a_head_who_can_from_a_day_on_has_signed_for_that_day(stage: Stage) -> None:
    stage.signed(stage.promise, stage.finance, from_on=after(20), at=NOW)

    assert lacking(stage, 19) == {Check.SIGNED: Lack.WORD}
    assert lacking(stage, 20) == {}


def test_a_lower_claim_is_another_promise_and_has_to_be_signed_again(stage: Stage) -> None:
    PromiseVersion.objects.create(
        promise=stage.promise, number=2, sentence="The next Thursday", at=NOW
    )

    assert lacking(stage) == {Check.SIGNED: Lack.WORD}
    for department in (stage.care, stage.finance):
        stage.signed(stage.promise, department, promise_version=2, at=NOW)
    assert lacking(stage) == {}


@pytest.mark.parametrize(
    ("k", "n", "lacks"),
    [
        (935, 1000, {Check.DELIVER: Lack.RESULTS}),
        (59, 100, {Check.DELIVER: Lack.RESULTS}),
        (29, 29, {Check.DELIVER: Lack.CUSTOMERS}),
        (95, 100, {}),
    ],
)
def test_what_customers_got_decides_what_is_delivered(
    stage: Stage, k: int, n: int, lacks: dict[Check, Lack]
) -> None:
    Reading.objects.update(k=k, n=n)

    assert lacking(stage) == lacks


def test_a_claim_that_nothing_measures_is_unproven(stage: Stage) -> None:
    Reading.objects.all().delete()

    assert lacking(stage) == {Check.DELIVER: Lack.MEASURE}


def test_evidence_grows_too_old_for_a_later_launch(stage: Stage) -> None:
    assert lacking(stage, 45) == {}
    assert lacking(stage, 46) == {Check.DELIVER: Lack.READING}


def test_a_flag_holds_it_until_it_is_answered(stage: Stage) -> None:
    flag = flagged(stage.promise)
    assert lacking(stage) == {Check.FLAGS: Lack.ANSWERS}

    flag.answered_at = NOW
    flag.save()

    assert lacking(stage) == {}


def test_of_two_promises_the_worse_one_decides_and_is_named(stage: Stage) -> None:
    other = stage.promised("A Person in Two", stage.care)
    stage.campaign.promises = [stage.promise, other]
    stage.campaign.save_revision()
    assert lacking(stage) == {}

    flagged(other)

    check = gate(stage).result.check(Check.FLAGS)
    assert check.worst is not None
    assert (check.worst.key, lacking(stage)) == (other.pk, {Check.FLAGS: Lack.ANSWERS})


def agreed(stage: Stage, *covers: Check) -> Override:
    return Override.objects.create(
        campaign=stage.campaign,
        reason="The trade fair",
        tells_customers="It may take longer",
        review_on=after(40),
        covers=list(covers),
        launches_on=LAUNCH_DAY,
        asked_by=PersonFactory(),
        asked_at=timezone.now(),
        second=PersonFactory(),
        agreed_at=timezone.now(),
    )


def test_what_two_people_agreed_to_opens_the_gate_for_that_day(stage: Stage) -> None:
    flagged(stage.promise)
    override = agreed(stage, Check.FLAGS)

    found = gate(stage)

    assert (found.is_open, found.is_overridden, found.met) == (True, True, 3)
    assert found.override == override
    assert launch_obstacles(stage.campaign) == []


def test_what_fails_after_it_was_agreed_to_holds_the_campaign(stage: Stage) -> None:
    flagged(stage.promise)
    agreed(stage, Check.FLAGS)
    Reading.objects.all().delete()

    found = gate(stage)

    assert (found.is_open, found.result.holds) == (False, (Check.DELIVER,))


def test_an_agreement_is_for_the_day_that_both_saw(stage: Stage) -> None:
    flagged(stage.promise)
    agreed(stage, Check.FLAGS)
    assert not gate(stage, 30).is_open

    stage.campaign.launches_on = LAUNCH_DAY + timedelta(days=1)
    stage.campaign.save_revision()

    assert not gate(stage).is_open


def test_an_agreement_still_holds_when_the_launch_is_late(stage: Stage) -> None:
    flagged(stage.promise)
    agreed(stage, Check.FLAGS)

    assert gate_of(stage.campaign, on=LAUNCH_DAY + timedelta(days=1)).is_open


def test_what_was_only_asked_for_opens_nothing(stage: Stage) -> None:
    flagged(stage.promise)
    Override.objects.filter(pk=agreed(stage, Check.FLAGS).pk).update(agreed_at=None, second=None)

    assert not gate(stage).is_open


def test_obstacles_tell_the_answer_and_then_what_holds(stage: Stage) -> None:
    flagged(stage.promise)
    SignOff.objects.all()._raw_delete("default")

    texts = [obstacle.text for obstacle in launch_obstacles(stage.campaign)]

    assert texts == [
        "Monday 7\u00a0December: Not yet. 2 of 4 checks are met.",
        "Signed: not all have signed.",
        "Flags: some wait for an answer.",
    ]


def test_the_newest_draft_is_asked_about_before_the_launch(stage: Stage) -> None:
    stage.campaign.promises = [stage.promised("Another", stage.care), stage.promise]
    stage.campaign.launches_on = after(20)
    stage.campaign.save_revision()

    found = gate(stage)

    assert [facts.promise.title for facts in found.promises] == ["Another", "Fair Refund"]
    assert found.day == after(20)
    assert stage.campaign.promises.through.objects.count() == 1


def test_a_campaign_whose_day_has_gone_is_asked_about_today(stage: Stage) -> None:
    assert gate_of(stage.campaign, on=after(20)).day == after(20)
