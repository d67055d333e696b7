"""Every table of the chain, built whole from the releases in the store.

Nothing is changed in place: the tables are written into a folder, which the caller puts in the place
of the earlier one when all of it is there.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import ibis.expr.schema as sch
import pyarrow.parquet as pq
from ibis.backends import BaseBackend
from ibis.expr.types import Table

from steward.analysis import columns
from steward.analysis.comparison.strengths import SPREADS, spreads
from steward.analysis.indicators import numbered
from steward.analysis.indicators.areas import prefer_areas, published_in_all
from steward.analysis.indicators.computed_areas import computed
from steward.analysis.indicators.definition import IndicatorDefinition
from steward.analysis.indicators.places import places_of, rolls_of
from steward.analysis.indicators.stacks import OpenRelease
from steward.analysis.indicators.values import preferred_of_all, values_of_all
from steward.analysis.sources import tables
from steward.analysis.sources.definition import Holds, Layout, SourceDefinition
from steward.analysis.sources.recognition import Recognised
from steward.regimes.frameworks import InspectionFramework
from steward.vocabulary.academic_year import AcademicYear

ESTABLISHMENTS = "establishments.parquet"
LINKS = "links.parquet"
MEMBERSHIPS = "memberships.parquet"
INSPECTIONS = "inspections.parquet"
VALUES = "values.parquet"
AREAS = "areas.parquet"
SPREADS_FILE = "spreads.parquet"

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
class _Kitchen:
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

    def write(self, table: Table | None, name: str, *, shape: sch.Schema) -> Table:
        """Write a table, or an empty one of the shape, and return it as read from the file."""
        path = self.into / name
        if table is None:
            pq.write_table(shape.to_pyarrow().empty_table(), path)
        else:
            self.connection.to_parquet(table, path, **_OPTIONS.get(self.connection.name, {}))
        return columns.cast(self.connection.read_parquet(path), shape)


def rebuild(
    connection: BaseBackend,
    *,
    releases: Sequence[StoredRelease],
    sources: Mapping[str, SourceDefinition],
    indicators: Mapping[str, IndicatorDefinition],
    frameworks: Mapping[str, InspectionFramework],
    into: Path,
) -> None:
    """Write establishments, links, memberships, inspections, values, areas and spreads into `into`.

    Each is a Parquet file in a shape of analysis.columns (memberships: sources.tables.MEMBERSHIPS;
    spreads: comparison.strengths.SPREADS). A table that no release feeds is written empty. Values
    are in the order of URN, indicator and year, so that the figures of a school lie together.
    """
    kitchen = _Kitchen(connection, sources, into)
    establishments = _schools(kitchen, releases=releases, frameworks=frameworks)
    results = [
        kitchen.open_release(release)
        for kind in (Holds.RESULTS, Holds.SERIES)
        for release in kitchen.of_kind(releases, kind=kind)
    ]
    results = [numbered.with_urns(release, establishments=establishments) for release in results]
    _figures(kitchen, results=results, establishments=establishments, indicators=indicators)


def _schools(
    kitchen: _Kitchen, *, releases: Sequence[StoredRelease], frameworks: Mapping[str, InspectionFramework]
) -> Table:
    """Write what is known of schools themselves, and return the register rows."""

    def inspections(raw: Table, recognised: Recognised, *, release: str) -> Table:
        return tables.inspections(raw, recognised, release=release, frameworks=frameworks)

    def together(kind: Holds, read: Callable[..., Table], *, wanted: str = "") -> Table | None:
        chosen = kitchen.of_kind(releases, kind=kind)
        return _union(
            read(kitchen.opened(release), kitchen.recognised(release), release=release.id)
            for release in chosen
            if not wanted or wanted in release.layout.fields
        )

    register = together(Holds.REGISTER, tables.establishments)
    kitchen.write(together(Holds.LINKS, tables.links, wanted="other"), LINKS, shape=columns.LINKS)
    kitchen.write(
        together(Holds.LOOKUP, tables.memberships, wanted="joined_on"), MEMBERSHIPS, shape=tables.MEMBERSHIPS
    )
    kitchen.write(together(Holds.INSPECTIONS, inspections), INSPECTIONS, shape=columns.INSPECTIONS)
    return kitchen.write(register, ESTABLISHMENTS, shape=columns.ESTABLISHMENTS)


def _figures(
    kitchen: _Kitchen,
    *,
    results: Sequence[OpenRelease],
    establishments: Table,
    indicators: Mapping[str, IndicatorDefinition],
) -> None:
    figures = preferred_of_all(results, indicators=indicators)
    ordered = None if figures is None else figures.order_by("urn", "indicator", "period")
    values = kitchen.write(ordered, VALUES, shape=columns.VALUES)
    roll = rolls_of(values)
    found = computed(
        _weighed(values, results=results, indicators=indicators),
        establishments=establishments,
        roll=roll,
        indicators=indicators,
    )
    printed = published_in_all(results, indicators=indicators)
    every = found if printed is None else printed.union(found, distinct=False)
    kitchen.write(
        prefer_areas(every).order_by("level", "area", "indicator", "phase", "period"),
        AREAS,
        shape=columns.AREAS,
    )
    places = places_of(establishments, roll=roll, periods=values.select("period").distinct())
    kitchen.write(spreads(values, places=places, indicators=indicators), SPREADS_FILE, shape=SPREADS)


def _weighed(
    values: Table, *, results: Sequence[OpenRelease], indicators: Mapping[str, IndicatorDefinition]
) -> Table:
    """Return the written values with their weights: read again where the weight is not the cohort."""
    ratios = {name: one for name, one in indicators.items() if one.area == "ratio"}
    plain = values.filter(values.indicator.notin(list(ratios))) if ratios else values
    plain = plain.mutate(weight=plain.cohort)
    again = values_of_all(results, indicators=ratios)
    return plain if again is None else plain.union(again.select(*plain.columns), distinct=False)


def _union(found: Iterable[Table]) -> Table | None:
    every = list(found)
    if not every:
        return None
    first, *others = every
    return first.union(*others, distinct=False) if others else first
