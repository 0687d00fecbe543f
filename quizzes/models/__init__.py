from quizzes.models.attempts import Answer, Attempt
from quizzes.models.questions import Citation, Option, Question
from quizzes.models.settings import QuizSettings
from quizzes.models.standings import Card, Standing, StandingEvent

__all__ = [
    "Answer",
    "Attempt",
    "Card",
    "Citation",
    "Option",
    "Question",
    "QuizSettings",
    "Standing",
    "StandingEvent",
]
