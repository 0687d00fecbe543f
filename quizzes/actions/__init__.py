"""The only writer of this room: sittings are started, answered and finished here.

Every action takes the moment as `at`, so that history can be played and tests need no clock.
"""

from quizzes.actions.answering import hand_in, mark_own_answer, submit_answer
from quizzes.actions.changes import decide_question, spread_change
from quizzes.actions.standings import finish, note_start, record
from quizzes.actions.starting import (
    NothingToCheck,
    NothingToPractise,
    QuizInstead,
    start_check,
    start_practice,
    start_quiz,
)
from quizzes.actions.usefulness import NotAskedError, say_whether_it_helped

__all__ = [
    "NotAskedError",
    "NothingToCheck",
    "NothingToPractise",
    "QuizInstead",
    "decide_question",
    "finish",
    "hand_in",
    "mark_own_answer",
    "note_start",
    "record",
    "say_whether_it_helped",
    "spread_change",
    "start_check",
    "start_practice",
    "start_quiz",
    "submit_answer",
]
