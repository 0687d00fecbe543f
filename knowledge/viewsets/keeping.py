"""What the editor shows of keeping pages true: what waits, and whose owner has left."""

from typing import Any, ClassVar

import django_filters
from django import forms
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.forms import modelform_factory
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.filters import ContentTypeFilter, WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.viewsets.base import ViewSet
from wagtail.models import Page

from knowledge.actions.keeping import reassign_pages, verify_pages
from knowledge.keys import key_in
from knowledge.permissions import EDITING
from knowledge.reports import Kept, kept_pages, kept_pages_by_key, today
from knowledge.reports.keeping import KEPT_MODELS
from knowledge.viewsets.plain_reports import ChangesReport, PlainReport
from knowledge.viewsets.still_true import noted

User = get_user_model()


class KeptFilterSet(WagtailFilterSet):
    """Narrows pages by how they stand today, which no single query could tell."""

    WAITING, SOON = "waiting", "soon"

    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"),
        choices=[
            (WAITING, gettext_lazy("Wait to be looked at")),
            (SOON, gettext_lazy("Within a fortnight")),
        ],
        empty_label=gettext_lazy("All"),
        method="in_state",
        widget=forms.RadioSelect,
    )
    content_type = ContentTypeFilter(
        label=gettext_lazy("Kind"),
        queryset=lambda _request: ContentType.objects.filter(
            pk__in=[kind.pk for kind in ContentType.objects.get_for_models(*KEPT_MODELS).values()]
        ),
    )
    owner = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Who answers for it"),
        queryset=User.objects.none(),
        method="answered_for_by",
    )

    class Meta:
        model = Page
        fields: ClassVar[list[str]] = []

    def __init__(self, *args: Any, kept: list[Kept], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept = kept
        people = {person.pk for each in kept for person in each.keepers if person}
        self.filters["owner"].queryset = User.objects.filter(pk__in=people)

    def in_state(self, pages: Any, _name: str, value: str) -> Any:
        is_soon = value == self.SOON
        kept = [each for each in self.kept if (each.is_due_soon if is_soon else each.is_due)]
        return pages.filter(pk__in=[each.page.pk for each in kept])

    def answered_for_by(self, pages: Any, _name: str, value: Any) -> Any:
        kept = [each for each in self.kept if value in each.keepers]
        return pages.filter(pk__in=[each.page.pk for each in kept])


class KeptReport(PlainReport):
    """Pages that somebody keeps, in an order that no database knows: a list, not a query."""

    model = Page
    filterset_class = KeptFilterSet
    template_name = "knowledge/keeping/report.html"
    is_searchable = False
    # What the form below the table does with the pages that were ticked.
    button_text: Any
    list_export: ClassVar = [
        "title",
        "kind",
        "keeper.person",
        "keeper.written",
        "looked_at_on",
        "keeping.due_on",
        "days_over",
        "keeping.open_remarks",
        "keeping.people",
    ]
    export_headings: ClassVar = {
        "title": gettext_lazy("Title"),
        "kind": gettext_lazy("Kind"),
        "keeper.person": gettext_lazy("Who answers for it"),
        "keeper.written": gettext_lazy("Owner as written"),
        "looked_at_on": gettext_lazy("Last looked at"),
        "keeping.due_on": gettext_lazy("Next due"),
        "days_over": gettext_lazy("Days it has waited"),
        "keeping.open_remarks": gettext_lazy("Open remarks"),
        "keeping.people": gettext_lazy("People who must know it"),
    }

    @cached_property
    def kept(self) -> list[Kept]:
        allowed = self.pages_for(*EDITING)
        return [each for each in kept_pages(on=today()) if each.page.pk in allowed]

    @cached_property
    def publishable(self) -> frozenset[int]:
        return self.pages_for("publish")

    def pages_for(self, *permissions: str) -> frozenset[int]:
        pages = self.permission_policy.instances_user_has_any_permission_for(
            self.request.user, permissions
        )
        return frozenset(pages.values_list("pk", flat=True))

    def get_filterset_kwargs(self) -> dict[str, Any]:
        return {**super().get_filterset_kwargs(), "kept": self.kept}

    def get_filtered_queryset(self) -> list[Kept]:
        every = Page.objects.filter(pk__in=[each.page.pk for each in self.kept])
        chosen = set(self.filter_queryset(every).values_list("pk", flat=True))
        return [each for each in self.kept if each.page.pk in chosen]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        if self.form:
            context["media"] += self.form.media
        return {**context, "form": self.form, "publishable": self.publishable}

    @cached_property
    def form(self) -> Any:
        """What is said of the pages that were ticked, besides that they were."""
        return None

    def post(self, request: HttpRequest) -> HttpResponse:
        keys = request.POST.getlist("only") or request.POST.getlist("page")
        pages = list(kept_pages_by_key([pk for key in keys if (pk := key_in(key))]).values())
        if not pages:
            messages.warning(request, _("Tick the pages first."))
        else:
            self.act(pages)
        return redirect(request.get_full_path())

    def act(self, pages: list[Any]) -> None:
        raise NotImplementedError


class StillTrueReport(KeptReport):
    """Pages by how long they have waited to be looked at, the hottest and stalest first."""

    page_title = gettext_lazy("Still true?")
    header_icon = "circle-check"
    results_template_name = "knowledge/keeping/still_true_results.html"
    index_url_name = "keeping:still-true"
    index_results_url_name = "keeping:still-true-results"
    export_filename = "still-true"
    button_text = gettext_lazy("Those that I ticked are still true")

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        own = {each.page.pk for each in self.kept if self.request.user in each.keepers}
        context = super().get_context_data(*args, **kwargs)
        return {**context, "keepable": self.publishable | own}

    def act(self, pages: list[Any]) -> None:
        verify_pages(pages=pages, by=self.request.user, at=timezone.now())
        messages.success(self.request, noted(len(pages)))


class ReassignReport(KeptReport):
    """Pages whose owner has left, or that never had one."""

    page_title = gettext_lazy("Reassign")
    header_icon = "user"
    results_template_name = "knowledge/keeping/reassign_results.html"
    index_url_name = "keeping:reassign"
    index_results_url_name = "keeping:reassign-results"
    export_filename = "reassign"
    button_text = gettext_lazy("Give her those that I ticked")

    @cached_property
    def kept(self) -> list[Kept]:
        return [each for each in super().kept if each.keeper.is_missing]

    @cached_property
    def form(self) -> Any:
        form_class = modelform_factory(Page, form=WagtailAdminModelForm, fields=["owner"])
        # The filters above the table have an owner too.
        form = form_class(self.request.POST or None, prefix="new")
        form.fields["owner"].required = True
        return form

    def act(self, pages: list[Any]) -> None:
        if not self.form.is_valid():
            messages.warning(self.request, _("Choose who keeps them true from now on."))
            return
        owner = self.form.cleaned_data["owner"]
        reassign_pages(pages=pages, owner=owner, by=self.request.user)
        told = ngettext(
            "%(owner)s now answers for %(number)s page.",
            "%(owner)s now answers for %(number)s pages.",
            len(pages),
        )
        messages.success(self.request, told % {"owner": owner, "number": len(pages)})


class KeepingViewSet(ViewSet):
    """The reports that keep pages true."""

    def get_urlpatterns(self) -> list[URLPattern]:
        reports = (
            ("still-true", StillTrueReport),
            ("reassign", ReassignReport),
            ("changes", ChangesReport),
        )
        return [
            path(
                f"{name}/{'results/' if is_part else ''}",
                report.as_view(results_only=is_part),
                name=f"{name}-results" if is_part else name,
            )
            for name, report in reports
            for is_part in (False, True)
        ]
