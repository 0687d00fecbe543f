"""Campaigns as a file that is brought in and taken out in the editor."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.permissions import policy_registry

from knowledge.importers.files import MOST_BYTES
from knowledge.importers.registry import Download, FileKind, Wishes
from knowledge.importers.reporting import ImportReport
from strategy.exports.campaigns import campaigns_csv
from strategy.importers import import_campaigns
from strategy.models import Campaign


def may_bring_in_campaigns(person: Any) -> bool:
    policy = policy_registry.get_by_type(Campaign)
    return all(policy.user_has_permission(person, may) for may in ("add", "change"))


def bring_in(path: Path, _wishes: Wishes, /, *, dry_run: bool) -> ImportReport:
    return import_campaigns(path, dry_run=dry_run)


def take_out(_module: str) -> Download:
    name = f"{_('campaigns')}-{timezone.localdate().isoformat()}.csv"
    return Download(name, "text/csv; charset=utf-8", campaigns_csv())


def places() -> Iterable[tuple[str, str]]:
    yield _("Campaigns"), reverse("wagtailsnippets_strategy_campaign:list")


CAMPAIGNS = FileKind(
    name="campaigns",
    order=50,
    label=gettext_lazy("Campaigns"),
    about=gettext_lazy(
        "A table of what customers will hear and from which day. It brings drafts: each campaign "
        "is launched or scheduled in the editor, where its gate is asked."
    ),
    suffixes=(".csv", ".txt", ".tsv"),
    most_bytes=MOST_BYTES,
    may=may_bring_in_campaigns,
    bring_in=bring_in,
    take_out=take_out,
    places=places,
)
