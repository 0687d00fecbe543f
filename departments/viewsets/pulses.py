"""The months' questions, as marketing sets them up: which promise, from when to when."""

from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CreateView, IndexView

from departments.models import Pulse
from knowledge.models import PromisePage
from knowledge.viewsets.deleting import KeepingDeleteView, WithoutUsage
from knowledge.workdays import is_workday
from quizzes.days import month_after, organisation_today

A_DAY = timedelta(days=1)


def has_opened(pulse: Pulse) -> bool:
    """From then on its answers belong to it, and people were told its days."""
    return pulse.pk is not None and pulse.opens_on <= organisation_today()


def next_days() -> tuple[date, date]:
    """From the first working day to the last day of the next month that nobody planned for."""
    newest = Pulse.objects.order_by("-month").first()
    today = organisation_today()
    first = max(month_after(newest.month) if newest else date.min, today.replace(day=1))
    opens_on = max(first, today)
    while not is_workday(opens_on):
        opens_on += A_DAY
    return opens_on, month_after(opens_on) - A_DAY


class PulseForm(WagtailAdminModelForm):
    """One question at a time; its month is the one in which it closes."""

    promise = forms.ModelChoiceField(
        label=gettext_lazy("Promise"), queryset=PromisePage.objects.none()
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["promise"]
        field.queryset = PromisePage.objects.open_to_colleagues().order_by("title")

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean()
        opens_on, closes_on = said.get("opens_on"), said.get("closes_on")
        if has_opened(Pulse.objects.filter(pk=self.instance.pk).first() or Pulse()):
            raise ValidationError(_("This question is open already, or over: it stays as it is."))
        if opens_on and closes_on:
            self.instance.month = closes_on.replace(day=1)
            refuse_days(self.instance, opens_on, closes_on)
        return said


def refuse_days(pulse: Pulse, opens_on: date, closes_on: date) -> None:
    """Raises `ValidationError`."""
    if opens_on < organisation_today():
        raise ValidationError({"opens_on": _("Choose today or a day to come.")})
    if closes_on < opens_on:
        raise ValidationError({"closes_on": _("The last day can't be before the first.")})
    others = Pulse.objects.exclude(pk=pulse.pk)
    if others.filter(opens_on__lte=closes_on, closes_on__gte=opens_on).exists():
        raise ValidationError({"opens_on": _("Another question is open then: one at a time.")})
    if others.filter(month=pulse.month).exists():
        raise ValidationError({"closes_on": _("Another question closes in this month.")})


class PulseCreateView(CreateView):
    def get_initial(self) -> dict[str, Any]:
        opens_on, closes_on = next_days()
        return {"opens_on": opens_on, "closes_on": closes_on}


class PulseDeleteView(KeepingDeleteView):
    """Takes back what isn't open yet."""

    def refusal(self) -> HttpResponse | None:
        if not has_opened(self.object):
            return None
        messages.error(self.request, _("This question is open already, or over: it stays."))
        return redirect(self.index_url_name)


def day_column(name: str, label: str | Promise) -> Column:
    """The day itself: Wagtail's own column says how long ago it was, of days to come too."""
    return Column(
        name, label=label, accessor=lambda pulse: date_format(getattr(pulse, name)), sort_key=name
    )


class PulseViewSet(WithoutUsage):
    name = "pulses"
    model = Pulse
    icon = "comment"
    menu_label = gettext_lazy("Pulse")
    menu_name = "pulses"
    menu_order = 119
    add_to_admin_menu = True
    index_view_class = IndexView
    add_view_class: Any = PulseCreateView
    delete_view_class: Any = PulseDeleteView
    copy_view_enabled = False
    ordering = ("-month",)
    list_display: ClassVar = [
        "promise",
        day_column("opens_on", gettext_lazy("Opens on")),
        day_column("closes_on", gettext_lazy("Closes on")),
    ]

    def get_edit_handler(self) -> Any:
        panels = ObjectList(
            [FieldPanel("promise"), FieldPanel("opens_on"), FieldPanel("closes_on")],
            base_form_class=PulseForm,
        )
        return panels.bind_to_model(self.model)
