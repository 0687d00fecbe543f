"""Writes down which mails are to go out: who, and on which day, before anything is sent.

Two planners at once write one row, as its key is unique. Everybody is looked at once an hour, as
dates move once a day; in between only people to whom somebody wrote.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import batched

from django.core.cache import cache
from django.db.models import Exists, OuterRef, Q

from departments.models import Headship, Membership, Nudge, TimeRequest
from portal.mailing import About, Digest, MailRules, digest_for
from portal.models import Mail, User
from portal.reports.letters import ON_ITS_WAY
from portal.reports.mailing import mail_rules, organisation_time, readers_of
from portal.reports.urgent import people_to_warn, urgent_changes

PLANNED_AT_ONCE = 500
LOOKED_AT_ALL = "portal.mails.looked-at-all"
EVERYBODY_EVERY = timedelta(hours=1)


def plan_mails(at: datetime) -> int:
    """Writes what is to go out at this moment; returns how many mails. Run again, it writes none.

    Every batch of people costs the same few queries.
    """
    moment = organisation_time(at)
    rules = mail_rules(moment.date())
    if rules is None or not rules.writes_at(moment):
        return 0
    planned = _plan_urgent(at, rules)
    is_for_all = _is_time_for_all(at)
    people = _people_to_plan(moment)
    for batch in batched(people if is_for_all else _spoken_to(people, moment), PLANNED_AT_ONCE):
        planned += _plan_digests(batch, at, moment.date(), rules)
    if is_for_all:
        cache.set(LOOKED_AT_ALL, at)
    return planned


def _people_to_plan(moment: datetime) -> list[int]:
    """Whoever works here or leads, and has had no digest today, nor one on its way."""
    today = datetime.combine(moment.date(), time(), tzinfo=moment.tzinfo)
    hers = Mail.objects.filter(person=OuterRef("pk")).exclude(kind=Mail.Kind.NOW)
    since = Q(made_at__gte=today) | Q(sent_at__gte=today) | Q(state__in=ON_ITS_WAY)
    here = Membership.objects.current(on=moment.date()).filter(person=OuterRef("pk"))
    leads = Headship.objects.current(on=moment.date()).filter(person=OuterRef("pk"))
    people = User.objects.filter(is_active=True, wants_digest=True, anonymised_on=None)
    return list(
        people.exclude(email="")
        .filter(Exists(here) | Exists(leads))
        .exclude(Exists(hers.filter(since)))
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def _is_time_for_all(at: datetime) -> bool:
    """Dates move once a day: only between people is it quicker. Where the cache is lost, look."""
    last: datetime | None = cache.get(LOOKED_AT_ALL)
    return last is None or not last <= at < last + EVERYBODY_EVERY


def _spoken_to(people: Sequence[int], moment: datetime) -> list[int]:
    """Those to whom somebody wrote today, or who are awaited by somebody."""
    today = datetime.combine(moment.date(), time(), tzinfo=moment.tzinfo)
    nudged = Nudge.objects.filter(at__gte=today).values_list("person_id", flat=True)
    asked = TimeRequest.objects.filter(Q(asked_at__gte=today) | Q(answered_at__gte=today))
    heads = (
        Headship.objects.current(on=moment.date()) if asked.exists() else Headship.objects.none()
    )
    found = {*nudged, *heads.values_list("person_id", flat=True)}
    return [person for person in people if person in found]


def _plan_digests(people: Sequence[int], at: datetime, on: date, rules: MailRules) -> int:
    readers = readers_of(people, on, rules)
    digests = {person: digest_for(reader, on, rules) for person, reader in readers.items()}
    planned = [
        Mail(
            key=f"digest:{person}:{on.isoformat()}",
            person_id=person,
            kind=_kind(digest),
            reasons=digest.reasons,
            made_at=at,
            next_try_at=at,
        )
        for person, digest in digests.items()
        if digest is not None
    ]
    return len(Mail.objects.bulk_create(planned, ignore_conflicts=True))


def _kind(digest: Digest) -> Mail.Kind:
    is_heads = any(one.about is About.TEAM for one in digest.news)
    return Mail.Kind.HEADS_WEEK if is_heads else Mail.Kind.DIGEST


def _plan_urgent(at: datetime, rules: MailRules) -> int:
    planned = [
        Mail(
            key=f"now:{change}:{person}",
            person_id=person,
            kind=Mail.Kind.NOW,
            reasons=[[f"now:{change}", "begins"]],
            made_at=at,
            next_try_at=at,
        )
        for change in urgent_changes(since=rules.since)
        for person in people_to_warn(change, on=organisation_time(at).date())
    ]
    return len(Mail.objects.bulk_create(planned, PLANNED_AT_ONCE, ignore_conflicts=True))
