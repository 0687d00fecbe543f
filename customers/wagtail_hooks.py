"""What the editor shows of measures, and which files of this room it brings in."""

from wagtail import hooks

from customers.files import CHANGES, MEASURES, READINGS
from customers.viewsets.measures import MeasureViewSet
from knowledge.importers.registry import register_file_kind

for kind in (MEASURES, READINGS, CHANGES):
    register_file_kind(kind)


@hooks.register("register_admin_viewset")
def register_measures() -> MeasureViewSet:
    return MeasureViewSet()
