from django.utils.translation import gettext_lazy as _

from knowledge.models import PromisePage
from knowledge.models.editing import KeyedPanel

CHAIN_PANEL = KeyedPanel(
    "links",
    heading=_("The thread"),
    label=_("Link"),
    help_text=_(
        "Who has to do something for this to come true? From the first department to the one "
        "that stands before the customer."
    ),
)


def add_chain_panel() -> None:
    """A promise is edited together with its chain, of which knowledge knows nothing."""
    panels = PromisePage.content_panels
    if CHAIN_PANEL not in panels:
        after_claims = next(
            place for place, panel in enumerate(panels, start=1) if isinstance(panel, KeyedPanel)
        )
        panels.insert(after_claims, CHAIN_PANEL)
