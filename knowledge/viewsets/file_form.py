from dataclasses import fields
from pathlib import Path
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knowledge.importers.encodings import LABELS
from knowledge.importers.registry import FileKind, Wishes
from knowledge.importers.signatures import LONGEST, Signature, signature_of
from knowledge.models import BriefPage, KnowledgePage, ModulePage

ARCHIVE = ".zip"
WORKBOOK = ".xlsx"
MEGABYTE = 1_000_000
WISHES = tuple(field.name for field in fields(Wishes))


def size_in_words(most_bytes: int) -> str:
    """As people count, in thousands; no more than is allowed."""
    return _("%(count)s MB") % {"count": most_bytes // MEGABYTE}


class BringInForm(forms.Form):
    """One file of one kind, and what is wished besides."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "missing": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("This file is empty. Choose another."),
        },
    )
    module = forms.ModelChoiceField(
        queryset=ModulePage.objects.in_source_language().order_by("title"),
        label=gettext_lazy("Module"),
        required=False,
        to_field_name="slug",
        empty_label=gettext_lazy("As the file says"),
    )
    brief = forms.ModelChoiceField(
        queryset=BriefPage.objects.in_source_language().order_by("title"),
        label=gettext_lazy("Brief"),
        required=False,
        to_field_name="slug",
        empty_label=gettext_lazy("As the file says"),
    )
    encoding = forms.ChoiceField(
        label=gettext_lazy("Code page"),
        required=False,
        choices=[("", gettext_lazy("As it seems")), *LABELS.items()],
    )
    skip_unsupported = forms.BooleanField(
        label=gettext_lazy("Leave out what can’t be taken, and bring in the rest"), required=False
    )
    is_everybody = forms.BooleanField(
        label=gettext_lazy("This file is everybody: who isn’t in it has left"), required=False
    )
    leavers = forms.IntegerField(
        label=gettext_lazy("So many leave"), required=False, min_value=0, max_value=10_000_000
    )
    invites = forms.BooleanField(label=gettext_lazy("Invite new people by mail"), required=False)

    def __init__(self, *args: Any, kind: FileKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        file = self.fields["file"]
        file.widget.attrs["accept"] = ",".join(kind.suffixes)
        file.help_text = _("%(suffixes)s, up to %(size)s.") % {
            "suffixes": self.suffixes,
            "size": size_in_words(kind.most_bytes),
        }
        for name in WISHES:
            if name in kind.asks:
                self.fields[name].help_text = kind.asks[name]
            else:
                del self.fields[name]

    @property
    def suffixes(self) -> str:
        return _(" or ").join(self.kind.suffixes)

    @property
    def wishes(self) -> Wishes:
        wished = {name: self.cleaned_data[name] for name in WISHES if name in self.fields}
        slugs = {
            name: value.slug if isinstance(value, KnowledgePage) else value
            for name, value in wished.items()
        }
        return Wishes(**{name: value for name, value in slugs.items() if value is not None})

    def clean_file(self) -> "UploadedFile[bytes]":
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        suffix = Path(file.name or "").suffix.lower()
        if suffix not in self.kind.suffixes:
            raise ValidationError(
                _("Choose a file that ends in %(suffixes)s."), params={"suffixes": self.suffixes}
            )
        if (file.size or 0) > self.kind.most_bytes:
            raise ValidationError(
                _("This file is larger than %(size)s. Split it into smaller ones."),
                params={"size": size_in_words(self.kind.most_bytes)},
            )
        self._check_content(file, suffix)
        return file

    def _check_content(self, file: "UploadedFile[bytes]", suffix: str) -> None:
        found = signature_of(file.read(LONGEST))
        file.seek(0)
        if suffix == ARCHIVE and found is not Signature.ZIP:
            raise ValidationError(_("This is no ZIP archive, though its name says so."))
        if suffix == WORKBOOK and found is not Signature.ZIP:
            raise ValidationError(_("This is no workbook, though its name says so."))
        if suffix not in {ARCHIVE, WORKBOOK} and found is not None:
            raise ValidationError(
                _("This is %(found)s, not a text. Save it as text and choose that."),
                params={"found": found.value},
            )
