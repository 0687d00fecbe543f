from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from strategy.models import CalendarFeed
from strategy.models.calendars import new_key


@transaction.atomic
def renew_feed(*, person: AbstractBaseUser, at: datetime) -> CalendarFeed:
    """Gives a person a secret address; the one she had before leads nowhere from now on."""
    fresh = {"key": new_key(), "made_at": at}
    feed, _is_first = CalendarFeed.objects.update_or_create(person_id=person.pk, defaults=fresh)
    return feed
