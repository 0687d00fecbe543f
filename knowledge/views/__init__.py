from knowledge.views.changes import brief_changes, brief_newest_change
from knowledge.views.claims import claim_lower, claim_lowered
from knowledge.views.keeping import still_true
from knowledge.views.pages import (
    brief_detail,
    brief_index,
    learn_index,
    lesson_detail,
    lesson_finish,
    module_detail,
    promise_detail,
    promise_index,
)
from knowledge.views.remarks import brief_ask, lesson_ask, remark_index, remark_reply
from knowledge.views.searching import search

__all__ = [
    "brief_ask",
    "brief_changes",
    "brief_detail",
    "brief_index",
    "brief_newest_change",
    "claim_lower",
    "claim_lowered",
    "learn_index",
    "lesson_ask",
    "lesson_detail",
    "lesson_finish",
    "module_detail",
    "promise_detail",
    "promise_index",
    "remark_index",
    "remark_reply",
    "search",
    "still_true",
]
