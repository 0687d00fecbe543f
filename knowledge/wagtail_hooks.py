"""What the editor asks before it acts on pages."""

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import Page, PageViewRestriction

from knowledge.actions import HELD
from knowledge.importers.registry import register_file_kind
from knowledge.importers.reporting import Tally, describe_tally
from knowledge.models.languages import is_translation
from knowledge.models.pages import KnowledgeQuerySet
from knowledge.permissions import INDEX_PAGES
from knowledge.viewsets import FilesViewSet
from knowledge.viewsets.briefs import BriefViewSet, ask_what_it_changes
from knowledge.viewsets.bulk import BULK_CHECKS, refuse_deletion, refuse_unpublishing
from knowledge.viewsets.choosers import market_choosers
from knowledge.viewsets.content import CONTENT
from knowledge.viewsets.dashboard import WaitingPanel
from knowledge.viewsets.keeping import KeepingViewSet
from knowledge.viewsets.market import MarketViewSetGroup
from knowledge.viewsets.misses import MissesViewSet
from knowledge.viewsets.plain_reports import EditorsMenuItem
from knowledge.viewsets.remarks import RemarksViewSet
from knowledge.viewsets.still_true import StillTrueAction

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


@hooks.register("before_serve_page", order=-1)
def lead_to_the_one_address(
    page: Page, request: HttpRequest, *_arguments: Any
) -> HttpResponse | None:
    """A translation has no address of its own: it is read at its source's, which may be closed."""
    if not is_translation(page):
        return None
    sources = KnowledgeQuerySet(Page).open_to_colleagues()
    source: Page = get_object_or_404(sources, translation_key=page.translation_key)
    return redirect(source.get_url(request))


@hooks.register("construct_settings_menu")
def hide_languages(_request: HttpRequest, items: list[MenuItem]) -> None:
    if not settings.WAGTAIL_I18N_ENABLED:
        items[:] = [item for item in items if item.name != "locales"]


@hooks.register("before_delete_page")
def keep_used_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    return refuse_deletion(request, [page])


@hooks.register("before_publish_page")
def hold_unsettled_change(request: HttpRequest, page: Page) -> HttpResponse | None:
    return ask_what_it_changes(request, page)


@hooks.register("before_unpublish_page")
def keep_frame_page_published(request: HttpRequest, page: Page) -> HttpResponse | None:
    return refuse_unpublishing(request, [page])


@hooks.register("before_bulk_action")
def check_pages_of_bulk_action(
    request: HttpRequest, action_type: str, objects: Sequence[Any], _action: Any
) -> HttpResponse | None:
    refuse = BULK_CHECKS.get(action_type)
    pages = [page for page in objects if isinstance(page, Page)]
    return refuse(request, pages) if refuse and pages else None


@hooks.register("register_admin_viewset")
def register_files() -> FilesViewSet:
    return FilesViewSet("files")


@hooks.register("register_admin_viewset")
def register_briefs() -> BriefViewSet:
    return BriefViewSet()


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

    @actions.register_action(HELD)
    class Held(LogFormatter):
        label = gettext_lazy("Publication held")

        def format_message(self, log_entry: Any) -> str:
            return f"{self.label}: {' '.join(log_entry.data['reasons'])}"


@hooks.register("register_admin_viewset")
def register_remarks() -> RemarksViewSet:
    return RemarksViewSet("remarks")


@hooks.register("register_admin_viewset")
def register_market() -> list[Any]:
    return [MarketViewSetGroup(), MissesViewSet("search-misses"), *market_choosers()]


@hooks.register("register_log_actions")
def register_keeping(actions: LogActionRegistry) -> None:
    actions.register_action(
        "knowledge.still_true", gettext_lazy("Still true"), gettext_lazy("Said to be still true")
    )

    @actions.register_action("knowledge.reassign")
    class Reassigned(LogFormatter):
        label = gettext_lazy("Given to somebody else")

        def format_message(self, log_entry: Any) -> str:
            told = [name for name in (log_entry.data["before"], log_entry.data["after"]) if name]
            return f"{self.label}: {' → '.join(told)}"


@hooks.register("register_admin_viewset")
def register_keeping_reports() -> KeepingViewSet:
    return KeepingViewSet("keeping", url_prefix="reports/keeping")


@hooks.register("register_reports_menu_item")
def offer_still_true() -> MenuItem:
    return keeping_item("still-true", gettext_lazy("Still true?"), "circle-check", 100)


@hooks.register("register_reports_menu_item")
def offer_reassign() -> MenuItem:
    return keeping_item("reassign", gettext_lazy("Reassign"), "user", 110)


@hooks.register("register_reports_menu_item")
def offer_changes() -> MenuItem:
    return keeping_item("changes", gettext_lazy("Changes"), "history", 120)


def keeping_item(name: str, label: Any, icon: str, order: int) -> MenuItem:
    address = reverse(f"keeping:{name}")
    return EditorsMenuItem(label, address, name=name, icon_name=icon, order=order)


hooks.register("register_bulk_action", StillTrueAction)


@hooks.register("construct_homepage_panels")
def show_what_waits(_request: HttpRequest, panels: list[Any]) -> None:
    panels.append(WaitingPanel())
