from strategy.models.calendars import CalendarFeed
from strategy.models.campaigns import Campaign, CampaignQuerySet
from strategy.models.gates import GateAsk, GateEntry, Override

__all__ = [
    "CalendarFeed",
    "Campaign",
    "CampaignQuerySet",
    "GateAsk",
    "GateEntry",
    "Override",
]
