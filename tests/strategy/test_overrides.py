"""A launch although the gate is closed: two people, for what they saw, until they look back."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models.signals import pre_save

from customers.models import Reading
from departments.models import Flag, Headship
from portal.models import User
from portal.reports.everything import everything_about
from strategy.actions.overrides import (
    AnsweredAlreadyError,
    AskedAlreadyError,
    ChangedMeanwhile,
    DayMovedError,
    GateIsOpenError,
    NoPromisesError,
    TooEarlyError,
    answer_override,
    review_override,
    take_back,
)
from strategy.gate import Check
from strategy.models import Override
from strategy.reports.gates import gate_of
from strategy.reports.overrides import launched_anyway, unreviewed_of, why_void
from tests.conftest import NOW
from tests.factories import (
    TODAY,
    HeadshipFactory,
    MembershipFactory,
    PersonFactory,
)
from tests.strategy.campaigning import entries, is_out, launch_day
from tests.strategy.deciding import (
    REASON,
    agreed,
    answered,
    asked,
    closed_stage,
    marketer,
    seen,
)
from tests.strategy.staging import LAUNCH_DAY, Stage, after

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_site")]


@pytest.fixture
def stage() -> Stage:
    return closed_stage()


@pytest.fixture
def amara() -> User:
    return marketer(first_name="Amara")


@pytest.fixture
def edda() -> User:
    person: User = HeadshipFactory(person__first_name="Edda").person
    return person


def is_open(stage: Stage) -> bool:
    return gate_of(stage.campaign, on=TODAY).is_open


def test_a_question_opens_nothing_until_it_is_agreed_to(
    stage: Stage, amara: User, edda: User
) -> None:
    override = asked(stage, by=amara, second=edda)
    before = is_open(stage)

    answered(override)

    assert (before, is_open(stage)) == (False, True)
    assert entries(stage.campaign) == ["planned", "override-asked", "override-agreed"]
    assert stage.campaign.gate_entries.get(kind="override-asked").note == REASON


def test_who_agrees_is_told_by_mail_and_then_who_asked(
    stage: Stage,
    amara: User,
    edda: User,
    mailoutbox: list[Any],
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        override = asked(stage, by=amara, second=edda)
    with django_capture_on_commit_callbacks(execute=True):
        answered(override)

    assert [mail.to for mail in mailoutbox] == [[edda.email], [amara.email]]
    assert f"/campaigns/{stage.campaign.slug}/gate/override/{override.pk}/" in mailoutbox[0].body


@pytest.mark.parametrize(
    "made",
    [
        lambda: PersonFactory(administrator=True),
        lambda: HeadshipFactory().person,
        lambda: PersonFactory(groups=["Marketing"]),
    ],
)
def test_whoever_steers_leads_or_edits_may_be_the_second(
    stage: Stage, amara: User, made: Callable[[], User]
) -> None:
    assert asked(stage, by=amara, second=made()).is_waiting


@pytest.mark.parametrize("whose", ["campaign", "promise"])
def test_a_sponsor_may_be_the_second(stage: Stage, amara: User, whose: str) -> None:
    sponsor = PersonFactory()
    sponsored = getattr(stage, whose)
    sponsored.sponsor = sponsor
    sponsored.save()
    stage.campaign.save_revision()

    assert asked(stage, by=amara, second=sponsor).is_waiting


def gone() -> User:
    person: User = MembershipFactory(
        person=marketer(), starts_on=after(-90), ends_on=after(-1)
    ).person
    return person


@pytest.mark.parametrize(
    "made",
    [
        PersonFactory,
        lambda: PersonFactory(groups=["Marketing"], is_active=False),
        gone,
    ],
)
def test_nobody_else_may_be_the_second(stage: Stage, amara: User, made: Callable[[], User]) -> None:
    with pytest.raises(PermissionDenied):
        asked(stage, by=amara, second=made())


def test_nobody_is_their_own_second(stage: Stage, amara: User) -> None:
    with pytest.raises(PermissionDenied):
        asked(stage, by=amara, second=amara)


def test_whoever_may_not_launch_may_not_ask(stage: Stage, amara: User, edda: User) -> None:
    with pytest.raises(PermissionDenied):
        asked(stage, by=edda, second=amara)


def test_only_who_was_asked_may_answer(stage: Stage, amara: User, edda: User) -> None:
    override = asked(stage, by=amara, second=edda)

    with pytest.raises(PermissionDenied):
        answer_override(override=override, agrees=True, seen=seen(override), by=marketer(), at=NOW)


def test_who_leads_nobody_any_more_agrees_to_nothing(stage: Stage, amara: User, edda: User) -> None:
    override = asked(stage, by=amara, second=edda)
    edda.headships.update(ends_on=after(-1))

    with pytest.raises(PermissionDenied):
        answered(override)


def test_an_open_gate_asks_for_nobody(amara: User, edda: User) -> None:
    with pytest.raises(GateIsOpenError):
        asked(Stage(), by=amara, second=edda)


def test_what_promises_nothing_cannot_be_agreed_to(amara: User, edda: User) -> None:
    with pytest.raises(NoPromisesError):
        asked(Stage(promises=[]), by=amara, second=edda)


def test_a_campaign_waits_for_one_answer_at_a_time(stage: Stage, amara: User, edda: User) -> None:
    asked(stage, by=amara, second=edda)

    with pytest.raises(AskedAlreadyError):
        asked(stage, by=marketer(), second=edda)


def test_of_two_who_ask_at_once_one_is_told(stage: Stage, amara: User, edda: User) -> None:
    def be_faster(instance: Override, **_sent: Any) -> None:
        rival = Override(**{f.attname: getattr(instance, f.attname) for f in fields})
        Override.objects.bulk_create([rival])

    fields = [field for field in Override._meta.concrete_fields if not field.primary_key]
    pre_save.connect(be_faster, sender=Override)
    try:
        with pytest.raises(AskedAlreadyError):
            asked(stage, by=amara, second=edda)
    finally:
        pre_save.disconnect(be_faster, sender=Override)


def test_what_fails_after_it_was_agreed_to_holds_the_launch(
    stage: Stage, amara: User, edda: User
) -> None:
    override = agreed(stage, by=amara, second=edda)
    assert override.covers == [Check.FLAGS]

    Reading.objects.all().delete()

    assert not is_open(stage)


def test_nobody_agrees_to_what_failed_after_they_looked(
    stage: Stage, amara: User, edda: User
) -> None:
    override = asked(stage, by=amara, second=edda)
    before = seen(override)
    Reading.objects.all().delete()

    with pytest.raises(ChangedMeanwhile):
        answer_override(override=override, agrees=True, seen=before, by=edda, at=NOW)
    assert answered(override).covers == [Check.DELIVER, Check.FLAGS]


def test_nothing_has_to_be_agreed_to_once_the_gate_is_open(
    stage: Stage, amara: User, edda: User
) -> None:
    override = asked(stage, by=amara, second=edda)
    Flag.objects.update(answered_at=NOW)

    with pytest.raises(GateIsOpenError):
        answered(override)
    assert Override.objects.get().is_waiting


def test_a_promise_that_comes_later_is_not_agreed_to(stage: Stage, amara: User, edda: User) -> None:
    agreed(stage, by=amara, second=edda)
    other = stage.promised("A Person in Two", stage.care)
    stage.campaign.promises = [stage.promise, other]
    stage.campaign.save_revision()
    assert not is_open(stage)

    stage.campaign.promises = [stage.promise]
    stage.campaign.save_revision()
    assert is_open(stage)


def test_an_agreement_is_for_one_version_of_one_brief(
    stage: Stage, amara: User, edda: User
) -> None:
    agreed(stage, by=amara, second=edda)
    stage.campaign.brief_version = 2
    stage.campaign.save_revision()
    gate = gate_of(stage.campaign, on=TODAY)
    assert (gate.is_open, gate.result.check(Check.FLAGS).is_covered) == (False, False)
    assert why_void(Override.objects.get(), gate.plan, TODAY).startswith("Colleagues have to know")


def test_an_agreement_holds_until_it_is_to_be_looked_back_on(
    stage: Stage, amara: User, edda: User
) -> None:
    override = agreed(stage, by=amara, second=edda)
    last, after_it = (override.review_on + timedelta(days=days) for days in (0, 1))
    covered = [
        gate_of(stage.campaign, on=day).result.check(Check.FLAGS).is_covered
        for day in (last, after_it)
    ]
    assert covered == [True, False]
    gate = gate_of(stage.campaign, on=after_it)
    assert why_void(override, gate.plan, after_it).startswith("It held until")


def test_nobody_agrees_to_another_version_than_they_looked_at(
    stage: Stage, amara: User, edda: User
) -> None:
    override = asked(stage, by=amara, second=edda)
    looked_at = seen(override)
    stage.campaign.brief_version = 2
    stage.campaign.save_revision()
    assert seen(Override.objects.get()) != looked_at


def test_an_agreement_is_for_one_launch_day(stage: Stage, amara: User, edda: User) -> None:
    agreed(stage, by=amara, second=edda)

    launch_day(stage.campaign, LAUNCH_DAY + timedelta(days=7))

    assert not is_open(stage)
    assert asked(stage, by=amara, second=edda).launches_on == LAUNCH_DAY + timedelta(days=7)


def test_a_question_for_another_day_gives_way(stage: Stage, amara: User, edda: User) -> None:
    first = asked(stage, by=amara, second=edda)
    launch_day(stage.campaign, LAUNCH_DAY + timedelta(days=7))

    with pytest.raises(DayMovedError):
        answered(first)
    assert asked(stage, by=amara, second=edda).is_waiting
    first.refresh_from_db()
    assert first.withdrawn_at


def test_who_asked_may_take_it_back(stage: Stage, amara: User, edda: User) -> None:
    override = asked(stage, by=amara, second=edda)

    with pytest.raises(PermissionDenied):
        take_back(override=override, by=edda, at=NOW)
    take_back(override=override, by=amara, at=NOW)

    with pytest.raises(AnsweredAlreadyError):
        answered(override)
    assert asked(stage, by=amara, second=edda).is_waiting


def test_what_was_answered_is_answered_once(stage: Stage, amara: User, edda: User) -> None:
    override = asked(stage, by=amara, second=edda)
    answered(override, agrees=False, because="Wait for the pilot.")

    with pytest.raises(AnsweredAlreadyError):
        answered(override)
    with pytest.raises(AnsweredAlreadyError):
        take_back(override=override, by=amara, at=NOW)
    assert (is_open(stage), Override.objects.get().withdrawn_at) == (False, None)
    entry = stage.campaign.gate_entries.get(kind="override-refused")
    assert (entry.by, entry.note) == (edda, "Wait for the pilot.")


def test_a_launch_is_looked_back_on_from_its_day_on(stage: Stage, amara: User, edda: User) -> None:
    override = agreed(stage, by=amara, second=edda)
    review: dict[str, Any] = {"override": override, "review": "It went well."}

    with pytest.raises(TooEarlyError):
        review_override(**review, by=amara, at=NOW)
    later = NOW + (LAUNCH_DAY - TODAY)
    with pytest.raises(PermissionDenied):
        review_override(**review, by=marketer(), at=later)
    review_override(**review, by=edda, at=later)

    with pytest.raises(AnsweredAlreadyError):
        review_override(**review, by=amara, at=later)
    assert entries(stage.campaign)[-1] == "reviewed"


def test_it_stands_on_the_promise_until_somebody_looks_back(
    stage: Stage, amara: User, edda: User
) -> None:
    override = agreed(stage, by=amara, second=edda)
    assert unreviewed_of([stage.promise])[stage.promise.pk] == [override]

    launch_day(stage.campaign, LAUNCH_DAY + timedelta(days=7))
    assert unreviewed_of([stage.promise]) == {}

    launch_day(stage.campaign, LAUNCH_DAY)
    review_override(override=override, review="Well.", by=amara, at=NOW + (LAUNCH_DAY - TODAY))
    assert unreviewed_of([stage.promise]) == {}


def test_launches_without_all_checks_are_counted_for_a_year(
    amara: User, edda: User, clock: Any
) -> None:
    stage = closed_stage(launches_on=TODAY)
    override = agreed(stage, by=amara, second=edda)
    before = launched_anyway(on=TODAY)
    stage.campaign.latest_revision.publish(user=amara)
    assert is_out(stage.campaign)

    out = launched_anyway(on=TODAY)
    review_override(override=override, review="Well.", by=amara, at=NOW)

    counted = [before, out, launched_anyway(on=TODAY), launched_anyway(on=after(366))]
    figures = [(each.in_a_year, each.to_review) for each in counted]
    assert figures == [(0, 0), (1, 1), (1, 0), (0, 0)]


def test_a_second_person_whose_account_is_gone_leaves_the_agreement(
    stage: Stage, amara: User, edda: User
) -> None:
    agreed(stage, by=amara, second=edda)
    Headship.objects.all()._raw_delete("default")
    edda.delete()

    assert is_open(stage)


def test_what_somebody_asked_and_said_is_in_their_own_data(
    stage: Stage, amara: User, edda: User
) -> None:
    override = asked(stage, by=amara, second=edda)
    answered(override, agrees=False, because="Wait for the pilot.")

    of_amara = {table: list(rows) for table, rows in everything_about(amara)}
    of_edda = {table: list(rows) for table, rows in everything_about(edda)}

    assert [row["reason"] for row in of_amara["strategy.override"]] == [REASON]
    assert [row["note"] for row in of_edda["strategy.gateentry"]] == ["Wait for the pilot."]
    assert of_edda["strategy.override.second"] == [{"rows": 1}]
