"""Who did what with Fair Refund, so that readiness comes out as the demo's story tells it.

Of the thirty who must know it, twenty-seven are ready. Mirren passed before her leave and has
lapsed since; two others have begun. Ready people differ in when they passed and practised.
"""

from random import Random

from portal.demo.playing import Story
from quizzes.memory import Sureness

NOT_READY = {
    "mirren.aldersyke@wrenfield.example": Story(read_on=-112, quiz_on=-111),
    "xanthe.norwyche@wrenfield.example": Story(
        read_on=-9, quiz_on=-8, misses=3, sureness=Sureness.FAIRLY_SURE
    ),
    "ellis.lowenthorpe@wrenfield.example": Story(read_on=-12),
}

READY = (
    Story(read_on=-74, quiz_on=-73, practised_on=(-70, -56, -28)),
    Story(read_on=-60, quiz_on=-60, practised_on=(-57, -46, -22), misses=1),
    Story(read_on=-52, quiz_on=-52, practised_on=(-49, -39)),
    Story(read_on=-45, quiz_on=-44, practised_on=(-41, -30, -14), sureness=Sureness.FAIRLY_SURE),
    Story(read_on=-38, quiz_on=-37, practised_on=(-34, -25)),
    Story(read_on=-31, quiz_on=-31, practised_on=(-28, -17), misses=1),
    Story(read_on=-24, quiz_on=-23, practised_on=(-20, -10)),
    Story(read_on=-13, quiz_on=-12),
    Story(read_on=-4, quiz_on=-3),
)


def story_of(email: str, rng: Random) -> Story:
    return NOT_READY.get(email) or rng.choice(READY)
