"""Figures of authorities, regions and England: as published, and which to show."""

from collections import Counter
from collections.abc import Iterable, Mapping

import ibis
from ibis.expr.types import StringValue, Table

from steward.analysis import columns
from steward.analysis.columns import ROW
from steward.analysis.indicators.catalogue import ReleaseShape, Use, series_uses
from steward.analysis.indicators.definition import IndicatorDefinition
from steward.analysis.indicators.stacks import (
    AREA_ROWS,
    OpenRelease,
    Sheets,
    sheets_of,
    stacked,
    together,
)
from steward.analysis.indicators.values import VERSIONS, named, read
from steward.analysis.sources.definition import Layout
from steward.analysis.sources.marks import number_of, status_of
from steward.analysis.sources.rows import ALL_PHASES, rows_of
from steward.vocabulary.areas import Basis
from steward.vocabulary.values import KNOWN, Reason

_KEYS = ("level", "area", "phase", "indicator", "period")
_SINGLE_YEAR = r"^20[0-9]{2}( \((Rev|Final|prov)\))?$"
_ACADEMIC_YEAR = r"^20[0-9]{2}/[0-9]{2}$"


def published(
    raw: Table,
    *,
    source_id: str,
    layout: Layout,
    period: int | None,
    release: str,
    indicators: Mapping[str, IndicatorDefinition],
) -> Table | None:
    """Return the area figures that the release `raw` publishes, in shape columns.AREAS, or None if none.

    Rows of authorities, regions and England in tables of schools are read with the columns of the
    indicator; a series of area figures is read by the code of its measure. `preferred` is null until
    `prefer_areas` sets it.
    """
    opened = OpenRelease(release, raw, source_id, layout, period, layout.version)
    return published_in_all([opened], indicators=indicators)


def published_in_all(
    releases: Iterable[OpenRelease], *, indicators: Mapping[str, IndicatorDefinition]
) -> Table | None:
    """Return what `published` returns for many releases together, or None if they publish nothing."""
    opened = tuple(releases)
    with_areas = [release for release in opened if _has_areas(release.layout)]
    found = _footers(sheets_of(with_areas, indicators=indicators))
    for release in opened:
        shape = ReleaseShape(release.source, release.layout, release.period, frozenset(release.raw.columns))
        uses = series_uses(shape, indicators=indicators)
        if uses:
            found.append(_series(release, uses=uses))
    if not found:
        return None
    return together([_published(figures) for figures in found])


def _published(figures: Table) -> Table:
    return columns.cast(figures.mutate(basis=ibis.literal(Basis.PUBLISHED.value)), columns.AREAS)


def _has_areas(layout: Layout) -> bool:
    levels = layout.levels
    return levels is not None and bool(levels.authority or levels.region or levels.england)


def prefer_areas(areas: Table) -> Table:
    """Return `areas` with `preferred` true on the one row to show for each area, phase, indicator and year.

    A published figure beats a computed one, and so does a withheld one, so that a figure the
    publisher suppressed is not undone here; but a mere blank is no publication and gives way to a
    computed figure. Of computed figures one weighted by cohort beats one weighted by pupils on roll,
    then the one that covers more of the pupils on roll. Then the stronger version wins, then the
    later release id.

    One row is preferred for each phase, so a computed figure of a phase may be preferred beside a
    published one of all phases, and the two differ: which is the headline of the area, `is_headline`
    tells.
    """
    blank = areas.status == Reason.NOT_RECORDED.value
    standing = ibis.cases(
        ((areas.basis == Basis.PUBLISHED.value) & ~blank, 0),
        ((areas.basis == Basis.COMPUTED.value) & areas.mark.isnull(), 1),
        (areas.basis == Basis.COMPUTED.value, 2),
        else_=3,
    )
    rank = ibis.cases(
        *((areas.version == version, place) for place, version in enumerate(VERSIONS)), else_=-1
    )
    order = ibis.window(
        group_by=[areas[key] for key in _KEYS],
        order_by=[
            standing,
            ibis.ifelse(areas.basis == Basis.COMPUTED.value, areas.roll_share, 0.0).desc(),
            rank.desc(),
            ibis.ifelse(areas.status == KNOWN, 0, 1),
            areas.release.desc(),
            areas.row,
        ],
    )
    return columns.cast(areas.mutate(preferred=ibis.row_number().over(order) == 0), columns.AREAS)


