"""Who hears of a flag by mail: whoever answers for the promise, and the author who gave a name."""

from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse

from departments.models import Flag, FlagReply
from knowledge.actions.letters import send_letter
from knowledge.permissions import answerer_of


def tell_of_flag(flag: Flag, *, on: date) -> None:
    """One mail for one flag, to nobody but whoever answers for the promise."""
    owner = answerer_of(flag.promise, on)
    if owner is not None and owner.pk != flag.raised_by_id:
        _send(owner, "flag", flag)


def tell_of_reply(reply: FlagReply, flag: Flag, *, on: date) -> None:
    """The author hears what was said; whoever answers for the promise, that it wasn't enough."""
    told: set[Any] = {flag.raised_by}
    if reply.kind == FlagReply.Kind.REOPENED:
        told.add(answerer_of(flag.promise, on))
    for person in told:
        if person is not None and person.pk != reply.by_id:
            _send(person, "flag_reply", flag, reply)


def _send(person: Any, name: str, flag: Flag, reply: FlagReply | None = None) -> None:
    """In the reader's own language: the writer's could tell who stays unnamed."""
    url = settings.BASE_URL + reverse("departments:flag-detail", args=[flag.pk])
    context = {"flag": flag, "reply": reply, "url": url}
    send_letter(f"departments/email/{name}", context, to=person)
