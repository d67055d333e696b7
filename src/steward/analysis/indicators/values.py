"""From the columns of releases to one row for each school and indicator."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

import ibis
from ibis.expr.types import IntegerValue, StringValue, Table

from steward.analysis import columns
from steward.analysis.indicators.definition import IndicatorDefinition
from steward.analysis.indicators.stacks import (
    SCHOOL_ROWS,
    OpenRelease,
    Sheets,
    Stack,
    mark_of,
    part_of,
    sheets_of,
    stacked,
    together,
)
from steward.analysis.sources.definition import Layout
from steward.analysis.sources.marks import number_of, status_of
from steward.vocabulary.values import KNOWN, Reason

VERSIONS = ("derived", "early", "provisional", "revised", "final")
"""Versions of a figure from the weakest to the strongest."""

WEIGHTED = ibis.schema({**columns.VALUES, "weight": "float64"})
"""VALUES with the weight of each row in an area figure: the denominator of a ratio, else the cohort."""


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
    every = sheets_of(releases, indicators=indicators)
    found = [figures for stack in stacked(every, choice=SCHOOL_ROWS) for figures in read(stack, every=every)]
    return columns.cast(named(together(found), every=every), WEIGHTED) if found else None


CODED = (
    "urn",
    "indicator",
    "sheet",
    "period",
    "value",
    "status",
    "mark",
    "cohort",
    "weight",
    "row",
    "preferred",
)
"""Columns of figures whose indicator and sheet are numbers, to be named by `named`."""


def preferred_of_all(every: Sheets) -> Table | None:
    """Return the figures of schools with CODED columns, `preferred` set as `prefer` does, or None if nothing.

    Compares only figures that more than one row can give: most are in one row of one release, and
    comparing all of them is what takes the time.
    """
    stacks = [_with_first(stack) for stack in stacked(every, choice=SCHOOL_ROWS)]
    alone = [one for stack in stacks if not stack.contested for one in read(stack, every=every)]
    competing = [one for stack in stacks if stack.contested for one in read(stack, every=every)]
    found = [_alone(together(alone))] if alone else []
    found += [_compared(together(competing), every=every)] if competing else []
    return together(found) if found else None


def _alone(figures: Table) -> Table:
    return figures.select(*CODED[:-1], preferred=figures.first_of_school)


def _compared(figures: Table, *, every: Sheets) -> Table:
    order = _order(
        figures,
        period=figures.period,
        release=every.release_of(figures.sheet),
        version=every.version_of(figures.sheet),
    )
    ranked = figures.mutate(place=ibis.row_number().over(order))
    return _with_preferred(ranked).select(*CODED)


def _with_preferred(ranked: Table) -> Table:
    """Set `preferred` by `place`, and carry a cohort to a preferred figure that has none of its own."""
    same = ibis.window(group_by=[ranked.urn, ranked.indicator, ranked.period])
    best = ibis.ifelse(ranked.cohort.notnull(), ranked.place, ibis.null("int64")).min().over(same)
    marked = ranked.mutate(preferred=ranked.place == 0, gives=ranked.place == best)
    same = ibis.window(group_by=[marked.urn, marked.indicator, marked.period])
    carried = ibis.ifelse(marked.gives, marked.cohort, ibis.null("float64")).max().over(same)
    return marked.mutate(cohort=ibis.ifelse(marked.preferred, carried, marked.cohort))


def read(stack: Stack, *, every: Sheets) -> list[Table]:
    """Return the figures in a stack: one row for each row and indicator, as two tables at most.

    Columns: the keys, row, sheet, period, indicator (its number), mark, value, status, cohort, weight.
    """
    plain = [name for name, use in stack.uses.items() if not use.reading.numerator]
    divided = [name for name in stack.uses if name not in plain]
    tables = []
    if plain:
        tables.append(_plain(_unstack(stack, names=plain, every=every), keys=stack.keys))
    if divided:
        tables.append(_divided(_unstack(stack, names=divided, every=every), keys=stack.keys))
    return tables


def named(figures: Table, *, every: Sheets) -> Table:
    """Return figures with release, version, period and indicator by name in place of their numbers."""
    kept = [name for name in figures.columns if name not in ("sheet", "indicator")]
    return figures.select(
        *kept,
        indicator=every.indicator_of(figures.indicator),
        release=every.release_of(figures.sheet),
        version=every.version_of(figures.sheet),
    )


def prefer(values: Table) -> Table:
    """Return `values` with `preferred` true on the one row to show for each school, indicator and year.

    The strongest version is shown: final, revised, provisional, early, derived. A figure that is
    missing in a stronger version stays missing though a weaker one has a number, because the
    publisher may have withdrawn or suppressed it. A release speaks by its first row of the school.
    Between releases of one version a known value beats a missing one, then the later release in the
    order of release ids.

    Where the figure that is shown has no number of pupils and another version has one (the final
    files of 2018 and 2019 print none, the provisional ones do), it is given that of the strongest
    such version, so that a figure of a few pupils is known as one. Other versions keep their own.
    """
    in_release = ibis.window(
        group_by=[values.urn, values.indicator, values.period, values.release], order_by=values.row
    )
    marked = values.mutate(first_of_school=ibis.row_number().over(in_release) == 0)
    order = _order(marked, period=marked.period, release=marked.release, version=marked.version)
    ranked = marked.mutate(place=ibis.row_number().over(order))
    return columns.cast(_with_preferred(ranked), columns.VALUES)


def _order(
    figures: Table, *, period: IntegerValue, release: StringValue, version: StringValue
) -> ibis.expr.builders.WindowBuilder:
    rank = ibis.cases(*((version == name, place) for place, name in enumerate(VERSIONS)), else_=-1)
    return ibis.window(
        group_by=[figures.urn, figures.indicator, period],
        order_by=[
            rank.desc(),
            ibis.ifelse(figures.first_of_school, 0, 1),
            ibis.ifelse(figures.status == KNOWN, 0, 1),
            release.desc(),
            figures.row,
        ],
    )


def _with_first(stack: Stack) -> Stack:
    """Mark the first row of each school in each sheet of a stack; hardly any school has two."""
    rows, keys = stack.rows, ["sheet", "urn"]
    counted = rows.group_by(*keys).agg(earliest=rows.row.min(), how_many=rows.count())
    twice = counted.filter(counted.how_many > 1).drop("how_many")
    joined = rows.left_join(twice, keys)
    marked = joined.select(
        *(rows[name] for name in rows.columns),
        first_of_school=twice.earliest.isnull() | (rows.row == twice.earliest),
    )
    return replace(stack, rows=marked, keys=(*stack.keys, "first_of_school"))


def _unstack(stack: Stack, *, names: list[str], every: Sheets) -> Table:
    """One row for each row and indicator, with the marks still as printed."""
    return together([_of_one(stack, name=name, every=every) for name in names])


def _of_one(stack: Stack, *, name: str, every: Sheets) -> Table:
    rows, reading = stack.rows, stack.uses[name].reading
    stood = {number for given in stack.given.values() for number in given}
    if stood != set(stack.given[name]):
        rows = rows.filter(rows.sheet.isin(stack.given[name]))
    return rows.select(
        *stack.keys,
        "row",
        "sheet",
        "period",
        indicator=ibis.literal(every.indicators.index(name), "int16").cast("int16"),
        times=ibis.literal(reading.times, "float64"),
        mark=rows[mark_of(name)],
        part=rows[part_of(name)] if reading.numerator else ibis.null("string"),
        cohort=rows[stack.cohorts[name]],
    )


def _plain(printed: Table, *, keys: tuple[str, ...]) -> Table:
    number = number_of(printed.mark)
    return printed.select(
        *keys,
        "row",
        "sheet",
        "period",
        "indicator",
        "mark",
        value=number * printed.times,
        status=ibis.ifelse(number.notnull(), KNOWN, status_of(printed.mark)),
        cohort=printed.cohort,
        weight=printed.cohort,
    )


def _divided(printed: Table, *, keys: tuple[str, ...]) -> Table:
    number, whole = number_of(printed.mark), number_of(printed.part)
    status = ibis.cases(
        (number.isnull(), status_of(printed.mark)),
        (whole.isnull(), status_of(printed.part)),
        (whole == 0, Reason.NOT_APPLICABLE.value),
        else_=KNOWN,
    )
    return printed.select(
        *keys,
        "row",
        "sheet",
        "period",
        "indicator",
        mark=_shown(printed.mark) + " / " + _shown(printed.part),
        value=number / whole.nullif(0) * printed.times,
        status=status,
        cohort=printed.cohort,
        weight=whole,
    )


def _shown(mark: StringValue) -> StringValue:
    return ibis.ifelse(mark.fill_null("").strip() == "", "blank", mark.strip())
