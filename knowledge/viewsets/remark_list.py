"""What colleagues ask and flag, as a list that can be narrowed and taken out."""

from typing import Any, ClassVar

import django_filters
from django import forms
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.models import Page

from knowledge.models import Remark
from knowledge.permissions import may_read_remarks
from knowledge.reports import answered_by, remarks_for

WORDS_SHOWN = 80


def has_remarks(user: Any) -> bool:
    return may_read_remarks(user) or bool(answered_by(user, timezone.localdate()))


def told(remark: Remark) -> str:
    return Truncator(remark.words or remark.quote or remark.get_kind_display()).chars(WORDS_SHOWN)


def standing_of(remark: Remark) -> str:
    if remark.replied_at:
        return str(remark.get_outcome_display())
    # Translators: Django's date format codes for "Friday 4 December".
    return _("Reply by %(day)s") % {"day": date_format(remark.due_on, _("l j F"))}


def reply_address(remark: Remark) -> str:
    return reverse("remarks:reply", args=[remark.pk])


class RemarkFilterSet(WagtailFilterSet):
    """Whose they are, how they stand, what they say, and of which page."""

    OPEN, WAITING, REPLIED = "open", "waiting", "replied"

    whose = django_filters.ChoiceFilter(
        label=gettext_lazy("Whose"),
        choices=[("mine", gettext_lazy("Mine to answer"))],
        empty_label=gettext_lazy("Everybody's"),
        method="of_mine",
        widget=forms.RadioSelect,
    )
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"),
        choices=[
            (OPEN, gettext_lazy("Wait for a reply")),
            (WAITING, gettext_lazy("Wait for longer than promised")),
            (REPLIED, gettext_lazy("Have a reply")),
        ],
        empty_label=gettext_lazy("All"),
        method="in_state",
        widget=forms.RadioSelect,
    )
    kind = django_filters.ChoiceFilter(
        label=gettext_lazy("What it says"),
        choices=Remark.Kind.choices,
        empty_label=gettext_lazy("All"),
        widget=forms.RadioSelect,
    )
    page = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Page"),
        queryset=lambda request: Page.objects.filter(
            pk__in=remarks_for(request.user, timezone.localdate()).order_by().values("page")
        ).order_by("title"),
    )

    class Meta:
        model = Remark
        fields: ClassVar[list[str]] = []

    def of_mine(self, remarks: Any, _name: str, _value: str) -> Any:
        return remarks.filter(page__in=answered_by(self.request.user, timezone.localdate()))

    def in_state(self, remarks: Any, _name: str, value: str) -> Any:
        if value == self.REPLIED:
            return remarks.filter(replied_at__isnull=False)
        waiting = remarks.filter(replied_at=None)
        return waiting.filter(due_on__lt=timezone.localdate()) if value == self.WAITING else waiting


class RemarkIndexView(IndexView):
    """What waits comes first, in the order in which a reply was promised."""

    model = Remark
    permission_policy = None
    any_permission_required = None
    page_title = gettext_lazy("Asked and flagged")
    header_icon = "comment"
    filterset_class = RemarkFilterSet
    search_fields = ("words", "quote", "reply")
    search_backend_name = None
    paginate_by = 20
    columns: ClassVar = [
        TitleColumn(
            "words", label=gettext_lazy("In their words"), accessor=told, get_url=reply_address
        ),
        Column("page", label=gettext_lazy("Page"), accessor="page.title", sort_key="page__title"),
        Column("kind", label=gettext_lazy("What it says"), accessor="get_kind_display"),
        Column("person", label=gettext_lazy("Who"), accessor="person"),
        DateColumn("at", label=gettext_lazy("Said"), sort_key="at"),
        Column("due_on", label=gettext_lazy("State"), accessor=standing_of, sort_key="due_on"),
    ]
    list_export = (
        "page.title",
        "get_kind_display",
        "quote",
        "words",
        "person",
        "at",
        "due_on",
        "get_outcome_display",
        "reply",
        "replied_at",
    )
    export_headings: ClassVar = {
        "page.title": gettext_lazy("Page"),
        "get_kind_display": gettext_lazy("What it says"),
        "person": gettext_lazy("Who"),
        "get_outcome_display": gettext_lazy("What became of it"),
        "replied_at": gettext_lazy("Replied"),
    }

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not has_remarks(request.user):
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def get_base_queryset(self) -> Any:
        visible = remarks_for(self.request.user, timezone.localdate())
        return visible.select_related("page", "person")

    def order_queryset(self, queryset: Any) -> Any:
        if self.is_explicitly_ordered:
            return super().order_queryset(queryset)
        return queryset.order_by(models.F("replied_at").desc(nulls_first=True), "due_on", "pk")

    def get_filename(self) -> str:
        return f"{_('remarks')}-{timezone.localdate().isoformat()}"
