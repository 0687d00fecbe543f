"""A file opens no door that is closed to editors: what people would have to check stays a draft."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knowledge.importers.content.filling import content_of
from knowledge.importers.reporting import Outcome
from knowledge.models import BriefPage
from knowledge.publishing import obstacles_to
from knowledge.reports import drafted_change


def is_held_back(page: BriefPage, outcome: Outcome) -> bool:
    """Whether a live brief, filled from its file, may not go out as it is."""
    return outcome is Outcome.CHANGED and page.live and bool(obstacles_to(page))


def is_drafted_already(page: BriefPage, addresses: Mapping[str, str]) -> bool:
    """Whether its newest draft says all that the file says: brought in twice is once."""
    if not page.has_unpublished_changes:
        return False
    draft = page.get_latest_revision_as_object()
    return content_of(draft, addresses) == content_of(page, addresses)


def why_held(page: BriefPage) -> str:
    """Counts the facts that somebody may have proved and that mean something else now."""
    count = sum(not change.is_new for change in drafted_change(page).changes)
    words = ngettext(
        "Saved as a draft: it changes %(count)d fact that colleagues have proved.",
        "Saved as a draft: it changes %(count)d facts that colleagues have proved.",
        count,
    )
    return words % {"count": count} + " " + _("Say in the editor what it changes.")
