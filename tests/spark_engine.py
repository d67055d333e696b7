"""Spark on this machine, started once for all tests that need it and made small, or a reason to skip."""

import os
import shutil
import warnings
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import ibis
import pyarrow.parquet as pq
import pytest
from ibis.backends import BaseBackend
from ibis.expr.operations import InMemoryTable
from ibis.expr.types import Table

_SMALL = {
    "spark.ui.enabled": "false",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.memory": "1g",
    "spark.default.parallelism": "1",
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
}
"""For a few rows, interpreting is much cheaper than compiling Java for every plan."""
_numbers = count()


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BaseBackend]:
    """Return a connection to Spark in local mode, or skip."""
    if find_spec("pyspark") is None:
        pytest.skip("Spark is not installed: uv sync --extra spark.")
    if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
        pytest.skip("Spark needs Java 17, and there is no java on the path.")
    from pyspark.sql import SparkSession  # noqa: PLC0415 - only where it is installed

    folder = tmp_path_factory.mktemp("spark")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        builder = SparkSession.builder.master("local[1]").config("spark.local.dir", str(folder))
        builder = builder.config("spark.sql.warehouse.dir", str(folder / "warehouse"))
        for name, value in _SMALL.items():
            builder = builder.config(name, value)
        session = builder.getOrCreate()
        yield ibis.pyspark.connect(session)
        session.stop()


@pytest.fixture
def on_spark(spark: BaseBackend, tmp_path: Path):
    """Return a function that works a table out on Spark and returns its rows.

    Tables in memory go to Spark as Parquet, as the store has them: through pandas a null would become
    not-a-number.
    """

    def rows(table: Table) -> list[dict[str, object]]:
        moved = {}
        for one in table.op().find(InMemoryTable):
            path = tmp_path / f"memory-{next(_numbers)}.parquet"
            pq.write_table(one.data.to_pyarrow(one.schema), path)
            moved[one] = spark.read_parquet(path).cast(one.schema).op()
        return spark.to_pyarrow(table.op().replace(moved).to_expr()).to_pylist()

    return rows
