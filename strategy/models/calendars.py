from secrets import token_urlsafe

from django.conf import settings
from django.db import models

KEY_BYTES = 24


def new_key() -> str:
    return token_urlsafe(KEY_BYTES)


class CalendarFeed(models.Model):
    """The secret address under which a colleague's calendar reads the portal's."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feed"
    )
    key = models.CharField(max_length=64, unique=True, default=new_key)
    made_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return str(self.person)
