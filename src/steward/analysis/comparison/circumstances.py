"""What the circumstances of each authority are: its poverty, languages, needs, and how its schools lie."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from ibis.expr.types import Table
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from steward.analysis.comparison.alikeness import Numbers
from steward.analysis.comparison.comparators import Feature
from steward.vocabulary.areas import Level
from steward.vocabulary.phases import Phase, Standing
from steward.vocabulary.values import KNOWN

DISTANCE, SELECTIVE, EAST, NORTH = "school_distance", "selective", "easting", "northing"
"""Features that are worked out from the register, by their names in a method."""
_NEARBY = 5
"""How far schools lie apart is told by the fifth nearest: two schools on one site do not change it."""
_MAINSTREAM = (Phase.PRIMARY.value, Phase.SECONDARY.value, Phase.ALL_THROUGH.value)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Features of authorities: a row for each authority, a column for each feature, NaN where not known.

    `years` is the year of each value, 0 where there is none or it is worked out from the register.
    """

    authorities: tuple[str, ...]
    values: Numbers
    years: NDArray[np.int64]


def located(establishments: Table) -> Table:
    """Return every open mainstream school with where it is and whom it admits, as last known.

    Independent schools are among them: how many schools choose their pupils is a circumstance of the others.
    """
    rows = establishments
    newest = rows.group_by("urn").agg(
        authority=rows.authority.argmax(rows.as_at),
        phase=rows.phase.argmax(rows.as_at),
        standing=rows.standing.argmax(rows.as_at),
        admissions=rows.admissions.argmax(rows.as_at, where=rows.admissions.notnull()),
        easting=rows.easting.argmax(rows.as_at, where=rows.easting.notnull()),
        northing=rows.northing.argmax(rows.as_at, where=rows.northing.notnull()),
    )
    return newest.filter(
        newest.standing == Standing.OPEN.value,
        newest.phase.isin(_MAINSTREAM),
        newest.authority.notnull(),
    )


def known_series(series: Table, *, measures: Sequence[str]) -> Table:
    """Return the known numbers of authorities in these measures: measure, area, year, value."""
    return series.filter(
        series.level == Level.AUTHORITY.value,
        series.status == KNOWN,
        series.measure.isin(sorted(measures)),
        series.year.notnull(),
    ).select("measure", "area", "label", "year", "value")


def circumstances_of(
    series: pa.Table, *, schools: pa.Table, features: Sequence[Feature], until: int | None = None
) -> Circumstances:
    """Return the circumstances of every authority that has any of the measures.

    `series` is `known_series`, `schools` is `located`. Of each measure the newest number of each authority
    is taken, no older than its second newest year; `until` is the last year to look at.
    """
    cells = _by_measure(series, until=until)
    published = [_newest(cells.get(one.measure, [])) for one in features]
    authorities = tuple(sorted(set().union(*published)))
    mapped = _register_features(schools)
    values = np.full((len(authorities), len(features)), np.nan)
    years = np.zeros((len(authorities), len(features)), dtype=np.int64)
    for column, (feature, numbers) in enumerate(zip(features, published, strict=True)):
        for row, authority in enumerate(authorities):
            if feature.measure and authority in numbers:
                years[row, column], values[row, column] = numbers[authority]
            elif not feature.measure:
                values[row, column] = mapped[feature.id].get(authority, np.nan)
    return Circumstances(authorities, values, years)


_Cell = tuple[str, int, str, float]
"""Authority, year, label and number."""


def _by_measure(series: pa.Table, *, until: int | None) -> dict[str, list[_Cell]]:
    found: dict[str, list[_Cell]] = {}
    columns = series.select(["measure", "area", "year", "label", "value"]).to_pydict().values()
    for measure, area, year, label, value in zip(*columns, strict=True):
        if until is None or year <= until:
            found.setdefault(measure, []).append((area, year, label, value))
    return found


def _newest(cells: Sequence[_Cell]) -> dict[str, tuple[int, float]]:
    """Return year and number of each authority in the newest year, or the one before, of a measure."""
    newest = max((year for _, year, _, _ in cells), default=0)
    found: dict[str, tuple[int, str, float]] = {}
    for area, year, label, value in cells:
        if year >= newest - 1 and (area not in found or (year, label) > found[area][:2]):
            found[area] = (year, label, value)
    return {area: (year, value) for area, (year, _, value) in found.items()}


def _register_features(schools: pa.Table) -> Mapping[str, Mapping[str, float]]:
    """Return each feature that is worked out from the register, by authority."""
    places = schools.filter(_has_place(schools))
    codes = np.array(places["authority"].to_pylist())
    spots = np.column_stack([_numbers(places, EAST), _numbers(places, NORTH)])
    reach = min(_NEARBY, max(len(spots) - 1, 0)) + 1
    apart = cKDTree(spots).query(spots, k=[reach])[0][:, 0] if len(spots) else np.zeros(0)
    return {
        DISTANCE: _by_code(codes, np.asarray(apart) / 1000, how="median"),
        EAST: _by_code(codes, spots[:, 0] / 1000, how="mean"),
        NORTH: _by_code(codes, spots[:, 1] / 1000, how="mean"),
        SELECTIVE: _selective(schools),
    }


def _has_place(schools: pa.Table) -> pa.Array:
    east, north = schools["easting"].to_pylist(), schools["northing"].to_pylist()
    return pa.array([bool(one and two) for one, two in zip(east, north, strict=True)], pa.bool_())


def _numbers(table: pa.Table, name: str) -> Numbers:
    return np.asarray(table[name].to_numpy(), dtype=np.float64)


def _selective(schools: pa.Table) -> dict[str, float]:
    """Return the share of secondary schools, in percent, that choose their pupils by ability."""
    chosen: dict[str, list[float]] = {}
    for row in schools.to_pylist():
        if row["phase"] == Phase.SECONDARY.value and row["admissions"]:
            is_selective = row["admissions"].strip().lower() == SELECTIVE
            chosen.setdefault(row["authority"], []).append(100.0 * is_selective)
    return {code: float(np.mean(shares)) for code, shares in chosen.items()}


def _by_code(codes: NDArray[np.str_], numbers: Numbers, *, how: str) -> dict[str, float]:
    middle = np.median if how == "median" else np.mean
    return {str(code): float(middle(numbers[codes == code])) for code in np.unique(codes)}
