"""What the editor shows of who is asked what, and what its site history says of requirements."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter

from departments.files import CHAINS, PEOPLE
from departments.viewsets import ChangesViewSet
from departments.viewsets.misconceptions import MisconceptionsViewSet
from departments.viewsets.pulses import PulseViewSet
from knowledge.importers.registry import register_file_kind

register_file_kind(PEOPLE)
register_file_kind(CHAINS)


@hooks.register("register_admin_viewset")
def register_changes() -> ChangesViewSet:
    return ChangesViewSet("changes")


@hooks.register("register_admin_viewset")
def register_misconceptions() -> MisconceptionsViewSet:
    return MisconceptionsViewSet("misconceptions")


@hooks.register("register_admin_viewset")
def register_pulses() -> PulseViewSet:
    return PulseViewSet()


class TermsFormatter(LogFormatter):
    """Tells the terms before and after, as far as there were any."""

    def format_message(self, log_entry: Any) -> str:
        told = [
            terms_in_words(terms)
            for terms in (log_entry.data.get("before"), log_entry.data.get("after"))
            if terms
        ]
        return f"{self.label}: {' → '.join(told)}"


def terms_in_words(terms: dict[str, Any]) -> str:
    days = _("%(days)s days for joiners") % {"days": terms["joiner_days"]}
    told = [days]
    if terms["due_on"]:
        told = [_("by %(day)s, %(days)s") % {"day": terms["due_on"], "days": days}]
    told += [*terms.get("levels", ()), *terms.get("titles", ())]
    if terms.get("starts_on"):
        told.append(_("from %(day)s") % {"day": terms["starts_on"]})
    return ", ".join(told)


@hooks.register("register_log_actions")
def register_requirement_actions(actions: LogActionRegistry) -> None:
    @actions.register_action("departments.require_module")
    class Required(TermsFormatter):
        label = gettext_lazy("Module required")

    @actions.register_action("departments.change_requirement")
    class Changed(TermsFormatter):
        label = gettext_lazy("Requirement changed")

    @actions.register_action("departments.drop_requirement")
    class Dropped(TermsFormatter):
        label = gettext_lazy("Requirement removed")
