"""Reads of figures: one number, with what it is, how many pupils it rests on and where it stands printed."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ibis.expr.types import Table

from steward.analysis.indicators.computed_areas import BY_ROLL
from steward.evidence import engine
from steward.evidence.queries import releases, withholding
from steward.vocabulary.areas import Basis, Level
from steward.vocabulary.values import Value, value_from


@dataclass(frozen=True, slots=True)
class Figure:
    """A school's value of an indicator in a year."""

    urn: int
    indicator: str
    period: int
    value: Value
    version: str
    release: str
    row: int
    preferred: bool


@dataclass(frozen=True, slots=True)
class AreaFigure:
    """An authority's, a region's or England's value of an indicator in a year."""

    level: Level
    area: str
    phase: str
    indicator: str
    period: int
    value: Value
    basis: Basis
    schools: int | None
    roll_share: float | None
    version: str
    release: str
    row: int | None
    preferred: bool
    mark: str = ""
    """The text as published; of a computed figure, how it was weighted where not by cohort."""

    @property
    def weighted_by(self) -> str:
        """What each school of a computed figure counts by, "cohort" or "roll"; empty for a published one."""
        if self.basis is Basis.PUBLISHED:
            return ""
        return "roll" if self.mark == BY_ROLL else "cohort"


def figures_of(urns: Iterable[int], *, indicators: Iterable[str] = ()) -> list[Figure]:
    """Return the preferred figures of schools, all indicators when none are named, oldest year first."""
    chosen = sorted(set(urns))
    if not chosen:
        return []
    folder = releases.current_folder()
    table = engine.table(folder / "values.parquet")
    rows = table.filter(table.urn.isin(chosen) & table.preferred)
    wanted = sorted(set(indicators))
    if wanted:
        rows = rows.filter(rows.indicator.isin(wanted))
    released = withholding.released_of_schools(rows, folder=folder)
    return [_figure(row) for row in _rows(released.order_by("urn", "indicator", "period"))]


def versions_of(urn: int, *, indicator: str, period: int) -> list[Figure]:
    """Return the figure in every release that prints it, the preferred one first."""
    folder = releases.current_folder()
    table = engine.table(folder / "values.parquet")
    rows = table.filter((table.urn == urn) & (table.indicator == indicator) & (table.period == period))
    released = withholding.released_of_schools(rows, folder=folder)
    return sorted((_figure(row) for row in _rows(released)), key=lambda figure: not figure.preferred)


def figures_of_area(level: Level, area: str) -> tuple[AreaFigure, ...]:
    """Return every figure of an area, preferred or not, oldest year first."""
    found = _figures_of_area(releases.current_folder(), level, area)
    for figure in found:
        withholding.shown(figure)
    return found


def area_versions(level: Level, area: str, *, phase: str, indicator: str, period: int) -> list[AreaFigure]:
    """Return an area's figure on every basis and in every version, the preferred one first."""
    found = [
        figure
        for figure in figures_of_area(level, area)
        if (figure.phase, figure.indicator, figure.period) == (phase, indicator, period)
    ]
    return sorted(found, key=lambda figure: not figure.preferred)


@lru_cache(maxsize=64)
def _figures_of_area(folder: Path, level: Level, area: str) -> tuple[AreaFigure, ...]:
    table = engine.table(folder / "areas.parquet")
    rows = table.filter((table.level == level.value) & (table.area == area))
    released = withholding.released_of_areas(rows, folder=folder)
    return tuple(_area_figure(row) for row in _rows(released.order_by("indicator", "phase", "period")))


def area_figures(released: Table) -> list[AreaFigure]:
    """Return rows of areas that came through `withholding` as figures."""
    return [_area_figure(row) for row in _rows(released)]


def _figure(row: dict[str, Any]) -> Figure:
    figure = Figure(
        urn=row["urn"],
        indicator=row["indicator"],
        period=row["period"],
        value=_value(row),
        version=row["version"],
        release=row["release"],
        row=row["row"],
        preferred=row["preferred"],
    )
    withholding.shown(figure)
    return figure


def _area_figure(row: dict[str, Any]) -> AreaFigure:
    return AreaFigure(
        level=Level(row["level"]),
        area=row["area"],
        phase=row["phase"],
        indicator=row["indicator"],
        period=row["period"],
        value=withholding.roughly(_value(row), indicator=row["indicator"]),
        basis=Basis(row["basis"]),
        schools=row["schools"],
        roll_share=row["roll_share"],
        version=row["version"],
        release=row["release"],
        row=row["row"],
        preferred=row["preferred"],
        mark=row["mark"] or "",
    )


def _value(row: dict[str, Any]) -> Value:
    return value_from(number=row["value"], status=row["status"], mark=row["mark"] or "", cohort=row["cohort"])


def _rows(expression: Table) -> list[dict[str, Any]]:
    return list(engine.connection().to_pyarrow(expression).to_pylist())
