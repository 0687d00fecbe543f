"""From two outcomes of a history to the date that holds."""

from quizzes.memory import Dates
from quizzes.replaying.histories import Proof


def settled(stored: Proof, was: Proof, now: Proof, *, keeps: bool) -> Proof:
    """What holds from now on; `keeps` where nobody is to lose a date."""
    is_loss = _is_earlier(now.dates, was.dates)
    if is_loss:
        return now if not keeps and _is_earlier(now.dates, stored.dates) else stored
    is_gain = _is_earlier(was.dates, now.dates)
    return now if is_gain and _is_earlier(stored.dates, now.dates) else stored


def _is_earlier(one: Dates | None, other: Dates | None) -> bool:
    if one is None or other is None:
        return one is None and other is not None
    return one.ready_until < other.ready_until
