from django.http import HttpRequest, HttpResponse
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.viewsets.pages import PageViewSet

from knowledge.keys import key_in
from knowledge.models import BriefPage, ModulePage


class ModuleCreateView(CreateView):
    """A new module; `?brief=12` has chosen its brief already."""

    def get(self, request: HttpRequest) -> HttpResponse:
        asked = key_in(request.GET.get("brief", ""))
        if asked:
            self.page.brief = BriefPage.objects.filter(pk=asked).first()
        answer: HttpResponse = super().get(request)
        return answer


class ModuleViewSet(PageViewSet):
    """How modules are written."""

    model = ModulePage
    add_view_class = ModuleCreateView
