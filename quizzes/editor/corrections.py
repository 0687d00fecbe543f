"""The wordings of a question, and the two steps in which a faulty one is put right."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages
from wagtail.log_actions import log

from quizzes.actions import EffectChanged, NothingToCorrect, correct
from quizzes.actions.correcting import PREVIEWED
from quizzes.editor.keys import RekeyForm, VoidForm
from quizzes.models import Correction, Question, QuestionVersion
from quizzes.permissions import may_correct
from quizzes.reports.corrections import can_be_rekeyed, effect_of, is_asked_today, version_uses
from quizzes.reports.remedies import Remedy

FORMS: dict[str, type[VoidForm]] = {"void": VoidForm, "rekey": RekeyForm}


@require_safe
def version_list(request: HttpRequest, pk: int) -> HttpResponse:
    question = question_or_refuse(request, pk)
    title = _("Versions and answers")
    context = {**head(question, title), "uses": version_uses(question)}
    return render(request, "quizzes/corrections/versions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def correct_version(request: HttpRequest, pk: int, number: int, kind: str) -> HttpResponse:
    question = question_or_refuse(request, pk)
    version = version_or_404(question, number, kind)
    is_sent = request.method == "POST"
    form = FORMS[kind](request.POST if is_sent else None, asked=version.asked)
    if not (is_sent and form.is_valid()) or "edit" in request.POST:
        return shown(request, version, form, kind)
    if "seen" in request.POST and carried_out(request, version, form, kind):
        return redirect("corrections:versions", question.pk)
    return previewed(request, version, form, kind)


def question_or_refuse(request: HttpRequest, pk: int) -> Question:
    """Whoever may edit questions; others are told so, as everywhere in the editor."""
    if not may_correct(request.user):
        raise PermissionDenied
    return get_object_or_404(Question.objects.written().select_related("module"), pk=pk)


def version_or_404(question: Question, number: int, kind: str) -> QuestionVersion:
    versions = QuestionVersion.objects.filter(question=question)
    version: QuestionVersion = get_object_or_404(
        versions.select_related("question__module"), number=number
    )
    if kind == Correction.Kind.REKEY and not can_be_rekeyed(version.asked):
        raise Http404
    return version


def shown(
    request: HttpRequest, version: QuestionVersion, form: VoidForm, kind: str
) -> HttpResponse:
    context = {**page_of(version, kind), "form": form}
    return render(request, "quizzes/corrections/form.html", context)


def previewed(
    request: HttpRequest, version: QuestionVersion, form: VoidForm, kind: str
) -> HttpResponse:
    remedy = Remedy(version, kind, form.cleaned_data["keeps_dates"], timezone.now(), form.new_words)
    # Whose date would move tells something of her answers, so every look is on record.
    log(
        instance=version.question,
        action=PREVIEWED,
        user=request.user,
        data={"kind": kind, "reason": form.cleaned_data["reason"], "new_words": form.new_words},
    )
    sent = [(name, value) for name in form.fields for value in request.POST.getlist(name)]
    context = {
        **page_of(version, kind),
        "effect": effect_of(remedy),
        "asked": remedy.asked,
        "said": form.cleaned_data,
        "sent": sent,
    }
    return render(request, "quizzes/corrections/preview.html", context)


def carried_out(request: HttpRequest, version: QuestionVersion, form: VoidForm, kind: str) -> bool:
    """Does what was shown; where that is no longer what would happen, says so instead."""
    if not isinstance(request.user, AbstractBaseUser):
        raise PermissionDenied
    try:
        correction = correct(
            version=version,
            kind=kind,
            new_words=form.new_words,
            reason=form.cleaned_data["reason"],
            keeps_dates=form.cleaned_data["keeps_dates"],
            by=request.user,
            at=timezone.now(),
            seen=request.POST["seen"],
        )
    except EffectChanged:
        messages.warning(request, _("Somebody answered meanwhile. Look at what would happen now."))
        return False
    except NothingToCorrect:
        messages.warning(request, _("Nothing would change: no answer counts differently by it."))
        return False
    messages.success(request, done_words(correction))
    return True


def done_words(correction: Correction) -> str:
    told = correction.notices.count()
    words = ngettext(
        "Done. %(told)s person is told, on Today and by mail.",
        "Done. %(told)s people are told, on Today and by mail.",
        told,
    )
    return words % {"told": told}


def page_of(version: QuestionVersion, kind: str) -> dict[str, Any]:
    titles = {"void": _("Take it out of the sittings"), "rekey": _("Mark it by another key")}
    question = version.question
    return {
        **head(question, titles[kind]),
        "version": version,
        "kind": kind,
        "is_asked_today": is_asked_today(version, question),
        "list_url": reverse("corrections:versions", args=[question.pk]),
    }


def head(question: Question, title: str) -> dict[str, Any]:
    edit_url = reverse("wagtailsnippets_quizzes_question:edit", args=[question.pk])
    return {
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {
                "url": reverse("wagtailsnippets_quizzes_question:list"),
                "label": _("Questions"),
            },
            {"url": edit_url, "label": question.name},
            {"url": "", "label": title},
        ],
        "header_icon": "help",
        "header_title": title,
        "question": question,
        "edit_url": edit_url,
    }
