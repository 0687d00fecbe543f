"""A version is kept of whatever goes live, and a change goes live only as it was planned."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from knowledge.actions import NotASecondPersonError, approve_change, plan_change
from knowledge.models import BriefPage, Change, ChangePlan, Fact
from knowledge.publishing import PublishHeldError, going_live_at, register_effect
from knowledge.reports import drafted_change, obstacles_for
from portal.models import User
from tests.factories import BriefFactory, PersonFactory

pytestmark = pytest.mark.django_db

OCTOBER = datetime(2026, 10, 14, 9, tzinfo=UTC)
OLD, NEW = "You can agree up to £50 alone.", "You can agree up to £60 alone."


@pytest.fixture
def author() -> User:
    made: User = PersonFactory(administrator=True)
    return made


@pytest.fixture
def colleague() -> User:
    made: User = PersonFactory(administrator=True)
    return made


@pytest.fixture
def fair_refund() -> BriefPage:
    """A brief with one condition, published once, in October."""
    page: BriefPage = BriefFactory(title="Fair Refund")
    page.facts.set([Fact(key="limit", kind="condition", title="Who approves", statement=OLD)])
    with going_live_at(OCTOBER):
        page.save_revision().publish()
    page.refresh_from_db()
    return page


def redrafted(page: BriefPage, statement: str, **words: str) -> BriefPage:
    """The brief's latest draft, with another statement."""
    draft = BriefPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    fact = draft.facts.get()
    fact.statement = statement
    draft.facts.set([fact])
    for name, value in words.items():
        setattr(draft, name, value)
    draft.save_revision()
    found: BriefPage = draft.get_latest_revision_as_object()
    return found


def planned(draft: BriefPage, author: User, kind: str = "material") -> ChangePlan:
    return plan_change(
        drafted=drafted_change(draft),
        kind=kind,
        reason="Finance trusts us with more.",
        grace_days=7,
        by=author,
        at=timezone.now(),
    )


def live_statement(page: BriefPage) -> str:
    statement: str = Fact.objects.get(brief=page).statement
    return statement


def publish(page: BriefPage, by: User | None = None) -> None:
    BriefPage.objects.get(pk=page.pk).get_latest_revision().publish(user=by)


def test_the_first_version_is_kept_with_its_facts_and_its_day(fair_refund: BriefPage) -> None:
    first = fair_refund.changes.get()
    assert (first.kind, first.version, first.at) == (Change.Kind.FIRST, 1, OCTOBER)
    assert [fact.statement for fact in first.fact_texts] == [OLD]


def test_publishing_the_same_again_makes_no_version(fair_refund: BriefPage) -> None:
    fair_refund.save_revision().publish()
    assert fair_refund.changes.count() == 1


def test_other_words_are_a_version_of_wording_that_needs_no_plan(fair_refund: BriefPage) -> None:
    redrafted(fair_refund, OLD, right_for="Everybody.")
    publish(fair_refund)
    fair_refund.refresh_from_db()
    assert fair_refund.version == 2
    assert fair_refund.changes.get(version=2).kind == Change.Kind.WORDING


def test_a_changed_fact_stays_back_without_a_plan(fair_refund: BriefPage) -> None:
    redrafted(fair_refund, NEW)
    publish(fair_refund)
    assert live_statement(fair_refund) == OLD


def test_a_planned_change_stays_back_until_a_second_person_approves(
    fair_refund: BriefPage, author: User
) -> None:
    planned(redrafted(fair_refund, NEW), author)
    with pytest.raises(PublishHeldError):
        publish(fair_refund, by=author)
    assert live_statement(fair_refund) == OLD


def test_nobody_approves_her_own_change(fair_refund: BriefPage, author: User) -> None:
    plan = planned(redrafted(fair_refund, NEW), author)
    with pytest.raises(NotASecondPersonError):
        approve_change(plan=plan, by=author, at=timezone.now())


