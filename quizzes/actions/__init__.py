"""The only writer of this room: sittings are started, answered and finished here.

Every action takes the moment as `at`, so that history can be played and tests need no clock.
"""

from quizzes.actions.answering import hand_in, mark_own_answer, submit_answer
from quizzes.actions.standings import finish, note_start, record
from quizzes.actions.starting import NothingToPractise, start_practice, start_quiz

__all__ = [
    "NothingToPractise",
    "finish",
    "hand_in",
    "mark_own_answer",
    "note_start",
    "record",
    "start_practice",
    "start_quiz",
    "submit_answer",
]
