import uuid
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Self

import structlog
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from modelcluster.models import get_all_child_relations
from wagtail.models import Orderable, Page

from knowledge.models.languages import (
    LONGEST_KEY,
    is_translation,
    refuse_lent_words,
    translated_key,
)

logger = structlog.get_logger("portal.knowledge")


class KeyedChild(Orderable):
    """A part of a page or snippet that others cite by `key`.

    Wagtail gives an inline child a new row when a draft that was written before the child was
    first published is published after it, and when its parent is copied. The key travels in
    every draft; `settle` makes the row follow it.
    """

    key = models.SlugField(
        _("key"),
        max_length=LONGEST_KEY,
        blank=True,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9-]+$", _("Use small letters, digits and hyphens."))],
    )

    class Meta(Orderable.Meta):
        abstract = True

    def clean(self) -> None:
        super().clean()
        self.key = self.key or self.new_key()

    def save(self, *args: Any, **kwargs: Any) -> None:
        refuse_lent_words(self)
        self.key = self.key or self.new_key()
        super().save(*args, **kwargs)

    def validate_unique(self, exclude: Collection[str] | None = None) -> None:
        # A draft that shares a key with its own published row is no conflict: `settle` joins them.
        super().validate_unique(exclude={*(exclude or ()), "key"})

    @classmethod
    def cited_among(cls, _keys: Collection[str]) -> set[str]:
        """Those of these keys that something else relies on."""
        return set()

    @classmethod
    def new_key(cls) -> str:
        return f"{cls._meta.model_name}-{uuid.uuid4().hex[:12]}"

    @classmethod
    def settle(
        cls, children: Iterable[Self], rows: Mapping[str, Self], taken: Collection[str] = ()
    ) -> list[Self]:
        """Joins each child with the stored row of its key; a foreign identity is given up.

        `rows` are the parent's own stored children by key, `taken` are keys that belong to
        somebody else although no row holds them yet. A form that was opened before a child was
        first published brings the child twice: the one without a row is what the editor sees.
        """
        newest_last = sorted(children, key=lambda child: child.pk is None)
        own_keys = {row.pk: key for key, row in rows.items()}
        foreign = {*taken, *cls.identities_elsewhere(newest_last, own_keys)}
        for child in newest_last:
            child.take_identity(rows, own_keys, foreign)
        return list({child.key: child for child in newest_last}.values())

    @classmethod
    def identities_elsewhere(
        cls, children: Iterable[Self], own_keys: Mapping[Any, str]
    ) -> set[Any]:
        """The rows and keys of these children that another parent holds."""
        children = list(children)
        held = cls._default_manager.filter(
            models.Q(pk__in=[child.pk for child in children if child.pk])
            | models.Q(key__in=[child.key for child in children])
        ).exclude(pk__in=own_keys)
        return {identity for row in held.values_list("pk", "key") for identity in row}

    def take_identity(
        self, rows: Mapping[str, Self], own_keys: Mapping[Any, str], foreign: Collection[Any]
    ) -> None:
        if self.pk in foreign:
            self.pk: Any = None
        if self.pk in own_keys:
            self.key = own_keys[self.pk]
        elif self.key in rows:
            self.pk = rows[self.key].pk
        elif not self.key or self.key in foreign:
            self.key = self.new_key()


def settle_children(page: Page) -> None:
    """Lets every keyed child of a page keep its identity, whichever door it is saved through.

    Children that rooms above have hung on the page are settled too.
    """
    for relation in get_all_child_relations(page):
        if issubclass(relation.related_model, KeyedChild):
            settle_relation(page, relation)


def settle_relation(page: Page, relation: Any) -> None:
    """A draft may have dropped a child that has been cited since. It stays: an error here would
    stop every other page that is scheduled to go out."""
    model: type[KeyedChild] = relation.related_model
    own = model.objects.filter(**{relation.field.name: page.pk}) if page.pk else ()
    rows = {child.key: child for child in own}
    children = getattr(page, relation.get_accessor_name())
    drafted = list(children.all())
    if is_translation(page):
        for child in drafted:
            child.key = translated_key(child.key or model.new_key(), page.locale.language_code)
    settled = model.settle(drafted, rows, taken=keys_in_other_drafts(page, drafted))
    kept = sorted(model.cited_among(rows.keys() - {child.key for child in settled}))
    if kept:
        logger.warning("children kept because they are used", page=page.pk, keys=kept)
    children.set([*settled, *(rows[key] for key in kept)])


def keys_in_other_drafts(page: Page, children: Iterable[KeyedChild]) -> set[str]:
    """Keys that a copied draft brought along, of children that no page has published yet."""
    new = [child.key for child in children if child.pk is None and child.key]
    drafts = (
        type(page)
        .objects.exclude(pk=page.pk)
        .annotate(draft=Cast("latest_revision__content", models.TextField()))
    )
    return {key for key in new if drafts.filter(draft__contains=f'"{key}"').exists()}
