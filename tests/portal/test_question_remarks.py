"""What an author is told of a module's questions while she writes them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from knowledge.models import ModulePage
from portal.reports.authoring import authoring_of
from portal.reports.question_remarks import mix_remarks
from quizzes.models import Question
from quizzes.reports.mixes import question_mix
from tests.factories import ModuleFactory, QuestionFactory

pytestmark = pytest.mark.usefixtures("portal_site")

LONG = [("Within three working days of the day on which it was agreed", True), ("Soon", False)]
SHORT = [("Soon", True), ("Within three working days of the day on which it was agreed", False)]


@pytest.fixture
def module(portal_site: None) -> ModulePage:
    made: ModulePage = ModuleFactory()
    return made


def still_open(edited: object) -> list[str]:
    remarks = mix_remarks(question_mix(edited)) if isinstance(edited, ModulePage) else ()
    of_question = authoring_of(edited).remarks if isinstance(edited, Question) else ()
    return [str(one.text) for one in (*remarks, *of_question) if one.is_met is False]


def test_a_module_names_the_questions_that_give_their_answer_away(module: ModulePage) -> None:
    QuestionFactory(module=module, name="Long one", pairs=LONG)
    QuestionFactory(module=module, name="Short one", pairs=SHORT)

    assert "1 question gives its answer away: “Long one”" in still_open(module)


def test_a_question_says_how_it_gives_its_answer_away(module: ModulePage) -> None:
    told = still_open(QuestionFactory(module=module, pairs=LONG))

    assert told[0].startswith("This question gives its answer away: the right option is clearly")


@pytest.mark.parametrize("trait", ["text", "order", "match", "gaps"])
def test_where_nothing_wrong_is_offered_nothing_is_given_away(
    module: ModulePage, trait: str
) -> None:
    question = QuestionFactory(module=module, pairs=[("all of these", True, "1")], **{trait: True})

    assert not any("away" in told for told in still_open(question))


def test_drafts_without_an_explanation_are_named_and_counted(module: ModulePage) -> None:
    for number in range(7):
        QuestionFactory(module=module, name=f"Draft {number}", explanation="", live=False)
    QuestionFactory(module=module, say=True, explanation="")

    told = next(told for told in still_open(module) if "explanation" in told)
    assert told.startswith("7 questions have no explanation yet: “Draft 0”; ")
    assert told.endswith("; and 2 more")


def test_gaps_that_are_typed_count_as_recalled(module: ModulePage) -> None:
    typed = [("five", True, "1"), ("Thursday", True, "2")]
    QuestionFactory(module=module, gaps=True)
    QuestionFactory(module=module, gaps=True, pairs=typed)

    assert question_mix(module).typed == 1


def test_what_is_told_costs_the_same_for_many_questions(module: ModulePage) -> None:
    question_mix(module)
    counts = []
    for count in (1, 20):
        QuestionFactory.create_batch(count, module=module)
        with CaptureQueriesContext(connection) as queries:
            list(mix_remarks(question_mix(module)))
        counts.append(len(queries))

    assert counts[0] == counts[1]
