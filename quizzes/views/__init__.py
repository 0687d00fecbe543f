from quizzes.views.checks import check_detail
from quizzes.views.practices import practice_index, practice_resume
from quizzes.views.quizzes import quiz_detail, usefulness_say
from quizzes.views.sittings import answer_mark, question_detail, sitting_hand_in, sitting_result

__all__ = [
    "answer_mark",
    "check_detail",
    "practice_index",
    "practice_resume",
    "question_detail",
    "quiz_detail",
    "sitting_hand_in",
    "sitting_result",
    "usefulness_say",
]
