"""What every step of a rebuild needs: the engine, the definitions, and the folder to write into."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import ibis.expr.schema as sch
import pyarrow.parquet as pq
from ibis.backends import BaseBackend
from ibis.expr.types import Table

from steward.analysis import columns
from steward.analysis.indicators.stacks import OpenRelease
from steward.analysis.sources.definition import Holds, Layout, SourceDefinition
from steward.analysis.sources.recognition import Recognised
from steward.vocabulary.academic_year import AcademicYear

_KEPT = "kept_figures"
_OPTIONS: Mapping[str, Mapping[str, object]] = {
    "duckdb": {"compression": "zstd", "row_group_size": 20_480},
}
"""How an engine is told to write: row groups small enough that the figures of one school are in one."""


@dataclass(frozen=True, slots=True)
class StoredRelease:
    """A release in the store: the published file as text in Parquet, with row numbers in column `row`."""

    id: str
    source: str
    layout: Layout
    period: int | None
    as_at: date | None
    version: str
    parquet: Path


@dataclass(frozen=True, slots=True)
class Kitchen:
    """What every step of a rebuild needs."""

    connection: BaseBackend
    sources: Mapping[str, SourceDefinition]
    into: Path

    def opened(self, release: StoredRelease) -> Table:
        return self.connection.read_parquet(release.parquet)

    def open_release(self, release: StoredRelease) -> OpenRelease:
        return OpenRelease(
            id=release.id,
            raw=self.opened(release),
            source=release.source,
            layout=release.layout,
            period=release.period,
            version=release.version,
        )

    def of_kind(self, releases: Iterable[StoredRelease], *, kind: Holds) -> list[StoredRelease]:
        return [release for release in releases if self.sources[release.source].holds is kind]

    def recognised(self, release: StoredRelease) -> Recognised:
        period = None if release.period is None else AcademicYear(release.period)
        return Recognised(
            self.sources[release.source], release.layout, period, release.as_at, release.version
        )

    def kept_in_order(self, coded: Table) -> Table:
        """Return figures in the order of URN, indicator and year, kept by the engine until forgotten.

        They are sorted with numbers for names, which takes a third of the room.
        """
        self.forget_kept()
        ordered = coded.order_by("urn", "indicator", "period")
        return self.connection.create_table(_KEPT, ordered, temp=True)

    def forget_kept(self) -> None:
        """Give back the room that the kept figures take."""
        self.connection.raw_sql(f"DROP TABLE IF EXISTS {_KEPT}")

    def write(self, table: Table | None, name: str, *, shape: sch.Schema) -> Table:
        """Write a table, or an empty one of the shape, and return it as read from the file."""
        path = self.into / name
        if table is None:
            pq.write_table(shape.to_pyarrow().empty_table(), path)
        else:
            shaped = columns.cast(table, shape)
            self.connection.to_parquet(shaped, path, **_OPTIONS.get(self.connection.name, {}))
        return columns.cast(self.connection.read_parquet(path), shape)
