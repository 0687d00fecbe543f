from strategy.importers.campaigns import import_campaigns

__all__ = ["import_campaigns"]
