"""The series of authorities: every measure, area and year as printed, with years that can be ordered.

A label is of one year ("2016", "2015/16", "2016-17 (OT)", "2018 (Rev)") or of several ("2014-16",
"2013/14-15/16"). A pair whose second year follows the first is one school or financial year; any
other pair counts both of its ends.
"""

import ibis
import ibis.expr.schema as sch
from ibis.expr.types import IntegerValue, NumericValue, StringValue, Table

from steward.analysis import columns
from steward.analysis.sources import rows
from steward.analysis.sources.definition import Layout
from steward.analysis.sources.marks import number_of, status_of
from steward.vocabulary.areas import ENGLAND, Level
from steward.vocabulary.values import KNOWN

SERIES_PLACES: sch.Schema = ibis.schema(
    {
        "area": "string",  # as in SERIES
        "level": "string",
        "name": "string",  # as published
        "region": "string",  # code of the region of an authority, as in SERIES; null for others
    }
)
"""One row for each area of the series."""

_ONE = r"^([0-9]{4})$"
_PAIR = r"^([0-9]{4})[-/]([0-9]{2})$"
_SPAN = r"^([0-9]{4})[-/][0-9]{2}-[0-9]{2}[-/]([0-9]{2})$"
_WORD = r"\s*\([A-Za-z]+\)$"
"""How far a series is settled, printed after the year: outturn, provisional, revised, final."""

_FEWEST_SHARE = 0.95
"""Share of the printed numbers that must have no further decimals, where the dictionary names none."""
_MOST_DECIMALS = 2
_EXACT = 1e-6
_UNITS = (
    ("percent", r"%|^Entries$|^Turnover rate$|^Absence Rate$"),
    ("rate", r"Rate"),
    ("pounds", r"^Spend$|^Unit Cost$"),
    ("score", r"Average|Score|Case Load"),
    ("days", r"[Dd]ays$"),
)
"""Which words on the axis of a publisher's chart mean which unit; anything else is a number."""
_LONDON = {"Inner London": "London (Inner)", "Outer London": "London (Outer)"}
"""Regions called one thing beside an authority and another as an area."""


def series(raw: Table, layout: Layout, *, release: str) -> Table:
    """Return every cell of a file of series, in the shape of columns.SERIES.

    `year` and `years` are null where the label names no year; such a cell is kept all the same.
    """
    placed = rows.rows_of(raw, layout)
    label = placed[layout.fields["period"]].strip()
    year, years = _year(label)
    printed = placed[layout.fields["value"]]
    kept = placed.filter(placed.level.notnull())
    return columns.cast(
        kept.mutate(
            measure=placed[layout.fields["measure"]],
            area=_area(placed, layout),
            label=label,
            year=year,
            years=years,
            value=number_of(printed),
            status=status_of(printed),
            mark=printed,
            release=ibis.literal(release, type="string"),
        ),
        columns.SERIES,
    )


def places(raw: Table, layout: Layout) -> Table:
    """Return the areas of a file of series with their names, in the shape SERIES_PLACES."""
    placed = rows.rows_of(raw, layout)
    named = placed.filter(placed.level.notnull()).select(
        area=_area(placed, layout),
        level=placed.level,
        name=placed[layout.fields["area_name"]].strip(),
        region_name=placed[layout.fields["region"]].strip(),
    )
    every = named.group_by("area", "level").agg(name=named.name.min(), region_name=named.region_name.min())
    called = every.region_name.cases(*_LONDON.items(), else_=every.region_name)
    spelt = every.mutate(called=called.lower())
    regions = every.filter(every.level == Level.REGION.value).select(
        region_code=every.area, spelt=every.name.lower()
    )
    joined = spelt.left_join(regions, spelt.called == regions.spelt)
    code = ibis.ifelse(joined.level == Level.AUTHORITY.value, joined.region_code, ibis.null("string"))
    return columns.cast(joined.mutate(region=code), SERIES_PLACES)


