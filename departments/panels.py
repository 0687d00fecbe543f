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
    if CHAIN_PANEL not in PromisePage.content_panels:
        PromisePage.content_panels.append(CHAIN_PANEL)
