"""Requirements from a file, in two steps: what the file would change, then the change.

Between the steps the file travels in the page, signed. Nothing is kept on the server, and the
second step checks everything again.
"""

import tempfile
from base64 import b64decode, b64encode
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import AbstractBaseUser
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from departments.forms import UploadForm
from departments.importers.requirements import import_requirements
from departments.permissions import editable_departments
from knowledge.importers.reporting import ImportRefused, ImportReport, Outcome
from knowledge.views.reaching import colleague
from quizzes.days import organisation_today

SALT = "departments.requirements"
SECONDS_KEPT = 24 * 60 * 60
MOST_SHOWN = 500


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on its way through the two steps."""

    name: str
    content: bytes

    def signed(self) -> str:
        held = {"name": self.name, "content": b64encode(self.content).decode()}
        return signing.dumps(held, salt=SALT, compress=True)

    def run(self, editor: AbstractBaseUser, *, dry_run: bool) -> ImportReport:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / self.name
            path.write_bytes(self.content)
            return import_requirements(path, dry_run=dry_run, editor=editor)


@require_http_methods(["GET", "HEAD", "POST"])
def requirement_import(request: HttpRequest) -> HttpResponse:
    person = editor_or_404(request)
    if "upload" in request.POST:
        return confirmed(request, person)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if not form.is_valid():
        return render(request, "departments/requirement_import.html", {"form": form})
    return preview(request, person, upload_of(form.cleaned_data["file"]))


def editor_or_404(request: HttpRequest) -> AbstractBaseUser:
    person = colleague(request)
    if not editable_departments(person, on=organisation_today()).exists():
        raise Http404
    return person


def upload_of(file: UploadedFile[bytes]) -> Upload:
    # The name is shown in faults; it must not lead out of its folder.
    return Upload(Path(file.name or "").name[:60] or "requirements.csv", file.read())


def confirmed(request: HttpRequest, person: AbstractBaseUser) -> HttpResponse:
    """Writes what was shown; where the portal has changed meanwhile, shows what is so now."""
    try:
        held = signing.loads(request.POST["upload"], salt=SALT, max_age=SECONDS_KEPT)
    except signing.BadSignature:
        messages.info(request, _("This page was open too long. Choose the file once more."))
        return redirect("departments:requirement-import")
    upload = Upload(held["name"], b64decode(held["content"]))
    try:
        seen = fingerprint(upload.run(person, dry_run=True))
        if request.POST.get("seen") != seen:
            return preview(request, person, upload, is_stale=True)
        report = upload.run(person, dry_run=False)
    except ImportRefused:
        return preview(request, person, upload, is_stale=True)
    return told(request, report)


def told(request: HttpRequest, report: ImportReport) -> HttpResponse:
    tally = report.tally
    count = tally.new + tally.changed
    saved = ngettext(
        "Saved. %(count)s requirement is new or changed.",
        "Saved. %(count)s requirements are new or changed.",
        count,
    )
    messages.success(request, saved % {"count": count})
    return redirect("departments:team-index")


def preview(
    request: HttpRequest, person: AbstractBaseUser, upload: Upload, *, is_stale: bool = False
) -> HttpResponse:
    context: dict[str, Any] = {"name": upload.name, "is_stale": is_stale}
    try:
        report = upload.run(person, dry_run=True)
    except ImportRefused as refusal:
        context |= {
            "refusal": refusal,
            "faults": refusal.faults[:MOST_SHOWN],
            "more": max(0, len(refusal.faults) - MOST_SHOWN),
        }
    else:
        changing = [each for each in report.entries if each.outcome is not Outcome.UNCHANGED]
        context |= {
            "report": report,
            "entries": changing[:MOST_SHOWN],
            "more": max(0, len(changing) - MOST_SHOWN),
            "upload": upload.signed(),
            "seen": fingerprint(report),
        }
    return render(request, "departments/requirement_import.html", context)


def fingerprint(report: ImportReport) -> str:
    """Differs where the same file would do something else."""
    return sha256(repr(report.entries).encode()).hexdigest()
