from typing import Any

from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from knowledge.uses import FactUse, uses_of


def used_facts_message(uses: list[FactUse]) -> str:
    places = format_html_join(
        "", '<li><a href="{}">{}</a></li>', ((use.url, use.label) for use in uses)
    )
    return format_html(
        "{}<ul>{}</ul>",
        _("A fact that is used can't be deleted. Change these first, then delete it:"),
        places,
    )


class BriefPageForm(WagtailAdminPageForm):
    """Refuses to drop a fact that a lesson or a question still cites."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        dropped = {
            form.instance.key for form in self.formsets["facts"].deleted_forms if form.instance.pk
        }
        if uses := uses_of(dropped):
            raise ValidationError(used_facts_message(uses))
        return cleaned
