"""The editor's first page says what waits for whoever opens it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db import models
from django.urls import reverse
from django.utils.translation import ngettext
from wagtail.admin.ui.components import Component

from knowledge.models import SearchMiss
from knowledge.reports import Kept, kept_pages, open_remarks_for, today
from knowledge.viewsets.keeping import KeptFilterSet
from knowledge.viewsets.misses import MAY_SEE
from knowledge.viewsets.plain_reports import may_edit_pages


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line: what waits, and where it is done."""

    text: str
    url: str


class WaitingPanel(Component):
    """What waits for this editor; how much there is doesn't change how many queries it takes."""

    order = 90
    template_name = "knowledge/panels/waiting.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        editor, on = parent_context["request"].user, today()
        pages = kept_pages(on=on) if may_edit_pages(editor) else []
        lines = [*of_pages(pages, editor), *of_remarks(editor, on), *of_searches(editor, on)]
        return {"lines": lines}


def of_pages(pages: list[Kept], editor: Any) -> Iterator[Waiting]:
    due = sum(kept.is_due and editor in kept.keepers for kept in pages)
    if due:
        text = ngettext(
            "%(number)s page of yours waits to be looked at.",
            "%(number)s pages of yours wait to be looked at.",
            due,
        )
        asked = {"owner": editor.pk, "state": KeptFilterSet.WAITING}
        yield Waiting(text % {"number": due}, address("keeping:still-true", asked))
    missing = sum(kept.keeper.is_missing for kept in pages)
    if missing:
        text = ngettext(
            "%(number)s page has no owner who is there.",
            "%(number)s pages have no owner who is there.",
            missing,
        )
        yield Waiting(text % {"number": missing}, address("keeping:reassign"))


def of_remarks(editor: Any, on: date) -> Iterator[Waiting]:
    remarks = open_remarks_for(editor, on)
    if remarks.mine:
        text = ngettext(
            "%(number)s colleague waits for your reply.",
            "%(number)s colleagues wait for your reply.",
            remarks.mine,
        )
        asked = {"whose": "mine", "state": "open"}
        yield Waiting(text % {"number": remarks.mine}, address("remarks:index", asked))
    if remarks.past_their_day:
        text = ngettext(
            "%(number)s remark has waited longer than we promised.",
            "%(number)s remarks have waited longer than we promised.",
            remarks.past_their_day,
        )
        asked = {"state": "waiting"}
        yield Waiting(text % {"number": remarks.past_their_day}, address("remarks:index", asked))


def of_searches(editor: Any, on: date) -> Iterator[Waiting]:
    monday = on - timedelta(days=on.weekday())
    misses = SearchMiss.objects.open().filter(week_from=monday)
    number = misses.aggregate(number=models.Sum("count"))["number"] if may_see(editor) else 0
    if number:
        text = ngettext(
            "%(number)s search of this week found nothing.",
            "%(number)s searches of this week found nothing.",
            number,
        )
        asked = {"week_from": monday.isoformat(), "is_settled": "False"}
        yield Waiting(text % {"number": number}, address("search-misses:index", asked))


def may_see(editor: Any) -> bool:
    return bool(editor.has_perm(MAY_SEE))


def address(name: str, asked: dict[str, Any] | None = None) -> str:
    return f"{reverse(name)}?{urlencode(asked)}" if asked else reverse(name)
