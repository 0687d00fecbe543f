"""How campaigns are written, approved and looked over in the editor."""

from strategy.viewsets.campaigns import CampaignViewSet

__all__ = ["CampaignViewSet"]
