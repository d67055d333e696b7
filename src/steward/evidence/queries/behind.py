"""Reads of the schools behind an area figure that was worked out from them."""

from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path

from steward.analysis.indicators.places import places_of, rolls_of
from steward.evidence import catalogues, engine
from steward.evidence.queries import releases, withholding
from steward.evidence.queries.figures import AreaFigure
from steward.register.models import School
from steward.vocabulary.areas import Level
from steward.vocabulary.values import KNOWN, Value, value_from


@dataclass(frozen=True, slots=True)
class SchoolBehind:
    """A school in a computed area figure; `pupils` are those on roll, `cohort` those in the measure."""

    urn: int
    name: str
    value: Value
    cohort: float | None
    pupils: float | None
    row: int


def count_behind(figure: AreaFigure) -> int:
    """Return how many schools are in a computed figure."""
    return len(_behind(releases.current_folder(), figure))


def schools_behind(figure: AreaFigure, *, first: int, last: int) -> list[SchoolBehind]:
    """Return the schools in a computed figure, largest first, from place `first` to before `last`."""
    rows = _behind(releases.current_folder(), figure)[first:last]
    names = dict(School.objects.filter(pk__in=[one.urn for one in rows]).values_list("urn", "name"))
    return [
        SchoolBehind(
            one.urn,
            names.get(one.urn, f"School {one.urn}"),
            value_from(number=one.value, status=one.status),
            one.shown_cohort,
            one.pupils,
            one.row,
        )
        for one in rows
    ]


@dataclass(frozen=True, slots=True)
class _Row:
    """What the computation counted of a school, and of it what may be shown."""

    urn: int
    cohort: float | None
    pupils: float | None
    row: int
    value: float | None
    status: str
    shown_cohort: float | None


@lru_cache(maxsize=16)
def _behind(folder: Path, figure: AreaFigure) -> tuple[_Row, ...]:
    """Each school that the computation counted, the largest first."""
    values = engine.table(folder / "values.parquet")
    year = values.filter(values.period == figure.period)
    places = places_of(
        engine.table(folder / "establishments.parquet"),
        roll=rolls_of(values),
        periods=year.select("period").distinct(),
    )
    phases = [phase.value for phase in catalogues.indicators()[figure.indicator].phases]
    inside = places.filter(places.phase.isin(phases if figure.phase == "all" else [figure.phase]))
    if figure.level is not Level.ENGLAND:
        inside = inside.filter(inside[figure.level.value] == figure.area)
    known = year.filter(
        year.indicator == figure.indicator, year.release == figure.release, year.status == KNOWN
    )
    released = withholding.released_of_schools(known, folder=folder)
    told = released.select("urn", "period", "row", "value", "status", shown_cohort=released.cohort)
    counted = known.select("urn", "period", "row", "cohort").join(inside, ["urn", "period"])
    both = counted.join(told, ["urn", "period", "row"])
    names = [field.name for field in fields(_Row)]
    found = engine.connection().to_pyarrow(both.select(*names)).to_pylist()
    return tuple(sorted(_counted([_Row(**row) for row in found], figure=figure), key=_largest_first))


def _counted(rows: list[_Row], *, figure: AreaFigure) -> list[_Row]:
    """Keep the schools that weigh in the figure: by cohort where any is given, else by their roll."""
    way = catalogues.indicators()[figure.indicator].area
    if way == "sum":
        return rows
    if any(row.cohort for row in rows):
        return [row for row in rows if row.cohort]
    return rows if way == "ratio" else [row for row in rows if row.pupils]


def _largest_first(row: _Row) -> tuple[float, int]:
    return (-(row.cohort or row.pupils or 0.0), row.urn)
