"""What the editor asks before it acts on pages."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.admin.widgets.button import Button
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import Page, PageViewRestriction

from knowledge.importers.registry import register_file_kind
from knowledge.importers.reporting import Tally, describe_tally
from knowledge.models.pages import FramePage
from knowledge.permissions import INDEX_PAGES, Blocker, page_blockers
from knowledge.viewsets import FilesViewSet
from knowledge.viewsets.content import CONTENT

register_file_kind(CONTENT)


class ReadOnlyPages(PagesAdminAPIViewSet):
    """What the editor's page chooser asks. Whoever acts on pages goes through the checks below."""

    actions: ClassVar[dict[str, Any]] = {}


@hooks.register("construct_admin_api")
def leave_acting_to_the_editor(api: WagtailAPIRouter) -> None:
    api.register_endpoint("pages", ReadOnlyPages)


@hooks.register("before_serve_page", order=-1)
def hide_private_page(page: Page, request: HttpRequest, *_arguments: Any) -> None:
    """Whoever may not read a page learns not even that it is there; a password is asked for."""
    for restriction in page.get_view_restrictions():
        by_password = restriction.restriction_type == PageViewRestriction.PASSWORD
        if not by_password and not restriction.accept_request(request):
            raise Http404


@hooks.register("before_delete_page")
def keep_used_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    return refuse_deletion(request, [page])


@hooks.register("before_unpublish_page")
def keep_frame_page_published(request: HttpRequest, page: Page) -> HttpResponse | None:
    if not isinstance(page.specific, FramePage):
        return None
    messages.error(request, frame_message(page))
    return redirect("wagtailadmin_explore", page.pk)


@hooks.register("before_bulk_action")
def check_pages_of_bulk_action(
    request: HttpRequest, action_type: str, objects: Sequence[Any], _action: Any
) -> HttpResponse | None:
    refuse = BULK_CHECKS.get(action_type)
    pages = [page for page in objects if isinstance(page, Page)]
    return refuse(request, pages) if refuse and pages else None


def refuse_deletion(request: HttpRequest, pages: Sequence[Page]) -> HttpResponse | None:
    for page in pages:
        if isinstance(page.specific, FramePage):
            messages.error(request, frame_message(page))
            return redirect("wagtailadmin_explore", page.get_parent().pk)
    blockers = list(dict.fromkeys(page_blockers(pages, request.user)))
    if not blockers:
        return None
    messages.error(request, blocked_message(pages, blockers), buttons=buttons_to(blockers))
    return redirect("wagtailadmin_explore", pages[0].get_parent().pk)


def refuse_unpublishing(request: HttpRequest, pages: Sequence[Page]) -> HttpResponse | None:
    answers = (keep_frame_page_published(request, page) for page in pages)
    return next((answer for answer in answers if answer), None)


def refuse_unfinished(request: HttpRequest, pages: Sequence[Page]) -> HttpResponse | None:
    """A draft may lack what a published page must have; the editor's form would say where."""
    unfinished = [
        Blocker(page.get_admin_display_title(), reverse("wagtailadmin_pages:edit", args=[page.pk]))
        for page in pages
        if not is_complete(page)
    ]
    if not unfinished:
        return None
    words = _("Something is missing. Open these and publish them from there, to see what:")
    messages.error(request, words, buttons=buttons_to(unfinished))
    return redirect("wagtailadmin_explore", pages[0].get_parent().pk)


BULK_CHECKS: dict[str, Callable[[HttpRequest, Sequence[Page]], HttpResponse | None]] = {
    "delete": refuse_deletion,
    "unpublish": refuse_unpublishing,
    "publish": refuse_unfinished,
}


def is_complete(page: Page) -> bool:
    draft = page.get_latest_revision_as_object()
    try:
        draft.full_clean()
    except ValidationError:
        return False
    return True


def buttons_to(blockers: Iterable[Blocker]) -> list[Any]:
    return [messages.button(blocker.url, blocker.label) for blocker in blockers if blocker.url]


def frame_message(page: Page) -> str:
    return _("The portal needs “%(title)s”: it stays where it is.") % {"title": page.title}


def blocked_message(pages: Sequence[Page], blockers: Iterable[Blocker]) -> str:
    words = _(
        "%(titles)s can't be deleted, because this rests on it: %(blockers)s. "
        "Change that first, or unpublish instead of deleting."
    )
    titles = ", ".join(f"“{page.get_admin_display_title()}”" for page in pages)
    return words % {"titles": titles, "blockers": "; ".join(blocker.label for blocker in blockers)}


@hooks.register("register_admin_viewset")
def register_files() -> FilesViewSet:
    return FilesViewSet("files")


@hooks.register("register_page_header_buttons")
def offer_files(page: Page, user: Any, **_shown: Any) -> Iterator[Button]:
    if isinstance(page.specific, INDEX_PAGES) and CONTENT.may(user):
        url = reverse("files:bring-in", args=[CONTENT.name])
        yield Button(_("Bring in a file"), url=url, icon_name="upload", priority=45)


@hooks.register("register_log_actions")
def register_imports(actions: LogActionRegistry) -> None:
    @actions.register_action("knowledge.bring_in")
    class BroughtIn(LogFormatter):
        label = gettext_lazy("File brought in")

        def format_message(self, log_entry: Any) -> str:
            told = describe_tally(Tally(*log_entry.data["tally"]))
            return f"{self.label}: {log_entry.data['file']}. {told}"