def measures(dictionary: Table, layout: Layout, *, series: Table, release: str) -> Table:
    """Return the measures of a dictionary that `series` (columns.SERIES) has, in the shape MEASURES.

    A measure that stands under several topics is there once, its topics with "; " between them. Where
    the dictionary names no decimals they are those with which nearly all of the numbers are printed.
    """
    read = {name: dictionary[column] for name, column in layout.fields.items()}
    named = dictionary.select(
        code=read["measure"],
        title=read["title"].strip().re_replace(r"\s+", " "),
        topic=read["topic"].strip(),
        polarity=_polarity(read["polarity"]),
        printed_decimals=rows.whole_number(read["decimals"]),
        axis=read["axis"].strip(),
        year_type=read["year_type"].strip(),
        meaning=read["meaning"].strip(),
        banded=read["quartiles"].strip().fill_null("").upper() != "N",
        row=dictionary[columns.ROW],
    )
    once = _once(named)
    found = once.inner_join(_decimals(series), "code")
    return columns.cast(
        found.mutate(
            decimals=ibis.coalesce(found.printed_decimals, found.inferred_decimals),
            unit=ibis.cases(*((found.axis.re_search(words), unit) for unit, words in _UNITS), else_="number"),
            release=ibis.literal(release, type="string"),
        ).order_by("row"),
        columns.MEASURES,
    )


def _once(named: Table) -> Table:
    """Return each measure by its first row, with every topic that it stands under."""
    topics = named.group_by("code").agg(first_row=named.row.min(), topics=_gathered(named))
    first = named.inner_join(topics, ["code"])
    return first.filter(first.row == first.first_row).mutate(topic=first.topics)


def _gathered(named: Table) -> StringValue:
    """Return the first topic of a measure, and the last where it is another."""
    first, last = named.topic.min(), named.topic.max()
    return ibis.ifelse(first == last, first, first + "; " + last)


def _area(placed: Table, layout: Layout) -> StringValue:
    code = placed[layout.keys["authority"]].strip()
    return ibis.ifelse(placed.level == Level.ENGLAND.value, ENGLAND, code)


def _year(label: StringValue) -> tuple[IntegerValue, IntegerValue]:
    """Return the calendar year in which a label ends, and how many years it covers."""
    bare = label.re_replace(_WORD, "").strip()
    one = _captured(bare, pattern=_ONE, group=1)
    pair, span = _ends(bare, pattern=_PAIR), _ends(bare, pattern=_SPAN)
    pair_years = pair[1] - pair[0]
    return (
        ibis.coalesce(one, pair[1], span[1]),
        ibis.coalesce(
            ibis.ifelse(one.notnull(), 1, ibis.null("int64")),
            ibis.ifelse(pair_years == 1, 1, pair_years + 1),
            span[1] - span[0],
        ),
    )


def _ends(bare: StringValue, *, pattern: str) -> tuple[IntegerValue, IntegerValue]:
    first = _captured(bare, pattern=pattern, group=1)
    short = _captured(bare, pattern=pattern, group=2)
    last = first - first % 100 + short
    return first, ibis.ifelse(last < first, last + 100, last)


def _captured(bare: StringValue, *, pattern: str, group: int) -> IntegerValue:
    found = ibis.ifelse(bare.re_search(pattern), bare.re_extract(pattern, group), ibis.null("string"))
    return found.cast("int64")


def _polarity(printed: StringValue) -> StringValue:
    word = printed.strip().lower()
    return ibis.ifelse(word.isin(["high", "low"]), word, "none")


def _decimals(series: Table) -> Table:
    """Return the fewest decimals with which nearly all numbers of each measure are printed."""
    known = series.mutate(number=ibis.ifelse(series.status == KNOWN, series.value, ibis.null("float64")))
    shares = known.group_by(code=known.measure).agg(
        whole=_share_with(known.number, decimals=0), tenths=_share_with(known.number, decimals=1)
    )
    inferred = ibis.cases(
        (shares.whole >= _FEWEST_SHARE, 0), (shares.tenths >= _FEWEST_SHARE, 1), else_=_MOST_DECIMALS
    )
    return shares.select("code", inferred_decimals=inferred)


def _share_with(number: NumericValue, *, decimals: int) -> NumericValue:
    scaled = number * 10.0**decimals
    return ((scaled - scaled.round()).abs() < _EXACT).cast("float64").mean()
