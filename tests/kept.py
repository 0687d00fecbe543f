"""What many tests begin with is made once; later tests are given its rows again as they were.

To make the portal's tree takes some six hundred queries, to play the demo seventy thousand. What
they changed is noted table by table, and put back in a few statements each. Whoever asks for it
must find the database as the migrations left it, or as it was the first time.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Self

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model

type Row = tuple[Any, ...]
type Rows = Mapping[Any, Row]


# Triggers of the database keep the table in which SQLite searches.
WRITTEN_BY_TRIGGERS = "_fts"


@dataclass(frozen=True, slots=True)
class Table:
    """A model's own columns, its key before the others."""

    name: str
    columns: tuple[str, ...]

    @classmethod
    def of(cls, model: type[Model]) -> Self:
        fields = sorted(model._meta.local_concrete_fields, key=lambda field: not field.primary_key)
        quote = connection.ops.quote_name
        return cls(
            model._meta.db_table, tuple(quote(field.column) for field in fields if field.column)
        )

    @property
    def key(self) -> str:
        return self.columns[0]

    def rows(self) -> Rows:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(self.columns)} FROM {self.name}")  # noqa: S608
            return {row[0]: row for row in cursor.fetchall()}

    def drop(self, keys: Sequence[Row]) -> None:
        self._run(f"DELETE FROM {self.name} WHERE {self.key} = %s", keys)  # noqa: S608

    def add(self, rows: Sequence[Row]) -> None:
        places = ", ".join(["%s"] * len(self.columns))
        into = f"{self.name} ({', '.join(self.columns)})"
        self._run(f"INSERT INTO {into} VALUES ({places})", rows)  # noqa: S608

    def _run(self, statement: str, rows: Sequence[Row]) -> None:
        if rows:
            with connection.cursor() as cursor:
                cursor.executemany(statement, rows)


@dataclass(frozen=True, slots=True)
class Change:
    """What has become of a table's rows."""

    table: Table
    gone: tuple[Row, ...]
    new: tuple[Row, ...]

    def make(self) -> None:
        self.table.drop(self.gone)
        self.table.add(self.new)


_kept: dict[str, tuple[Any, list[Change]]] = {}


@transaction.atomic
def kept[Made](name: str, make: Callable[[], Made]) -> Made:
    """What `make` makes, with its rows: made the first time, afterwards only put back."""
    if name not in _kept:
        before = [(table, table.rows()) for table in _tables()]
        made = make()
        _kept[name] = deepcopy(made), list(_changes(before))
        return made
    made, changes = _kept[name]
    for change in changes:
        change.make()
    return deepcopy(made)


def _tables() -> Iterator[Table]:
    for model in apps.get_models(include_auto_created=True):
        is_own = not model._meta.db_table.endswith(WRITTEN_BY_TRIGGERS)
        if is_own and model._meta.can_migrate(connection):
            yield Table.of(model)


def _changes(before: Iterable[tuple[Table, Rows]]) -> Iterator[Change]:
    for table, was in before:
        now = table.rows()
        gone = tuple((key,) for key, row in was.items() if now.get(key) != row)
        new = tuple(row for key, row in now.items() if was.get(key) != row)
        yield Change(table, gone, new)
