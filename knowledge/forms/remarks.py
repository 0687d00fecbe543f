"""What a reader may say of a page, and what she is replied."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext_lazy as _

from knowledge.actions import Shared, reply_to_remark
from knowledge.models import Remark

MOST_REMARK_LETTERS = 1000
MOST_QUESTION_LETTERS = 200


class RemarkForm(forms.Form):
    """What a colleague asks, or what she says isn't right."""

    kind = forms.ChoiceField(
        label=_("What about it?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is about")},
    )
    words = forms.CharField(
        label=_("In your words"),
        max_length=MOST_REMARK_LETTERS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, kinds: Iterable[Remark.Kind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.choices = [(choice.value, choice.label) for choice in kinds]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("kind") == Remark.Kind.QUESTION and not cleaned.get("words"):
            self.add_error("words", _("Write your question"))
        return cleaned


SHARED_WORDS = {
    Shared.NOT: _("Your reply is sent."),
    Shared.PUBLISHED: _("Your reply is sent, and everybody reads it in the brief."),
    Shared.DRAFTED: _(
        "Your reply is sent. The brief has other changes that wait: question and answer are in "
        "its draft, and go out with them."
    ),
}


class ReplyForm(forms.Form):
    """What becomes of a remark, and what its colleague is told."""

    outcome = forms.ChoiceField(
        label=_("What became of it"),
        choices=Remark.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what became of it")},
    )
    reply = forms.CharField(
        label=_("Your reply"),
        max_length=MOST_REMARK_LETTERS,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Only the colleague who asked reads it, unless you share it."),
        error_messages={"required": _("Write a sentence or two")},
    )
    is_shared = forms.BooleanField(
        label=_("Share as question and answer"),
        required=False,
        help_text=_("Everybody reads both in the brief, without a name."),
    )
    question = forms.CharField(
        label=_("The question, as everybody reads it"),
        max_length=MOST_QUESTION_LETTERS,
        required=False,
        help_text=_("Only needed where you share it."),
    )

    def __init__(self, *args: Any, words: str, may_share: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["question"].initial = words[:MOST_QUESTION_LETTERS]
        if not may_share:
            del self.fields["is_shared"], self.fields["question"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("is_shared") and not cleaned.get("question"):
            self.add_error("question", _("Write the question that everybody reads"))
        return cleaned

    def send(self, *, remark: Remark, by: AbstractBaseUser, at: datetime) -> str:
        """Says what became of the reply. Raises `AlreadyRepliedError`."""
        given = self.cleaned_data
        shared = reply_to_remark(
            remark=remark,
            by=by,
            outcome=given["outcome"],
            reply=given["reply"],
            question=given["question"] if given.get("is_shared") else "",
            at=at,
        )
        return str(SHARED_WORDS[shared])
