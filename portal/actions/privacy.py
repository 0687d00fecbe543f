"""Keeps what the portal promises about people: who looked, what is forgotten, and when."""

from datetime import date, datetime, timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from departments.models import Nudge, PastMembership, RosterSync
from portal.models import Mail, PersonView, PrivacySettings, User
from portal.reports.leavers import leavers_to_forget, months_before
from quizzes.actions.forgetting import forget_sittings
from quizzes.days import organisation_day
from strategy.models import CalendarFeed

# No name that anybody has: the address can't be written to, and tells nothing.
FORMER = "former"
NOWHERE = "anonymous.invalid"
# What a mail was about is asked no further back by the rules of mails.
MAILS_KEPT = timedelta(days=400)


def note_view(*, person: User, viewer: AbstractBaseUser, what: str, at: datetime) -> None:
    """She can read who looked at her, and when. Who looks at herself isn't noted."""
    if person.pk != viewer.pk:
        PersonView.objects.create(person=person, viewer_id=viewer.pk, what=what, at=at)


def forget_old(at: datetime) -> tuple[int, int]:
    """How many sittings were forgotten, and how many leavers lost their names."""
    settings, day = PrivacySettings.load(), organisation_day(at)
    sittings = forget_sittings(before=months_before(day, settings.answer_months))
    Mail.objects.filter(made_at__lt=at - MAILS_KEPT).delete()
    before = months_before(day, settings.leaver_months)
    # What came of each list of people names some of them.
    RosterSync.objects.filter(at__date__lt=before).update(report={})
    leavers = leavers_to_forget(before=before)
    for person in leavers:
        anonymise(person=person, on=day)
    return sittings, len(leavers)


@transaction.atomic
def anonymise(*, person: User, on: date) -> None:
    """What she did stays, for the figures of the past; that it was she doesn't.

    Her answers go at once. Her words on pages stay, under "A former colleague".
    """
    forget_sittings(person=person)
    EmailAddress.objects.filter(user=person).delete()
    UserProfile.objects.filter(user=person).delete()
    Mail.objects.filter(person=person).delete()
    CalendarFeed.objects.filter(person=person).delete()
    Nudge.objects.filter(person=person).update(text="")
    person.groups.clear()
    person.memberships.update(title="")
    PastMembership.objects.filter(person=person).update(title="")
    kind = ContentType.objects.get_for_model(User)
    person.first_name, person.last_name = "", ""
    person.email = f"{FORMER}-{person.pk}@{NOWHERE}"
    ModelLogEntry.objects.filter(content_type=kind, object_id=str(person.pk)).update(
        label=person.email
    )
    person.is_active, person.is_staff, person.is_superuser = False, False, False
    person.anonymised_on = on
    person.set_unusable_password()
    person.save()
