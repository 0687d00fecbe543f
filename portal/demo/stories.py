"""Who did what with which module, so that readiness comes out as the demo's story tells it.

Days are offsets from the anchor, a Friday; nobody learns at a weekend, on leave, or before she
joined. Whoever isn't named below is ready, having passed and practised at some time or other.
"""

from collections.abc import Mapping
from random import Random

from portal.demo.playing import Belief, Story
from quizzes.memory import Sureness

OUR_FIVE_PROMISES = "our-five-promises"
HOME_FIBRE = "home-fibre-300"
PRICE_LOCK = "price-lock-24"
SWITCH_IN_FIVE = "switch-in-five"
FAIR_REFUND = "fair-refund"
WHOLE_HOME = "whole-home-wi-fi"

# Before this day nobody had begun with any module.
FIRST_LEARNT_ON = -113

NOT_STARTED = Story()
HALF_READ = Story(read_on=-8)
JUST_OPENED = Story(read_on=-3)
# Passed in the summer and never practised: the date has gone by.
LAPSED = Story(read_on=-95, quiz_on=-94, misses=1)
LAPSED_ON_LEAVE = Story(read_on=-113, quiz_on=-112)
NOT_ENOUGH_YET = Story(read_on=-9, quiz_on=-8, misses=3, sureness=Sureness.FAIRLY_SURE)
BEFORE_LEAVE = Story(read_on=-113, quiz_on=-112, practised_on=(-109, -98))
LONG_BEFORE_LEAVE = Story(read_on=-113, quiz_on=-112, practised_on=(-109, -98, -80))
SINCE_LEAVE = Story(read_on=-3, quiz_on=-3)
# Nine people in Sales passed on one training day, so their dates end together.
TRAINING_DAY = Story(read_on=-2, quiz_on=-2)

READY = (
    Story(read_on=-74, quiz_on=-73, practised_on=(-70, -43, -28)),
    Story(read_on=-60, quiz_on=-60, practised_on=(-57, -31, -8), misses=1),
    Story(read_on=-45, quiz_on=-44, practised_on=(-39, -30, -21, -7)),
    Story(read_on=-38, quiz_on=-37, practised_on=(-32, -22, -8), sureness=Sureness.FAIRLY_SURE),
    Story(read_on=-24, quiz_on=-23, practised_on=(-18, -9, -2)),
    Story(read_on=-10, quiz_on=-9, practised_on=(-4, -1)),
    Story(read_on=-8, quiz_on=-8),
    Story(read_on=-4, quiz_on=-3),
)
# Customers ask for refunds every day: nobody who is ready on them lapses within a fortnight.
READY_FOR_REFUNDS = (
    Story(read_on=-74, quiz_on=-73, practised_on=(-70, -56, -28), checked_on=-36),
    Story(read_on=-60, quiz_on=-60, practised_on=(-57, -46, -22), checked_on=-35, misses=1),
    Story(read_on=-45, quiz_on=-44, practised_on=(-39, -21), checked_on=-31),
    Story(read_on=-31, quiz_on=-30, practised_on=(-25, -9), misses=1),
    Story(read_on=-24, quiz_on=-23, practised_on=(-18, -9)),
    Story(read_on=-4, quiz_on=-3),
)
# Its brief came out eleven days before the anchor.
READY_FOR_WI_FI = (
    Story(read_on=-10, quiz_on=-9),
    Story(read_on=-8, quiz_on=-7, practised_on=(-4,)),
    Story(read_on=-4, quiz_on=-3),
)
# As READY, but nobody let a date end meanwhile: Care keeps up 84 % of its dates in time.
READY_IN_TIME = (
    READY[0],
    Story(read_on=-60, quiz_on=-60, practised_on=(-57, -39, -8), misses=1),
    *READY[2:],
)
USUALLY: Mapping[str, tuple[Story, ...]] = {
    HOME_FIBRE: READY_IN_TIME,
    SWITCH_IN_FIVE: READY_IN_TIME,
    FAIR_REFUND: READY_FOR_REFUNDS,
    WHOLE_HOME: READY_FOR_WI_FI,
}

