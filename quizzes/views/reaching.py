"""What every screen of a sitting begins with: who asks, for which module, and where it goes on."""

from django.contrib.auth.models import AbstractBaseUser
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from knowledge.models import ModulePage
from quizzes.reports import (
    Sitting,
    newest_sitting,
)


def colleague(request: HttpRequest) -> AbstractBaseUser:
    if not request.user.is_authenticated:
        raise Http404
    return request.user


def module_or_404(slug: str) -> ModulePage:
    module: ModulePage = get_object_or_404(
        ModulePage.objects.open_to_colleagues().select_related("brief").in_readers_words(),
        slug=slug,
    )
    return module


def sitting_or_404(
    request: HttpRequest, module: str, kind: str, *, is_finished: bool = False
) -> Sitting:
    sitting = newest_sitting(colleague(request), module, kind, is_finished=is_finished)
    if sitting is None:
        raise Http404
    return sitting


def address_of(sitting: Sitting, position: int | None) -> str:
    """Where a sitting goes on: at a question, or at its result."""
    kind, module = sitting.attempt.kind, sitting.attempt.module.slug
    if position is None or sitting.attempt.finished_at is not None:
        return reverse(f"quizzes:{kind}-result", args=[module])
    return reverse(f"quizzes:{kind}-question", args=[module, position])
