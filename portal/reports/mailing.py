"""When somebody hears what, for one person and for hundreds at once, with the same few queries."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Exists, OuterRef

from knowledge.models import ModulePage
from knowledge.models.languages import in_readers_words
from portal.mailing import MailRules, NextMail, Obligation, Reader, next_mails
from portal.models import Mail, MailSettings, User
from portal.reports.asking import asking_of
from portal.reports.letters import Letters, letters_of
from portal.reports.pleas import pleas_to
from quizzes.days import organisation_day

# Earlier steps count as told, so that no history has to be read to its beginning.
REMEMBERED = timedelta(days=400)
MAILS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class MyMails:
    """What somebody may expect, the nearest first, and what she got, the newest first."""

    is_on: bool
    next: tuple[NextMail, ...] = ()
    modules: dict[int, ModulePage] = field(default_factory=dict)
    sent: tuple[Mail, ...] = ()


@dataclass(frozen=True, slots=True)
class MailUpkeep:
    """What an administrator looks after: mails that wait, and addresses that were refused."""

    is_on: bool
    waiting: int
    refused: int


def organisation_time(at: datetime) -> datetime:
    return at.astimezone(ZoneInfo(settings.TIME_ZONE))


def mail_rules(on: date) -> MailRules | None:
    """None while mails are switched off."""
    stored = MailSettings.load()
    if not stored.is_on or stored.switched_on_at is None:
        return None
    return MailRules(
        since=max(organisation_day(stored.switched_on_at), on - REMEMBERED),
        earliest=stored.earliest,
        latest=stored.latest,
        on_weekends=stored.on_weekends,
        heads_on=stored.heads_on,
    )


def readers_of(
    people: Sequence[int], on: date, rules: MailRules, *, apart_from: Collection[int] = ()
) -> dict[int, Reader]:
    """By person. `apart_from` are mails that count as not written yet."""
    asking = asking_of(people, on)
    pleas = pleas_to(people, on, rules, asking.states)
    letters = letters_of(people, on, rules, apart_from)
    wants = dict(User.objects.filter(pk__in=people).values_list("pk", "wants_digest"))
    return {
        person: Reader(
            obligations=(*asking.obligations.get(person, ()), *pleas.get(person, ())),
            told=letter.told,
            leave=asking.leave.get(person, ()),
            wants_digest=wants.get(person, False),
            mailed_on=letter.mailed_on,
            refused_on=letter.refused_on,
        )
        for person in people
        for letter in [letters.get(person, Letters())]
    }


def my_mails(person: User, *, at: datetime) -> MyMails:
    moment = organisation_time(at)
    rules = mail_rules(moment.date())
    sent = Mail.objects.filter(person=person, state=Mail.State.SENT)
    newest = tuple(sent.order_by("-sent_at", "-pk")[:MAILS_SHOWN])
    if rules is None:
        return MyMails(is_on=False, sent=newest)
    reader = readers_of([person.pk], moment.date(), rules)[person.pk]
    back_on = reader.back_on(moment.date())
    if back_on is not None:
        # While she is away nothing is asked of her; that morning it is.
        moment = datetime.combine(back_on, time(), tzinfo=moment.tzinfo)
        reader = readers_of([person.pk], back_on, rules)[person.pk]
    coming = tuple(_nearest(next_mails(reader, moment, rules)))
    return MyMails(
        is_on=True,
        next=coming,
        modules=modules_of(mail.obligation for mail in coming),
        sent=newest,
    )


def _nearest(coming: Iterable[NextMail]) -> Iterator[NextMail]:
    """Of what concerns the same module, or a head's weeks, the first."""
    seen = set()
    for mail in coming:
        one = mail.obligation
        subject = (None if one.about.is_of_module else one.about, one.key)
        if subject not in seen:
            seen.add(subject)
            yield mail


def modules_of(obligations: Iterable[Obligation]) -> dict[int, ModulePage]:
    """In the reader's words."""
    keys = {one.key for one in obligations if one.about.is_of_module}
    pages = ModulePage.objects.filter(pk__in=keys) if keys else ()
    return {page.pk: page for page in in_readers_words(pages)}


def mail_upkeep() -> MailUpkeep:
    later = Mail.objects.filter(person=OuterRef("person"), sent_at__gt=OuterRef("made_at"))
    refused = Mail.objects.filter(state=Mail.State.REFUSED).exclude(Exists(later))
    return MailUpkeep(
        is_on=MailSettings.load().is_on,
        waiting=Mail.objects.filter(state=Mail.State.WAITING).count(),
        refused=refused.values("person").distinct().count(),
    )
