"""What the editor shows of the portal itself: people to choose, and the way in for marketing."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet

from knowledge.models import BriefIndexPage, LearnIndexPage, PromiseIndexPage
from portal.models import User, UserQuerySet

UNUSED_REPORTS = frozenset({"aging-pages", "page-types-usage"})


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


class WayInPanel(Component):
    """The editor's first page: where to change what."""

    order = 100

    def render_html(self, *_contexts: Any) -> SafeString:
        links = format_html_join("", '<li><a href="{}">{}</a></li>', ways_in())
        return format_html(
            '<section class="w-panel"><h2 class="w-h3">{}</h2><ul>{}</ul></section>',
            _("What would you like to change?"),
            links,
        )


def ways_in() -> Iterable[tuple[str, Any]]:
    for model, label in (
        (BriefIndexPage, _("Briefs and their facts")),
        (PromiseIndexPage, _("Promises and their threads")),
        (LearnIndexPage, _("Modules and their lessons")),
    ):
        page = model.objects.first()
        if page:
            yield reverse("wagtailadmin_explore", args=[page.pk]), label
    yield reverse("wagtailsnippets_quizzes_question:list"), _("Questions")
    yield "/", _("See the portal as colleagues do")


@hooks.register("register_admin_viewset")
def register_person_chooser() -> PersonChooserViewSet:
    return PersonChooserViewSet("person_chooser", url_prefix="person-chooser")


@hooks.register("construct_homepage_panels")
def show_ways_in(_request: HttpRequest, panels: list[Component]) -> None:
    panels.append(WayInPanel())


@hooks.register("construct_reports_menu")
def hide_unused_reports(_request: HttpRequest, menu_items: list[MenuItem]) -> None:
    menu_items[:] = [item for item in menu_items if item.name not in UNUSED_REPORTS]


@hooks.register("construct_help_menu")
def hide_news_of_wagtail(_request: HttpRequest, menu_items: list[MenuItem]) -> None:
    menu_items[:] = [item for item in menu_items if not item.name.startswith("whats-new")]


@hooks.register("register_admin_menu_item")
def back_to_portal() -> MenuItem:
    return MenuItem(_("Back to the portal"), "/", icon_name="home", order=10, name="portal")
