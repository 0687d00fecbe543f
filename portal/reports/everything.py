"""All that the portal keeps about one person, for herself to take away.

Every table with a column that says whose row it is gets read, whichever room it belongs to, so that
a new one can't be forgotten. What she did for others in her role (who gave, wrote, approved) is
counted only: those rows are about them. Other people in her rows are left out.
"""

from collections.abc import Iterator
from typing import Any

from django.db import models

from portal.models import User
from quizzes.models import Answer, LateAnswer

# A column with such a name says whose row it is.
WHOSE = frozenset({"person", "user"})
# What she says of a promise or a launch is hers, though the column is called by what she did.
OWN_WORDS = frozenset(
    {
        "departments.flag.raised_by",
        "departments.flagreply.by",
        "departments.signoff.by",
        "strategy.gateentry.by",
        "strategy.override.asked_by",
    }
)
SECRETS = frozenset({"password", "key"})
# Columns of her rows that tell of others: the people of a list that she brought in, and pages with
# their drafts and questions with their keys, which she may no longer be allowed to see.
OF_OTHERS = frozenset({"knowledge.importrun.report", "wagtailcore.revision.content"})
# Open tabs and half-filled forms of the editor, and the editor's own log of other things.
PASSING = frozenset(
    {
        "wagtailadmin.editingsession",
        "wagtailadmin.formstate",
        "wagtailcore.apitoken",
        "wagtailcore.modellogentry",
        "wagtailcore.pagelogentry",
    }
)
# What hangs on her rows without naming her.
BELOW: tuple[tuple[type[models.Model], str], ...] = (
    (Answer, "attempt__person"),
    (LateAnswer, "answer__attempt__person"),
)

type Row = dict[str, Any]
type Table = tuple[str, Iterator[Row]]


def everything_about(person: User) -> Iterator[Table]:
    """The name of each table, and her rows in it: one query for each, however many rows."""
    yield "portal.user", _rows(User.objects.filter(pk=person.pk))
    groups = person.groups.order_by("name").values_list("name", flat=True)
    yield "auth.group", ({"name": name} for name in groups)
    for model, column in _pointing_at_people():
        found = model._default_manager.filter(**{column: person.pk})  # noqa: SLF001  (Django's own name)
        label = model._meta.label_lower  # noqa: SLF001  (Django's own name)
        if column in WHOSE or f"{label}.{column}" in OWN_WORDS:
            yield label, _rows(found)
        else:
            yield f"{label}.{column}", iter([{"rows": found.count()}])
    for model, way in BELOW:
        yield model._meta.label_lower, _rows(model._default_manager.filter(**{way: person.pk}))  # noqa: SLF001  (Django's own name)


def _pointing_at_people() -> Iterator[tuple[type[models.Model], str]]:
    for relation in User._meta.get_fields(include_hidden=True):  # noqa: SLF001  (Django's own name)
        if not isinstance(relation, models.ManyToOneRel) or relation.concrete:
            continue
        model = relation.related_model
        if not isinstance(model, str) and model._meta.label_lower not in PASSING:  # noqa: SLF001  (Django's own name)
            yield model, relation.field.name


def _rows(found: models.QuerySet[Any]) -> Iterator[Row]:
    columns = [field.name for field in found.model._meta.concrete_fields if _is_told(field)]  # noqa: SLF001  (Django's own name)
    yield from found.order_by("pk").values(*columns).iterator(500)


def _is_told(field: "models.Field[Any, Any]") -> bool:
    if str(field).lower() in OF_OTHERS:
        return False
    return field.name not in SECRETS and field.related_model is not User
