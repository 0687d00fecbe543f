"""A faulty question is taken out of its sittings, or marked by another key."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoCaptureOnCommitCallbacks

from knowledge.models import ModulePage
from portal.models import User
from portal.templatetags.portal import spoken
from quizzes.actions import (
    EffectChanged,
    NothingToCorrect,
    correct,
    start_check,
    start_practice,
    start_quiz,
    submit_answer,
)
from quizzes.actions.forgetting import forget_sittings
from quizzes.days import organisation_day
from quizzes.models import (
    Answer,
    Attempt,
    Card,
    CorrectedAnswer,
    Correction,
    CorrectionNotice,
    ItemReview,
    Question,
    QuestionVersion,
    QuizSettings,
    Standing,
    StandingEvent,
)
from quizzes.replaying import History, Proof, play
from quizzes.reports import pool_of
from quizzes.reports.corrections import effect_of
from quizzes.reports.histories import history_of
from quizzes.reports.remedies import Remedy
from tests.changing import changed, module_about, published_brief
from tests.factories import (
    PersonFactory,
    QuestionFactory,
    answer_one,
    module_with_questions,
)

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
VOID, REKEY = Correction.Kind.VOID, Correction.Kind.REKEY


@pytest.fixture
def module() -> ModulePage:
    """Six questions, of which a quiz asks all, so that five right are a pass and four are not."""
    return module_with_questions(count=6)


@pytest.fixture
def marketer() -> User:
    return PersonFactory()


def faulty_in(module: ModulePage) -> Question:
    question: Question = module.questions.order_by("pk").first()
    return question


def version_of(question: Question) -> QuestionVersion:
    version: QuestionVersion = question.versions.get()
    return version


def who_sat(
    module: ModulePage, wrong: Sequence[Question], at: datetime, person: User | None = None
) -> User:
    """Takes the quiz, with these questions wrong and all others right and sure."""
    person = person or PersonFactory()
    attempt = start_quiz(person=person, module=module, at=at, rng=Random(3))
    for answer in attempt.answers.select_related("question"):
        answer_one(answer, right=answer.question not in wrong, at=at)
    return person


def standing_of(person: User, module: ModulePage) -> Standing:
    return Standing.objects.get(person=person, module=module)


def other_key(question: Question) -> dict[str, object]:
    """The words of the question with the second option right instead of the first."""
    asked = version_of(question).asked
    options = tuple(
        replace(option, is_right=place == 1) for place, option in enumerate(asked.options)
    )
    return replace(asked, options=options).asked_json


def test_a_void_question_makes_a_pass_of_a_quiz_that_fell_short_by_it(
    module: ModulePage, marketer: User, at: datetime
) -> None:
    faulty, *others = module.questions.order_by("pk")
    person = who_sat(module, [faulty, others[0]], at - DAY)
    assert standing_of(person, module).ready_until is None

    correct(version=version_of(faulty), kind=VOID, reason="Two were right", by=marketer, at=at)

    standing = standing_of(person, module)
    event = StandingEvent.objects.get(person=person, kind=StandingEvent.Kind.CORRECTED)
    assert standing.passed_on == organisation_day(at - DAY)
    assert event.ready_to == standing.ready_until
    assert Attempt.objects.get(person=person).is_passed


def test_another_key_marks_anew_and_tells_of_the_new_date(
    module: ModulePage, marketer: User, at: datetime
) -> None:
    faulty, *others = module.questions.order_by("pk")
    person = who_sat(module, [], at - DAY)
    chosen = other_key(faulty)
    short = PersonFactory()
    attempt = start_quiz(person=short, module=module, at=at - DAY)
    second = faulty.options.all()[1].pk
    for answer in attempt.answers.select_related("question"):
        if answer.question == faulty:
            submit_answer(
                attempt=attempt,
                position=answer.position,
                response=[second],
                sureness="sure",
                at=at - DAY,
            )
        else:
            answer_one(answer, right=answer.question != others[0], at=at - DAY)

    correction = correct(
        version=version_of(faulty),
        kind=REKEY,
        new_words=chosen,
        reason="The key was wrong",
        keeps_dates=False,
        by=marketer,
        at=at,
    )

    gained = CorrectionNotice.objects.get(person=short)
    changed = CorrectedAnswer.objects.filter(correction=correction)
    assert (gained.ready_before, gained.is_passed_before) == (None, False)
    assert gained.is_passed_after
    assert gained.ready_after == standing_of(short, module).ready_until
    assert {(one.mark_before, one.mark_after) for one in changed} == {(1, 0), (0, 1)}
    assert CorrectionNotice.objects.filter(person=person).exists()


def test_an_answer_after_it_is_marked_by_the_new_key(
    module: ModulePage, marketer: User, at: datetime
) -> None:
    faulty = faulty_in(module)
    who_sat(module, [], at - DAY)
    correct(
        version=version_of(faulty),
        kind=REKEY,
        new_words=other_key(faulty),
        reason="The key was wrong",
        by=marketer,
        at=at,
    )

    person = who_sat(module, [], at)

    assert Answer.objects.get(attempt__person=person, question=faulty).is_right is False
    assert version_of(faulty).first_words == faulty.asked_now().asked_json


def lost_by_a_new_key(
    module: ModulePage, marketer: User, at: datetime, *, keeps_dates: bool
) -> tuple[User, date | None]:
    faulty, other, *_rest = module.questions.order_by("pk")
    person = who_sat(module, [other], at - DAY)
    before = standing_of(person, module).ready_until
    correct(
        version=version_of(faulty),
        kind=REKEY,
        new_words=other_key(faulty),
        reason="The key was wrong",
        keeps_dates=keeps_dates,
        by=marketer,
        at=at,
    )
    return person, before


def test_who_loses_her_pass_by_it_has_no_date_and_is_told(
    module: ModulePage, marketer: User, at: datetime
) -> None:
    person, before = lost_by_a_new_key(module, marketer, at, keeps_dates=False)

    notice = CorrectionNotice.objects.get(person=person)
    assert standing_of(person, module).dates is None
    assert (notice.ready_before, notice.ready_after) == (before, None)
    assert (notice.is_passed_before, notice.is_passed_after) == (True, False)


def test_who_would_lose_her_date_keeps_it_where_that_was_said(
    module: ModulePage, marketer: User, at: datetime
) -> None:
    person, before = lost_by_a_new_key(module, marketer, at, keeps_dates=True)

    notice = CorrectionNotice.objects.get(person=person)
    assert standing_of(person, module).ready_until == before
    assert Attempt.objects.get(person=person).is_passed
    assert notice.ready_after == before


def test_a_missed_must_know_no_longer_stands_in_the_way(
    module: ModulePage, marketer: User, at: datetime
) -> None:
    faulty = faulty_in(module)
    Question.objects.filter(pk=faulty.pk).update(is_must_know=True)
    person = who_sat(module, [faulty], at - DAY)

    correct(version=version_of(faulty), kind=VOID, reason="Unclear", by=marketer, at=at)

    assert Attempt.objects.get(person=person).is_passed
    assert not Card.objects.filter(person=person, question=faulty).exists()


def test_a_question_that_is_held_back_still_gives_its_date_back(
    module: ModulePage, marketer: User, at: datetime
) -> None:
    faulty = faulty_in(module)
    person = who_sat(module, [faulty], at - DAY)
    sure = who_sat(module, [], at - DAY)
    ItemReview.objects.create(version=version_of(faulty), opened_at=at, figures={})

    correct(version=version_of(faulty), kind=VOID, reason="Unclear", by=marketer, at=at)

    assert standing_of(person, module).ready_until == standing_of(sure, module).ready_until


def test_what_was_taken_out_is_asked_again_only_in_other_words(
    module: ModulePage, marketer: User, at: datetime
) -> None:
    faulty = faulty_in(module)
    who_sat(module, [faulty], at - DAY)

    correct(version=version_of(faulty), kind=VOID, reason="Unclear", by=marketer, at=at)

    assert faulty not in pool_of(module)
    faulty.stem = "Asked in other words?"
    faulty.save_revision().publish()
    assert faulty in pool_of(module)


def test_an_open_sitting_goes_on_without_the_question(
    module: ModulePage, marketer: User, at: datetime
) -> None:
    faulty = faulty_in(module)
    who_sat(module, [], at - DAY)
    attempt = start_quiz(person=PersonFactory(), module=module, at=at)

    correct(version=version_of(faulty), kind=VOID, reason="Unclear", by=marketer, at=at)
    for answer in attempt.answers.exclude(question=faulty).select_related("question"):
        answer_one(answer, right=True, at=at)

    attempt.refresh_from_db()
    assert attempt.finished_at == at
    assert attempt.is_passed


def test_an_open_sitting_with_nothing_left_to_answer_is_over(
    module: ModulePage, marketer: User, at: datetime
) -> None:
    faulty = faulty_in(module)
    attempt = start_quiz(person=PersonFactory(), module=module, at=at - DAY)
    for answer in attempt.answers.exclude(question=faulty).select_related("question"):
        answer_one(answer, right=True, at=at - DAY)

    correct(version=version_of(faulty), kind=VOID, reason="Unclear", by=marketer, at=at)

    attempt.refresh_from_db()
    notice = CorrectionNotice.objects.get(person=attempt.person)
    assert attempt.is_passed
    assert notice.ready_after == standing_of(attempt.person, module).ready_until


def test_a_second_correction_finds_nothing_left_to_do(
    module: ModulePage, marketer: User, at: datetime
) -> None:
    version = version_of_one_answered(module, at)
    correct(version=version, kind=VOID, reason="Unclear", by=marketer, at=at)

    with pytest.raises(NothingToCorrect):
        correct(version=version, kind=VOID, reason="Unclear", by=marketer, at=at)


def version_of_one_answered(module: ModulePage, at: datetime) -> QuestionVersion:
    faulty = faulty_in(module)
    who_sat(module, [faulty], at - DAY)
    return version_of(faulty)


def test_a_void_answer_keeps_what_was_answered_and_what_it_counted(
    module: ModulePage, marketer: User, at: datetime
) -> None:
    version = version_of_one_answered(module, at)
    before = Answer.objects.get(version=version)

    correct(version=version, kind=VOID, reason="Unclear", by=marketer, at=at)

    after = Answer.objects.get(version=version)
    entry = CorrectedAnswer.objects.get(answer=after)
    assert after.is_void
    assert (after.response, after.mark) == (before.response, before.mark)
    assert (entry.mark_before, entry.mark_after) == (0, None)


def test_a_dry_run_says_what_happens_and_writes_nothing(
    module: ModulePage, marketer: User, at: datetime
) -> None:
    faulty, other, *_rest = module.questions.order_by("pk")
    person = who_sat(module, [faulty, other], at - DAY)
    remedy = Remedy(version_of(faulty), VOID, keeps_dates=True, at=at)

    effect = effect_of(remedy)

    assert not Correction.objects.exists()
    assert standing_of(person, module).ready_until is None
    correct(version=version_of(faulty), kind=VOID, reason="Unclear", by=marketer, at=at)
    assert [one.name for one in effect.becoming_ready] == [str(person)]
    assert effect.becoming_ready[0].ready_after == standing_of(person, module).ready_until


def test_what_is_no_longer_as_shown_is_not_done(
    module: ModulePage, marketer: User, at: datetime
) -> None:
    version = version_of_one_answered(module, at)
    seen = effect_of(Remedy(version, VOID, keeps_dates=True, at=at)).fingerprint
    who_sat(module, [], at)

    with pytest.raises(EffectChanged):
        correct(version=version, kind=VOID, reason="Unclear", by=marketer, at=at, seen=seen)

    assert not Correction.objects.exists()


def test_many_people_cost_no_more_queries_than_few(marketer: User, at: datetime) -> None:
    def cost(people: int) -> int:
        module = module_with_questions(count=6)
        faulty, other, *_rest = module.questions.order_by("pk")
        for _place in range(people):
            who_sat(module, [faulty, other], at - DAY)
        with CaptureQueriesContext(connection) as queries:
            correct(version=version_of(faulty), kind=VOID, reason="Unclear", by=marketer, at=at)
        return len(queries)

    assert cost(6) == cost(2)


# The days ago on which somebody sat, and with what: a practice, or a quiz.
A_LIFE = [
    (60, "quiz"),
    (60, "practice"),
    (57, "practice"),
    (40, "quiz"),
    (40, "quiz"),
    (39, "practice"),
    (12, "quiz"),
    (3, "practice"),
    (3, "quiz"),
    (3, "practice"),
    (1, "practice"),
]


@pytest.mark.parametrize("chances", range(3))
def test_a_real_history_played_again_gives_what_is_stored(at: datetime, chances: int) -> None:
    module = module_with_questions(count=14)
    QuestionFactory(module=module, must_know=True)
    QuestionFactory(module=module, look_up=True)
    chance, person = Random(chances), PersonFactory()
    for days, kind in A_LIFE:
        start = start_practice if kind == "practice" else start_quiz
        attempt = start(person=person, module=module, at=at - days * DAY, rng=chance)
        for answer in attempt.answers.select_related("question"):
            sureness = chance.choice(["guessing", "fairly-sure", "sure", "sure"])
            is_right = answer.question.is_must_know or chance.random() < 0.9
            answer_one(answer, right=is_right, at=at - days * DAY, sureness=sureness)

    standing = standing_of(person, module)
    played = play(history_in(standing))

    cards = {card.question_id: card.trace for card in Card.objects.filter(person=person)}
    assert standing.passed_on
    assert played.proof == Proof(standing.own_dates, standing.passed_on)
    assert played.traces == cards


def history_in(standing: Standing) -> History:
    attempts = list(Attempt.objects.filter(person=standing.person).order_by("pk"))
    drawn = {attempt.pk: list(attempt.answers.all()) for attempt in attempts}
    rules = QuizSettings.load().rules
    return history_of(standing, attempts, drawn, rules=rules, counts=lambda _answer: True)


def test_people_are_told_by_mail_once_it_is_done(
    module: ModulePage,
    marketer: User,
    at: datetime,
    mailoutbox: list[EmailMessage],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    faulty, other, *_rest = module.questions.order_by("pk")
    person = who_sat(module, [faulty, other], at - DAY)

    with django_capture_on_commit_callbacks(execute=True):
        correct(version=version_of(faulty), kind=VOID, reason="Two right", by=marketer, at=at)

    told = mailoutbox[0]
    assert told.to == [person.email]
    assert module.title in told.subject
    assert "Two right" in told.body
    assert spoken(standing_of(person, module).ready_until) in told.body


def test_a_mail_server_that_is_away_undoes_nothing(
    module: ModulePage,
    marketer: User,
    at: datetime,
    settings: Any,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    version = version_of_one_answered(module, at)
    smtp = "django.core.mail.backends.smtp.EmailBackend"
    settings.MAILERS = {"default": {"BACKEND": smtp, "OPTIONS": {"host": "127.0.0.1", "port": 9}}}

    with django_capture_on_commit_callbacks(execute=True):
        correct(version=version, kind=VOID, reason="Unclear", by=marketer, at=at)

    assert CorrectionNotice.objects.filter(seen_at=None).exists()


def test_who_waits_for_a_change_goes_on_waiting_with_a_better_date(
    marketer: User, at: datetime
) -> None:
    brief = published_brief(at - 60 * DAY, limit="Up to £50.", date="Every Thursday.")
    module = module_about(brief)
    faulty = faulty_in(module)
    person = who_sat(module, [faulty], at - 3 * DAY)
    changed(brief, {"limit": "Up to £60."}, at=at - DAY, grace_days=2)
    before = standing_of(person, module)

    correct(version=version_of(faulty), kind=VOID, reason="Unclear", by=marketer, at=at)

    after = standing_of(person, module)
    assert (after.ready_until, after.unchecked_id) == (before.ready_until, before.unchecked_id)
    assert after.own_dates
    assert before.own_dates
    assert after.own_dates.ready_until > before.own_dates.ready_until


def test_a_check_that_fell_short_by_it_gives_the_own_date_back(
    marketer: User, at: datetime
) -> None:
    brief = published_brief(at - 60 * DAY, limit="Up to £50.", date="Every Thursday.")
    module = module_about(brief)
    person = who_sat(module, [], at - 3 * DAY)
    own = standing_of(person, module).ready_until
    changed(brief, {"limit": "Up to £60."}, at=at - 2 * DAY, grace_days=0)
    check = start_check(person=person, module=module, at=at - DAY)
    answers = list(check.answers.select_related("question"))
    for answer in answers:
        answer_one(answer, right=answer != answers[-1], at=at - DAY)
    faulty = version_of(answers[-1].question)

    correct(version=faulty, kind=VOID, reason="Unclear", by=marketer, at=at)

    standing = standing_of(person, module)
    assert not standing.is_unchecked
    assert standing.ready_until == own


def test_a_correction_leaves_the_memory_of_whoever_has_forgotten_sittings(
    module: ModulePage, marketer: User, at: datetime
) -> None:
    faulty = faulty_in(module)
    person = who_sat(module, [], at - 800 * DAY)
    who_sat(module, [faulty], at - DAY, person)
    forget_sittings(before=organisation_day(at - 700 * DAY))
    cards = list(Card.objects.order_by("pk").values())

    correct(version=version_of(faulty), kind=VOID, reason="Unclear", by=marketer, at=at)

    assert list(Card.objects.order_by("pk").values()) == cards
