"""Progress 8 of a table of pupils, and of the schools in it, as expressions for any engine."""

import math
from collections.abc import Iterable, Sequence

import ibis
import pyarrow as pa
from ibis.expr.types import FloatingValue, Table

from steward.analysis.accountability.definition import FIRST_PRIOR, LAST_PRIOR, Progress8Tables
from steward.analysis.accountability.progress8 import DOUBLED, SUBJECTS, TRIPLED, bands

GROUP = "prior_group"
SCORES: dict[str, tuple[str, int]] = {
    "progress_8": ("attainment_8", SUBJECTS),
    "progress_8_english": ("english_points", DOUBLED),
    "progress_8_maths": ("maths_points", DOUBLED),
    "progress_8_ebacc": ("ebacc_points", TRIPLED),
    "progress_8_open": ("open_points", TRIPLED),
}
"""Each score: the column of points it is made from, and how many slots those points fill."""

_ELEMENTS = dict(zip(SCORES, ("attainment_8", "english", "maths", "ebacc", "open"), strict=True))
_KEY = "prior_halves"
_EXPECTED = "expected_"
_LEAST = "least_progress"


def progress_8(pupils: Table, *, tables: Iterable[Progress8Tables]) -> Table:
    """Return pupils with their group by prior attainment and their progress in grades, unrounded.

    `pupils` has `period` (the year that ends), `prior_attainment` (average scaled score) and, in points,
    `attainment_8`, `english_points`, `maths_points`, `ebacc_points` and `open_points`. Added are
    `prior_group` and the columns of SCORES; each is null where the prior score, the points or the tables
    of the year are missing. Source: as `progress8.progress_of`, which this equals pupil by pupil.
    """
    expected = _expected(tables)
    halves = (pupils.prior_attainment * 2).ceil().cast("int64")
    possible = pupils.prior_attainment.between(FIRST_PRIOR, LAST_PRIOR)
    keyed = pupils.mutate(**{_KEY: ibis.ifelse(possible, halves, ibis.null("int64"))})
    placed = keyed.left_join(
        expected, [keyed.period == expected.table_year, keyed[_KEY] == expected.table_halves]
    )
    scored = placed.mutate(
        **{
            name: (placed[points] - placed[_EXPECTED + name]) / slots
            for name, (points, slots) in SCORES.items()
        }
    )
    least = scored[_LEAST]
    scored = scored.mutate(progress_8=ibis.ifelse(scored.progress_8 < least, least, scored.progress_8))
    found: Table = scored.select(*pupils.columns, GROUP, *SCORES)
    return found


def school_scores(
    pupils: Table, *, by: Sequence[str], tables: Iterable[Progress8Tables], version: str = "revised"
) -> Table:
    """Return for each group of pupils with a score its `pupils`, `score`, `lower`, `upper` and `band`.

    `by` names the columns of the groups, `period` among them; `pupils` is what `progress_8` returns.
    Limits are those of the 95% interval, unrounded. Null where the year has no tables.
    Raises ValueError where `by` leaves out the year.
    """
    if "period" not in by:
        raise ValueError("The spread of pupils differs by year: name period among the columns of the groups.")
    scored = pupils.filter(pupils.progress_8.notnull())
    means = scored.group_by(*by).aggregate(pupils=scored.count(), score=scored.progress_8.mean())
    reach = _reach(means.period, tables=tables, version=version) / means.pupils.cast("float64").sqrt()
    limited = means.mutate(lower=means.score - reach, upper=means.score + reach)
    found: Table = limited.mutate(band=bands(limited.score, lower=limited.lower, upper=limited.upper))
    return found


def _reach(period: ibis.Value, *, tables: Iterable[Progress8Tables], version: str) -> FloatingValue:
    """Return how far the interval of a single pupil would reach in each year."""
    cases = [(period == one.year, one.quantile * one.deviation(version).progress_8) for one in tables]
    return ibis.cases(*cases, else_=ibis.null("float64"))


def _expected(tables: Iterable[Progress8Tables]) -> Table:
    """Return what pupils of each year with each half point of prior attainment achieve on average.

    No cell is null: Spark is given tables of ours through pandas, where a null becomes not-a-number.
    """
    rows = [
        {
            "table_year": one.year,
            "table_halves": halves,
            GROUP: group.number,
            _LEAST: -math.inf if group.lowest_progress is None else group.lowest_progress,
            **{_EXPECTED + name: float(getattr(group, element)) for name, element in _ELEMENTS.items()},
        }
        for one in tables
        for group in one.groups
        for halves in range(round(group.lowest * 2), round(group.highest * 2) + 1)
    ]
    whole, number = pa.int64(), pa.float64()
    shape = pa.schema(
        [("table_year", whole), ("table_halves", whole), (GROUP, whole), (_LEAST, number)]
        + [(_EXPECTED + name, number) for name in SCORES]
    )
    return ibis.memtable(pa.Table.from_pylist(rows, schema=shape))
