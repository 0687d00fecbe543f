"""Who hears of a launch by agreement by mail: whoever is asked, and then whoever asked.

A launch doesn't wait until somebody happens to look at Today.
"""

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from strategy.models import Override


def tell_second(override: Override) -> None:
    _send(override.second, "override", override)


def tell_asker(override: Override) -> None:
    _send(override.asked_by, "override_answer", override)


def _send(person: AbstractBaseUser | None, name: str, override: Override) -> None:
    """In the reader's own language."""
    email = str(getattr(person, "email", ""))
    if person is None or not person.is_active or not email:
        return
    path = reverse("strategy:override-detail", args=[override.campaign.slug, override.pk])
    context = {"override": override, "url": settings.BASE_URL + path}
    with translation.override(getattr(person, "language", "") or settings.LANGUAGE_CODE):
        subject = render_to_string(f"strategy/email/{name}_subject.txt", context)
        message = render_to_string(f"strategy/email/{name}_message.txt", context)
    send_mail(" ".join(subject.split()), message, None, [email])
