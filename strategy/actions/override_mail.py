"""Who hears of a launch by agreement by mail: whoever is asked, and then whoever asked.

A launch doesn't wait until somebody happens to look at Today.
"""

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.urls import reverse

from knowledge.actions.letters import send_letter
from strategy.models import Override


def tell_second(override: Override) -> None:
    _send(override.second, "override", override)


def tell_asker(override: Override) -> None:
    _send(override.asked_by, "override_answer", override)


def _send(person: AbstractBaseUser | None, name: str, override: Override) -> None:
    path = reverse("strategy:override-detail", args=[override.campaign.slug, override.pk])
    context = {"override": override, "url": settings.BASE_URL + path}
    send_letter(f"strategy/email/{name}", context, to=person)
