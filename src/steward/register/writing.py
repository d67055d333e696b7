"""Writing tens of thousands of rows in one prepared statement, on any database.

Django's `bulk_create` builds SQL text for some forty rows at a time on SQLite, which takes most of
the time of a load; a prepared statement is built once.
"""

from collections.abc import Iterable
from typing import Any

from django.db import connection, models

_AT_ONCE = 5_000


def put(rows: Iterable[models.Model], *, model: type[models.Model]) -> None:
    """Insert rows with their own keys, or bring those that are there in step. Call in a transaction."""
    fields = model._meta.concrete_fields
    key = _quoted(model._meta.pk)
    columns = [_quoted(field) for field in fields]
    others = [name for name in columns if name != key]
    _write(
        f"{_insert(model, columns)} ON CONFLICT ({key}) DO UPDATE SET "
        + ", ".join(f"{name} = excluded.{name}" for name in others),
        rows,
        fields=fields,
    )


def add(rows: Iterable[models.Model], *, model: type[models.Model]) -> None:
    """Insert rows whose keys the database makes. Call in a transaction."""
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    columns = [_quoted(field) for field in fields]
    _write(_insert(model, columns), rows, fields=fields)


def _quoted(field: "models.Field[object, object]") -> str:
    return connection.ops.quote_name(str(field.column))


def _insert(model: type[models.Model], columns: list[str]) -> str:
    table = connection.ops.quote_name(model._meta.db_table)
    marks = ", ".join(["%s"] * len(columns))
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608 - names are the model's


def _write(
    statement: str, rows: Iterable[models.Model], *, fields: Iterable["models.Field[object, object]"]
) -> None:
    writers = [(field.attname, field.get_db_prep_save) for field in fields]
    waiting: list[list[Any]] = []  # whatever the database driver takes
    with connection.cursor() as cursor:
        for row in rows:
            waiting.append([prepare(getattr(row, name), connection) for name, prepare in writers])
            if len(waiting) == _AT_ONCE:
                cursor.executemany(statement, waiting)
                waiting = []
        if waiting:
            cursor.executemany(statement, waiting)
