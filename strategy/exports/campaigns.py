"""Campaigns as a table that `import_campaigns` takes back unchanged."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.contrib.auth import get_user_model

from customers.exports import BETWEEN
from knowledge.importers.cells import csv_head, csv_line
from knowledge.models import BriefPage, Channel, PromisePage, Segment
from strategy.importers.cells import COLUMNS
from strategy.models import Campaign


def campaigns_csv() -> Iterator[str]:
    """Lines of CSV, each campaign as its newest draft says; as many queries for all as for one."""
    campaigns = Campaign.objects.exclude(latest_revision=None).select_related("latest_revision")
    contents = [campaign.latest_revision.content for campaign in campaigns]
    names = {
        "promises": names_of(PromisePage, "slug", keys_in(contents, "promises")),
        "brief": names_of(BriefPage, "slug", (content["brief"] for content in contents)),
        "segments": names_of(Segment, "name", keys_in(contents, "segments")),
        "channels": names_of(Channel, "name", keys_in(contents, "channels")),
        "people": names_of(get_user_model(), "email", people_in(contents)),
    }
    yield csv_head(COLUMNS)
    for content in contents:
        yield csv_line(cells_of(content, names))


def cells_of(content: Mapping[str, Any], names: Mapping[str, Mapping[Any, str]]) -> tuple[str, ...]:
    def several(name: str) -> str:
        found = (names[name].get(key) for key in content[name])
        return BETWEEN.join(sorted(one for one in found if one))

    return (
        *(content[name] for name in ("title", "slug", "hears", "expectation")),
        several("promises"),
        names["brief"].get(content["brief"], ""),
        str(content["brief_version"]),
        str(content["launches_on"]),
        several("segments"),
        several("channels"),
        names["people"].get(content["sponsor"], ""),
        names["people"].get(content["owner"], ""),
    )


def names_of(model: Any, by: str, keys: Iterable[Any]) -> dict[Any, str]:
    return dict(model.objects.filter(pk__in=set(keys)).values_list("pk", by))


def keys_in(contents: Iterable[Mapping[str, Any]], name: str) -> list[Any]:
    return [key for content in contents for key in content[name]]


def people_in(contents: Iterable[Mapping[str, Any]]) -> set[Any]:
    return {content[role] for content in contents for role in ("sponsor", "owner")} - {None}