def is_headline(*, basis: Basis, phase: str) -> bool:
    """Return whether a preferred figure may stand for its area without naming a phase.

    A figure of all phases may, and so may one that the publisher gives for a phase. One computed here
    for a phase may not: Progress 8 of secondary schools in 2019 comes out at 0.01 where -0.03 is
    published for England, because it leaves out special schools and pupils in alternative provision.
    """
    return phase == ALL_PHASES or basis is Basis.PUBLISHED


def difference(areas: Table) -> Table:
    """Return published beside computed figures of the same area, indicator, year and release.

    Columns: level, area, phase, indicator, period, published, computed, difference (computed less
    published, in the unit of the indicator), schools, roll_share, release.
    """
    known = areas.filter(areas.status == KNOWN)
    printed = known.filter(known.basis == Basis.PUBLISHED.value).select(*_KEYS, "release", published="value")
    worked = known.filter(known.basis == Basis.COMPUTED.value).select(
        *_KEYS, "release", "schools", "roll_share", computed="value"
    )
    both = printed.join(worked, [*_KEYS, "release"])
    return both.select(
        *_KEYS,
        "published",
        "computed",
        "schools",
        "roll_share",
        "release",
        difference=both.computed - both.published,
    )


def _footers(every: Sheets) -> list[Table]:
    """The rows of areas in tables of schools, as one table or none."""
    stacks = stacked(every, choice=AREA_ROWS)
    if not stacks:
        return []
    figures = named(together([one for stack in stacks for one in read(stack, every=every)]), every=every)
    figures = figures.rename(phase="phase_of_row")
    filed = {
        name: use.reading.area_phase
        for stack in stacks
        for name, use in stack.uses.items()
        if use.reading.area_phase != ALL_PHASES
    }
    if not filed:
        return [figures]
    phase = figures.indicator.cases(*filed.items(), else_=ALL_PHASES)
    return [figures.mutate(phase=ibis.ifelse(figures.phase == ALL_PHASES, phase, figures.phase))]


def _series(release: OpenRelease, *, uses: tuple[Use, ...]) -> Table:
    fields, raw = release.layout.fields, release.raw
    coded = raw.mutate(code=raw[fields["measure"]].strip())
    wanted = coded.filter(coded.code.isin([use.reading.series for use in uses]))
    placed = rows_of(wanted, release.layout)
    rows = placed.filter(placed.level.notnull(), placed.area.notnull())
    mark, year = rows[fields["value"]], rows[fields["period"]].strip()
    figures = rows.select(
        "level",
        "area",
        ROW,
        indicator=_by_code(rows.code, {use.reading.series: use.indicator.id for use in uses}),
        phase=_by_code(rows.code, {use.reading.series: use.reading.area_phase for use in uses}),
        least=_by_code(rows.code, {use.reading.series: use.reading.from_year for use in uses}),
        most=_by_code(rows.code, {use.reading.series: use.reading.to_year for use in uses}),
        period=year_written(year),
        version=_version_written(year, otherwise=release.version),
        release=ibis.literal(release.id),
        mark=mark,
        value=number_of(mark),
        status=status_of(mark),
    )
    return figures.filter(figures.period >= figures.least, figures.period <= figures.most)


def _by_code(code: StringValue, told: Mapping[str, str | int]) -> ibis.Value:
    """What is told of each code; the most frequent answer needs no comparison."""
    usual, _ = Counter(told.values()).most_common(1)[0]
    others = [(one, answer) for one, answer in told.items() if answer != usual]
    return code.cases(*others, else_=usual) if others else ibis.literal(usual)


def year_written(text: StringValue) -> ibis.Value:
    """Return the academic year written as "2019", "2019 (Rev)" or "2018/19", else null.

    Runs of several years ("2014-16") and financial years ("2016-17") are no academic year.
    """
    single = ibis.ifelse(text.re_search(_SINGLE_YEAR), text.substr(0, 4), ibis.null("string"))
    first = ibis.ifelse(text.re_search(_ACADEMIC_YEAR), text.substr(0, 4), ibis.null("string"))
    return ibis.coalesce(single.cast("int64"), first.cast("int64") + 1)


def _version_written(text: StringValue, *, otherwise: str) -> StringValue:
    return ibis.cases(
        (text.endswith("(Rev)"), "revised"),
        (text.endswith("(prov)"), "provisional"),
        (text.endswith("(Final)"), "final"),
        else_=otherwise,
    )
