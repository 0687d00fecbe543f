"""The gate beside the editor's form."""

from typing import Any

from django.utils.translation import gettext_lazy
from wagtail.admin.ui.side_panels import BaseSidePanel

from quizzes.days import organisation_today
from strategy.gate import GateCheck, Status
from strategy.models.completeness import gaps_in
from strategy.reports.gates import Gates
from strategy.reports.plans import plan_of
from strategy.reports.upcoming import reason_of
from strategy.wording import CHECK_WORDS, STATUS_WORDS, answer_words

ICONS = {Status.MET: "circle-check", Status.NOT_MET: "circle-xmark", Status.CANT_SAY: "help"}


class GateSidePanel(BaseSidePanel):
    """What the gate says of the last saved draft, check by check."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = gettext_lazy("Toggle the launch gate")
        icon_name = "calendar-check"
        has_counter = False

    name = "gate"
    title = gettext_lazy("Launch gate")
    template_name = "strategy/panels/gate.html"
    order = 150

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        plan = plan_of(self.object)
        gate = Gates([plan], on=organisation_today()).of(plan)
        return {
            **context,
            "campaign": self.object,
            "gaps": gaps_in(self.object),
            "day": gate.day,
            "answer": answer_words(gate.result),
            "checks": [row_of(check) for check in gate.checks],
        }


def row_of(check: GateCheck) -> dict[str, Any]:
    return {
        "name": CHECK_WORDS[check.name],
        "status": STATUS_WORDS[check.status],
        "icon": ICONS[check.status],
        "is_overridden": check.is_overridden,
        "reason": "" if check.is_met else reason_of(check),
    }
