"""What departments add to Wagtail's editor: what a change of a brief asks of whom."""

from typing import Any

from django.urls import URLPattern, path
from wagtail.admin.viewsets.base import ViewSet

from departments.viewsets import plans

__all__ = ["ChangesViewSet"]


class ChangesViewSet(ViewSet):
    """What the newest draft of a brief changes, how much that matters, and who is asked."""

    icon = "warning"

    def get_urlpatterns(self) -> list[URLPattern]:
        urls: list[Any] = [path("<int:brief_id>/", plans.plan_page, name="plan")]
        return urls
