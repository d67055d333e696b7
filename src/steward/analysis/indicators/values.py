"""From the columns of releases to one row for each school and indicator."""

from collections.abc import Iterable, Mapping

import ibis
from ibis.expr.types import StringValue, Table

from steward.analysis import columns
from steward.analysis.indicators.definition import IndicatorDefinition
from steward.analysis.indicators.stacks import OpenRelease, Stack, names_of, stacked
from steward.analysis.sources.definition import Layout
from steward.analysis.sources.marks import number_of, status_of
from steward.analysis.sources.rows import SCHOOL
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
        for stack in stacked(releases, indicators=indicators)
        for figures in read(
            stack, rows=stack.rows.filter(stack.rows.level == SCHOOL, stack.rows.urn.notnull()), keys=("urn",)
        )
    ]
    if not found:
        return None
    first, *others = found
    return columns.cast(first.union(*others, distinct=False) if others else first, WEIGHTED)


def read(stack: Stack, *, rows: Table, keys: tuple[str, ...]) -> list[Table]:
    """Return the figures in `rows` of a stack: one row for each row and indicator, as two tables at most.

    Columns: the keys, row, release, version, period, indicator, mark, value, status, cohort, weight.
    """
    plain = [name for name in stack.given if name not in stack.divided]
    tables = []
    if plain:
        tables.append(_plain(_unstack(stack, rows=rows, names=plain, keys=keys), keys=keys))
    if stack.divided:
        tables.append(_divided(_unstack(stack, rows=rows, names=sorted(stack.divided), keys=keys), keys=keys))
    return tables


def prefer(values: Table) -> Table:
    """Return `values` with `preferred` true on the one row to show for each school, indicator and year.

    The strongest version is shown: final, revised, provisional, early, derived. A figure that is
    missing in a stronger version stays missing though a weaker one has a number, because the
    publisher may have withdrawn or suppressed it. Within one version a known value beats a missing
    one, then the later release in the order of release ids, then the earlier row.
    """
    rank = ibis.cases(
        *((values.version == version, place) for place, version in enumerate(VERSIONS)), else_=-1
    )
    order = ibis.window(
        group_by=[values.urn, values.indicator, values.period],
        order_by=[
            rank.desc(),
            ibis.ifelse(values.status == KNOWN, 0, 1),
            values.release.desc(),
            values.row,
        ],
    )
    return columns.cast(values.mutate(preferred=ibis.row_number().over(order) == 0), columns.VALUES)


def _unstack(stack: Stack, *, rows: Table, names: list[str], keys: tuple[str, ...]) -> Table:
    """One row for each row and indicator, with the marks still as printed."""
    first, *others = [_of_one(stack, rows=rows, name=name, keys=keys) for name in names]
    return first.union(*others, distinct=False) if others else first


def _of_one(stack: Stack, *, rows: Table, name: str, keys: tuple[str, ...]) -> Table:
    everyone = {one for given in stack.given.values() for one in given}
    given = stack.given[name]
    if everyone != set(given):
        rows = rows.filter(_given_in(rows, given=given, everyone=everyone))
    own = names_of(name)
    return rows.select(
        *keys,
        *_OF_RELEASE,
        indicator=ibis.literal(name),
        times=ibis.literal(stack.times[name], "float64"),
        mark=rows[own.mark],
        part=rows[own.part] if name in stack.divided else ibis.null("string"),
        cohort_mark=rows[own.cohort],
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
        cohort=number_of(numbered.cohort_mark),
        weight=number_of(numbered.cohort_mark),
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
        cohort=number_of(numbered.cohort_mark),
        weight=numbered.by,
    )


def _shown(mark: StringValue) -> StringValue:
    return ibis.ifelse(mark.fill_null("").strip() == "", "blank", mark.strip())
