from django.http import HttpRequest, HttpResponse
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.viewsets.pages import PageViewSet

from knowledge.models import BriefPage, ModulePage


class ModuleCreateView(CreateView):
    """A new module; `?brief=12` has chosen its brief already."""

    def get(self, request: HttpRequest) -> HttpResponse:
        asked = request.GET.get("brief", "")
        if asked.isdecimal():
            self.page.brief = BriefPage.objects.filter(pk=int(asked)).first()
        answer: HttpResponse = super().get(request)
        return answer


class ModuleViewSet(PageViewSet):
    """How modules are written."""

    model = ModulePage
    add_view_class = ModuleCreateView
