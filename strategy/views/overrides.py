"""What can be done at a gate: ask departments to get ready, or launch anyway, by two."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from knowledge.views.reaching import colleague
from quizzes.days import organisation_day
from strategy.actions.asking_links import ask_links
from strategy.actions.overrides import (
    AnsweredAlreadyError,
    AskedAlreadyError,
    ChangedMeanwhile,
    DayMovedError,
    GateIsOpenError,
    IsOutError,
    NoPromisesError,
    NotAgreedError,
    TooEarlyError,
    answer_override,
    ask_override,
    refuse_needless,
    refuse_second_question,
    review_override,
    take_back,
)
from strategy.forms.overrides import AGREES, AnswerForm, OverrideForm, ReviewForm
from strategy.models import Campaign, Override
from strategy.permissions import may_launch, second_people
from strategy.reports.gates import gate_of
from strategy.reports.override_pages import OverridePage, override_page
from strategy.reports.overrides import sponsors_of
from strategy.wording import check_line

REFUSALS = {
    AskedAlreadyError: gettext_lazy("A second person has been asked already. See their answer."),
    GateIsOpenError: gettext_lazy("The gate is open: nothing has to be agreed to."),
    IsOutError: gettext_lazy("It is out already: nothing has to be agreed to."),
    NoPromisesError: gettext_lazy("Choose the promises this campaign makes first."),
    AnsweredAlreadyError: gettext_lazy("It was answered meanwhile. Look here."),
    DayMovedError: gettext_lazy("The launch day has moved. Whoever asked asks anew."),
    ChangedMeanwhile: gettext_lazy(
        "The gate has changed since you opened this page. Look again, then answer."
    ),
    TooEarlyError: gettext_lazy("You can look back on it from launch day on."),
}

form_view = require_http_methods(["GET", "HEAD", "POST"])


@require_POST
def links_ask(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = launchable(request, slug)
    asked = ask_links(campaign=campaign, by=colleague(request), at=timezone.now())
    if asked:
        told = ngettext(
            "Asked. Its head sees it on Today: %(names)s.",
            "Asked. Their heads see it on Today: %(names)s.",
            len(asked),
        )
        names = ", ".join(department.name for department in asked)
        messages.success(request, told % {"names": names})
    else:
        messages.info(request, _("Nobody new to ask: whoever is waited for was asked this week."))
    return redirect("strategy:gate-detail", slug)


@form_view
def override_add(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = launchable(request, slug)
    person, now = colleague(request), timezone.now()
    gate = gate_of(campaign, on=organisation_day(now))
    form = OverrideForm(
        request.POST or None,
        people=second_people(person.pk, sponsors_of(gate)),
        launches_on=gate.day,
    )
    try:
        refuse_needless(gate)
        refuse_second_question(gate)
        if request.method == "POST" and form.is_valid():
            ask_override(
                campaign=campaign, wish=form.wish, second=form.second_person, by=person, at=now
            )
            told = _("%(person)s is asked by mail and on Today. The gate stays shut meanwhile.")
            messages.success(request, told % {"person": form.second_person})
            return redirect("strategy:gate-detail", slug)
    except NotAgreedError as refusal:
        messages.info(request, str(REFUSALS[type(refusal)]))
        return redirect("strategy:gate-detail", slug)
    unmet = [check_line(check) for check in gate.checks if not check.is_met]
    context = {"form": form, "campaign": campaign, "gate": gate, "unmet": unmet}
    return render(request, "strategy/override_form.html", context)


@form_view
def override_detail(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Everybody may read it; the second person answers, and later somebody looks back."""
    person, now = colleague(request), timezone.now()
    page = override_page(override_at(slug, pk), person, on=organisation_day(now))
    form = form_for(request, page)
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if form.is_valid():
            write(request, page.override, form)
            return redirect("strategy:override-detail", slug, pk)
    return render(request, "strategy/override_detail.html", {"page": page, "form": form})


@require_POST
def override_take_back(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    override, person = override_at(slug, pk), colleague(request)
    try:
        take_back(override=override, by=person, at=timezone.now())
    except AnsweredAlreadyError as refusal:
        messages.info(request, str(REFUSALS[type(refusal)]))
        return redirect("strategy:override-detail", slug, pk)
    messages.success(request, _("Taken back. Nobody is asked any longer."))
    return redirect("strategy:gate-detail", slug)


def override_at(slug: str, pk: int) -> Override:
    told = Override.objects.select_related("campaign", "asked_by", "second", "reviewed_by")
    override: Override = get_object_or_404(told, campaign__slug=slug, pk=pk)
    return override


def form_for(request: HttpRequest, page: OverridePage) -> AnswerForm | ReviewForm | None:
    """What the reader may say of it now, if anything."""
    if page.may_answer:
        return AnswerForm(request.POST or None, initial={"seen": page.seen})
    return ReviewForm(request.POST or None) if page.may_review else None


def write(request: HttpRequest, override: Override, form: AnswerForm | ReviewForm) -> None:
    person, now = colleague(request), timezone.now()
    said = form.cleaned_data
    try:
        if isinstance(form, ReviewForm):
            review_override(override=override, review=said["review"], by=person, at=now)
            told = _("Thank you. It isn’t counted any longer.")
        else:
            agrees = said.pop("answer") == AGREES
            answer_override(override=override, agrees=agrees, **said, by=person, at=now)
            told = _("Your answer is sent. Thank you.")
    except NotAgreedError as refusal:
        messages.info(request, str(REFUSALS[type(refusal)]))
    else:
        messages.success(request, told)


def launchable(request: HttpRequest, slug: str) -> Campaign:
    """Raises 404 where there is none, and `PermissionDenied` for whoever may not launch it."""
    person = colleague(request)
    campaign = get_object_or_404(Campaign, slug=slug)
    if not may_launch(person):
        raise PermissionDenied
    return campaign
