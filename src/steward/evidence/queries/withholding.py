"""The disclosure gate as reads pass it: figures about groups of pupils come out withheld or rounded.

Which figures are withheld was worked out when the tables were built, over all of them at once, since what
is shown of one school, measure or area can tell another. Every read of figures goes through here.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ibis
from ibis.expr.types import Table

from steward.evidence import catalogues, engine
from steward.vocabulary.rounding import round_half_away
from steward.vocabulary.values import KNOWN, Known, Reason, Value

WITHHELD_FILE = "withheld.parquet"
_SCHOOL = "school"
_shown: ContextVar[list[object] | None] = ContextVar("shown", default=None)


@contextmanager
def ledger() -> Iterator[list[object]]:
    """Keep every figure that reads give out while the block lasts, for an audit of what was shown."""
    kept: list[object] = []
    token = _shown.set(kept)
    try:
        yield kept
    finally:
        _shown.reset(token)


def shown(figure: object) -> None:
    """Write a figure into the ledger, where one is kept."""
    kept = _shown.get()
    if kept is not None:
        kept.append(figure)


def released_of_schools(rows: Table, *, folder: Path) -> Table:
    """Return rows of values with what is withheld taken out: value, mark, and pupils where they are too."""
    held = _withheld(folder)
    if held is None:
        return _without_groups(rows)
    held = held.filter(held.level == _SCHOOL)
    held = held.select(urn=held.area.cast("int64"), **_named(held))
    return _taken_out(rows, held, on=("urn", "indicator", "period"))


def released_of_areas(rows: Table, *, folder: Path) -> Table:
    """Return rows of areas with what is withheld taken out."""
    held = _withheld(folder)
    if held is None:
        return _without_groups(rows)
    held = held.filter(held.level != _SCHOOL)
    held = held.select("level", "area", "phase", **_named(held))
    return _taken_out(rows, held, on=("level", "area", "phase", "indicator", "period"))


def intake_released(rows: Table, *, folder: Path) -> Table:
    """Return rows of intake (urn, feature, value, period) without those that are withheld as figures."""
    held = _withheld(folder)
    if held is None:
        return rows.filter(~rows.feature.isin(sorted(_groups())))
    held = held.filter((held.level == _SCHOOL) & held.figure)
    held = held.select(urn=held.area.cast("int64"), feature=held.indicator, period=held.period)
    return rows.anti_join(held, ["urn", "feature", "period"])


def roughly(value: Value, *, indicator: str) -> Value:
    """Return a figure of an area as it is printed, where it is about a group: no digit more is given out."""
    definition = catalogues.indicators().get(indicator)
    if definition is None or not definition.group or not isinstance(value, Known):
        return value
    return Known(round_half_away(value.value, definition.decimals), value.cohort)


def is_about_a_group(indicator: str) -> bool:
    """Return whether an indicator is about a group of pupils."""
    return indicator in _groups()


@dataclass(frozen=True, slots=True)
class RowFigure:
    """A figure that was read from a record of a file: of whom it is, and what the gate lets out of it."""

    level: str
    area: str
    indicator: str
    period: int
    figure: bool
    pupils: bool


def figures_of_row(release: str, *, row: int, folder: Path) -> tuple[RowFigure, ...]:
    """Return what was read from a record of a live release; nothing where tables are not built from it."""
    values, areas = engine.table(folder / "values.parquet"), engine.table(folder / "areas.parquet")
    schools = values.filter((values.release == release) & (values.row == row))
    printed = areas.filter((areas.release == release) & (areas.row == row))
    of_schools = released_of_schools(schools, folder=folder)
    of_schools = of_schools.mutate(level=ibis.literal(_SCHOOL), area=of_schools.urn.cast("string"))
    found = [*_told(of_schools), *_told(released_of_areas(printed, folder=folder))]
    return tuple(
        RowFigure(
            one["level"],
            one["area"],
            one["indicator"],
            one["period"],
            figure=one["status"] != Reason.WITHHELD.value,
            pupils=one["cohort"] is not None,
        )
        for one in found
    )


def groups_withheld(level: str, area: str, *, folder: Path) -> frozenset[tuple[str, int]]:
    """Return the groups and years in which any figure of a school or an area, or its pupils, is withheld."""
    held = _withheld(folder)
    if held is None:
        return frozenset()
    chosen = held.filter((held.level == level) & (held.area == area))
    rows = engine.connection().to_pyarrow(chosen.select("indicator", "period").distinct()).to_pylist()
    known = catalogues.indicators()
    return frozenset(
        (known[row["indicator"]].group, row["period"]) for row in rows if row["indicator"] in known
    )


def _told(rows: Table) -> list[dict[str, Any]]:
    wanted = rows.select("level", "area", "indicator", "period", "status", "cohort")
    found: list[dict[str, Any]] = engine.connection().to_pyarrow(wanted).to_pylist()
    return found


def _withheld(folder: Path) -> Table | None:
    path = folder / WITHHELD_FILE
    return engine.table(path) if path.exists() else None


def _named(held: Table) -> dict[str, ibis.Value]:
    return {
        "indicator": held.indicator,
        "period": held.period,
        "hides": held.figure,
        "hides_pupils": held.pupils,
    }


def _taken_out(rows: Table, held: Table, *, on: tuple[str, ...]) -> Table:
    both = rows.left_join(held, list(on))
    no = ibis.literal(value=False)
    hides, hides_pupils = held.hides.fill_null(no), held.hides_pupils.fill_null(no)
    return both.select(**_without(rows, figure=hides, pupils=hides_pupils))


def _without_groups(rows: Table) -> Table:
    """Tables of a generation built before the gate: nothing about a group is shown until they are rebuilt."""
    about = rows.indicator.isin(sorted(_groups()))
    return rows.select(**_without(rows, figure=about, pupils=about))


def _without(
    rows: Table, *, figure: ibis.expr.types.BooleanValue, pupils: ibis.expr.types.BooleanValue
) -> dict[str, ibis.Value]:
    out = figure & (rows.status == KNOWN)
    changed = {
        "value": ibis.ifelse(out, ibis.null("float64"), rows.value),
        "status": ibis.ifelse(out, Reason.WITHHELD.value, rows.status),
        "mark": ibis.ifelse(out, ibis.null("string"), rows.mark),
        "cohort": ibis.ifelse(pupils, ibis.null("float64"), rows.cohort),
    }
    return {name: changed.get(name, rows[name]) for name in rows.columns}


def _groups() -> frozenset[str]:
    return frozenset(name for name, one in catalogues.indicators().items() if one.group)
