"""Whether somebody gets digests: by her own page, or by the link in each of them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from portal.actions.stopping import choose_digests, reader_of
from portal.views.pages import colleague


@require_POST
def mail_choice(request: HttpRequest) -> HttpResponse:
    wanted = request.POST.get("wanted") == "yes"
    choose_digests(person=colleague(request), wanted=wanted)
    told = _("We’ll mail you what is due.") if wanted else _("No more mails about what is due.")
    messages.success(request, told)
    return redirect("portal:me")


# A mail program presses the button for its reader (RFC 8058): without a cookie, so without a form
# of ours. Whoever has the link may do nothing else with it.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def mail_stop(request: HttpRequest, token: str) -> HttpResponse:
    """Asks before it does anything: programs follow links to look for harm."""
    person = reader_of(token)
    if person is None:
        raise Http404
    if request.method == "POST":
        choose_digests(person=person, wanted=False)
    return render(request, "portal/mail_stop.html", {"is_done": request.method == "POST"})
