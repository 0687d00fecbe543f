"""What somebody can't do of a promise, and what is said to it."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django import forms
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from departments.actions.flags import raise_flag, reopen_flag, reply_to_flag
from departments.models import Flag, FlagReply
from knowledge.models import PromisePage

Kind = FlagReply.Kind

SENT_WORDS = {
    Kind.REMARK: _("Thank you. Everybody can read it."),
    Kind.ANSWER: _("Your answer is sent. Thank you."),
    Kind.REOPENED: _("Thank you for saying so. The flag is open again."),
}


def words_field(model: type[Flag | FlagReply], label: Any, missing: Any) -> forms.CharField:
    column: Any = model._meta.get_field("text")  # noqa: SLF001  (Django's own name)
    return forms.CharField(
        label=label,
        max_length=column.max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": missing},
    )


class FlagForm(forms.Form):
    """Raises a flag, with or without a name."""

    NAMED, UNNAMED = "named", "unnamed"

    text = words_field(Flag, _("I can’t do this because"), _("Say what keeps you from it"))
    name = forms.ChoiceField(
        label=_("Your name"),
        choices=[(NAMED, _("With my name")), (UNNAMED, _("Without my name"))],
        initial=NAMED,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether your name stands there")},
    )
    tells_department = forms.BooleanField(
        label=_("Say which department it comes from"),
        required=False,
        initial=True,
        help_text=_("Without a name, a department of fewer than five people is left out."),
    )

    @property
    def is_named(self) -> bool:
        return bool(self.cleaned_data["name"] == self.NAMED)

    def send(self, *, promise: PromisePage, by: AbstractBaseUser, at: datetime) -> Flag:
        return raise_flag(
            promise=promise,
            text=self.cleaned_data["text"],
            by=by,
            at=at,
            is_named=self.is_named,
            tells_department=self.cleaned_data["tells_department"],
        )


class FlagReplyForm(forms.Form):
    """What is said to a flag; the button says what it is."""

    text = words_field(FlagReply, _("Your reply"), _("Write a sentence or two"))

    def __init__(self, *args: Any, kinds: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = kinds

    @property
    def kind(self) -> str:
        return str(self.data.get("kind", Kind.REMARK))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.kind not in self.kinds:
            raise ValidationError(
                _("That can’t be done now: see what was said meanwhile. You can add a remark.")
            )
        return cleaned

    def send(self, *, flag: Flag, by: AbstractBaseUser, at: datetime) -> str:
        said: dict[str, Any] = {"flag": flag, "text": self.cleaned_data["text"], "by": by, "at": at}
        if self.kind == Kind.REOPENED:
            reopen_flag(**said)
        else:
            reply_to_flag(**said, is_answer=self.kind == Kind.ANSWER)
        return str(SENT_WORDS[Kind(self.kind)])
