from quizzes.views.checks import check_detail
from quizzes.views.corrections import correction_seen
from quizzes.views.drafts import answer_draft
from quizzes.views.history import history, history_file
from quizzes.views.practices import practice_index, practice_resume
from quizzes.views.quizzes import quiz_detail, usefulness_say
from quizzes.views.sittings import answer_mark, question_detail, sitting_hand_in, sitting_result
from quizzes.views.tries import try_detail

__all__ = [
    "answer_draft",
    "answer_mark",
    "check_detail",
    "correction_seen",
    "history",
    "history_file",
    "practice_index",
    "practice_resume",
    "question_detail",
    "quiz_detail",
    "sitting_hand_in",
    "sitting_result",
    "try_detail",
    "usefulness_say",
]
