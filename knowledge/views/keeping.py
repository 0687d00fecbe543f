from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from knowledge.actions.keeping import verify_pages
from knowledge.permissions import admits
from knowledge.reports import kept_page, kept_pages_by_key, today


@require_POST
def still_true(request: HttpRequest, pk: int) -> HttpResponse:
    """Notes that a page is true. Whoever may not read it, or keep it, learns nothing of it."""
    page = kept_pages_by_key([pk]).get(pk)
    if page is None or not admits(request, page.get_view_restrictions()):
        raise Http404
    if not request.user.is_authenticated:
        raise Http404
    try:
        verify_pages(pages=[page], by=request.user, at=timezone.now())
    except PermissionDenied:
        raise Http404 from None
    due_on = kept_page(page, on=today()).keeping.due_on
    # Translators: Django's date format codes for "Friday 4 December 2026".
    day = date_format(due_on, _("l j\u00a0F Y")) if due_on else ""
    words = _("Thank you. You’ll be asked again on %(day)s.")
    messages.success(request, words % {"day": day})
    return redirect(page.get_url(request))