def test_an_approved_change_goes_live_as_it_was_planned(
    fair_refund: BriefPage, author: User, colleague: User
) -> None:
    plan = planned(redrafted(fair_refund, NEW), author)
    approve_change(plan=plan, by=colleague, at=timezone.now())
    publish(fair_refund, by=author)
    change = fair_refund.changes.get(version=2)
    assert live_statement(fair_refund) == NEW
    assert (change.kind, change.grace_days, change.author, change.approver) == (
        Change.Kind.MATERIAL,
        7,
        author,
        colleague,
    )


def test_whoever_publishes_what_another_planned_is_the_second_person(
    fair_refund: BriefPage, author: User, colleague: User
) -> None:
    planned(redrafted(fair_refund, NEW), author)
    publish(fair_refund, by=colleague)
    assert live_statement(fair_refund) == NEW
    assert fair_refund.changes.get(version=2).approver == colleague


def test_another_word_after_the_approval_has_to_be_approved_again(
    fair_refund: BriefPage, author: User, colleague: User
) -> None:
    plan = planned(redrafted(fair_refund, NEW), author)
    approve_change(plan=plan, by=colleague, at=timezone.now())
    redrafted(fair_refund, "You can agree up to £6,000 alone.")
    publish(fair_refund)
    assert live_statement(fair_refund) == OLD


def test_another_reason_withdraws_the_approval(
    fair_refund: BriefPage, author: User, colleague: User
) -> None:
    draft = redrafted(fair_refund, NEW)
    approve_change(plan=planned(draft, author), by=colleague, at=timezone.now())
    assert not planned(draft, author, kind="rewrite").is_approved


def test_the_same_reason_again_keeps_the_approval(
    fair_refund: BriefPage, author: User, colleague: User
) -> None:
    draft = redrafted(fair_refund, NEW)
    approve_change(plan=planned(draft, author), by=colleague, at=timezone.now())
    assert planned(draft, author).is_approved


def test_an_approval_counts_for_one_publication_only(
    fair_refund: BriefPage, author: User, colleague: User
) -> None:
    for statement in (NEW, OLD):
        plan = planned(redrafted(fair_refund, statement), author)
        approve_change(plan=plan, by=colleague, at=timezone.now())
        publish(fair_refund)
    redrafted(fair_refund, NEW)
    publish(fair_refund)
    assert live_statement(fair_refund) == OLD


def test_a_change_that_is_for_now_has_no_grace(fair_refund: BriefPage, author: User) -> None:
    assert planned(redrafted(fair_refund, NEW), author, kind="now").grace_days == 0


def test_a_forgotten_door_ends_in_a_refusal_with_nothing_written(fair_refund: BriefPage) -> None:
    draft = redrafted(fair_refund, NEW)
    draft.live_revision = draft.latest_revision
    with pytest.raises(PublishHeldError):
        draft.save()
    assert live_statement(fair_refund) == OLD


def test_a_draft_that_is_older_than_a_version_goes_on_from_its_number(
    fair_refund: BriefPage,
) -> None:
    older = fair_refund.save_revision()
    redrafted(fair_refund, OLD, right_for="Everybody.")
    publish(fair_refund)
    older.publish()
    fair_refund.refresh_from_db()
    assert fair_refund.version == 3


def test_an_effect_that_goes_wrong_leaves_the_old_version_live(
    fair_refund: BriefPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    effects = list[object]()
    monkeypatch.setattr("knowledge.publishing._effects", effects)

    def stumble(_change: Change) -> None:
        raise ZeroDivisionError

    register_effect(stumble)
    redrafted(fair_refund, OLD, right_for="Everybody.")
    with pytest.raises(ZeroDivisionError):
        publish(fair_refund)
    fair_refund.refresh_from_db()
    assert (fair_refund.right_for, fair_refund.changes.count()) != ("Everybody.", 2)


def test_nothing_stands_in_the_way_of_a_first_version(author: User) -> None:
    draft = BriefFactory(live=False)
    assert obstacles_for(drafted_change(draft), by=author) == []


def test_a_day_of_the_past_is_kept_for_what_is_played(fair_refund: BriefPage) -> None:
    redrafted(fair_refund, OLD, right_for="Everybody.")
    with going_live_at(OCTOBER + timedelta(days=1)):
        publish(fair_refund)
    assert fair_refund.changes.get(version=2).at == OCTOBER + timedelta(days=1)
