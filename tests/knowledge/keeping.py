"""Pages that somebody keeps true, and what whoever opens them is shown."""

from datetime import datetime
from typing import Any

from django.test import Client
from django.urls import reverse

from knowledge.models import BriefPage, KeptPage, ModulePage, PromisePage
from portal.models import User

WAITS = "is asked to look again"


def since[Kept: KeptPage](page: Kept, published_at: datetime) -> Kept:
    page.first_published_at = published_at
    page.save(update_fields=["first_published_at"])
    return page


def address(page: KeptPage) -> str:
    name = {BriefPage: "brief", PromisePage: "promise", ModulePage: "module"}[type(page)]
    return reverse(f"knowledge:{name}-detail", args=[page.slug])


def shown(client: Client, person: User, page: KeptPage) -> str:
    client.force_login(person)
    return client.get(address(page)).content.decode()


def still_true(client: Client, person: User, page: KeptPage) -> Any:
    client.force_login(person)
    return client.post(reverse("knowledge:still-true", args=[page.pk]))
