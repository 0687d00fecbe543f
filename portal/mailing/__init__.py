"""Which mail somebody gets next, on which day, and why.

**Guarantee.** At most one mail a day, and none where nothing new is due: none after what it asked
for is done, waived or gone, none outside the hours in which the organisation writes, none on
leave. No step is told twice. Whoever asks "when do I hear of this next?" gets the day on which it
happens, as both are reckoned by the same rules.

**Obligations.** Each has steps, and each step a day. A step belongs to a cycle, so that a new date
is a new turn.

============  ===========================================================  ====================
about         its steps                                                    until
============  ===========================================================  ====================
learn         the day on which it is asked; a week before the due day;     she has proved it
              the due day
check         the day of the change; two days before its grace ends; the   her own date is over
              day after
practice      the day on which practice is due; three days before her      her date
              date
lapsed        the day after her date; a fortnight later                    she is ready again
nudge         the day on which her head wrote                              a fortnight later
time asked    the day on which a head below asked for time                 it is answered
time answered the day of the answer                                        a fortnight later
team          the weekday on which heads get their week                    the week is over
============  ===========================================================  ====================

A due day, and what is counted back from it, never falls on a weekend: it is told on the Friday
before. Whoever isn't counted hears nothing, but for whoever still has time: a joiner's last day,
and that of an assigned module, is a due day. A due day that has passed is no longer said.

**A digest** goes out on the first morning on which some step has come that was not told. It names
everything that is open by then, so that one mail tells all, and what it named counts as told.

**First run.** Steps before the day on which mails were switched on count as told.

**At once.** What must be known now (a change of the kind *Now*) has a mail of its own beside the
digest, which nobody can switch off. It keeps the same hours: Today shows it from the first moment,
and a mail at night is read in the morning. The digest leaves its first step out.

**An address that the mail server refuses** is left alone for a week; then what is due is told anew.
"""

from portal.mailing.digests import (
    Digest,
    MailRules,
    NextMail,
    Reader,
    digest_for,
    next_mails,
    week_of_a_head,
)
from portal.mailing.obligations import (
    A_DAY,
    About,
    Asked,
    Obligation,
    Reason,
    Step,
    Turn,
    nudged,
    obligations_of,
    time_answered,
    time_asked,
)

__all__ = [
    "A_DAY",
    "About",
    "Asked",
    "Digest",
    "MailRules",
    "NextMail",
    "Obligation",
    "Reader",
    "Reason",
    "Step",
    "Turn",
    "digest_for",
    "next_mails",
    "nudged",
    "obligations_of",
    "time_answered",
    "time_asked",
    "week_of_a_head",
]
