from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver

from portal.models import BrandSettings
from portal.reports import BRAND_CACHE_KEY


@receiver(post_save, sender=BrandSettings)
def forget_brand(**_kwargs: Any) -> None:
    # After the commit: before it, another request would keep the old brand again.
    transaction.on_commit(lambda: cache.delete(BRAND_CACHE_KEY))
