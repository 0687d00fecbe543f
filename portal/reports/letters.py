"""What people have been mailed already."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from portal.mailing import MailRules
from portal.mailing import Reason as Told
from portal.models import Mail
from quizzes.days import day_begins, organisation_day

# What never arrived is told anew; of what was dropped, its reasons say what is left to count.
ARRIVED = frozenset({Mail.State.WAITING, Mail.State.SENDING, Mail.State.SENT, Mail.State.DROPPED})
ON_ITS_WAY = frozenset({Mail.State.WAITING, Mail.State.SENDING})


@dataclass(frozen=True, slots=True)
class Letters:
    """What somebody was told, on which day last, and when her address was refused."""

    told: frozenset[Told] = frozenset()
    mailed_on: date | None = None
    refused_on: date | None = None


def letters_of(
    people: Sequence[int], on: date, rules: MailRules, apart_from: Collection[int]
) -> dict[int, Letters]:
    """By person; one query."""
    since = day_begins(rules.since)
    mails = (
        Mail.objects.filter(person_id__in=people, made_at__gte=since)
        .exclude(kind=Mail.Kind.NOW)
        .exclude(pk__in=apart_from)
        .order_by("person_id", "made_at", "pk")
        .only("person_id", "state", "reasons", "made_at", "sent_at")
    )
    return {
        person: _letters(list(hers), on)
        for person, hers in groupby(mails, key=lambda mail: mail.person_id)
    }


def _letters(mails: Sequence[Mail], on: date) -> Letters:
    told = (mail.reasons for mail in mails if mail.state in ARRIVED)
    latest = mails[-1]
    was_refused = latest.state == Mail.State.REFUSED
    return Letters(
        told=frozenset((key, turn) for reasons in told for key, turn in reasons),
        mailed_on=max(_days(mails, on)),
        refused_on=organisation_day(latest.made_at) if was_refused else None,
    )


def _days(mails: Iterable[Mail], on: date) -> Iterable[date]:
    """The day of each; what is on its way goes out today."""
    for mail in mails:
        is_coming = mail.state in ON_ITS_WAY
        yield on if is_coming else organisation_day(mail.sent_at or mail.made_at)
