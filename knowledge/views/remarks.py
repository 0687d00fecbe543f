from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from knowledge.actions import AlreadyRepliedError, TooManyRemarksError, make_remark
from knowledge.forms import RemarkForm, ReplyForm
from knowledge.keys import key_in
from knowledge.models import BriefPage, Change, Fact, LessonPage, Remark
from knowledge.models.languages import worded_children
from knowledge.permissions import answerer_of, may_reply, may_share_reply
from knowledge.reports import (
    Passage,
    brief_address,
    lesson_address,
    passage_of,
    remarks_to_answer,
    today,
)
from knowledge.views.pages import lesson_at, page_at
from knowledge.views.reaching import colleague

Kind = Remark.Kind

ABOUT_WORDS = tuple(kind for kind in Kind if kind not in Remark.ABOUT_A_CHANGE)
ABOUT_A_CHANGE = (Kind.MATERIAL, Kind.NOT_MATERIAL)


@require_http_methods(["GET", "HEAD", "POST"])
def brief_ask(request: HttpRequest, brief: str) -> HttpResponse:
    page = page_at(BriefPage, f"briefs/{brief}/", "owner", worded_children("facts", Fact))
    if not isinstance(page, BriefPage):
        raise Http404
    version = request.GET.get("change", "")
    if not version:
        return asked_of(request, page)
    return asked_of(request, page, get_object_or_404(Change, brief=page, version=key_in(version)))


@require_http_methods(["GET", "HEAD", "POST"])
def lesson_ask(request: HttpRequest, module: str, lesson: str) -> HttpResponse:
    page = lesson_at(module, lesson)
    if page is None:
        raise Http404
    return asked_of(request, page)


def asked_of(
    request: HttpRequest, page: BriefPage | LessonPage, change: Change | None = None
) -> HttpResponse:
    person = colleague(request)
    passage = Passage() if change else passage_of(page, request.GET.get("about", ""))
    form = RemarkForm(
        request.POST or None,
        kinds=ABOUT_A_CHANGE if change else ABOUT_WORDS,
        initial={"kind": request.GET.get("kind")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            remark = make_remark(
                person=person,
                page=page,
                passage=passage,
                change=change,
                at=timezone.now(),
                **form.cleaned_data,
            )
        except TooManyRemarksError:
            form.add_error(None, _("That’s a lot for one day. Say the rest tomorrow."))
        else:
            messages.success(request, thanks_for(remark, page))
            return redirect(address_of(page, passage))
    context = {
        "page": page,
        "passage": passage,
        "change": change,
        "form": form,
        "back": address_of(page, passage),
    }
    return render(request, "knowledge/ask.html", context)


def address_of(page: BriefPage | LessonPage, passage: Passage) -> str:
    if isinstance(page, LessonPage):
        return lesson_address(page)
    return f"{brief_address(page)}#{passage.fact_key}" if passage.fact_key else brief_address(page)


def thanks_for(remark: Remark, page: BriefPage | LessonPage) -> str:
    # Translators: Django's date format codes for "Friday 4 December".
    day = date_format(remark.due_on, _("l j\u00a0F"))
    owner = answerer_of(page, on=timezone.localdate(remark.at))
    if owner is None or owner.pk == remark.person_id:
        return _("Thank you. You have a reply by %(day)s.") % {"day": day}
    return _("Thank you. %(owner)s replies by %(day)s.") % {"owner": owner, "day": day}


@require_safe
def remark_index(request: HttpRequest) -> HttpResponse:
    """What waits for a reply from whoever asks; not every owner is an editor."""
    waiting = remarks_to_answer(colleague(request), today()).select_related("page", "person")
    return render(request, "knowledge/remark_index.html", {"remarks": waiting.order_by("due_on")})


@require_http_methods(["GET", "HEAD", "POST"])
def remark_reply(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Remark.objects.select_related("page", "person", "change")
    remark = get_object_or_404(rows, pk=pk)
    person, page = colleague(request), remark.page.specific
    if not may_reply(person, page, today()):
        raise Http404
    may_share = remark.is_shareable and may_share_reply(person, page)
    form = ReplyForm(request.POST or None, words=remark.words, may_share=may_share)
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, form.send(remark=remark, by=person, at=timezone.now()))
        except AlreadyRepliedError:
            messages.info(request, _("Somebody has replied already."))
        return redirect("knowledge:remark-index")
    return render(request, "knowledge/remark_reply.html", {"remark": remark, "form": form})
