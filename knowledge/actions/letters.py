"""A mail to one person, written from two templates: `<name>_subject.txt`, `<name>_message.txt`."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation


def send_letter(name: str, context: Mapping[str, Any], *, to: AbstractBaseUser | None) -> None:
    """In the reader's own language; not to somebody who has left, or has no address."""
    email = email_of(to)
    if not email:
        return
    with translation.override(getattr(to, "language", "") or settings.LANGUAGE_CODE):
        subject = render_to_string(f"{name}_subject.txt", {**context})
        message = render_to_string(f"{name}_message.txt", {**context})
    send_mail(" ".join(subject.split()), message, None, [email])


def email_of(person: AbstractBaseUser | None) -> str:
    """Of somebody who is still here; else empty."""
    is_here = person is not None and person.is_active
    return str(getattr(person, "email", "")) if is_here else ""
