"""From the columns of releases to one row for each school and indicator."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

import ibis
from ibis.expr.types import StringValue, Table

from steward.analysis import columns
from steward.analysis.indicators.definition import IndicatorDefinition
from steward.analysis.indicators.stacks import SCHOOL_ROWS, OpenRelease, Stack, names_of, stacked
from steward.analysis.sources.definition import Layout
from steward.analysis.sources.marks import number_of, status_of
from steward.vocabulary.values import KNOWN, Reason

VERSIONS = ("derived", "early", "provisional", "revised", "final")
"""Versions of a figure from the weakest to the strongest."""

WEIGHTED = ibis.schema({**columns.VALUES, "weight": "float64"})
"""VALUES with the weight of each row in an area figure: the denominator of a ratio, else the cohort."""

_OF_RELEASE = ("row", "release", "version", "period")


def values_of(
    raw: Table,
    *,
    source_id: str,
    layout: Layout,
    period: int | None,
    release: str,
    indicators: Mapping[str, IndicatorDefinition],
) -> Table | None:
    """Return every indicator that the release `raw` feeds, in shape columns.VALUES, or None if it feeds none.

    `raw` holds the file as text, with its row numbers in column `row`. A missing value keeps the
    reason and the mark as printed. A ratio with a missing part takes the reason of that part, the
    numerator first; a ratio by zero is not applicable. `preferred` is null until `prefer` sets it.
    """
    opened = OpenRelease(release, raw, source_id, layout, period, layout.version)
    weighted = values_of_all([opened], indicators=indicators)
    return None if weighted is None else columns.cast(weighted, columns.VALUES)


def values_of_all(
    releases: Iterable[OpenRelease], *, indicators: Mapping[str, IndicatorDefinition]
) -> Table | None:
    """Return what `values_of` returns for many releases together, in shape WEIGHTED, or None if nothing."""
    found = [
        figures
        for stack in stacked(releases, indicators=indicators, choice=SCHOOL_ROWS)
        for figures in read(stack)
    ]
    return columns.cast(_together(found), WEIGHTED) if found else None


def preferred_of_all(
    releases: Iterable[OpenRelease], *, indicators: Mapping[str, IndicatorDefinition]
) -> Table | None:
    """Return `prefer(values_of_all(...))`, comparing only figures that more than one row can give.

    Most figures are in one row of one release, and comparing all of them is what takes the time.
    """
    found = []
    for stack in stacked(releases, indicators=indicators, choice=SCHOOL_ROWS):
        figures = _together(read(_with_first(stack)))
        if stack.contested:
            found.append(_preferred(figures))
        else:
            found.append(columns.cast(figures.mutate(preferred=figures.first_of_school), columns.VALUES))
    return _together(found) if found else None


def _with_first(stack: Stack) -> Stack:
    """Mark the first row of each school in each release of a stack; hardly any school has two."""
    rows, keys = stack.rows, ["release", "period", "urn"]
    counted = rows.group_by(*keys).agg(earliest=rows.row.min(), how_many=rows.count())
    twice = counted.filter(counted.how_many > 1).drop("how_many")
    joined = rows.left_join(twice, keys)
    marked = joined.select(
        *(rows[name] for name in rows.columns),
        first_of_school=twice.earliest.isnull() | (rows.row == twice.earliest),
    )
    return replace(stack, rows=marked, keys=(*stack.keys, "first_of_school"))


def _together(tables: list[Table]) -> Table:
    first, *others = tables
    return first.union(*others, distinct=False) if others else first


def read(stack: Stack) -> list[Table]:
    """Return the figures in a stack: one row for each row and indicator, as two tables at most.

    Columns: the keys, row, release, version, period, indicator, mark, value, status, cohort, weight.
    """
    plain = [name for name in stack.given if name not in stack.divided]
    tables = []
    if plain:
        tables.append(_plain(_unstack(stack, names=plain), keys=stack.keys))
    if stack.divided:
        tables.append(_divided(_unstack(stack, names=sorted(stack.divided)), keys=stack.keys))
    return tables


def prefer(values: Table) -> Table:
    """Return `values` with `preferred` true on the one row to show for each school, indicator and year.

    The strongest version is shown: final, revised, provisional, early, derived. A figure that is
    missing in a stronger version stays missing though a weaker one has a number, because the
    publisher may have withdrawn or suppressed it. A release speaks by its first row of the school.
    Between releases of one version a known value beats a missing one, then the later release in the
    order of release ids.
    """
    in_release = ibis.window(
        group_by=[values.urn, values.indicator, values.period, values.release], order_by=values.row
    )
    return _preferred(values.mutate(first_of_school=ibis.row_number().over(in_release) == 0))


def _preferred(values: Table) -> Table:
    rank = ibis.cases(
        *((values.version == version, place) for place, version in enumerate(VERSIONS)), else_=-1
    )
    order = ibis.window(
        group_by=[values.urn, values.indicator, values.period],
        order_by=[
            rank.desc(),
            ibis.ifelse(values.first_of_school, 0, 1),
            ibis.ifelse(values.status == KNOWN, 0, 1),
            values.release.desc(),
            values.row,
        ],
    )
    return columns.cast(values.mutate(preferred=ibis.row_number().over(order) == 0), columns.VALUES)


def _unstack(stack: Stack, *, names: list[str]) -> Table:
    """One row for each row and indicator, with the marks still as printed."""
    return _together([_of_one(stack, name=name) for name in names])


def _of_one(stack: Stack, *, name: str) -> Table:
    rows = stack.rows
    everyone = {one for given in stack.given.values() for one in given}
    given = stack.given[name]
    if everyone != set(given):
        rows = rows.filter(_given_in(rows, given=given, everyone=everyone))
    own = names_of(name)
    return rows.select(
        *stack.keys,
        *_OF_RELEASE,
        indicator=ibis.literal(name),
        times=ibis.literal(stack.times[name], "float64"),
        mark=rows[own.mark],
        part=rows[own.part] if name in stack.divided else ibis.null("string"),
        cohort=rows[own.cohort],
    )


def _given_in(
    rows: Table, *, given: list[tuple[str, int]], everyone: set[tuple[str, int]]
) -> ibis.expr.types.BooleanValue:
    releases = {release for release, _ in given}
    elsewhere = {release for release, _ in everyone - set(given)}
    if releases & elsewhere:
        return ibis.or_(*((rows.release == release) & (rows.period == year) for release, year in given))
    return rows.release.isin(sorted(releases))


def _plain(printed: Table, *, keys: tuple[str, ...]) -> Table:
    numbered = printed.mutate(number=number_of(printed.mark))
    return numbered.select(
        *keys,
        *_OF_RELEASE,
        "indicator",
        "mark",
        value=numbered.number * numbered.times,
        status=ibis.ifelse(numbered.number.notnull(), KNOWN, status_of(numbered.mark)),
        cohort=numbered.cohort,
        weight=numbered.cohort,
    )


def _divided(printed: Table, *, keys: tuple[str, ...]) -> Table:
    numbered = printed.mutate(number=number_of(printed.mark), by=number_of(printed.part))
    status = ibis.cases(
        (numbered.number.isnull(), status_of(numbered.mark)),
        (numbered.by.isnull(), status_of(numbered.part)),
        (numbered.by == 0, Reason.NOT_APPLICABLE.value),
        else_=KNOWN,
    )
    return numbered.select(
        *keys,
        *_OF_RELEASE,
        "indicator",
        mark=_shown(numbered.mark) + " / " + _shown(numbered.part),
        value=numbered.number / numbered.by.nullif(0) * numbered.times,
        status=status,
        cohort=numbered.cohort,
        weight=numbered.by,
    )


def _shown(mark: StringValue) -> StringValue:
    return ibis.ifelse(mark.fill_null("").strip() == "", "blank", mark.strip())
