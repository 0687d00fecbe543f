"""The only writer of this room."""

from knowledge.actions.changes import (
    NotASecondPersonError,
    approve_change,
    plan_change,
    record_change,
    vouch_by_publishing,
)
from knowledge.actions.holding import HELD, hold_publication
from knowledge.actions.reading import finish_lesson
from knowledge.actions.remarks import TooManyRemarksError, make_remark
from knowledge.actions.replying import (
    AlreadyRepliedError,
    Shared,
    note_replies_seen,
    reply_to_remark,
)
from knowledge.actions.searching import note_miss, reopen_misses, settle_misses

__all__ = [
    "HELD",
    "AlreadyRepliedError",
    "NotASecondPersonError",
    "Shared",
    "TooManyRemarksError",
    "approve_change",
    "finish_lesson",
    "hold_publication",
    "make_remark",
    "note_miss",
    "note_replies_seen",
    "plan_change",
    "record_change",
    "reopen_misses",
    "reply_to_remark",
    "settle_misses",
    "vouch_by_publishing",
]
