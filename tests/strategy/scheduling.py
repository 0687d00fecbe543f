"""What stands on the calendar, for tests: one thing of each kind, each on its own day."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from customers.models import ProcessChange
from departments.models import Department, Pulse
from knowledge.models import BriefPage, ModulePage
from strategy.models import Campaign
from tests.changing import planned, published_brief, redrafted
from tests.conftest import NOW
from tests.departments.pulses import pulse_about
from tests.factories import (
    A_DAY,
    TODAY,
    CampaignFactory,
    DepartmentFactory,
    MembershipFactory,
    ModuleFactory,
    ProcessChangeFactory,
    StandingFactory,
)

LONDON = ZoneInfo("Europe/London")
# Tuesday 1 December, and the days after it.
DECEMBER = date(2026, 12, 1)


def campaign_on(day: date, title: str = "No quibble") -> Campaign:
    campaign: Campaign = CampaignFactory(title=title, launches_on=day)
    return campaign


def schedule(campaign: Campaign, day: date) -> None:
    """As it stands once its gate has let it through: it goes out in the morning of that day."""
    moment = datetime(day.year, day.month, day.day, 8, tzinfo=LONDON)
    campaign.revisions.update(approved_go_live_at=moment)


def version_scheduled(day: date, *, grace_days: int = 7) -> BriefPage:
    """A brief's second version, from midnight on."""
    brief = published_brief(NOW - 30 * A_DAY, day="Refunds take three days.")
    draft = redrafted(brief, {"day": "Refunds take five days."})
    planned(draft, at=NOW, grace_days=grace_days)
    moment = datetime(day.year, day.month, day.day, tzinfo=LONDON)
    brief.revisions.filter(pk=draft.latest_revision.pk).update(approved_go_live_at=moment)
    return brief


def process_change(day: date) -> ProcessChange:
    department = Department.objects.filter(name="Finance").first()
    change: ProcessChange = ProcessChangeFactory(
        reference=f"PC-{ProcessChange.objects.count() + 17:03}",
        title="Daily refund run",
        happens_on=day,
        department=department or DepartmentFactory(name="Finance"),
    )
    return change


def dates_ending(
    day: date, people: int = 9, module: ModulePage | None = None, title: str = "Our five promises"
) -> ModulePage:
    """So many people in one department, whose dates for one module end on that day."""
    module = module or ModuleFactory(title=title)
    team = DepartmentFactory()
    for membership in MembershipFactory.create_batch(people, department=team):
        StandingFactory(
            person=membership.person,
            module=module,
            passed_on=TODAY - 20 * A_DAY,
            practice_from=TODAY - A_DAY,
            ready_until=day,
            version=1,
        )
    return module


def pulse_in(month: date) -> Pulse:
    closes_on = month + timedelta(days=25)
    return pulse_about(month=month, opens_on=month + A_DAY, closes_on=closes_on)
