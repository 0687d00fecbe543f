import uuid
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Self

from django import forms
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable


class KeyedChild(Orderable):
    """A part of a page or snippet that others cite by `key`.

    Wagtail gives an inline child a new row when a draft that was written before the child was
    first published is published after it, and when its parent is copied. The key travels in
    every draft; `settle` makes the row follow it.
    """

    key = models.SlugField(
        _("key"),
        max_length=64,
        blank=True,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9-]+$", _("Use small letters, digits and hyphens."))],
    )

    key_panel = FieldPanel("key", widget=forms.HiddenInput)

    class Meta(Orderable.Meta):
        abstract = True

    def clean(self) -> None:
        super().clean()
        self.key = self.key or self.new_key()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = self.key or self.new_key()
        super().save(*args, **kwargs)

    def validate_unique(self, exclude: Collection[str] | None = None) -> None:
        # A draft that shares a key with its own published row is no conflict: `settle` joins them.
        super().validate_unique(exclude={*(exclude or ()), "key"})

    @classmethod
    def new_key(cls) -> str:
        return f"{cls._meta.model_name}-{uuid.uuid4().hex[:12]}"

    @classmethod
    def settle(cls, children: Iterable[Self], rows: Mapping[str, Self]) -> None:
        """Joins each child with the stored row of its key; a foreign key is given up.

        `rows` are the parent's own stored children by key.
        """
        children = list(children)
        own_key = {row.pk: key for key, row in rows.items()}
        foreign = set(
            cls._default_manager.filter(key__in=[child.key for child in children])
            .exclude(pk__in=own_key)
            .values_list("key", flat=True)
        )
        for child in children:
            child.take_identity(rows, own_key, foreign)

    def take_identity(
        self, rows: Mapping[str, Self], own_key: Mapping[Any, str], foreign: Collection[str]
    ) -> None:
        if self.pk in own_key:
            self.key = own_key[self.pk]
        elif self.key in rows:
            self.pk = rows[self.key].pk
        elif not self.key or self.key in foreign:
            self.key = self.new_key()


