"""One person's sittings with one module, played again, as if an answer had counted differently.

**Guarantee.** A correction that takes no mark from a person takes no date from her, and no pass.
Where nothing counts differently, nothing moves. What a history gave when it happened, it gives when
it is played, as long as the settings and the questions are what they were.

**Playing.** Answers are remembered and sittings end in the order of their moments, by the rules of
`quizzes.memory`: the first answer of a day to a question feeds its trace; a quiz passes or doesn't;
practice counts the answers that were the first of the day to their question; a check and "Try
first" move no date. A void answer is played as if it had never been asked.

**Played twice.** Since it happened, settings may have been changed, questions retired, and dates
left standing by an earlier correction; so what is played need not be what is stored. Therefore a
history is played as it was marked until now and as it is marked from now on, both by today's
settings, and only what differs between the two is put right:

1. Where the two dates are the same, the stored one stands.
2. Where the new one is later, the later of it and the stored one holds.
3. Where it is earlier, the earlier of it and the stored one holds, unless her dates are kept.

So settings that changed meanwhile never make a gain of a loss, or the other way round. The same
goes for passes: one that differs is put right, one that doesn't is left as it is stored.
"""

from quizzes.replaying.corrections import corrected, takes_a_mark
from quizzes.replaying.histories import History, Kind, Outcome, Played, Proof, Turn
from quizzes.replaying.player import ANSWERS_COUNT_FOR, play
from quizzes.replaying.settling import settled

__all__ = [
    "ANSWERS_COUNT_FOR",
    "History",
    "Kind",
    "Outcome",
    "Played",
    "Proof",
    "Turn",
    "corrected",
    "play",
    "settled",
    "takes_a_mark",
]
