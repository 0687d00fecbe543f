from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm
from wagtail.admin.forms.pages import CopyForm
from wagtail.admin.panels import HelpPanel, InlinePanel
from wagtail.admin.panels.base import get_form_for_model
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.models import Page

from knowledge.models.languages import LanguageQuerySet
from knowledge.uses import FactUse, uses_of


class OneLine(AdminAutoHeightTextInput):
    """One sentence, seen whole while it is written; what is pasted in several lines becomes one."""

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> str | None:
        written = super().value_from_datadict(data, files, name)
        return None if written is None else " ".join(str(written).split())


class PlainWordsForm(WagtailAdminModelForm):
    """Says what to do about a field that is empty or too long, and cuts nothing that is pasted."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_sources_only(self.fields.values())
        for name, field in self.fields.items():
            label = self.labels_of_panels.get(name, field.label)
            field.widget.attrs.pop("maxlength", None)
            field.error_messages |= {
                "required": _("Fill in “%(field)s”.") % {"field": capfirst(str(label))},
                "max_length": _(
                    "This has %(show_value)d characters, %(limit_value)d at the most. "
                    "Make it shorter."
                ),
                "min_value": _("Write %(limit_value)s or more."),
            }

    # What a panel's heading calls a field, where the field itself has another name.
    labels_of_panels: ClassVar[dict[str, Any]] = {}


def offer_sources_only(fields: Iterable[forms.Field]) -> None:
    """Lets no page refer to another's translation: that has no address and no standings."""
    for field in fields:
        if isinstance(field, forms.ModelChoiceField) and isinstance(
            field.queryset, LanguageQuerySet
        ):
            field.queryset = field.queryset.in_source_language()


class KnowledgePageForm(PlainWordsForm, WagtailAdminPageForm):
    """A page of the portal; its address follows its title until somebody writes another."""

    labels_of_panels: ClassVar = {"slug": _("Address")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean(self) -> dict[str, Any]:
        """Names the page that has the address already, where Wagtail would speak of a slug."""
        asked = self.cleaned_data.get("slug")
        other = self.neighbour(asked) if asked else None
        if other:
            del self.cleaned_data["slug"]
        cleaned: dict[str, Any] = super().clean()
        if other:
            self.add_error("slug", address_taken(other))
        return cleaned

    def neighbour(self, slug: str) -> Page | None:
        if not self.parent_page:
            return None
        children = self.parent_page.get_children().exclude(pk=self.instance.pk)
        found: Page | None = children.filter(slug=slug).first()
        return found


class KeyedChildForm(PlainWordsForm):
    """Gives a new child its key at once, and tells it to the page that is still open."""

    def clean_key(self) -> str:
        key: str = self.cleaned_data["key"] or self._meta.model.new_key()
        return key

    def get_field_updates_for_resave(self) -> list[tuple[str, str]]:
        updates: list[tuple[str, str]] = super().get_field_updates_for_resave()
        return [*updates, (self.add_prefix("key"), self.instance.key)]


class KeyedPanel(InlinePanel):
    """An inline panel of children that keep their keys from draft to draft, out of sight."""

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        child_options = self.child_edit_handler.get_form_options()
        formset = options["formsets"][self.relation_name]
        formset["fields"] = [*formset["fields"], "key"]
        formset["widgets"] = {**formset["widgets"], "key": forms.HiddenInput}
        formset["form"] = get_form_for_model(
            self.db_field.related_model,
            form_class=KeyedChildForm,
            defer_required_on_fields=child_options.get("defer_required_on_fields", []),
        )
        return options


class NextPanel(HelpPanel):
    """How a thing stands and what comes next, once it is saved. The rooms above fill it."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("template", "knowledge/panels/next.html")
        kwargs.setdefault("heading", _("How it stands, and what comes next"))
        super().__init__(**kwargs)

    class BoundPanel(HelpPanel.BoundPanel):
        def is_shown(self) -> bool:
            return super().is_shown() and bool(self.instance.pk)


class BriefPageForm(KnowledgePageForm):
    """Refuses to drop a fact that a lesson or a question still cites."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        dropped = {key_of(form): form for form in self.formsets["facts"].deleted_forms}
        uses = uses_of(dropped)
        if uses:
            self.formsets["facts"].non_form_errors().append(used_facts_message(uses))
            self.add_error(None, _("A fact that is used can't be deleted: see under “Facts”."))
        for key in {use.fact_key for use in uses}:
            put_back(dropped[key])
        return cleaned


class PromisePageForm(KnowledgePageForm):
    """A draft may still look for its sponsor; a promise that goes out has one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if sponsor := self.fields.get("sponsor"):
            sponsor.required = True
            words = _("Choose who decided that this is promised. Until then, save it as a draft.")
            sponsor.error_messages["required"] = words


class KnowledgeCopyForm(CopyForm):
    """Copies only, and as drafts: an alias, or a published copy, would say everything twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("alias", None)
        self.fields.pop("publish_copies", None)
        title, slug = self.fields["new_title"], self.fields["new_slug"]
        title.label, title.initial = _("Title"), _("%(title)s (copy)") % {"title": title.initial}
        slug.label, slug.initial = _("Address"), f"{slug.initial}-copy"

    def clean(self) -> dict[str, Any]:
        asked = self.cleaned_data.get("new_slug")
        cleaned: dict[str, Any] = super().clean()
        if asked and "new_slug" not in cleaned:
            parent = cleaned.get("new_parent_page") or self.page.get_parent()
            other = parent.get_children().filter(slug=asked).first()
            self.errors["new_slug"] = self.error_class([address_taken(other)])
        return cleaned


def address_taken(other: Page) -> str:
    words = _("“%(slug)s” is the address of “%(title)s” already. Choose another.")
    return str(words % {"slug": other.slug, "title": other.get_admin_display_title()})


def key_of(form: KeyedChildForm) -> str:
    return str(form.initial.get("key") or form.instance.key)


def put_back(form: KeyedChildForm) -> None:
    """Shows a row again that the editor wanted to delete."""
    form.data = form.data.copy()
    form.data[form.add_prefix("DELETE")] = ""


def used_facts_message(uses: Iterable[FactUse]) -> SafeString:
    return format_html(
        "{}<ul>{}</ul>",
        _("A fact that is used can't be deleted. Change these first:"),
        links_to((use.label, use.url) for use in uses),
    )


def links_to(places: Iterable[tuple[str, str]]) -> SafeString:
    """List items, each a link where there is an address to go to."""
    items = (
        format_html('<a href="{}">{}</a>', url, label) if url else label for label, url in places
    )
    return format_html_join("", "<li>{}</li>", ((item,) for item in dict.fromkeys(items)))


def with_target(
    content: dict[str, Any], name: str, targets: models.Manager[Any], kept: Any
) -> dict[str, Any]:
    """A draft's content, with what is published where the draft points at something deleted.

    modelcluster can't read a draft whose protected foreign key leads nowhere, and one such draft
    would stop all that is scheduled after it.
    """
    if targets.filter(pk=content.get(name)).exists():
        return content
    return {**content, name: kept}
