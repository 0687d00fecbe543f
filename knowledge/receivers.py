from typing import Any

from django.db.models.signals import pre_delete
from django.dispatch import receiver

from knowledge.models import Fact
from knowledge.permissions import refuse_if_used


@receiver(pre_delete, sender=Fact)
def guard_used_fact(instance: Fact, **_kwargs: Any) -> None:
    refuse_if_used([instance])
