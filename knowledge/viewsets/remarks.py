"""What colleagues ask and flag: the owners' queue, and the page on which it is answered."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.models import Page

from knowledge.actions import AlreadyRepliedError
from knowledge.forms import ReplyForm
from knowledge.models import Remark
from knowledge.permissions import may_reply, may_share_reply
from knowledge.reports import remarks_for
from knowledge.viewsets.remark_list import RemarkIndexView, has_remarks


@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    remark = remark_to_answer(request, pk)
    page: Any = remark.page.specific
    form = ReplyForm(
        request.POST or None,
        words=remark.words,
        may_share=remark.is_shareable and may_share_reply(request.user, page),
    )
    if request.method == "POST" and form.is_valid():
        send(request, remark, form)
        return redirect("remarks:index")
    title = _("Reply")
    context = {
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("remarks:index"), "label": RemarkIndexView.page_title},
            {"url": "", "label": title},
        ],
        "header_icon": "comment",
        "header_title": title,
        "remark": remark,
        "form": form,
        "edit_url": edit_url(request, page),
    }
    return render(request, "knowledge/remarks/reply.html", context)


def remark_to_answer(request: HttpRequest, pk: int) -> Remark:
    """Only whoever may answer learns that it is there."""
    rows = Remark.objects.select_related("page", "person", "change", "replied_by")
    remark: Remark = get_object_or_404(rows, pk=pk)
    if not may_reply(request.user, remark.page.specific, timezone.localdate()):
        raise Http404
    return remark


def send(request: HttpRequest, remark: Remark, form: ReplyForm) -> None:
    if not isinstance(request.user, AbstractBaseUser):
        raise Http404
    try:
        messages.success(request, form.send(remark=remark, by=request.user, at=timezone.now()))
    except AlreadyRepliedError:
        messages.info(request, _("Somebody has replied already."))


def edit_url(request: HttpRequest, page: Page) -> str:
    may = page.permissions_for_user(request.user)
    return reverse("wagtailadmin_pages:edit", args=[page.pk]) if may.can_edit() else ""


class RemarksMenuItem(MenuItem):
    """Says how many wait."""

    def is_shown(self, request: HttpRequest) -> bool:
        return has_remarks(request.user)

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        waiting = remarks_for(request.user, timezone.localdate()).open().count()
        label = f"{self.label} ({waiting})" if waiting else str(self.label)
        return LinkMenuItem(
            self.name,
            label,
            self.url,
            icon_name=self.icon_name,
            classname=self.classname,
            attrs=self.attrs,
        )


class RemarksViewSet(ViewSet):
    """The owners' queue."""

    icon = "comment"
    menu_label = gettext_lazy("Remarks")
    menu_name = "remarks"
    menu_order = 115
    add_to_admin_menu = True
    menu_item_class: Any = RemarksMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        names = {"index_url_name": "remarks:index", "index_results_url_name": "remarks:results"}
        return [
            path("", RemarkIndexView.as_view(**names), name="index"),
            path("results/", RemarkIndexView.as_view(**names, results_only=True), name="results"),
            path("<int:pk>/", reply, name="reply"),
        ]
