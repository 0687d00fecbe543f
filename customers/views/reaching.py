"""Which promise, measure or change a page is about: what may not be seen isn't there."""

from django.http import Http404

from knowledge.models import Claim, PromisePage
from knowledge.models.languages import worded_children
from knowledge.views.pages import page_at


def open_promise(slug: str) -> PromisePage:
    """A promise that every colleague may read, in the reader's words."""
    parts = worded_children("claims", Claim)
    page = page_at(PromisePage, f"promises/{slug}/", "owner", "carer", parts)
    if not isinstance(page, PromisePage):
        raise Http404
    return page
