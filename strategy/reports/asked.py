"""Which departments a launch waits for, and which of them weren't asked lately."""

from datetime import datetime, timedelta

from departments.chains import Lack
from departments.models import Department
from departments.reports.threads import LinkState
from strategy.models import GateAsk
from strategy.reports.gates import CampaignGate

# Nobody is asked for the same launch twice in a week.
QUIET = timedelta(days=7)


def departments_to_ask(gate: CampaignGate, *, at: datetime) -> list[Department]:
    """One query where any is waited for."""
    waited = [] if gate.plan.is_live else departments_waited_for(gate)
    if not waited:
        return []
    recent = GateAsk.objects.filter(
        campaign=gate.plan.pk, launches_on=gate.plan.launches_on, asked_at__gt=at - QUIET
    )
    asked = set(recent.values_list("department", flat=True))
    return [department for department in waited if department.pk not in asked]


def departments_waited_for(gate: CampaignGate) -> list[Department]:
    """Those that can do something about it, in the order of the threads, each once."""
    links = (link for facts in gate.promises for link in facts.thread.links)
    waited = {link.department_id: link.department for link in links if can_do_something(link)}
    return list(waited.values())


def can_do_something(link: LinkState) -> bool:
    """Nobody can get ready for a version that won't be out by then."""
    return not link.is_met and set(link.lacks) != {Lack.NOT_OUT}
