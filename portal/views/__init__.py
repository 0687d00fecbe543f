from portal.views.mails import mail_choice, mail_stop
from portal.views.pages import (
    colleague,
    health,
    help_index,
    how_dates_work,
    language_switch,
    logo,
    me,
    media,
    theme_switch,
    today,
    what_others_see,
)
from portal.views.privacy import everything

__all__ = [
    "colleague",
    "everything",
    "health",
    "help_index",
    "how_dates_work",
    "language_switch",
    "logo",
    "mail_choice",
    "mail_stop",
    "me",
    "media",
    "theme_switch",
    "today",
    "what_others_see",
]
