from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.contrib.admin.utils import model_ngettext
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import DEFAULT_DB_ALIAS, models
from django.db.models import ProtectedError, RestrictedError
from django.db.models.deletion import Collector
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page

from knowledge.models import BriefIndexPage, Fact, LearnIndexPage, PromiseIndexPage
from knowledge.uses import uses_of

type AnyUser = AbstractBaseUser | AnonymousUser

INDEX_PAGES = (BriefIndexPage, PromiseIndexPage, LearnIndexPage)


@dataclass(frozen=True, slots=True)
class Blocker:
    """What would lose its ground if something went; without an address it can't be opened."""

    label: str
    url: str = ""


def refuse_if_used(facts: Iterable[Fact]) -> None:
    """Raises `ProtectedError`, with every use named, where one of the facts is cited."""
    facts = list(facts)
    uses = uses_of(fact.key for fact in facts)
    if uses:
        places = ", ".join(sorted({use.label for use in uses}))
        message = _("A fact that is used can't be deleted. It is used in: %(places)s.")
        raise ProtectedError(message % {"places": places}, set(facts))


def page_blockers(pages: Iterable[Page], user: AnyUser) -> list[Blocker]:
    """What keeps these pages, and all below them, from being deleted."""
    doomed = [below for page in pages for below in page.get_descendants(inclusive=True).specific()]
    facts = Fact.objects.filter(brief__in=[page.pk for page in doomed])
    return [
        *(Blocker(use.label, use.url) for use in uses_of(facts.values_list("key", flat=True))),
        *row_blockers(doomed, user),
    ]


def row_blockers(doomed: Sequence[models.Model], user: AnyUser) -> list[Blocker]:
    """What the database itself would refuse to lose. People's own rows are only counted."""
    blockers: list[Blocker] = []
    for _model, rows in groupby(doomed, type):
        try:
            Collector(using=DEFAULT_DB_ALIAS).collect(list(rows))
        except ProtectedError as refusal:
            blockers += _named(refusal.protected_objects, user)
        except RestrictedError as refusal:
            blockers += _named(refusal.restricted_objects, user)
    return blockers


def _named(rows: Iterable[Any], user: AnyUser) -> Iterable[Blocker]:
    unnamed: list[Any] = []
    for row in sorted(rows, key=lambda row: (type(row).__name__, row.pk)):
        url = AdminURLFinder(user).get_edit_url(row)
        if url:
            yield Blocker(f"{capfirst(model_ngettext(row, 1))}: {row}", url)
        else:
            unnamed.append(row)
    for _model, alike in groupby(unnamed, type):
        same = list(alike)
        yield Blocker(f"{len(same)} {model_ngettext(same[0], len(same))}")


def may_bring_in_content(person: AnyUser) -> bool:
    """Whoever may add and publish pages below each of the index pages."""
    indexes = Page.objects.type(*INDEX_PAGES)
    allowed = [index.permissions_for_user(person) for index in indexes]
    return bool(allowed) and all(
        may.can_add_subpage() and may.can_publish_subpage() for may in allowed
    )
