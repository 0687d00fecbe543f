"""“Still true” for the pages that were ticked in a list of the tree."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.models import Page

from knowledge.actions.keeping import verify_pages
from knowledge.ownership import keepers_of
from knowledge.permissions import may_keep
from knowledge.reports import kept_pages_by_key, today


class StillTrueAction(PageBulkAction):
    """In a list of the tree: the pages that were ticked are still true."""

    display_name = gettext_lazy("Still true")
    action_type = "still_true"
    aria_label = gettext_lazy("Say that the selected pages are still true")
    template_name = "knowledge/keeping/confirm_still_true.html"
    action_priority = 60
    form_class = forms.Form

    def check_perm(self, page: Page) -> bool:
        kept = kept_pages_by_key([page.pk]).get(page.pk)
        return kept is not None and may_keep(
            self.request.user, kept, keepers_of([kept], today())[kept.pk].person
        )

    @classmethod
    def execute_action(
        cls, objects: list[Page], user: Any = None, **_kwargs: Any
    ) -> tuple[int, int]:
        pages = kept_pages_by_key([page.pk for page in objects]).values()
        verify_pages(pages=list(pages), by=user, at=timezone.now())
        return len(pages), 0

    def get_success_message(self, num_parent_objects: int, _num_child_objects: int) -> str:
        return noted(num_parent_objects)


def noted(number: int) -> str:
    told = ngettext(
        "Thank you. %(number)s page is noted as true.",
        "Thank you. %(number)s pages are noted as true.",
        number,
    )
    return told % {"number": number}
