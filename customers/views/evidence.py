"""What is known of whether a promise is kept, and new readings of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from customers.actions.readings import OverlapError, Writing
from customers.exports import claim_file_csv, claim_file_json
from customers.forms.readings import ReadingForm
from customers.models import Measure
from customers.permissions import may_enter_of, may_write_measures
from customers.reports.claim_files import claim_file
from customers.reports.evidence import ClaimEvidence, evidence_of_one
from customers.reports.histories import History, histories_of, measures_of
from customers.reports.telling import figures_in_words, period_in_words
from customers.views.reaching import open_promise
from departments.exports import csv_file
from knowledge.models import PromisePage
from knowledge.views.reaching import colleague
from quizzes.days import organisation_day


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """A claim with its verdict, and every reading of its measure."""

    found: ClaimEvidence
    history: History | None
    may_enter: bool


@require_safe
def evidence_detail(request: HttpRequest, promise: str) -> HttpResponse:
    page = open_promise(promise)
    on = organisation_day(timezone.now())
    measures = measures_of(page)
    histories = histories_of(measures)
    enterable = {measure.pk for measure in enterable_by(request, page, measures, on)}
    evidence = evidence_of_one(page, on=on)
    lines = [
        ClaimLine(
            found,
            histories.get(found.measure.pk) if found.measure else None,
            may_enter=found.measure is not None and found.measure.pk in enterable,
        )
        for found in evidence.claims
    ]
    judging = {found.measure.pk for found in evidence.claims if found.measure}
    context = {
        "page": page,
        "on": on,
        "evidence": evidence,
        "lines": lines,
        "others": [history for pk, history in histories.items() if pk not in judging],
        "enterable": enterable,
        "may_write_measures": may_write_measures(request.user),
    }
    return render(request, "customers/evidence_detail.html", context)


def enterable_by(
    request: HttpRequest, page: PromisePage, measures: list[Measure], on: date
) -> list[Measure]:
    """Those for which whoever asks may enter readings."""
    person = colleague(request)
    is_keeper = may_enter_of(person, page, on=on)
    return [measure for measure in measures if is_keeper or measure.owner_id == person.pk]


@require_http_methods(["GET", "HEAD", "POST"])
def reading_add(request: HttpRequest, promise: str) -> HttpResponse:
    """Of the measure that is asked for; where there are several and none is, they are offered."""
    now = timezone.now()
    page, on = open_promise(promise), organisation_day(now)
    measures = enterable_by(request, page, measures_of(page), on)
    if not measures:
        raise Http404
    measure = chosen(request, measures)
    if measure is None:
        return render(
            request, "customers/measure_choice.html", {"page": page, "measures": measures}
        )
    form = ReadingForm(request.POST or None, measure=measure, today=on)
    if request.method == "POST" and form.is_valid():
        try:
            written = form.enter(by=colleague(request), at=now)
        except OverlapError:
            pass
        else:
            messages.success(request, thanks_for(written))
            return redirect("customers:evidence-detail", page.slug)
    context = {"page": page, "measure": measure, "form": form}
    return render(request, "customers/reading_form.html", context)


def chosen(request: HttpRequest, measures: list[Measure]) -> Measure | None:
    asked = request.GET.get("measure", "")
    if not asked and len(measures) == 1:
        return measures[0]
    found = {measure.reference: measure for measure in measures}
    if asked and asked not in found:
        raise Http404
    return found.get(asked)


def thanks_for(written: Writing | None) -> str:
    if written is None:
        return _("That is what stands there already. Nothing was changed.")
    entered, corrected = written.entered, written.corrected
    words: dict[str, Any] = {
        "period": period_in_words(entered.starts_on, entered.ends_on),
        "figures": figures_in_words(entered.figures, written.measure.unit),
    }
    if corrected is None:
        return _("Saved: %(figures)s for %(period)s.") % words
    words["was"] = figures_in_words(corrected, written.measure.unit)
    told = _("Corrected for %(period)s: %(was)s became %(figures)s. The old figures stay visible.")
    return told % words


@require_safe
def evidence_file(request: HttpRequest, promise: str) -> HttpResponse | StreamingHttpResponse:
    """The claim file: for whoever must show what was claimed, and what was known then."""
    now = timezone.now()
    page = open_promise(promise)
    file = claim_file(page, at=now)
    name = f"{page.slug}-claim-file-{organisation_day(now).isoformat()}"
    if request.GET.get("format") != "json":
        return csv_file(claim_file_csv(file), name)
    response = JsonResponse(claim_file_json(file), json_dumps_params={"indent": 2})
    response["Content-Disposition"] = f'attachment; filename="{name}.json"'
    return response
