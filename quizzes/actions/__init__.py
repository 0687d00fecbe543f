"""The only writer of this room: sittings are started, answered and finished here.

Every action takes the moment as `at`, so that history can be played and tests need no clock.
"""

from quizzes.actions.answering import hand_in, keep_draft, mark_own_answer, submit_answer
from quizzes.actions.changes import decide_question, spread_change
from quizzes.actions.closing import close_overdue
from quizzes.actions.correcting import CORRECTED, EffectChanged, NothingToCorrect, correct
from quizzes.actions.seeing import note_seen
from quizzes.actions.standings import finish, note_start, record
from quizzes.actions.starting import (
    NothingToCheck,
    NothingToPractise,
    NothingToTry,
    QuizClosed,
    QuizInstead,
    start_check,
    start_practice,
    start_quiz,
    start_try,
)
from quizzes.actions.usefulness import NotAskedError, say_whether_it_helped

__all__ = [
    "CORRECTED",
    "EffectChanged",
    "NotAskedError",
    "NothingToCheck",
    "NothingToCorrect",
    "NothingToPractise",
    "NothingToTry",
    "QuizClosed",
    "QuizInstead",
    "close_overdue",
    "correct",
    "decide_question",
    "finish",
    "hand_in",
    "keep_draft",
    "mark_own_answer",
    "note_seen",
    "note_start",
    "record",
    "say_whether_it_helped",
    "spread_change",
    "start_check",
    "start_practice",
    "start_quiz",
    "start_try",
    "submit_answer",
]
