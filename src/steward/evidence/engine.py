"""The analytical engines: the one module that knows which they are.

Pages read with the engine inside the process. Figures of groups of pupils are worked out by the engine
that the setting names, which may be a cluster. A connection belongs to one thread, since the engine inside
the process is not safe to share. Tables are views over the Parquet files of a generation; a new generation
gets new views.
"""

import threading
from importlib import import_module
from pathlib import Path
from typing import Any

import ibis
from django.conf import settings
from ibis.expr.types import Table

EMBEDDED = "duckdb"
_local = threading.local()


class UnknownEngine(RuntimeError):
    """The setting names an engine that cannot be reached; the message says what is wanted."""


def connect(*, scratch: Path | None = None) -> Any:  # noqa: ANN401 - Ibis gives each engine a class of its own
    """Return a new connection to the engine inside the process.

    `scratch` is the folder in which it may lay down what does not fit into memory.
    """
    made = ibis.duckdb.connect(autoinstall_known_extensions=False)
    if scratch is not None:
        made.raw_sql(f"SET temp_directory = '{scratch.as_posix().replace(chr(39), chr(39) * 2)}'")
    return made


def connect_for_pupils(*, scratch: Path) -> Any:  # noqa: ANN401 - as above
    """Return a connection to the engine that works out figures of pupils: embedded, or a Spark cluster.

    STEWARD_ENGINE names it: duckdb, or the address of a Spark master (spark://host:7077, local[4], yarn).
    Raises UnknownEngine when the setting is neither, or Spark is not installed.
    """
    named = settings.STEWARD_ENGINE
    if named == EMBEDDED:
        return connect(scratch=scratch)
    if not named.startswith(("spark://", "local", "yarn", "k8s://")):
        raise UnknownEngine(
            f"STEWARD_ENGINE is '{named}'. Give duckdb, or the address of a Spark master such as "
            "spark://host:7077."
        )
    try:
        session = import_module("pyspark.sql").SparkSession
    except ImportError as fault:
        raise UnknownEngine(
            "STEWARD_ENGINE names a Spark master, and Spark is not installed: pip install 'steward[spark]'."
        ) from fault
    return ibis.pyspark.connect(spark_session(session, master=named, scratch=scratch))


def spark_session(session: Any, *, master: str, scratch: Path) -> Any:  # noqa: ANN401 - pyspark is optional
    """Return a session of the Spark master; `session` is the class pyspark.sql.SparkSession."""
    return (
        session.builder.master(master)
        .appName("Steward")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.ansi.enabled", "true")
        .config("spark.local.dir", str(scratch))
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "8" if master.startswith("local") else "200")
        .getOrCreate()
    )


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
