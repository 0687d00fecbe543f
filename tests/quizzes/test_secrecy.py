"""Before the answer, no page and no reply depends on anything that decides or explains it."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from random import Random
from typing import Any

import pytest
from django.db.models import F
from django.test import Client
from django.urls import reverse

from knowledge.models import ModulePage
from portal.models import User
from quizzes.actions import start_practice, start_quiz, start_try
from quizzes.models import Answer, Attempt, Option, Question, QuestionVersion
from tests.factories import PersonFactory, QuestionFactory, module_with_questions

pytestmark = pytest.mark.django_db

TRAITS = ("", "many", "number_typed", "text", "order", "scenario", "say", "reason", "match", "gaps")
ELSEWHERE = ("/", "/me/", "/practice/", "/me/history/", "/me/history/history/")


def check_begun(*, person: User, module: ModulePage, at: datetime, rng: Random) -> Attempt:
    """Without a change to check: what it asks is what is tried."""
    assert rng
    check: Attempt = Attempt.objects.create(
        person=person, module=module, kind=Attempt.Kind.CHECK, version=1, started_at=at
    )
    return check


STARTS: dict[str, Callable[..., Attempt]] = {
    "quiz": start_quiz,
    "practice": start_practice,
    "try": start_try,
    "check": check_begun,
}
# The kinds of sittings share their views: in one all types of questions are walked through.
QUESTIONS = {"quiz": 10, "practice": 3, "try": 3, "check": 3}
AS_SCRIPT = {"Accept": "application/json"}
# What differs from one request to the next, and says nothing.
PASSING = re.compile(
    r'name="csrfmiddlewaretoken" value="\w+"|nonce="[^"]+"|nonce-[\w=+/-]+|name="key" value="[^"]+"'
    r'|"csrfmiddlewaretoken": "\w+"|data-kept-at="[^"]+"'
)

# Nothing says how sure she is, so that nothing is stored.
HALF = {"answer": "1", "gap_1": "x", "match_1": "1", "place_1": "1"}

CANARY = "canary-of-the-key"
SECRETS = re.compile(f"{CANARY}|48151|2342|is_right")
TYPED_GAP = "1"


@pytest.fixture
def person() -> User:
    return PersonFactory()


@pytest.fixture
def visitor(client: Client, person: User) -> Client:
    client.force_login(person)
    return client


@pytest.fixture
def module() -> ModulePage:
    """One question of each kind, with a word for everything that is told only afterwards."""
    module = module_with_questions(count=0)
    for trait in TRAITS:
        QuestionFactory(
            module=module,
            explanation=f"{CANARY}-explanation",
            model_answer=f"{CANARY}-model",
            **({trait: True} if trait else {}),
        )
    Option.objects.filter(question__module=module).update(feedback=f"{CANARY}-feedback")
    accepted = Option.objects.filter(question__module=module)
    accepted.filter(question__kind=Question.Kind.TEXT).update(text=f"{CANARY}-wording")
    accepted.filter(question__kind=Question.Kind.GAPS, pair=TYPED_GAP).update(text=f"{CANARY}-gap")
    Question.objects.filter(module=module, kind=Question.Kind.NUMBER).update(
        number="48151.62", tolerance="0.2342"
    )
    return module


def begun(kind: str, person: User, module: ModulePage, at: datetime) -> Attempt:
    """What is asked is a matter of chance; this isn't."""
    attempt = STARTS[kind](person=person, module=module, at=at, rng=Random(7))
    attempt.answers.all().delete()
    questions = list(module.questions.order_by("pk"))[: QUESTIONS[kind]]
    for place, question in enumerate(questions, start=1):
        version = question.versions.first() or frozen(question, at)
        order = [option.pk for option in version.asked.options]
        Answer.objects.create(
            attempt=attempt,
            question=question,
            version=version,
            position=place,
            option_order=Random(place).sample(order, len(order)),
        )
    return attempt


def frozen(question: Question, at: datetime) -> QuestionVersion:
    asked = question.asked_now()
    made: QuestionVersion = QuestionVersion.objects.create(
        question=question,
        number=1,
        fingerprint="-",
        asked_words=asked.asked_json,
        told_words=asked.told_json,
        made_at=at,
    )
    return made


def replies(client: Client, attempt: Attempt) -> Iterator[tuple[str, str]]:
    """All that a sitting says to somebody who has answered nothing."""
    Answer.objects.update(draft=None)
    slug, kind = attempt.module.slug, attempt.kind
    for answer in attempt.answers.all():
        for name, ask in (("question", in_every_way), ("draft", as_a_form), ("mark", as_a_form)):
            address = reverse(f"quizzes:{kind}-{name}", args=[slug, answer.position])
            yield from ask(client, address)
    own = [reverse(f"quizzes:{kind}-{name}", args=[slug]) for name in ("hand-in", "result")]
    for address in (*own, f"/learn/{slug}/", f"/learn/{slug}/quiz/", *ELSEWHERE):
        yield address, said(client.get(address))


