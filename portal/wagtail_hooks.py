"""What the editor shows of the portal itself: people to choose, and the way in for marketing."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Q
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.models import Page

from knowledge.importers.registry import file_kinds
from knowledge.models import (
    BriefIndexPage,
    BriefPage,
    LearnIndexPage,
    LessonPage,
    ModulePage,
    PortalDocument,
    PromiseIndexPage,
    PromisePage,
)
from knowledge.viewsets.modules import ModuleViewSet
from portal.models import User, UserQuerySet
from portal.permissions import may_require_modules, may_see_document, may_write_questions
from portal.reports.authoring import TEAM, Step, add_address
from portal.reports.translations import outlook_of
from portal.views.mail_report import MailsViewSet
from quizzes.models import Question

UNUSED_REPORTS = frozenset({"aging-pages", "page-types-usage"})
NEWS_OF_WAGTAIL = ("whats-new", "editor-guide")
MOST_STEPS_TOLD = 3
AFTER_COPY: dict[type[Page], Any] = {
    BriefPage: _("Its facts are new facts: lessons and questions still show the old brief's."),
    PromisePage: _("Change its sentence and its claims before you publish it."),
    ModulePage: _(
        "Choose its brief, and other facts in its lessons. Questions aren't copied with it."
    ),
    LessonPage: _("It shows the same facts as before: choose others where they differ."),
}


class PersonFilterForm(BaseFilterForm):
    """Finds people by every word of a name or an address."""

    q = forms.CharField(
        label=_("Name"), required=False, widget=forms.TextInput(attrs={"placeholder": _("Name")})
    )

    def filter(self, objects: UserQuerySet) -> UserQuerySet:
        self.search_query = self.cleaned_data.get("q")
        self.is_searching = bool(self.search_query)
        for word in (self.search_query or "").split():
            objects = objects.filter(
                Q(first_name__icontains=word)
                | Q(last_name__icontains=word)
                | Q(email__icontains=word)
            )
        return objects


class PersonChooseView(ChooseView):
    filter_form_class = PersonFilterForm


class PersonChooseResultsView(ChooseResultsView):
    filter_form_class = PersonFilterForm


class PersonChooserViewSet(ChooserViewSet):
    """Chooses one of the people, ten to a page, where a select would list the whole company."""

    model = User
    icon = "user"
    choose_one_text = _("Choose a person")
    choose_another_text = _("Choose somebody else")
    edit_item_text = _("Open this person")
    choose_view_class = PersonChooseView
    choose_results_view_class = PersonChooseResultsView

    def get_object_list(self) -> UserQuerySet:
        people: UserQuerySet = User.objects.filter(is_active=True)
        return people


@dataclass(frozen=True, slots=True)
class WayIn:
    """One step from an e-mail full of facts to colleagues who know them."""

    about: Any
    links: tuple[Step, ...]


class WayInPanel(Component):
    """The editor's first page: the steps in order, each with its empty form and its list."""

    order = 100
    template_name = "portal/way_in.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        author = parent_context["request"].user
        ways = [*page_ways(author), *question_ways(author), *requirement_ways(author)]
        return {"ways": ways, "may_bring_in": bool(file_kinds(author))}


def page_ways(author: User) -> Iterable[WayIn]:
    for index, model, about, write, open_all in PAGE_WAYS:
        page = index.objects.first()
        if page and page.permissions_for_user(author).can_add_subpage():
            listed = reverse("wagtailadmin_explore", args=[page.pk])
            links = (Step(write, add_address(model, page)), Step(open_all, listed))
            yield WayIn(about, links)


def question_ways(author: User) -> Iterable[WayIn]:
    if may_write_questions(author):
        yield WayIn(
            _("Questions: what colleagues are asked about a module, nine or more of all kinds."),
            (
                Step(_("Write a question"), reverse("wagtailsnippets_quizzes_question:add")),
                Step(_("All questions"), reverse("wagtailsnippets_quizzes_question:list")),
            ),
        )


def requirement_ways(author: User) -> Iterable[WayIn]:
    may_require = may_require_modules(author)
    yield WayIn(
        _("Requirement: who must know it by when. Heads and administrators say so under Team."),
        (Step(_("Say who must know it, and by when"), TEAM),) if may_require else (),
    )


PAGE_WAYS = (
    (
        PromiseIndexPage,
        PromisePage,
        _("Promise: what customers hear, how it is measured, and who makes it true."),
        _("Write a promise"),
        _("All promises"),
    ),
    (
        BriefIndexPage,
        BriefPage,
        _("Brief: the facts that colleagues may know and say."),
        _("Write a brief"),
        _("All briefs"),
    ),
    (
        LearnIndexPage,
        ModulePage,
        _("Module: three to five lessons on one brief. You add them from the module itself."),
        _("Write a module"),
        _("All modules"),
    ),
)


@hooks.register("register_admin_viewset")
def register_person_chooser() -> PersonChooserViewSet:
    return PersonChooserViewSet("person_chooser", url_prefix="person-chooser")


@hooks.register("register_admin_viewset")
def register_modules() -> ModuleViewSet:
    return ModuleViewSet()


@hooks.register("register_admin_viewset")
def register_mails() -> MailsViewSet:
    return MailsViewSet("mails")


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def tell_what_comes_next(request: HttpRequest, written: Page | Question) -> None:
    """Publishing leads back to a list; nobody should have to guess where to go from there."""
    if "action-publish" not in request.POST or not is_live(written):
        return
    may_ask = isinstance(request.user, User) and may_write_questions(request.user)
    steps = outlook_of(written, may_ask=may_ask).steps[:MOST_STEPS_TOLD]
    if steps:
        buttons = [messages.button(step.url, step.label) for step in steps]
        messages.info(request, _("What comes next?"), buttons=buttons)


def is_live(written: Page | Question) -> bool:
    """Asks the database: Wagtail publishes a question by another instance than it hands on."""
    stored: Any = type(written).objects
    return bool(stored.filter(pk=written.pk, live=True).exists())


@hooks.register("after_copy_page")
def tell_what_to_change(request: HttpRequest, _page: Page, copy: Page) -> None:
    words = AFTER_COPY.get(copy.specific_class)
    if words:
        edit = reverse("wagtailadmin_pages:edit", args=[copy.pk])
        button = messages.button(edit, _("Open the copy"))
        messages.info(request, words, buttons=[button])


@hooks.register("construct_homepage_panels")
def show_ways_in(_request: HttpRequest, panels: list[Component]) -> None:
    panels.append(WayInPanel())


@hooks.register("construct_reports_menu")
def hide_unused_reports(_request: HttpRequest, menu_items: list[MenuItem]) -> None:
    menu_items[:] = [item for item in menu_items if item.name not in UNUSED_REPORTS]


@hooks.register("construct_help_menu")
def hide_news_of_wagtail(_request: HttpRequest, menu_items: list[MenuItem]) -> None:
    menu_items[:] = [item for item in menu_items if not item.name.startswith(NEWS_OF_WAGTAIL)]


@hooks.register("register_admin_menu_item")
def back_to_portal() -> MenuItem:
    # The anchor keeps the menu from taking every page of the editor for a part of this one.
    return MenuItem(_("Back to the portal"), "/#main", icon_name="home", order=10, name="portal")


@hooks.register("before_serve_document", order=-1)
def hide_document(document: PortalDocument, request: HttpRequest) -> None:
    """Before Wagtail asks for a sign-in, which would tell that it is there."""
    if not may_see_document(request, document):
        raise Http404
