"""A marketer at the editor: opens a form as the browser is given it, changes it, sends it."""

from typing import Any

from django.db import models
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.test.utils.form_data import querydict_from_html

from quizzes.models import Question

PUBLISH = "action-publish"


class Desk:
    """Opens and sends the editor's own forms for one object."""

    def __init__(self, client: Client, edited: Page | Question) -> None:
        self.client = client
        self.edited = edited
        self.url = edit_url(edited)

    def open(self) -> QueryDict:
        page = self.client.get(self.url)
        assert page.status_code == 200
        form_id = "page-edit-form" if isinstance(self.edited, Page) else "w-editor-form"
        return as_browser(querydict_from_html(page.content.decode(), form_id), self.edited)

    def save(self, data: QueryDict, action: str = "", **headers: str) -> Any:
        sent = data.copy()
        if action:
            sent[action] = action
        return self.client.post(self.url, sent, headers=headers)

    def save_draft(self, data: QueryDict | None = None, **fields: str) -> Any:
        """Saves what is given, or what is there, with these fields changed; the new revision."""
        answer = self.save(changed(data or self.open(), **fields))
        assert answer.status_code == 302, problems(answer)
        return type(self.edited).objects.get(pk=self.edited.pk).latest_revision

    def publish(self, data: QueryDict | None = None, **fields: str) -> None:
        answer = self.save(changed(data or self.open(), **fields), PUBLISH)
        assert answer.status_code == 302, problems(answer)


def edit_url(edited: Page | Question) -> str:
    name = (
        "wagtailadmin_pages:edit"
        if isinstance(edited, Page)
        else "wagtailsnippets_quizzes_question:edit"
    )
    return reverse(name, args=[edited.pk])


def changed(data: QueryDict, **fields: str) -> QueryDict:
    data = data.copy()
    for name, value in fields.items():
        data[name.replace("__", "-")] = value
    return data


def with_row(data: QueryDict, relation: str, **fields: str) -> QueryDict:
    """The form after “Add” was pressed in an inline panel and the row was filled."""
    data = data.copy()
    number = rows_in(data, relation)
    row = {"id": "", "ORDER": str(number + 1), "DELETE": "", "key": "", **fields}
    for name, value in row.items():
        data[f"{relation}-{number}-{name}"] = value
    data[f"{relation}-TOTAL_FORMS"] = str(number + 1)
    return data


def rows_in(data: QueryDict, relation: str) -> int:
    return int(str(data[f"{relation}-TOTAL_FORMS"]))


def without_row(data: QueryDict, relation: str, number: int) -> QueryDict:
    return changed(data, **{f"{relation}__{number}__DELETE": "on"})


def as_browser(data: QueryDict, edited: models.Model) -> QueryDict:
    """What a browser sends: ticked boxes, text without the markup's first line break, no blocks.

    Blocks are drawn by scripts: a form that no browser ran has none.
    """
    for name in list(data):
        is_box = name.rpartition("-")[2].startswith("is_")
        data[name] = "on" if is_box else str(data[name]).removeprefix("\n")
    for field in edited._meta.get_fields():
        if isinstance(field, StreamField):
            data[f"{field.name}-count"] = "0"
    return data


def problems(answer: Any) -> Any:
    form = answer.context["form"]
    return form.errors, {name: formset.errors for name, formset in form.formsets.items()}
