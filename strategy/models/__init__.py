from strategy.models.calendars import CalendarFeed
from strategy.models.campaigns import Campaign, CampaignQuerySet
from strategy.models.gates import GateAsk, GateEntry, Override
from strategy.models.tasks import LaunchGateTask

__all__ = [
    "CalendarFeed",
    "Campaign",
    "CampaignQuerySet",
    "GateAsk",
    "GateEntry",
    "LaunchGateTask",
    "Override",
]
