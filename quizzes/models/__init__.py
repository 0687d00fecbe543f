from quizzes.models.attempts import Answer, Attempt
from quizzes.models.decisions import QuestionDecision
from quizzes.models.questions import Citation, Option, Question
from quizzes.models.settings import QuizSettings
from quizzes.models.standings import Card, ModuleChange, Standing, StandingEvent
from quizzes.models.usefulness import Usefulness

__all__ = [
    "Answer",
    "Attempt",
    "Card",
    "Citation",
    "ModuleChange",
    "Option",
    "Question",
    "QuestionDecision",
    "QuizSettings",
    "Standing",
    "StandingEvent",
    "Usefulness",
]
