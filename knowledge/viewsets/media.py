"""What the editor asks of a picture or a document before it is stored, through every door."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from knowledge.importers.content.pictures import MOST_BYTES, picture_problem, problem_of
from knowledge.importers.signatures import LONGEST, Signature, signature_of

# What a document of each kind begins with; the others are plain text.
DOCUMENT_SIGNATURES = {
    "pdf": Signature.PDF,
    **dict.fromkeys(("docx", "xlsx", "pptx", "odt", "ods", "odp"), Signature.ZIP),
}


class PictureField(WagtailImageField):
    """Refuses what was made to harm by its shape, before anything else looks at it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.help_text = _(
            "PNG, JPEG, WebP, GIF that doesn't move, or AVIF; at most %(megabytes)s MB. "
            "2,000 pixels across are enough."
        ) % {"megabytes": MOST_BYTES // 1_000_000}
        self.error_messages["invalid_image_extension"] = _(
            "The portal shows PNG, JPEG, WebP, GIF and AVIF. Save it as one of these. "
            "SVG is refused, because it can carry scripts."
        )
        self.error_messages["file_too_large_unknown_size"] = " ".join(picture_problem("heavy"))

    def to_python(self, data: Any) -> Any:
        problem = problem_of_upload(data) if data else ""
        if problem:
            raise ValidationError(" ".join(picture_problem(problem)), code=problem)
        return super().to_python(data)


class PictureForm(BaseImageForm):
    """Asks what a picture shows, unless it only adorns."""

    is_decorative = forms.BooleanField(
        label=gettext_lazy("It is only decoration"),
        required=False,
        help_text=gettext_lazy(
            "Nobody would miss anything without it. Screen readers then pass over it."
        ),
    )
    field_order = ("title", "file", "description", "is_decorative")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            self.fields["file"] = picture_field(self.fields["file"])
        if "description" not in self.fields:
            del self.fields["is_decorative"]
            return
        description = self.fields["description"]
        description.label = _("What it shows")
        description.help_text = _(
            "Read aloud in place of the picture, for those who can't see it. Say what someone "
            "would miss, such as “The bill, with the refund on its second line”."
        )
        is_stored = self.instance.pk is not None
        self.initial.setdefault("is_decorative", is_stored and not self.instance.description)

    def clean(self) -> Any:
        cleaned = super().clean()
        if "description" in self.cleaned_data:
            problem = description_problem(
                self.cleaned_data["description"], bool(self.cleaned_data.get("is_decorative"))
            )
            if problem:
                self.add_error("description", problem)
        return cleaned

    def save(self, commit: bool = True) -> Any:
        picture = super().save(commit=commit)
        if commit:
            # Wagtail leaves it open where a picture is described after it was sent.
            picture.file.close()
        return picture


class DocumentForm(BaseDocumentForm):
    """Takes a document that is what its name says."""

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile) and not is_as_named(file):
            raise ValidationError(
                _(
                    "The file isn't what its name says. Open it in the program that it was "
                    "written with, and save it again."
                )
            )
        return file


def picture_field(field: forms.FileField) -> PictureField:
    """The same field as Wagtail's, with our checks."""
    return PictureField(
        label=field.label,
        required=field.required,
        widget=field.widget,
        max_length=field.max_length,
    )


def problem_of_upload(upload: "UploadedFile[bytes]") -> str:
    """Reads no more than a picture may hold."""
    problem = problem_of(upload.read(MOST_BYTES + 1))
    upload.seek(0)
    return problem


def description_problem(description: str, is_decorative: bool) -> str:
    if bool(description) != is_decorative:
        return ""
    if is_decorative:
        return _(
            "It can't both show something and be only decoration. Empty this, or take out the tick."
        )
    return _("Say what the picture shows, or tick “It is only decoration”.")


def is_as_named(upload: "UploadedFile[bytes]") -> bool:
    ending = str(upload.name).rpartition(".")[2].lower()
    upload.seek(0)
    start = upload.read(LONGEST)
    upload.seek(0)
    return signature_of(start) is DOCUMENT_SIGNATURES.get(ending)
