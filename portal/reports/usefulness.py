from django.utils.translation import gettext as _

from knowledge.models import ModulePage
from quizzes.reports import helped


def usefulness_words(module: ModulePage) -> str:
    """“Helped with a customer: 6 of 9, 2 not yet”, or why there is nothing to say; one query."""
    found = helped(module)
    if found is None:
        return _("Helped with a customer: not enough answers to show")
    return _("Helped with a customer: %(yes)s of %(answers)s, %(not_yet)s not yet") % {
        "yes": found.yes,
        "answers": found.answers,
        "not_yet": found.not_yet,
    }
