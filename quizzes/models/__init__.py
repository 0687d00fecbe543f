from quizzes.models.attempts import Answer, Attempt, LateAnswer
from quizzes.models.calibrations import StretchChange
from quizzes.models.corrections import CorrectedAnswer, Correction, CorrectionNotice
from quizzes.models.decisions import QuestionDecision
from quizzes.models.parts import Citation, Option
from quizzes.models.questions import Question
from quizzes.models.settings import QuizSettings
from quizzes.models.standings import Card, ModuleChange, Standing, StandingEvent
from quizzes.models.usefulness import Usefulness
from quizzes.models.versions import ItemReview, QuestionVersion

__all__ = [
    "Answer",
    "Attempt",
    "Card",
    "Citation",
    "CorrectedAnswer",
    "Correction",
    "CorrectionNotice",
    "ItemReview",
    "LateAnswer",
    "ModuleChange",
    "Option",
    "Question",
    "QuestionDecision",
    "QuestionVersion",
    "QuizSettings",
    "Standing",
    "StandingEvent",
    "StretchChange",
    "Usefulness",
]
