"""What knowledge adds to Wagtail's editor besides its pages."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from knowledge.importers.registry import file_kinds
from knowledge.viewsets import files

__all__ = ["FilesViewSet"]


class FilesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(file_kinds(request.user))


class FilesViewSet(ViewSet):
    """Brings in content, questions, people; takes them out."""

    icon = "upload"
    menu_label = _("Bring in files")
    menu_name = "files"
    menu_order = 120
    add_to_admin_menu = True
    menu_item_class: Any = FilesMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", files.index, name="index"),
            path("bring-in/<slug:kind>/", files.bring_in, name="bring-in"),
            path("take-out/<slug:kind>/", files.take_out, name="take-out"),
            path("<uuid:key>/", files.run_page, name="run"),
            path("<uuid:key>/confirm/", files.run_confirm, name="run-confirm"),
            path("<uuid:key>/discard/", files.run_discard, name="run-discard"),
        ]
