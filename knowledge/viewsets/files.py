"""Bring in files, take them out: the editor's pages, for every kind that a room has registered."""

from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from knowledge.importers.registry import FileKind, file_kind, file_kinds
from knowledge.importers.reporting import describe_tally
from knowledge.importers.runs import confirm, discard, from_json, send, settle, sweep
from knowledge.models import ImportRun, ModulePage
from knowledge.viewsets.file_form import BringInForm
from knowledge.viewsets.remedies import faults_in_the_form, in_the_form
from knowledge.viewsets.tables import FAULTS_SHOWN, entry_table

State = ImportRun.State

# A page that is looked at for long asks less often.
SOON, LATER = 2, 10
RUNS_SHOWN = 20
NOTES_SHOWN = 5


def kind_for(request: HttpRequest, name: str) -> FileKind:
    kind = file_kind(name)
    if kind is None:
        raise Http404
    if not kind.may(request.user):
        raise PermissionDenied
    return kind


def own_run(request: HttpRequest, key: UUID) -> tuple[ImportRun, FileKind]:
    """Only whoever sent a file learns that it is there, and only while she may bring it in."""
    if not isinstance(request.user, AbstractBaseUser):
        raise Http404
    run = get_object_or_404(ImportRun, key=key, person=request.user)
    kind = file_kind(run.kind)
    if kind is None or not kind.may(request.user):
        raise Http404
    settle(run)
    return run, kind


def crumbs(*more: tuple[str, str]) -> list[dict[str, str]]:
    """The way to a page; the last one is the page itself and has no address."""
    way = [
        (reverse("wagtailadmin_home"), _("Home")),
        (reverse("files:index"), _("Bring in files")),
        *more,
    ]
    return [{"url": url, "label": label} for url, label in way]


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    kinds = file_kinds(request.user)
    if not kinds:
        raise PermissionDenied
    sweep(timezone.now())
    runs = ImportRun.objects.filter(person=request.user.pk).defer("report")[:RUNS_SHOWN]
    for run in runs:
        settle(run)
    context = {
        "breadcrumbs_items": crumbs(),
        "header_icon": "upload",
        "header_title": _("Bring in files"),
        "kinds": kinds,
        "modules": ModulePage.objects.in_source_language().order_by("title"),
        "runs": runs,
    }
    return render(request, "knowledge/imports/index.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: HttpRequest, kind: str) -> HttpResponse:
    chosen = kind_for(request, kind)
    form = BringInForm(request.POST or None, request.FILES or None, kind=chosen)
    if request.method == "POST" and form.is_valid():
        try:
            run = send(
                person=request.user,
                kind=chosen,
                file=form.cleaned_data["file"],
                wishes=form.wishes,
                at=timezone.now(),
            )
        except OSError:
            form.add_error("file", _("The portal has no room for it at the moment. Try later."))
        else:
            return redirect("files:run", run.key)
    context = {
        "breadcrumbs_items": crumbs(("", chosen.label)),
        "header_icon": "upload",
        "header_title": chosen.label,
        "kind": chosen,
        "form": form,
    }
    return render(request, "knowledge/imports/form.html", context)


@require_safe
def run_page(request: HttpRequest, key: UUID) -> HttpResponse:
    run, kind = own_run(request, key)
    told = from_json(run.report)
    notes = [in_the_form(note) for note in told.notes]
    age = (timezone.now() - run.sent_at).total_seconds()
    context: dict[str, Any] = {
        "breadcrumbs_items": crumbs(("", run.file_name)),
        "header_icon": "upload",
        "header_title": run.file_name,
        "run": run,
        "kind": kind,
        "told": told,
        "faults": faults_in_the_form(told.faults[:FAULTS_SHOWN]),
        "notes": notes[:NOTES_SHOWN],
        "more_notes": notes[NOTES_SHOWN:],
        "more_faults": max(0, len(told.faults) - FAULTS_SHOWN),
        "sentence": describe_tally(told.tally, told.counted),
        "writes": told.tally.written,
        "table": entry_table(told, request.GET.get("show", ""), request.GET.get("p", "1")),
        "places": list(kind.places()) if run.state == State.DONE else [],
        "seconds": round((timezone.now() - run.state_since).total_seconds()),
    }
    response = render(request, "knowledge/imports/run.html", context)
    if run.is_at_work:
        # Not a tag in the page: a browser that is told so by the head alone keeps the focus longer.
        response.headers["Refresh"] = str(SOON if age < 5 * LATER else LATER)
    return response


@require_POST
def run_confirm(request: HttpRequest, key: UUID) -> HttpResponse:
    run, _kind = own_run(request, key)
    confirm(run)
    return redirect("files:run", run.key)


@require_POST
def run_discard(request: HttpRequest, key: UUID) -> HttpResponse:
    run, kind = own_run(request, key)
    was_done = run.state == State.DONE
    if not discard(run):
        messages.info(request, _("It is being written: that can’t be stopped half-way."))
        return redirect("files:run", run.key)
    if not was_done:
        messages.success(request, _("The file is deleted. Nothing was written."))
    return redirect("files:bring-in", kind.name)


@require_safe
def take_out(request: HttpRequest, kind: str) -> StreamingHttpResponse:
    chosen = kind_for(request, kind)
    if chosen.take_out is None:
        raise Http404
    module = request.GET.get("module", "") if chosen.is_taken_by_module else ""
    if module:
        get_object_or_404(ModulePage, slug=module)
    wished = [request.GET.get("format", "")] if chosen.formats else []
    download = chosen.take_out(module, *wished)
    response = StreamingHttpResponse(download.pieces, content_type=download.content_type)
    response["Content-Disposition"] = content_disposition_header(True, download.name)  # noqa: FBT003  (Django's)
    return response
