"""Measures at marketing's desk: what is counted, and which claim it judges."""

from typing import Any, ClassVar

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CreateView, IndexView

from customers.models import Measure
from customers.reports.measuring import direction_of, objections_to_measure
from knowledge.models import Claim, PromisePage
from knowledge.models.editing import OneLine, PlainWordsForm
from knowledge.viewsets.deleting import KeepingDeleteView, WithoutUsage

# A longer one would push the field off the screen.
LONGEST_LABEL = 90
PANELS = (
    FieldRowPanel([FieldPanel("name"), FieldPanel("reference")]),
    FieldPanel("definition"),
    FieldRowPanel([FieldPanel("statistic"), FieldPanel("unit"), FieldPanel("direction")]),
    FieldPanel("source", widget=OneLine),
    FieldPanel("owner"),
    MultiFieldPanel(
        [FieldPanel("promise"), FieldPanel("claim")], heading=gettext_lazy("What it tells about")
    ),
)


class ClaimField(forms.ModelChoiceField[Claim]):
    """Claims are told apart by their promise."""

    def label_from_instance(self, claim: Claim) -> str:
        return Truncator(f"{claim.promise.title}: {claim.sentence}").chars(LONGEST_LABEL)


class MeasureForm(PlainWordsForm):
    claim = ClaimField(label=gettext_lazy("Claim"), queryset=Claim.objects.none(), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        promises = PromisePage.objects.in_source_language()
        claims = Claim.objects.filter(promise__in=promises).select_related("promise")
        claim: Any = self.fields["claim"]
        claim.queryset = claims.order_by("promise__title", "sort_order")
        self.fields["owner"].required = True

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean()
        if self.errors:
            return said
        claim = said["claim"]
        if claim and not said["promise"]:
            said["promise"] = claim.promise
        wanted = Measure(pk=self.instance.pk, **said)
        for objection in objections_to_measure(wanted):
            self.add_error(objection.field, str(objection))
        self.refuse_shared(claim)
        return said

    def refuse_shared(self, claim: Claim | None) -> None:
        others = Measure.objects.exclude(pk=self.instance.pk)
        other = others.filter(claim=claim).first() if claim else None
        if other:
            told = _("“%(name)s” judges this claim already: a claim has one measure.")
            self.add_error("claim", told % {"name": other})


class MeasureIndexView(IndexView):
    def get_base_queryset(self) -> Any:
        return Measure.objects.select_related("promise", "owner")


class MeasureCreateView(CreateView):
    """A new measure; `?claim=refund-in-three-days` has begun it already."""

    def get_initial(self) -> dict[str, Any]:
        key = self.request.GET.get("claim", "")
        claim = Claim.objects.filter(key=key).first() if key else None
        if claim is None:
            return {}
        return {
            "claim": claim,
            "promise": claim.promise_id,
            "statistic": claim.statistic,
            "unit": claim.unit,
            "direction": direction_of(claim),
            "name": capfirst(claim.measure),
        }


class MeasureDeleteView(KeepingDeleteView):
    """Deletes what has no reading: evidence stays."""

    def refusal(self) -> HttpResponse | None:
        count = self.object.readings.count()
        if not count:
            return None
        words = ngettext(
            "“%(name)s” can't be deleted: it has %(count)d reading, and evidence stays.",
            "“%(name)s” can't be deleted: it has %(count)d readings, and evidence stays.",
            count,
        )
        messages.error(self.request, words % {"name": self.object, "count": count})
        return redirect(self.index_url_name)


class MeasureViewSet(WithoutUsage):
    name = "measures"
    model = Measure
    icon = "tasks"
    menu_label = gettext_lazy("Measures")
    menu_name = "measures"
    menu_order = 117
    add_to_admin_menu = True
    index_view_class = MeasureIndexView
    add_view_class: Any = MeasureCreateView
    delete_view_class: Any = MeasureDeleteView
    copy_view_enabled = False
    ordering = ("name",)
    search_fields: ClassVar = ["name", "reference", "source"]
    list_display: ClassVar = [
        "name",
        "reference",
        Column("promise", label=gettext_lazy("Promise"), accessor="promise.title"),
        Column("owner", label=gettext_lazy("Owner"), accessor="owner"),
        "source",
    ]

    def get_edit_handler(self) -> Any:
        panels = ObjectList([*PANELS], base_form_class=MeasureForm)
        return panels.bind_to_model(self.model)
