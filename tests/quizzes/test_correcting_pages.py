"""The pages on which a faulty question is put right, and what colleagues see of it."""

from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from knowledge.models import ModulePage
from portal.models import User
from quizzes.actions import correct, start_quiz
from quizzes.actions.correcting import PREVIEWED
from quizzes.asking import Kind
from quizzes.models import Answer, Correction, CorrectionNotice, Question
from tests.factories import (
    PersonFactory,
    QuestionFactory,
    answer_all,
    answer_one,
    module_with_questions,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_site")]

DAY = timedelta(days=1)


@pytest.fixture
def module() -> ModulePage:
    return module_with_questions(count=6)


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(PersonFactory(groups=["Marketing"]))
    return client


@pytest.fixture
def unlucky(module: ModulePage, at: datetime) -> User:
    """Fell short by two questions, the first of which was faulty."""
    person: User = PersonFactory(last_name="Unlucky")
    attempt = start_quiz(person=person, module=module, at=at - DAY)
    wrong = list(module.questions.order_by("pk")[:2])
    for answer in attempt.answers.select_related("question"):
        answer_one(answer, right=answer.question not in wrong, at=at - DAY)
    return person


def faulty_in(module: ModulePage) -> Question:
    question: Question = module.questions.order_by("pk").first()
    return question


def url_of(module: ModulePage, name: str = "void") -> str:
    return reverse(f"corrections:{name}", args=[faulty_in(module).pk, 1])


def sent(**more: Any) -> dict[str, Any]:
    return {"reason": "Two answers were right", "keeps_dates": "on", **more}


def test_the_list_of_questions_leads_to_their_versions(editor: Client, module: ModulePage) -> None:
    shown = editor.get(reverse("wagtailsnippets_quizzes_question:list")).text

    assert reverse("corrections:versions", args=[faulty_in(module).pk]) in shown


def test_the_versions_say_what_was_asked_and_that_it_still_is(
    editor: Client, module: ModulePage, unlucky: User
) -> None:
    faulty = faulty_in(module)
    shown = editor.get(reverse("corrections:versions", args=[faulty.pk])).text

    assert faulty.stem in shown
    assert "Answered once" in shown
    assert "In these words now" in shown


def test_who_would_become_ready_is_shown_before_anything_happens(
    editor: Client, module: ModulePage, unlucky: User
) -> None:
    response = editor.post(url_of(module), sent())

    assert [one.name for one in response.context["effect"].becoming_ready] == [str(unlucky)]
    assert str(unlucky) in response.text
    assert not Correction.objects.exists()


def test_every_look_at_what_would_happen_is_on_record(
    editor: Client, module: ModulePage, unlucky: User
) -> None:
    editor.post(url_of(module), sent())

    entry = ModelLogEntry.objects.get(action=PREVIEWED)
    assert entry.data["reason"] == "Two answers were right"


def test_who_has_left_is_named_nowhere(editor: Client, module: ModulePage, unlucky: User) -> None:
    User.objects.filter(pk=unlucky.pk).update(is_active=False)

    effect = editor.post(url_of(module), sent()).context["effect"]

    assert (effect.answers, effect.told, effect.people) == (1, 0, ())


def test_what_was_shown_is_done_once_it_is_confirmed(
    editor: Client, module: ModulePage, unlucky: User
) -> None:
    preview = editor.post(url_of(module), sent())

    done = editor.post(url_of(module), sent(seen=preview.context["effect"].fingerprint))

    assert done.status_code == HTTPStatus.FOUND
    assert CorrectionNotice.objects.get(person=unlucky).ready_after


def test_another_world_than_was_shown_is_shown_anew(
    editor: Client, module: ModulePage, unlucky: User, at: datetime
) -> None:
    seen = editor.post(url_of(module), sent()).context["effect"].fingerprint
    answer_all(start_quiz(person=PersonFactory(), module=module, at=at), right=True, at=at)

    again = editor.post(url_of(module), sent(seen=seen))

    assert again.context["effect"].answers == 2
    assert not Correction.objects.exists()


def test_nothing_goes_on_without_a_reason(
    editor: Client, module: ModulePage, unlucky: User
) -> None:
    response = editor.post(url_of(module), {"reason": ""})

    assert response.context["form"].errors["reason"]


KEYS: list[tuple[str, dict[str, Any]]] = [
    (Kind.ONE, {"right": 1}),
    (Kind.MANY, {"right": [1, 2]}),
    (Kind.NUMBER, {"number": "60", "tolerance": "0"}),
    (Kind.TEXT, {"accepted": "Friday\r\nThursday", "slips": "0"}),
    (Kind.ORDER, {"places": [2, 1, 3]}),
    (Kind.GAPS, {"gap_1": "six", "gap_2": [3], "slips": "0"}),
]


@pytest.mark.parametrize(("kind", "key"), KEYS, ids=[kind for kind, _key in KEYS])
def test_every_kind_can_be_marked_by_another_key(
    editor: Client, at: datetime, kind: str, key: dict[str, Any]
) -> None:
    module = module_with_questions(count=0)
    traits = {Kind.NUMBER: {"number_typed": True}, Kind.GAPS: {"gaps": True}}
    question = QuestionFactory(module=module, kind=kind, **traits.get(Kind(kind), {}))
    answer_all(start_quiz(person=PersonFactory(), module=module, at=at), right=True, at=at)
    url = reverse("corrections:rekey", args=[question.pk, 1])
    form = sent(**in_rows_of(question, key))
    seen = editor.post(url, form).context["effect"].fingerprint

    editor.post(url, {**form, "seen": seen})

    answer = Answer.objects.get(question=question)
    assert (answer.mark == 1) is (kind == Kind.TEXT)
    assert Correction.objects.get().new_words


def in_rows_of(question: Question, key: dict[str, Any]) -> dict[str, Any]:
    """The same with the options' own numbers in place of their places."""
    pks = [option.pk for option in question.options.all()]
    said = dict(key)
    for name in {"right", "gap_2"} & said.keys():
        chosen = said[name]
        said[name] = [pks[one] for one in chosen] if isinstance(chosen, list) else pks[chosen]
    places = said.pop("places", [])
    return said | {f"place_{pk}": place for pk, place in zip(pks, places, strict=False)}


def put_right(module: ModulePage, at: datetime) -> None:
    version = faulty_in(module).versions.get()
    by = PersonFactory()
    correct(version=version, kind="void", reason="Two were right", by=by, at=at)


def test_today_says_so_until_it_has_been_read(
    client: Client, module: ModulePage, unlucky: User, at: datetime
) -> None:
    put_right(module, at)
    client.force_login(unlucky)
    assert "A question in" in client.get("/").text

    client.post(reverse("quizzes:correction-seen", args=[CorrectionNotice.objects.get().pk]))

    assert "A question in" not in client.get("/").text
    assert "Two were right" in client.get(reverse("portal:me")).text


def test_nobody_reads_for_somebody_else(
    client: Client, module: ModulePage, unlucky: User, at: datetime
) -> None:
    put_right(module, at)
    notice = CorrectionNotice.objects.get()
    client.force_login(PersonFactory())

    response = client.post(reverse("quizzes:correction-seen", args=[notice.pk]))

    notice.refresh_from_db()
    assert response.status_code == HTTPStatus.NOT_FOUND
    assert notice.seen_at is None


def test_a_result_no_longer_counts_the_question(
    client: Client, module: ModulePage, unlucky: User, at: datetime
) -> None:
    put_right(module, at)
    client.force_login(unlucky)

    shown = client.get(reverse("quizzes:quiz-result", args=[module.slug])).text

    assert "4 of 5 right; 4 were needed" in shown
    assert "We have taken it out" in shown


def test_an_open_sitting_goes_on_with_the_next_question(
    client: Client, module: ModulePage, unlucky: User, at: datetime
) -> None:
    person = PersonFactory()
    attempt = start_quiz(person=person, module=module, at=at)
    put_right(module, at)
    client.force_login(person)
    void = attempt.answers.get(is_void=True)

    shown = client.get(reverse("quizzes:quiz-question", args=[module.slug, void.position]))

    assert "no longer counts" in shown.text
    assert "Check answer" not in shown.text
