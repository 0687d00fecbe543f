"""Sends the mails that were written down (`portal.actions.planning`).

**Never twice.** A sender takes a row from *waiting* to *being sent* in one statement before it
hands the mail over, so that of two senders one does. What was being sent when a sender was killed,
or when the connection broke, may have arrived: that mail is given up for good.

**Never lost.** A mail is written out when it is sent, from what is due then. So a server that was
away for two days costs nobody an old mail: one goes out, and says what holds. What never arrived
for certain (given up, refused, broken off) doesn't count as told, and the next digest tells it,
on another day, if it is still due. Today shows it all the while.

**Slow and away.** Where the server says "not now", the mail waits twice as long each time, from
five minutes to six hours, and is given up after so many tries as are set. Where it can't be
reached, the run ends, and the other mails keep their tries.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.mail import EmailMultiAlternatives
from django.db.models import F
from django.utils import timezone

from portal.actions.composing import Letter, digest_letter, urgent_letter
from portal.actions.posting import Fate, Letterbox, Posted
from portal.actions.stopping import stop_address
from portal.mailing import About, MailRules, Reader, digest_for
from portal.models import Mail, MailSettings
from portal.reports.mailing import mail_rules, organisation_time, readers_of
from portal.reports.urgent import still_to_check

SENT_AT_ONCE = 50
LEASE = timedelta(minutes=10)
FIRST_WAIT = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=6)


@dataclass(slots=True)
class Run:
    """What one run of the sender did."""

    sent: int = 0
    dropped: int = 0
    refused: int = 0
    waiting: int = 0
    is_away: bool = False


def send_waiting(clock: Callable[[], datetime] = timezone.now) -> Run:
    """Sends what waits, as long as the hours last and the server answers."""
    run = Run(dropped=_give_up_interrupted(clock()))
    with Letterbox() as letterbox:
        while not run.is_away and (mails := _waiting(clock())):
            rules = mail_rules(organisation_time(clock()).date())
            if rules is None or not rules.writes_at(organisation_time(clock())):
                break
            _deliver(mails, clock, rules, letterbox, run)
    return run


def _give_up_interrupted(at: datetime) -> int:
    """What was being sent when its sender ended: it may have arrived, so it isn't sent again."""
    lost = Mail.objects.filter(state=Mail.State.SENDING, next_try_at__lt=at)
    return lost.update(state=Mail.State.DROPPED, reasons=[], trouble="interrupted")


def _waiting(at: datetime) -> list[Mail]:
    """What must be told at once comes first, then heads' weeks, then the rest by age."""
    waiting = Mail.objects.filter(state=Mail.State.WAITING, next_try_at__lte=at)
    ordered = waiting.select_related("person").order_by("-kind", "next_try_at", "pk")
    return list(ordered[:SENT_AT_ONCE])


def _deliver(
    mails: Sequence[Mail],
    clock: Callable[[], datetime],
    rules: MailRules,
    letterbox: Letterbox,
    run: Run,
) -> None:
    on = organisation_time(clock()).date()
    readers = readers_of(
        [mail.person_id for mail in mails], on, rules, apart_from=[mail.pk for mail in mails]
    )
    for mail in mails:
        if run.is_away:
            return
        reader = readers[mail.person_id]
        if reader.is_away(on):
            _put_off(mail, rules.next_opening(organisation_time(clock())))
        elif (letter := _letter(mail, reader, on, rules)) is None:
            run.dropped += _drop(mail)
        elif _take(mail, letter, clock()):
            _note(mail, letterbox.post(_message(mail, letter)), clock(), run)


def _letter(mail: Mail, reader: Reader, on: date, rules: MailRules) -> Letter | None:
    """What it says now; none where nothing of it is due any more, or she has gone."""
    if not mail.person.is_active or mail.person.anonymised_on:
        return None
    if mail.kind == Mail.Kind.NOW:
        change = still_to_check(mail)
        return urgent_letter(mail.person, change) if change else None
    digest = digest_for(reader, on, rules)
    if digest is None:
        mail.reasons = []
        return None
    letter = digest_letter(mail.person, digest, on)
    mail.reasons = [
        list(reason) for reason in digest.reasons if letter or reason[0].startswith(About.TEAM)
    ]
    return letter


def _drop(mail: Mail) -> int:
    waiting = Mail.objects.filter(pk=mail.pk, state=Mail.State.WAITING)
    return waiting.update(state=Mail.State.DROPPED, reasons=mail.reasons)


def _put_off(mail: Mail, until: datetime) -> None:
    Mail.objects.filter(pk=mail.pk, state=Mail.State.WAITING).update(next_try_at=until)


def _take(mail: Mail, letter: Letter, at: datetime) -> bool:
    """Of two senders, one gets it: whoever changes the row."""
    taken = Mail.objects.filter(pk=mail.pk, state=Mail.State.WAITING).update(
        state=Mail.State.SENDING,
        next_try_at=at + LEASE,
        tries=F("tries") + 1,
        reasons=mail.reasons,
        subject=letter.subject,
    )
    return bool(taken)


def _message(mail: Mail, letter: Letter) -> EmailMultiAlternatives:
    headers = {"Auto-Submitted": "auto-generated"}
    if mail.kind != Mail.Kind.NOW:
        # RFC 8058: mail programs show a button that ends the digests with one click.
        headers["List-Unsubscribe"] = f"<{stop_address(mail.person)}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMultiAlternatives(
        letter.subject, letter.text, None, [mail.person.email], headers=headers
    )
    message.attach_alternative(letter.html, "text/html")
    return message


def _note(mail: Mail, posted: Posted, at: datetime, run: Run) -> None:
    match posted.fate:
        case Fate.SENT:
            run.sent += _store(mail, Mail.State.SENT, sent_at=at)
        case Fate.REFUSED:
            run.refused += _store(mail, Mail.State.REFUSED, posted.trouble)
        case Fate.UNCLEAR:
            mail.reasons = []
            run.dropped += _store(mail, Mail.State.DROPPED, posted.trouble)
        case Fate.LATER | Fate.AWAY:
            run.waiting += _try_again(mail, posted.trouble, at)
            run.is_away = posted.fate is Fate.AWAY


def _store(
    mail: Mail, state: Mail.State, trouble: str = "", *, sent_at: datetime | None = None
) -> int:
    sending = Mail.objects.filter(pk=mail.pk, state=Mail.State.SENDING)
    return sending.update(state=state, trouble=trouble, sent_at=sent_at, reasons=mail.reasons)


def _try_again(mail: Mail, trouble: str, at: datetime) -> int:
    tries = mail.tries + 1
    if tries >= MailSettings.load().most_tries:
        return _store(mail, Mail.State.GIVEN_UP, trouble)
    wait = min(FIRST_WAIT * 2 ** (tries - 1), LONGEST_WAIT)
    sending = Mail.objects.filter(pk=mail.pk, state=Mail.State.SENDING)
    return sending.update(state=Mail.State.WAITING, trouble=trouble, next_try_at=at + wait)
