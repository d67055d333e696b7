"""Reads of the schools behind an area figure that was worked out from them."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from steward.analysis.indicators.places import places_of, rolls_of
from steward.evidence import catalogues, engine
from steward.evidence.queries import releases
from steward.evidence.queries.figures import AreaFigure
from steward.register.models import School
from steward.vocabulary.areas import Level
from steward.vocabulary.values import KNOWN


@dataclass(frozen=True, slots=True)
class SchoolBehind:
    """A school in a computed area figure; `pupils` are those on roll, `cohort` those in the measure."""

    urn: int
    name: str
    value: float
    cohort: float | None
    pupils: float | None
    row: int


def count_behind(figure: AreaFigure) -> int:
    """Return how many schools are in a computed figure."""
    return len(_behind(releases.current_folder(), figure))


def schools_behind(figure: AreaFigure, *, first: int, last: int) -> list[SchoolBehind]:
    """Return the schools in a computed figure, largest first, from place `first` to before `last`."""
    rows = _behind(releases.current_folder(), figure)[first:last]
    names = dict(School.objects.filter(pk__in=[row[0] for row in rows]).values_list("urn", "name"))
    return [
        SchoolBehind(urn, names.get(urn, f"School {urn}"), value, cohort, pupils, row)
        for urn, value, cohort, pupils, row in rows
    ]


_Row = tuple[int, float, float | None, float | None, int]


@lru_cache(maxsize=16)
def _behind(folder: Path, figure: AreaFigure) -> tuple[_Row, ...]:
    """URN, value, cohort, pupils and row of each school that the computation counted."""
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
    both = known.join(inside, ["urn", "period"]).select("urn", "value", "cohort", "pupils", "row")
    found = engine.connection().to_pyarrow(both).to_pylist()
    rows = [(row["urn"], row["value"], row["cohort"], row["pupils"], row["row"]) for row in found]
    return tuple(sorted(_counted(rows, figure=figure), key=_largest_first))


def _counted(rows: list[_Row], *, figure: AreaFigure) -> list[_Row]:
    """Keep the schools that weigh in the figure: by cohort where any is given, else by their roll."""
    way = catalogues.indicators()[figure.indicator].area
    if way == "sum":
        return rows
    if any(cohort for _, _, cohort, _, _ in rows):
        return [row for row in rows if row[2]]
    return rows if way == "ratio" else [row for row in rows if row[3]]


def _largest_first(row: _Row) -> tuple[float, int]:
    urn, _, cohort, pupils, _ = row
    return (-(cohort or pupils or 0.0), urn)
