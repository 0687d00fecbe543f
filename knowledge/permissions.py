from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.conf import settings
from django.contrib.admin.utils import model_ngettext
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, PermissionsMixin
from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS, models
from django.db.models import ProtectedError, RestrictedError
from django.db.models.deletion import Collector
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import BaseViewRestriction, Page, PageViewRestriction, ReferenceIndex
from wagtail.permissions import policy_registry

from knowledge.models import (
    BriefIndexPage,
    BriefPage,
    Fact,
    KeptPage,
    LearnIndexPage,
    LessonPage,
    PortalDocument,
    PortalImage,
    PromiseIndexPage,
)
from knowledge.ownership import owner_of
from knowledge.uses import uses_of

type AnyUser = AbstractBaseUser | AnonymousUser

# Any of these lets somebody write a page, or see it before it is published.
EDITING = ("add", "change", "publish")
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


def is_shown_to_reader(request: HttpRequest, media: PortalImage | PortalDocument) -> bool:
    """Whether a picture or a document stands on a page that whoever asks may read.

    Wagtail's index of references is made from stored rows: of a published page it names what is
    published, whatever its drafts hold.
    """
    may_see = admits(request, media.collection.get_view_restrictions())
    return may_see and any(
        admits(request, restrictions) for restrictions in restrictions_where_shown(media)
    )


def admits(request: HttpRequest, restrictions: Iterable[BaseViewRestriction]) -> bool:
    return all(restriction.accept_request(request) for restriction in restrictions)


def restrictions_where_shown(
    media: PortalImage | PortalDocument,
) -> Iterator[list[PageViewRestriction]]:
    """For each page that is out, and shows it: all that restricts the page."""
    shown = pages_that_show(media).values_list("path", "alias_of__path", "source_path")
    pages = list(shown)
    restrictions = PageViewRestriction.objects.select_related("page").prefetch_related("groups")
    restricting = list(restrictions) if pages else []
    for paths in pages:
        # An alias is restricted where its source is, and so is a translation.
        yield [
            restriction
            for restriction in restricting
            if any(path and path.startswith(restriction.page.path) for path in paths)
        ]


def pages_that_show(media: PortalImage | PortalDocument) -> Any:
    """The pages that are out, as all above them are, and show it.

    A translation is out as long as the page that it translates is.
    """
    uses = ReferenceIndex.get_references_to(media).filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    keys = set(uses.values_list("object_id", flat=True))
    pages = pages_that_are_out().filter(pk__in=keys)
    if not settings.WAGTAIL_I18N_ENABLED:
        return pages.annotate(source_path=models.F("path"))
    sources = pages_that_are_out().filter(
        translation_key=models.OuterRef("translation_key"),
        locale__language_code=settings.LANGUAGE_CODE,
    )
    found = pages.annotate(source_path=models.Subquery(sources.values("path")[:1]))
    return found.filter(source_path__isnull=False)


def pages_that_are_out() -> Any:
    above = models.ExpressionWrapper(models.OuterRef("path"), models.CharField())
    unpublished = Page.objects.annotate(asked_path=above).filter(
        live=False, asked_path__startswith=models.F("path")
    )
    return Page.objects.exclude(models.Exists(unpublished))


def pages_edited_by(person: AnyUser) -> Any:
    """The keys of the pages that she may write, as a query."""
    policy = policy_registry.get_by_type(Page)
    return policy.instances_user_has_any_permission_for(person, EDITING).values("pk")


def kept_above(page: Any) -> Any:
    """The page that somebody answers for: itself, or for a lesson its module."""
    return page.module if isinstance(page, LessonPage) else page


def answerer_of(page: Any, on: date) -> Any:
    """Who replies to what is said of a page on that day; perhaps nobody."""
    return owner_of(kept_above(page), on)


def may_reply(person: AnyUser, page: Any, on: date) -> bool:
    """Whoever answers for a page, cares for it day by day, or may publish it."""
    if not isinstance(person, AbstractBaseUser):
        return False
    if person in (answerer_of(page, on), kept_above(page).carer):
        return True
    return bool(page.permissions_for_user(person).can_publish())


def brief_behind(page: Any) -> BriefPage:
    """The brief whose questions and answers speak for a page: itself, or what a lesson teaches."""
    brief: BriefPage = page.module.brief if isinstance(page, LessonPage) else page
    return brief


def may_share_reply(person: AnyUser, page: Any) -> bool:
    """Whether she may write the reply into the brief's questions and answers."""
    may = brief_behind(page).permissions_for_user(person)
    return bool(may.can_edit()) and not may.page_locked()


def may_read_remarks(person: AnyUser) -> bool:
    """Whether the editor shows her what is said of all pages, not only of her own."""
    may = isinstance(person, PermissionsMixin) and person.has_perm("knowledge.change_remark")
    return may and person.is_active


def may_keep(person: AnyUser, page: KeptPage, answerer: Any) -> bool:
    """Whoever answers for a page, cares for it, or may publish it; `answerer` is the first."""
    if person.pk and person.pk in {getattr(answerer, "pk", None), page.carer_id}:
        return True
    return bool(page.permissions_for_user(person).can_publish())


def may_publish(person: AnyUser, page: Any) -> bool:
    """Who decides what a page says; also who may change what a promise claims."""
    return bool(page.permissions_for_user(person).can_publish())