def in_every_way(client: Client, address: str) -> Iterator[tuple[str, str]]:
    yield f"get {address}", said(client.get(address))
    yield f"head {address}", said(client.head(address))
    yield f"post nothing {address}", said(client.post(address))
    yield f"script {address}", said(client.post(address, HALF, headers=AS_SCRIPT))
    yield from as_a_form(client, address)


def as_a_form(client: Client, address: str) -> Iterator[tuple[str, str]]:
    yield f"post {address}", said(client.post(address, HALF))


def said(response: Any) -> str:
    body = b"".join(response).decode()
    heads = "\n".join(f"{name}: {value}" for name, value in sorted(response.headers.items()))
    return PASSING.sub("", f"{response.status_code}\n{heads}\n{body}")


def turn_everything(attempt: Attempt) -> None:
    """Another key and other words behind the same questions."""
    for version in QuestionVersion.objects.filter(answers__attempt=attempt):
        asked, told = version.asked_words, version.told_words
        turn_key(asked)
        told["explanation"] = "Something else."
        told["feedback"] = [f"Other {place}" for place, _old in enumerate(told["feedback"])]
        version.save()
    questions = Question.objects.filter(module=attempt.module)
    questions.update(explanation="Other.", model_answer="Other.", tolerance=F("tolerance") + 1)
    Option.objects.filter(question__in=questions).update(feedback="Other.")


def turn_key(asked: dict[str, Any]) -> None:
    asked["model_answer"] = "Other."
    asked["number"] = asked["number"] and "7"
    asked["tolerance"], asked["slips"] = "5", 3
    TURNS.get(asked["kind"], turn_rightness)(asked["options"])


Options = list[dict[str, Any]]


def turn_rightness(options: Options) -> None:
    for option in options:
        option["is_right"] = not option["is_right"]


def turn_words(options: Options) -> None:
    for option in options:
        option["text"] = "Other"


def turn_pairs(options: Options) -> None:
    pairs = [option["pair"] for option in options]
    for option, pair in zip(options, [*pairs[1:], pairs[0]], strict=True):
        option["pair"] = pair


def turn_gaps(options: Options) -> None:
    turn_words([option for option in options if option["pair"] == TYPED_GAP])
    turn_rightness([option for option in options if option["pair"] != TYPED_GAP])


TURNS: dict[str, Callable[[Options], None]] = {
    "text": turn_words,
    # The right order is the order in which they are stored.
    "order": list.reverse,
    "match": turn_pairs,
    "gaps": turn_gaps,
}


@pytest.mark.once
@pytest.mark.parametrize("kind", STARTS)
def test_no_reply_before_the_answer_depends_on_the_key(
    kind: str, visitor: Client, person: User, module: ModulePage, at: datetime
) -> None:
    attempt = begun(kind, person, module, at)
    before = dict(replies(visitor, attempt))

    turn_everything(attempt)

    after = dict(replies(visitor, attempt))
    assert [address for address, words in before.items() if after[address] != words] == []
    assert [address for address, words in before.items() if SECRETS.search(words)] == []


def test_the_walk_would_find_a_leak(
    visitor: Client, person: User, module: ModulePage, at: datetime
) -> None:
    attempt = begun("quiz", person, module, at)
    version = QuestionVersion.objects.get(answers__attempt=attempt, question__kind="number")
    version.asked_words["unit"] = f"{CANARY}-planted"
    version.save()

    found = (address for address, words in replies(visitor, attempt) if SECRETS.search(words))

    assert next(found).startswith("get /learn/")
    assert next(found).startswith("post nothing /learn/")


def test_a_sitting_beside_an_answered_one_tells_its_own_key_only(
    visitor: Client, person: User, module: ModulePage, at: datetime
) -> None:
    attempt = begun("quiz", person, module, at)
    answer = attempt.answers.get(question__kind=Question.Kind.SAY)
    address = reverse("quizzes:quiz-question", args=[module.slug, answer.position])
    visitor.post(address, {"answer": "You have it.", "sureness": "sure"})

    history = said(visitor.get("/me/history/history/"))

    assert f"{CANARY}-model" in said(visitor.get(address))
    assert f"{CANARY}-model" in history
    assert f"{CANARY}-wording" not in history
