"""What a change of a brief does to those who proved the version before."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from knowledge.actions import approve_change
from knowledge.models import BriefPage, Change, ModulePage
from portal.models import User
from quizzes.actions import start_quiz
from quizzes.days import organisation_day
from quizzes.models import ModuleChange, Question, Standing, StandingEvent
from quizzes.reports import pool_of, practice_pool, question_uses, traces_of
from quizzes.reports.mixes import question_mix
from tests.changing import (
    changed,
    decided,
    module_about,
    planned,
    published_brief,
    question_about,
    redrafted,
    who_passed,
)
from tests.factories import (
    AttemptFactory,
    PersonFactory,
    QuestionFactory,
    StandingFactory,
    answer_all,
)

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
OLD, NEW = "You can agree up to £50 alone.", "You can agree up to £60 alone."
SOON = {"limit": NEW}


@pytest.fixture
def long_ago(at: datetime) -> datetime:
    return at - 60 * DAY


@pytest.fixture
def brief(long_ago: datetime) -> BriefPage:
    return published_brief(long_ago, limit=OLD, date="Refunds go out every Thursday.")


@pytest.fixture
def module(brief: BriefPage) -> ModulePage:
    return module_about(brief)


def standing_of(person: User, module: ModulePage) -> Standing:
    return Standing.objects.get(person=person, module=module)


def today(at: datetime) -> date:
    return organisation_day(at)


def test_a_material_change_cuts_the_date_to_the_end_of_its_grace(
    brief: BriefPage, module: ModulePage, at: datetime
) -> None:
    person = who_passed(module, at - DAY)
    own = standing_of(person, module).ready_until

    changed(brief, SOON, at=at, grace_days=7)

    standing = standing_of(person, module)
    assert standing.ready_until == today(at) + 7 * DAY
    assert standing.own_ready_until == own
    assert standing.is_unchecked


def test_a_change_of_wording_moves_nobodys_date(
    brief: BriefPage, module: ModulePage, at: datetime
) -> None:
    person = who_passed(module, at - DAY)
    before = standing_of(person, module)

    changed(brief, SOON, at=at, kind="wording")

    assert standing_of(person, module).ready_until == before.ready_until
    assert not ModuleChange.objects.exists()


def test_now_leaves_no_grace(brief: BriefPage, module: ModulePage, at: datetime) -> None:
    person = who_passed(module, at - DAY)

    changed(brief, SOON, at=at, kind="now", grace_days=7)

    assert standing_of(person, module).ready_until == today(at)


def test_a_date_that_comes_first_stays(brief: BriefPage, module: ModulePage, at: datetime) -> None:
    person = who_passed(module, at - DAY)
    own = standing_of(person, module).ready_until

    changed(brief, SOON, at=at, grace_days=90)

    assert standing_of(person, module).ready_until == own


def test_who_has_not_proved_the_module_is_asked_nothing(
    brief: BriefPage, module: ModulePage, at: datetime
) -> None:
    StandingFactory(module=module)

    changed(brief, SOON, at=at)

    standing = Standing.objects.get(module=module)
    assert (standing.ready_until, standing.own_ready_until, standing.unchecked) == (None,) * 3


def test_only_modules_that_ask_for_the_fact_are_reached(
    brief: BriefPage, module: ModulePage, at: datetime
) -> None:
    other = module_about(published_brief(at - 60 * DAY, price="It costs £20."))
    bystander = who_passed(other, at - DAY)
    before = standing_of(bystander, other).ready_until

    changed(brief, SOON, at=at)

    assert standing_of(bystander, other).ready_until == before
    assert list(ModuleChange.objects.values_list("module", flat=True)) == [module.pk]


def test_a_module_of_another_brief_that_asks_for_the_fact_is_reached(
    brief: BriefPage, at: datetime
) -> None:
    other = module_about(published_brief(at - 60 * DAY, price="It costs £20."))
    QuestionFactory(module=other, facts=[brief.facts.get(key="limit")])
    person = who_passed(other, at - DAY)

    changed(brief, SOON, at=at)

    assert standing_of(person, other).is_unchecked


def test_a_new_fact_asks_nobody(brief: BriefPage, module: ModulePage, at: datetime) -> None:
    person = who_passed(module, at - DAY)

    changed(brief, {"proof": "Ask for the receipt."}, at=at)

    assert not standing_of(person, module).is_unchecked


def test_a_change_writes_no_line_for_each_person(
    brief: BriefPage, module: ModulePage, at: datetime
) -> None:
    who_passed(module, at - DAY)
    before = StandingEvent.objects.count()

    changed(brief, SOON, at=at)

    assert StandingEvent.objects.count() == before


def test_a_second_change_leaves_the_first_and_its_earlier_day(
    brief: BriefPage, module: ModulePage, at: datetime
) -> None:
    person = who_passed(module, at - 2 * DAY)
    own = standing_of(person, module).ready_until
    first = changed(brief, SOON, at=at - DAY, grace_days=3)

    changed(brief, {"date": "Refunds go out every Friday."}, at=at, grace_days=9)

    standing = standing_of(person, module)
    assert standing.unchecked is not None
    assert standing.unchecked.change == first
    assert standing.ready_until == today(at) + 2 * DAY
    assert standing.own_ready_until == own


@pytest.mark.parametrize("kind", ["wording", "material"])
def test_a_revert_gives_everybody_her_date_back(
    brief: BriefPage, module: ModulePage, at: datetime, kind: str
) -> None:
    person = who_passed(module, at - 2 * DAY)
    before = standing_of(person, module)
    changed(brief, SOON, at=at - DAY)

    changed(brief, {"limit": OLD}, at=at, kind=kind)

    standing = standing_of(person, module)
    assert standing.dates == before.dates
    assert not standing.is_unchecked
    assert standing.own_ready_until is None


def test_a_revert_asks_those_who_had_proved_the_words_in_between(
    brief: BriefPage, module: ModulePage, at: datetime
) -> None:
    changed(brief, SOON, at=at - 2 * DAY)
    person = who_passed(module, at - DAY)

    changed(brief, {"limit": OLD}, at=at)

    assert standing_of(person, module).is_unchecked


def test_a_revert_of_one_fact_leaves_the_other_to_be_checked(
    brief: BriefPage, module: ModulePage, at: datetime
) -> None:
    person = who_passed(module, at - 2 * DAY)
    changed(brief, {**SOON, "date": "Refunds go out every Friday."}, at=at - DAY)

    changed(brief, {"limit": OLD}, at=at)

    assert standing_of(person, module).is_unchecked


def test_a_retired_question_goes_with_the_change(
    brief: BriefPage, module: ModulePage, at: datetime
) -> None:
    changed(brief, SOON, at=at, choice="retire")

    live = Question.objects.live().of_module(module)
    assert not live.filter(citations__fact_key="limit").exists()
    assert live.filter(citations__fact_key="date").count() == 3


def test_those_whose_questions_are_retired_are_asked_all_the_same(
    brief: BriefPage, module: ModulePage, at: datetime
) -> None:
    person = who_passed(module, at - DAY)

    changed(brief, SOON, at=at, choice="retire")

    assert standing_of(person, module).is_unchecked


def test_an_edited_question_goes_out_with_the_change(
    brief: BriefPage, module: ModulePage, at: datetime
) -> None:
    for question in Question.objects.live():
        question.stem = f"Now: {question.stem}"
        question.save_revision()
    assert not Question.objects.filter(stem__startswith="Now").exists()

    changed(brief, SOON, at=at, choice="edit")

    assert question_about("limit").stem.startswith("Now")
    assert not question_about("date").stem.startswith("Now")


def test_a_quiz_that_began_before_the_change_leaves_it_to_be_checked(
    brief: BriefPage, module: ModulePage, at: datetime
) -> None:
    person = PersonFactory()
    attempt = start_quiz(person=person, module=module, at=at - DAY)
    change = changed(brief, SOON, at=at, grace_days=4)

    answer_all(attempt, right=True, at=at + timedelta(hours=1))

    standing = standing_of(person, module)
    assert standing.unchecked is not None
    assert standing.unchecked.change == change
    assert standing.version == 1
    assert standing.ready_until == today(at) + 4 * DAY
    assert standing.own_ready_until is not None
    assert standing.own_ready_until >= today(at) + 14 * DAY


def test_a_quiz_that_began_before_a_change_of_another_brief_leaves_it_to_be_checked(
    brief: BriefPage, at: datetime
) -> None:
    other = module_about(published_brief(at - 60 * DAY, price="It costs £20."))
    QuestionFactory(module=other, facts=[brief.facts.get(key="limit")])
    person = PersonFactory()
    attempt = start_quiz(person=person, module=other, at=at - DAY)
    changed(brief, SOON, at=at)

    answer_all(attempt, right=True, at=at + timedelta(hours=1))

    assert standing_of(person, other).is_unchecked


def test_passing_the_quiz_again_ends_the_waiting(
    brief: BriefPage, module: ModulePage, at: datetime
) -> None:
    person = who_passed(module, at - 5 * DAY)
    own = standing_of(person, module).ready_until
    changed(brief, SOON, at=at - DAY)

    AttemptFactory(person=person, module=module, at=at, passed=True)

    standing = standing_of(person, module)
    assert not standing.is_unchecked
    assert standing.version == 2
    assert standing.ready_until is not None
    assert own is not None
    assert standing.ready_until >= own


def test_practice_moves_her_own_date_and_what_holds_stays_cut(
    brief: BriefPage, module: ModulePage, at: datetime
) -> None:
    person = who_passed(module, at - 8 * DAY)
    own = standing_of(person, module).ready_until
    changed(brief, SOON, at=at - DAY, grace_days=3)

    AttemptFactory(person=person, module=module, at=at, passed=True, practice=True)

    standing = standing_of(person, module)
    assert own is not None
    assert standing.own_ready_until is not None
    assert standing.own_ready_until > own
    assert standing.ready_until == today(at) + 2 * DAY
    assert standing.is_unchecked


def test_a_question_made_for_a_check_is_asked_and_counted_nowhere_else(
    brief: BriefPage, module: ModulePage, at: datetime
) -> None:
    person = who_passed(module, at - DAY)
    live = question_mix(module).live

    changed(brief, SOON, at=at)

    contrast = Question.objects.get(contrasts__isnull=False)
    assert contrast not in pool_of(module)
    assert contrast not in practice_pool(person, module)
    assert question_mix(module).live == live
    assert contrast.name not in [use.label for use in question_uses(frozenset({"limit"}))]


def test_the_contrast_sets_the_old_words_beside_the_new_ones(
    brief: BriefPage, module: ModulePage, at: datetime
) -> None:
    changed(brief, SOON, at=at)

    contrast = Question.objects.get(contrasts__isnull=False)
    options = {option.text: option.is_right for option in contrast.options.all()}
    assert options == {NEW: True, OLD: False}
    assert OLD in contrast.stem


def test_a_question_that_nobody_has_decided_about_holds_the_change(
    brief: BriefPage, module: ModulePage, at: datetime
) -> None:
    draft = redrafted(brief, SOON)
    plan = planned(draft, at=at)
    decided(plan, draft, "keep", at=at)
    approve_change(plan=plan, by=PersonFactory(), at=at)
    plan.decisions.earliest("pk").delete()

    draft.latest_revision.publish()

    assert Change.objects.filter(brief=brief).count() == 1


def test_a_retired_question_leaves_what_her_date_rests_on(
    brief: BriefPage, module: ModulePage, at: datetime
) -> None:
    person = who_passed(module, at - DAY)
    assert len(traces_of(person.pk, module)) == 6

    changed(brief, SOON, at=at, choice="retire")

    assert len(traces_of(person.pk, module)) == 3


def test_words_that_mean_the_same_are_the_right_ones_of_a_check_that_still_waits(
    brief: BriefPage, module: ModulePage, at: datetime
) -> None:
    changed(brief, SOON, at=at - DAY)

    changed(brief, {"limit": "Up to £60 you can agree alone."}, at=at, kind="wording")

    right = Question.objects.get(contrasts__isnull=False).options.get(is_right=True)
    assert right.text == "Up to £60 you can agree alone."


def test_a_statement_longer_than_an_option_is_cut_in_the_contrast(
    brief: BriefPage, module: ModulePage, at: datetime
) -> None:
    changed(brief, {"limit": "Ask first. " * 60}, at=at)

    right = Question.objects.get(contrasts__isnull=False).options.get(is_right=True)
    assert right.text.startswith("Ask first.")
    assert len(right.text) <= 300


def test_more_people_cost_a_change_no_more_queries(
    brief: BriefPage, module: ModulePage, at: datetime
) -> None:
    def queries(number: int) -> int:
        draft = redrafted(brief, {"limit": f"Up to £{number}."})
        plan = planned(draft, at=at)
        decided(plan, draft, "keep", at=at)
        approve_change(plan=plan, by=PersonFactory(), at=at)
        with CaptureQueriesContext(connection) as captured:
            draft.latest_revision.publish()
        return len(captured)

    StandingFactory(module=module, ready=True)
    few = [queries(number) for number in range(5)][-1]
    StandingFactory.create_batch(10, module=module, ready=True)

    assert queries(5) == few
