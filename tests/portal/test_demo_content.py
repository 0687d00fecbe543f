"""What the demo company teaches: enough of everything, and no more than people can keep."""

import re
from collections import Counter

import pytest
from django.utils.html import strip_tags

from knowledge.models import BriefPage, LessonPage, ModulePage, PromisePage
from knowledge.wording import count_words
from portal.demo.loading import FILES
from quizzes.models import Citation, Question
from tests.importing import demo_files, import_all
from tests.kept import kept

pytestmark = [pytest.mark.django_db, pytest.mark.once]

TYPED = {Question.Kind.NUMBER, Question.Kind.TEXT, Question.Kind.SAY}
# As the story lists them; true or false with its reason is a choice of reasons.
KINDS = {
    Question.Kind.NUMBER: 15,
    Question.Kind.ONE: 14,
    Question.Kind.SAY: 6,
    Question.Kind.TEXT: 6,
    Question.Kind.SCENARIO: 6,
    Question.Kind.MANY: 5,
    Question.Kind.ORDER: 4,
    Question.Kind.REASON: 4,
}
MOST_FACTS_BY_HEART = 7


@pytest.fixture(autouse=True)
def _content(tmp_path_factory: pytest.TempPathFactory) -> None:
    kept("content of the demo", lambda: import_all(demo_files(tmp_path_factory.mktemp("content"))))


def words_of(lesson: LessonPage) -> int:
    """Prose and calls, as a reader counts them; a fact's words are its brief's."""
    told = []
    for block in lesson.body:
        if block.block_type == "prose":
            told.append(strip_tags(block.value.source.replace("<", " <")))
        elif block.block_type == "call":
            told += [turn["words"] for turn in block.value["turns"]]
    return sum(count_words(text) for text in told)


def test_the_questions_are_mixed_as_the_story_lists_them() -> None:
    assert Counter(Question.objects.live().values_list("kind", flat=True)) == KINDS


def test_each_module_asks_at_least_three_in_ten_to_be_typed() -> None:
    for module in ModulePage.objects.all():
        kinds = list(module.questions.live().values_list("kind", flat=True))
        assert len(kinds) == 10
        assert sum(kind in TYPED for kind in kinds) >= 3, module.slug


def test_two_in_five_of_all_questions_are_typed() -> None:
    assert Question.objects.live().filter(kind__in=TYPED).count() >= 24


def test_no_module_asks_more_than_seven_facts_by_heart() -> None:
    for module in ModulePage.objects.all():
        by_heart = Citation.objects.filter(question__module=module, question__is_look_up=False)
        facts = set(by_heart.values_list("fact_key", flat=True))
        assert len(facts) <= MOST_FACTS_BY_HEART, module.slug


def test_every_must_know_is_asked_by_heart_and_cites_a_fact() -> None:
    must_know = Question.objects.live().filter(is_must_know=True)
    assert must_know.count() == 9
    for question in must_know:
        assert question.citations.exists()
        assert not question.is_look_up


def test_the_right_answer_is_never_given_away_by_its_length() -> None:
    for question in Question.objects.live().filter(kind__in=("one", "scenario", "reason")):
        options = list(question.options.all())
        right = max(len(option.text) for option in options if option.is_right)
        assert right <= max(len(option.text) for option in options if not option.is_right), question


def test_every_explanation_says_more_than_the_wrong_answers() -> None:
    for question in Question.objects.live():
        wrong = {option.text for option in question.options.all() if not option.is_right}
        assert count_words(question.explanation) >= 10
        assert question.explanation not in wrong


def test_every_lesson_has_a_picture_or_one_call_and_is_as_long_as_it_should_be() -> None:
    for lesson in LessonPage.objects.all():
        kinds = Counter(block.block_type for block in lesson.body)
        assert kinds["picture"] + kinds["call"] == 1, lesson.slug
        assert 150 <= words_of(lesson) <= 300, (lesson.slug, words_of(lesson))


def test_briefs_and_promises_name_who_answers_for_them() -> None:
    for page in (*BriefPage.objects.all(), *PromisePage.objects.all()):
        assert page.owner_id
        assert page.sponsor_id


def test_every_brief_says_which_promise_it_serves() -> None:
    assert all(brief.promises.count() == 1 for brief in BriefPage.objects.all())


def test_no_date_stands_in_the_files_that_was_not_worked_out() -> None:
    months = "January|February|March|April|June|July|August|September|October|November|December"
    written = re.compile(rf"\b({months})\b|\b20[2-9][0-9]\b")
    for file in FILES.rglob("*"):
        if file.suffix in {".md", ".gift"}:
            assert not written.search(file.read_text(encoding="utf-8")), file.name
