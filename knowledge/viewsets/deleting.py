"""What lists of the editor have in common when a row of theirs is to be deleted."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from wagtail.admin.views.generic import DeleteView
from wagtail.admin.viewsets.model import ModelViewSet


class KeepingDeleteView(DeleteView):
    """Deletes what nothing holds; else `refusal` says why, and leads elsewhere."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer: HttpResponse = self.refusal() or super().get(request, *args, **kwargs)
        return answer

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer: HttpResponse = self.refusal() or super().post(request, *args, **kwargs)
        return answer

    def refusal(self) -> HttpResponse | None:
        raise NotImplementedError


class WithoutUsage(ModelViewSet):
    """Nothing names such a row: where it is used is no question."""

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        shared: dict[str, Any] = super().get_common_view_kwargs(**kwargs)
        return shared | {"usage_url_name": None}

    def get_urlpatterns(self) -> list[URLPattern]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "usage"]
