"""What a module's questions are made of, as its author should see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from knowledge.models import Fact, ModulePage
from quizzes.giveaways import Choice, Giveaway, giveaways
from quizzes.models import Question, QuizSettings
from quizzes.models.questions import MOST_FACTS_BY_HEART

# So many questions for each that a quiz asks: else a retake knows them all.
POOL_FOR_EACH_DRAWN = 1.5
TYPED = frozenset({Question.Kind.NUMBER, Question.Kind.TEXT, Question.Kind.SAY})
CHOSEN = Question.CHOOSE_ONE | {Question.Kind.MANY}
FEWEST_TYPED = 1 / 3
MOST_CHOOSE_ONE = 0.6


@dataclass(frozen=True, slots=True)
class QuestionMix:
    """Live questions of one module, counted by what matters to learning."""

    live: int
    drafts: int
    needed: int
    typed: int
    choose_one: int
    must_know: int
    facts_by_heart: tuple[str, ...]
    # By name: those, drafts too, whose answer nobody could learn from, or guess without knowing.
    unexplained: tuple[str, ...]
    given_away: tuple[str, ...]

    @property
    def is_enough(self) -> bool:
        return self.live >= self.needed

    @property
    def has_enough_typed(self) -> bool:
        return self.live > 0 and self.typed >= self.live * FEWEST_TYPED

    @property
    def is_mostly_choose_one(self) -> bool:
        return self.choose_one > self.live * MOST_CHOOSE_ONE

    @property
    def is_light_enough(self) -> bool:
        return len(self.facts_by_heart) <= MOST_FACTS_BY_HEART


def question_mix(module: ModulePage) -> QuestionMix:
    """Six queries, however many questions there are; what is held back is asked nobody."""
    written = Question.objects.written().of_module(module)
    questions = list(written.prefetch_related("options"))
    asked = set(Question.objects.live().counted().of_module(module).values_list("pk", flat=True))
    live = [question for question in questions if question.pk in asked]
    by_heart = Question.objects.live().by_heart().of_module(module).cited_keys()
    facts = Fact.objects.filter(key__in=by_heart).order_by("brief__title", "sort_order")
    return QuestionMix(
        live=len(live),
        drafts=sum(not question.live for question in questions),
        needed=ceil(QuizSettings.load().questions_drawn * POOL_FOR_EACH_DRAWN),
        typed=sum(is_typed(question) for question in live),
        choose_one=sum(question.kind in Question.CHOOSE_ONE for question in live),
        must_know=sum(question.is_must_know for question in live),
        facts_by_heart=tuple(facts.values_list("title", flat=True)),
        unexplained=_names(question for question in questions if lacks_explanation(question)),
        given_away=_names(question for question in live if given_away(question)),
    )


def is_typed(question: Question) -> bool:
    """Recalled, not recognised: in a text with gaps, none of them offers what to choose."""
    if question.kind == Question.Kind.GAPS:
        return all(option.is_right for option in question.options.all())
    return question.kind in TYPED


def lacks_explanation(question: Question) -> bool:
    """“Say it” has its model answer to learn from."""
    return question.kind != Question.Kind.SAY and not question.explanation


def given_away(question: Question) -> tuple[Giveaway, ...]:
    """What in its options tells the right one to somebody who doesn't know it."""
    if question.kind not in CHOSEN:
        return ()
    return giveaways([Choice(option.text, option.is_right) for option in question.options.all()])


def _names(questions: Iterable[Question]) -> tuple[str, ...]:
    return tuple(question.name for question in questions)
