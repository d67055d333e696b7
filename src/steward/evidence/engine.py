"""The analytical engine: the one module that knows which it is.

A connection belongs to one thread, since the engine inside the process is not safe to share.
Tables are views over the Parquet files of a generation; a new generation gets new views.
"""

import threading
from pathlib import Path
from typing import Any

import ibis
from django.conf import settings
from ibis.expr.types import Table

_local = threading.local()


class UnknownEngine(RuntimeError):
    """The setting names an engine this version does not support."""


def connect() -> Any:  # noqa: ANN401 - Ibis gives each engine a class of its own
    """Return a new connection to the engine named by the setting."""
    if settings.STEWARD_ENGINE == "duckdb":
        return ibis.duckdb.connect(autoinstall_known_extensions=False)
    raise UnknownEngine(f"STEWARD_ENGINE is '{settings.STEWARD_ENGINE}'; this version supports duckdb.")


def connection() -> Any:  # noqa: ANN401 - as above
    """Return this thread's connection, made when first asked for."""
    if not hasattr(_local, "connection"):
        _local.connection = connect()
        _local.views = {}
    return _local.connection


def table(path: Path) -> Table:
    """Return the Parquet file `path` as a table of this thread's connection."""
    made: dict[Path, Table] = getattr(_local, "views", {})
    if path not in made:
        made[path] = connection().read_parquet(path)
        _local.views = made
    return made[path]
