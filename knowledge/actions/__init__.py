"""The only writer of this room."""

from knowledge.actions.changes import (
    NotASecondPersonError,
    approve_change,
    plan_change,
    record_change,
    vouch_by_publishing,
)
from knowledge.actions.holding import HELD, hold_publication
from knowledge.actions.promising import (
    ChangedMeanwhileError,
    NothingChangesError,
    UnpublishedChangesError,
    lower_claim,
    record_promise_version,
)
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
    "ChangedMeanwhileError",
    "NotASecondPersonError",
    "NothingChangesError",
    "Shared",
    "TooManyRemarksError",
    "UnpublishedChangesError",
    "approve_change",
    "finish_lesson",
    "hold_publication",
    "lower_claim",
    "make_remark",
    "note_miss",
    "note_replies_seen",
    "plan_change",
    "record_change",
    "record_promise_version",
    "reopen_misses",
    "reply_to_remark",
    "settle_misses",
    "vouch_by_publishing",
]
