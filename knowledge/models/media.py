from typing import ClassVar

from django.db import models
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class PortalImage(AbstractImage):
    """A picture that colleagues see in a brief or a lesson.

    `description` is read aloud in its place; without one, the picture only adorns.
    """

    admin_form_fields = Image.admin_form_fields

    @property
    def default_alt_text(self) -> str:
        return str(self.description)


class PortalRendition(AbstractRendition):
    """One size of a picture."""

    image = models.ForeignKey(PortalImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("image", "filter_spec", "focal_point_key"),
                name="knowledge_rendition_once",
            )
        ]


class PortalDocument(AbstractDocument):
    """A file that a brief offers for reading."""

    admin_form_fields = Document.admin_form_fields
