"""What briefs refer to: products, segments, channels, and what customers call things."""

from typing import Any, ClassVar

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.panels import ObjectList
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import StatusSidePanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CreateView, DeleteView, EditView, IndexView
from wagtail.admin.views.generic.usage import UsageView
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from knowledge.actions import settle_misses
from knowledge.models import BriefPage, Channel, CustomerWord, Product, Segment
from knowledge.models.editing import PlainWordsForm
from knowledge.reports import briefs_using
from knowledge.viewsets.deleting import KeepingDeleteView, WithoutUsage

MOST_BRIEFS_NAMED = 5


class MarketIndexView(IndexView):
    """A list; where it is empty, the five questions that a strategy begins with."""

    results_template_name = "knowledge/market/index_results.html"


class MarketDeleteView(KeepingDeleteView):
    """Deletes what no brief names, be it in a draft."""

    def refusal(self) -> HttpResponse | None:
        briefs = briefs_using(self.object)
        if not briefs:
            return None
        words = ngettext(
            "“%(name)s” can't be deleted, because a brief names it. Change that first:",
            "“%(name)s” can't be deleted, because %(count)d briefs name it. Change these first:",
            len(briefs),
        )
        messages.error(
            self.request,
            words % {"name": self.object, "count": len(briefs)},
            buttons=[
                messages.button(
                    reverse("wagtailadmin_pages:edit", args=[brief.pk]),
                    brief.get_admin_display_title(),
                )
                for brief in briefs[:MOST_BRIEFS_NAMED]
                if brief.permissions_for_user(self.request.user).can_edit()
            ],
        )
        return redirect(self.index_url_name)


class MarketUsageView(UsageView):
    """The briefs that name it, published or not."""

    def get_queryset(self) -> list[tuple[BriefPage, tuple[()]]]:
        return [(brief, ()) for brief in briefs_using(self.object)]

    @cached_property
    def columns(self) -> list[Column]:
        state = Column("state", gettext_lazy("State"), accessor="object.status_string")
        return [super().columns[0], state]


class MarketStatusPanel(StatusSidePanel):
    """Counts the briefs that name it: Wagtail's index knows neither drafts nor channels."""

    def get_usage_context(self) -> dict[str, Any]:
        count = len(briefs_using(self.object))
        told = ngettext("In %(count)d brief", "In %(count)d briefs", count) % {"count": count}
        return {"usage_count": count, "usage_url": self.usage_url, "usage_url_text": told}


class MarketEditView(EditView):
    def get_side_panels(self) -> MediaContainer:
        panel = MarketStatusPanel(
            self.object,
            self.request,
            usage_url=self.get_usage_url(),
            history_url=self.get_history_url(),
            last_updated_info=self.get_last_updated_info(),
        )
        return MediaContainer([panel])


class MarketViewSet(ModelViewSet):
    """A short list of named things that briefs refer to."""

    index_view_class = MarketIndexView
    edit_view_class: Any = MarketEditView
    delete_view_class: Any = MarketDeleteView
    usage_view_class: Any = MarketUsageView
    copy_view_enabled = False
    ordering = ("name",)
    search_fields: ClassVar = ["name"]

    def get_edit_handler(self) -> Any:
        panels = ObjectList(self.model.panels, base_form_class=PlainWordsForm)
        return panels.bind_to_model(self.model)


class ProductViewSet(MarketViewSet):
    name = "products"
    model = Product
    icon = "tag"
    menu_label = gettext_lazy("Products")
    search_fields: ClassVar = ["name", "description"]
    list_display: ClassVar = [
        "name",
        "description",
        Column(
            "state", label=gettext_lazy("State"), accessor="get_state_display", sort_key="state"
        ),
    ]
    list_filter: ClassVar = ["state"]


class SegmentViewSet(MarketViewSet):
    name = "segments"
    model = Segment
    icon = "group"
    menu_label = gettext_lazy("Segments")
    search_fields: ClassVar = ["name", "description"]
    list_display: ClassVar = ["name", "description"]


class ChannelViewSet(MarketViewSet):
    name = "channels"
    model = Channel
    icon = "mail"
    menu_label = gettext_lazy("Channels")
    list_display: ClassVar = [
        "name",
        Column("kind", label=gettext_lazy("Kind"), accessor="get_kind_display", sort_key="kind"),
    ]
    list_filter: ClassVar = ["kind"]


class WordCreateView(CreateView):
    """A new word; `?theirs=money+back` has begun it already."""

    def get_initial(self) -> dict[str, Any]:
        return {"theirs": self.request.GET.get("theirs", "")}

    def save_instance(self) -> CustomerWord:
        """What was searched for in vain by this word is settled by it."""
        word: CustomerWord = super().save_instance()
        settle_misses(word.theirs)
        return word


class WordViewSet(WithoutUsage, MarketViewSet):
    name = "customers-words"
    model = CustomerWord
    icon = "openquote"
    menu_label = gettext_lazy("Customers’ words")
    index_view_class = IndexView
    add_view_class = WordCreateView
    edit_view_class = EditView
    delete_view_class = DeleteView
    ordering = ("theirs",)
    search_fields: ClassVar = ["theirs", "ours", "note"]
    list_display: ClassVar = ["theirs", "ours", "note"]


class MarketViewSetGroup(ViewSetGroup):
    """What the briefs' words are about."""

    menu_label = gettext_lazy("Market")
    menu_name = "market"
    menu_icon = "crosshairs"
    menu_order = 118
    items = (ProductViewSet, SegmentViewSet, ChannelViewSet, WordViewSet)
