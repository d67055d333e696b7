"""Every table of the chain, built whole from the releases in the store.

Nothing is changed in place: the tables are written into a folder, which the caller puts in the place
of the earlier one when all of it is there.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from ibis.backends import BaseBackend
from ibis.expr.types import Table

from steward.analysis import columns
from steward.analysis.comparison.strengths import SPREADS, spreads
from steward.analysis.indicators import numbered
from steward.analysis.indicators.areas import prefer_areas, published_in_all
from steward.analysis.indicators.computed_areas import computed_of_sheets
from steward.analysis.indicators.definition import IndicatorDefinition
from steward.analysis.indicators.places import ROLL, places_of, rolls_of
from steward.analysis.indicators.stacks import sheets_of, together
from steward.analysis.indicators.values import named, preferred_of_all
from steward.analysis.rebuild.attendance import write_attendance
from steward.analysis.rebuild.kitchen import Kitchen, StoredRelease
from steward.analysis.rebuild.series import write_series
from steward.analysis.rebuild.standings import write_standings
from steward.analysis.rebuild.ward_outlines import write_ward_outlines
from steward.analysis.sources import tables
from steward.analysis.sources.definition import Holds, SourceDefinition
from steward.analysis.sources.recognition import Recognised
from steward.regimes.frameworks import InspectionFramework

ESTABLISHMENTS = "establishments.parquet"
LINKS = "links.parquet"
MEMBERSHIPS = "memberships.parquet"
INSPECTIONS = "inspections.parquet"
VALUES = "values.parquet"
AREAS = "areas.parquet"
SPREADS_FILE = "spreads.parquet"

_AREA_ORDER = ("level", "area", "indicator", "phase", "period")


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
    kitchen = Kitchen(connection, sources, into)
    establishments = _schools(kitchen, releases=releases, frameworks=frameworks)
    values = _figures(kitchen, releases=releases, establishments=establishments, indicators=indicators)
    write_series(kitchen, releases=releases)
    write_ward_outlines(kitchen, releases=releases)
    write_attendance(kitchen, releases=releases)
    places = _places(values, roll=ROLL, establishments=establishments)
    kitchen.write(spreads(values, places=places, indicators=indicators), SPREADS_FILE, shape=SPREADS)
    of_all_pupils = {name: one for name, one in indicators.items() if not one.group}
    write_standings(kitchen, values=values, places=places, indicators=of_all_pupils)


def rebuild_figures(
    connection: BaseBackend,
    *,
    releases: Sequence[StoredRelease],
    establishments: Path,
    sources: Mapping[str, SourceDefinition],
    indicators: Mapping[str, IndicatorDefinition],
    into: Path,
) -> None:
    """Write only values and areas into `into`, from releases and the register rows of an earlier rebuild."""
    kitchen = Kitchen(connection, sources, into)
    register = columns.cast(connection.read_parquet(establishments), columns.ESTABLISHMENTS)
    _figures(kitchen, releases=releases, establishments=register, indicators=indicators)


def _schools(
    kitchen: Kitchen, *, releases: Sequence[StoredRelease], frameworks: Mapping[str, InspectionFramework]
) -> Table:
    """Write what is known of schools themselves, and return the register rows."""

    def inspections(raw: Table, recognised: Recognised, *, release: str) -> Table:
        return tables.inspections(raw, recognised, release=release, frameworks=frameworks)

    def gathered(kind: Holds, read: Callable[..., Table], *, wanted: str = "") -> Table | None:
        chosen = kitchen.of_kind(releases, kind=kind)
        found = [
            read(kitchen.opened(release), kitchen.recognised(release), release=release.id)
            for release in chosen
            if not wanted or wanted in release.layout.fields
        ]
        return together(found) if found else None

    register = gathered(Holds.REGISTER, tables.establishments)
    kitchen.write(gathered(Holds.LINKS, tables.links, wanted="other"), LINKS, shape=columns.LINKS)
    kitchen.write(
        gathered(Holds.LOOKUP, tables.memberships, wanted="joined_on"), MEMBERSHIPS, shape=tables.MEMBERSHIPS
    )
    kitchen.write(gathered(Holds.INSPECTIONS, inspections), INSPECTIONS, shape=columns.INSPECTIONS)
    return kitchen.write(register, ESTABLISHMENTS, shape=columns.ESTABLISHMENTS)


def _figures(
    kitchen: Kitchen,
    *,
    releases: Sequence[StoredRelease],
    establishments: Table,
    indicators: Mapping[str, IndicatorDefinition],
) -> Table:
    """Write the figures of schools and of areas, and return those of schools."""
    results = [
        numbered.completed(kitchen.open_release(release), establishments=establishments)
        for kind in (Holds.RESULTS, Holds.SERIES)
        for release in kitchen.of_kind(releases, kind=kind)
    ]
    every = sheets_of(results, indicators=indicators)
    found = preferred_of_all(every)
    coded = None if found is None else kitchen.kept_in_order(found)
    values = kitchen.write(None if coded is None else named(coded, every=every), VALUES, shape=columns.VALUES)
    areas = [published_in_all(results, indicators=indicators)]
    if coded is not None:
        places = _places(coded, roll=every.number_of(ROLL), establishments=establishments)
        areas.append(computed_of_sheets(coded, every=every, places=places, indicators=indicators))
    printed = [one for one in areas if one is not None]
    ordered = prefer_areas(together(printed)).order_by(*_AREA_ORDER) if printed else None
    kitchen.write(ordered, AREAS, shape=columns.AREAS)
    kitchen.forget_kept()
    return values


def _places(values: Table, *, roll: str | int, establishments: Table) -> Table:
    dated = values.mutate(period=values.period.cast("int64"))
    return places_of(
        establishments,
        roll=rolls_of(dated, indicator=roll),
        periods=dated.select("period").distinct(),
    )
