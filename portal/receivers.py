import sqlite3
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import copy_for_translation_done

from departments.signals import person_seen
from knowledge.models import HomePage
from portal.actions import open_language
from portal.actions.privacy import note_view
from portal.models import BrandSettings, User
from portal.reports import BRAND_CACHE_KEY


@receiver(connection_created)
def keep_log_on_close(connection: BaseDatabaseWrapper, **_kwargs: Any) -> None:
    """SQLite must not fold its log into the file when a connection closes: see `CONN_MAX_AGE`."""
    if connection.vendor == "sqlite":
        connection.connection.setconfig(sqlite3.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE)


@receiver(post_save, sender=BrandSettings)
def forget_brand(**_kwargs: Any) -> None:
    # After the commit: before it, another request would keep the old brand again.
    transaction.on_commit(lambda: cache.delete(BRAND_CACHE_KEY))


@receiver(copy_for_translation_done)
def let_marketing_translate(target_obj: Page, **_kwargs: Any) -> None:
    if isinstance(target_obj, HomePage):
        open_language(target_obj)


@receiver(person_seen)
def note_look(person: User, viewer: User, what: str, at: datetime, **_kwargs: Any) -> None:
    note_view(person=person, viewer=viewer, what=what, at=at)
