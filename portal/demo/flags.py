"""What colleagues said they can't do of a promise, and the one answer that came late.

Days are offsets from the anchor, a Friday; nothing happens at a weekend.
"""

from dataclasses import dataclass
from datetime import date

from departments.actions.flags import raise_flag, reply_to_flag
from departments.models import Flag
from knowledge.models import PromisePage
from knowledge.publishing import going_live_at
from portal.demo.handoffs import moment
from portal.models import User

FAIR_REFUND, FULL_SPEED = "fair-refund", "full-speed-at-eight"
MIRREN = "mirren.aldersyke@wrenfield.example"
RHYS = "rhys.mallender@wrenfield.example"
TAMSIN = "tamsin.oakenshott@wrenfield.example"
ADAEZE = "adaeze.brackenrow@wrenfield.example"
INES = "ines.callowhart@wrenfield.example"
NOOR = "noor.ashgrove-lind@wrenfield.example"


@dataclass(frozen=True, slots=True)
class Raised:
    """What somebody said on a day, and what was said to it later, the last of it perhaps for good.

    `said` are who says it, on which day, and what; `is_answered` tells that the last is the answer.
    """

    promise: str
    by: str
    day: int
    text: str
    said: tuple[tuple[str, int, str], ...] = ()
    is_named: bool = True
    is_answered: bool = False


ANSWER = (
    "You are right, and you waited too long to hear it. From today brief version 3 says: don’t "
    "promise three days, give the date on which the money should arrive."
)
FLAGS = (
    Raised(
        FAIR_REFUND,
        MIRREN,
        -78,
        "I can’t promise three days when the run is Thursday",
        (
            (INES, -74, "The same on every shift. We ring back to say sorry, twice a day."),
            (NOOR, -37, ANSWER),
        ),
        is_answered=True,
    ),
    Raised(FAIR_REFUND, TAMSIN, -11, "Thursday runs skip bank holidays"),
    Raised(
        FAIR_REFUND,
        RHYS,
        -7,
        "Closed accounts have no payment method",
        ((NOOR, -2, "How many a week, roughly? I ask Finance for a cheque by post meanwhile."),),
        is_named=False,
    ),
    Raised(FULL_SPEED, ADAEZE, -4, "Customers ask if 250 is guaranteed upstairs"),
)


def fly_flags(anchor: date) -> None:
    """Raises the flags and says what was said to them; nobody is told of it by mail."""
    for raised in FLAGS:
        at = moment(anchor, raised.day)
        with going_live_at(at):
            flag = raise_flag(
                promise=PromisePage.objects.get(slug=raised.promise),
                text=raised.text,
                by=person(raised.by),
                at=at,
                is_named=raised.is_named,
            )
            talk_of(raised, flag, anchor)


def talk_of(raised: Raised, flag: Flag, anchor: date) -> None:
    for number, (email, day, text) in enumerate(raised.said, start=1):
        reply_to_flag(
            flag=flag,
            text=text,
            by=person(email),
            at=moment(anchor, day),
            is_answer=raised.is_answered and number == len(raised.said),
        )


def person(email: str) -> User:
    found: User = User.objects.get(email=email)
    return found