# They are sure that the money comes in three working days, as it did until the run was changed.
BELIEFS: Mapping[str, Belief] = {
    FAIR_REFUND: Belief(
        "m5-42",
        frozenset(
            {
                "adaeze.kestlewood",
                "anwen.oxenholme",
                "corin.dabney-holt",
                "hamza.ottermead",
                "ifeoma.southgate",
                "jarek.kirrington",
                "rhys.mallender",
                "yusra.elmbourne",
            }
        ),
    ),
}

# Those who joined lately and those on leave, in whichever module isn't told below.
ABOUT: Mapping[str, Story] = {
    "wanjiru.larkstoke": NOT_STARTED,
    "quentin.bellhurst": NOT_STARTED,
    "saskia.wrayburn": BEFORE_LEAVE,
    # Away when version 3 of Fair Refund came out: once she checks it, her old date is back.
    "mirren.aldersyke": LONG_BEFORE_LEAVE,
}

TOLD: Mapping[str, Mapping[str, Story]] = {
    OUR_FIVE_PROMISES: {
        "imogen.wexcombe": HALF_READ,
        "viktor.underhay": LAPSED,
        "callum.yarrowby": JUST_OPENED,
        "hamza.chalkwright": NOT_STARTED,
        "mirren.aldersyke": SINCE_LEAVE,
        "wanjiru.larkstoke": Story(read_on=-8, quiz_on=-7),
        "quentin.bellhurst": JUST_OPENED,
        **dict.fromkeys(
            (
                "adaeze.brackenrow",
                "callum.ravenholt",
                "farid.haddad-merriden",
                "greta.pennyfield",
                "leif.dunmarrow",
                "meera.nair-grimsdale",
                "orla.cawdale",
                "tobin.raskelle",
                "umar.silverdene",
            ),
            TRAINING_DAY,
        ),
    },
    HOME_FIBRE: {
        "umar.silverdene": LAPSED,
        "mirren.aldersyke": LAPSED_ON_LEAVE,
        "tomasz.pellwick": JUST_OPENED,
        "viktor.underhay": NOT_STARTED,
        "wanjiru.larkstoke": HALF_READ,
    },
    PRICE_LOCK: {
        "eilidh.farrowden": NOT_ENOUGH_YET,
        "imogen.wexcombe": NOT_STARTED,
        "ifeoma.southgate": LAPSED,
        "dalia.marrishaw": HALF_READ,
    },
    SWITCH_IN_FIVE: {
        "sanjay.thistlemere": LAPSED,
        "leif.dunmarrow": HALF_READ,
        "umar.silverdene": NOT_STARTED,
        "bram.thackery": NOT_ENOUGH_YET,
        "tomasz.pellwick": LAPSED,
        "callum.yarrowby": JUST_OPENED,
    },
    FAIR_REFUND: {
        "xanthe.norwyche": NOT_ENOUGH_YET,
        "ellis.lowenthorpe": Story(read_on=-11),
    },
    WHOLE_HOME: {
        **dict.fromkeys(
            (
                "mirren.aldersyke",
                "saskia.wrayburn",
                "umar.silverdene",
                "viktor.underhay",
                "orla.cawdale",
                "dalia.fallowby",
                "bram.thackery",
                "lotte.hainsford",
                "ifeoma.southgate",
            ),
            NOT_STARTED,
        ),
        **dict.fromkeys(
            (
                "hamza.ottermead",
                "imogen.wexcombe",
                "greta.pennyfield",
                "leif.dunmarrow",
                "corin.dabney-holt",
                "yusra.elmbourne",
                "pavel.garrowby",
                "zofia.elvingstone",
                "roisin.heronsgate",
                "chidi.okoro-tarnbeck",
            ),
            JUST_OPENED,
        ),
        **dict.fromkeys(
            (
                "xanthe.norwyche",
                "farid.haddad-merriden",
                "meera.nair-grimsdale",
                "rhys.mallender",
                "tomasz.pellwick",
                "callum.yarrowby",
                "sanjay.quillbrook",
            ),
            HALF_READ,
        ),
    },
}


def story_of(email: str, module: str, rng: Random) -> Story:
    """What a colleague did with the module of that slug."""
    name = email.partition("@")[0]
    told = TOLD.get(module, {}).get(name) or ABOUT.get(name)
    return told or rng.choice(USUALLY.get(module, READY))
