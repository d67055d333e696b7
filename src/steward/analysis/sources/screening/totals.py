"""The file's own authority and England rows beside what its schools add up to."""

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from steward.analysis.columns import ROW
from steward.analysis.sources.screening.cells import Cells
from steward.analysis.sources.screening.report import Finding, Place, Total, Verdict, counted
from steward.vocabulary.areas import ENGLAND, Level

_NO_MEAN = "BANDING"
"""Part of the name of columns with bands, of which a mean says nothing."""
_NOTEWORTHY = 0.05
_MOST_AUTHORITIES = 50


def compare(cells: Cells) -> tuple[Total, ...]:
    """Return published and computed figures of England, of our authority and of those that differ most.

    The computed figure is the mean over the schools of the file that have a number, weighted by
    their pupils where the file has a column of them. The two are expected to differ: published
    figures include suppressed pupils and those in alternative provision.
    """
    levels = cells.layout.levels
    if levels is None or levels.phase_column:
        return ()
    columns = [column for column in cells.measures if _NO_MEAN not in column]
    found = [total for column in columns for total in _of_column(cells, column=column)]
    england = [one for one in found if one.level == Level.ENGLAND.value]
    authorities = [one for one in found if one.level == Level.AUTHORITY.value]
    authorities.sort(key=lambda one: _share(one, cells=cells), reverse=True)
    ours = [one for one in authorities if one.area == cells.context.authority]
    others = [one for one in authorities if one.area != cells.context.authority]
    return (*england, *ours, *others[:_MOST_AUTHORITIES])


def _share(total: Total, *, cells: Cells) -> float:
    """Return the difference as a share of the believable range of the column."""
    allowed = cells.layout.ranges[total.column]
    return abs(total.difference) / ((allowed.most - allowed.least) or 1.0)


def _of_column(cells: Cells, *, column: str) -> Iterator[Total]:
    figures = pa.table(
        {
            "level": cells.levels,
            "area": _areas(cells),
            "number": cells.numbers(column),
            "pupils": _pupils(cells, column=column),
            ROW: cells.table.column(ROW),
        }
    ).filter(pc.is_valid(cells.numbers(column)))
    schools = figures.filter(pc.equal(figures.column("level"), "school"))
    published = figures.filter(
        pc.is_in(figures.column("level"), value_set=pa.array([Level.AUTHORITY.value, Level.ENGLAND.value]))
    )
    computed = _means(schools)
    for row in published.to_pylist():
        area = ENGLAND if row["level"] == Level.ENGLAND.value else row["area"]
        if area in computed:
            mean, count = computed[area]
            yield Total(row["level"], area, column, row["number"], mean, count, row[ROW])


def _areas(cells: Cells) -> pa.ChunkedArray:
    if cells.authorities is not None:
        return cells.authorities
    return pa.chunked_array([pa.array([""] * cells.table.num_rows, pa.string())])


def _pupils(cells: Cells, *, column: str) -> pa.ChunkedArray:
    cohort = cells.cohort_of(column)
    if not cohort:
        return pa.chunked_array([pa.array([1.0] * cells.table.num_rows, pa.float64())])
    return cells.numbers(cohort)


def _means(schools: pa.Table) -> dict[str, tuple[float, int]]:
    """Return the weighted mean and the number of schools by authority and for England."""
    weighed = schools.filter(pc.is_valid(schools.column("pupils")))
    parts = pa.table(
        {
            "area": weighed.column("area"),
            "sum": pc.multiply(weighed.column("number"), weighed.column("pupils")),
            "pupils": weighed.column("pupils"),
        }
    )
    sums = parts.group_by("area").aggregate([("sum", "sum"), ("pupils", "sum"), ("sum", "count")])
    found = {
        one["area"]: (one["sum_sum"] / one["pupils_sum"], one["sum_count"])
        for one in sums.to_pylist()
        if one["pupils_sum"] and one["area"]
    }
    pupils = pc.sum(parts.column("pupils")).as_py()
    if pupils:
        found[ENGLAND] = (pc.sum(parts.column("sum")).as_py() / pupils, parts.num_rows)
    return found


def totals(cells: Cells, *, found: tuple[Total, ...]) -> Iterator[Finding]:
    """Yield how far published figures of England and authorities are from what the schools add up to."""
    if not found:
        return
    far = [one for one in found if _share(one, cells=cells) > _NOTEWORTHY]
    england = [one for one in far if one.level == Level.ENGLAND.value]
    widest = max(found, key=lambda one: _share(one, cells=cells))
    yield Finding(
        "totals",
        Verdict.WARNING if england else Verdict.PASS,
        f"{counted(len(found), 'published area figure was', 'published area figures were')} compared "
        f"with the schools of the file. The widest gap is {widest.column} of {widest.area} "
        f"(row {widest.row}): published {widest.published:g}, {widest.computed:.2f} from "
        f"{counted(widest.schools, 'school', 'schools')}.",
        "The published figure is the one shown; it also counts pupils of schools that are suppressed.",
        len(far),
        tuple(
            Place(
                one.row, one.column, f"{one.area}: published {one.published:g}, computed {one.computed:.2f}"
            )
            for one in (*england, *(one for one in far if one not in england))
        )[:_MOST_AUTHORITIES],
    )
