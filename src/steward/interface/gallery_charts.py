"""Every kind of chart with what is hard to draw: one point, nothing known, long names, 20,000 schools."""

import math
from dataclasses import replace
from statistics import NormalDist

from steward.interface.charts.figures import (
    Area,
    Beside,
    Distribution,
    Dot,
    DotPlot,
    DotRow,
    Figure,
    FunnelChart,
    Limits,
    LineChart,
    Part,
    Point,
    Series,
    WardMap,
)
from steward.interface.charts.maps import Ring
from steward.vocabulary.values import Known, Missing, Reason, Value

YEARS = ("2014 to 2015", "2015 to 2016", "2016 to 2017", "2017 to 2018", "2018 to 2019")
SOURCE = "Key stage 4 performance, revised, 2018 to 2019. Invented for this page."
LONG = "The Blessed Edmund and Saint Cuthbert Mayne Federated Church of England and Catholic Academy"
TARGET, SPREAD = 0.64, 0.08
_GOLDEN = (math.sqrt(5) - 1) / 2
_PLASTIC = 0.7548776662466927


def even(number: int, *, step: float = _GOLDEN) -> float:
    """Return the share (0 to 1) of a number in a sequence that fills evenly; never the same twice."""
    return (0.5 + number * step) % 1


def crowd_of(count: int) -> tuple[tuple[float, float], ...]:
    """Return so many schools as (pupils, percent), spread as schools are."""
    found = []
    for number in range(count):
        pupils = 12 + round(70 * -math.log(1 - 0.97 * even(number)))
        error = math.sqrt(TARGET * (1 - TARGET) / pupils + SPREAD**2)
        share = NormalDist(TARGET, error).inv_cdf(0.001 + 0.998 * even(number, step=_PLASTIC))
        found.append((float(pupils), 100 * min(max(share, 0.0), 1.0)))
    return tuple(found)


def limits_of(name: str, *, width: float) -> Limits:
    """Return limits so many standard errors wide about the target."""
    cohorts = [float(pupils) for pupils in (*range(5, 40), *range(40, 260, 10))]
    spread = [100 * width * math.sqrt(TARGET * (1 - TARGET) / pupils + SPREAD**2) for pupils in cohorts]
    return Limits(
        name,
        tuple((pupils, max(100 * TARGET - wide, 0.0)) for pupils, wide in zip(cohorts, spread, strict=True)),
        tuple(
            (pupils, min(100 * TARGET + wide, 100.0)) for pupils, wide in zip(cohorts, spread, strict=True)
        ),
    )


def funnel_specimen(*, crowd: int = 20_000) -> FunnelChart:
    """Return a funnel of an authority's schools before so many others."""
    return FunnelChart(
        "Four of 66 schools are below England by more than chance, and one above",
        "Share of pupils reaching the expected standard against the number of pupils, 2018 to 2019.",
        "percent",
        1,
        _schools_of_the_authority(),
        100 * TARGET,
        (limits_of("95%", width=1.96), limits_of("99.8%", width=3.09)),
        crowd_of(crowd),
        id=f"funnel-{crowd}",
        measure="Pupils at the expected standard, percent",
        cohort="12 to 260 pupils a school",
        source=SOURCE,
    )


def _schools_of_the_authority() -> tuple[Dot, ...]:
    low, high = "Below, unlikely to be chance", "Above, unlikely to be chance"
    outliers = (
        ("Old Mill", 24, 31.0, low),
        (LONG, 48, 22.9, low),
        ("St Hild's", 50, 24.0, low),
        ("Harbour Academy", 52, 23.1, low),
        ("Moor Lane", 181, 88.0, high),
    )
    parts = (Part.SCHOOL, *(Part.AUTHORITY for _ in outliers[1:]))
    named = (
        Dot(name, pupils, Known(value), part, "#charts", labelled=True, verdict=verdict)
        for part, (name, pupils, value, verdict) in zip(parts, outliers, strict=True)
    )
    own = (
        Dot(f"School {number + 1}", pupils, Known(value), href="#charts")
        for number, (pupils, value) in enumerate(crowd_of(61)[1:])
    )
    return (*named, Dot("Riverside", 0, Missing(Reason.SUPPRESSED)), *own)


def _hidden_gap() -> DotRow:
    others = (
        Beside("England", Part.ENGLAND, Known(-44.0)),
        Beside("Neighbours", Part.SIMILAR, Known(-40.0)),
    )
    return DotRow("Traveller of Irish heritage", Missing(Reason.SUPPRESSED), beside=others)


def gaps_specimen() -> DotPlot:
    """Return gaps with intervals, a small group, a missing one and a very long name."""
    groups = (
        ("Children with an education, health and care plan", -52.0, (-58.1, -44.9), -56.0, 211),
        ("Gypsy or Roma", -41.5, (-60.0, -12.0), -47.0, 9),
        ("SEN support", -36.4, (-39.0, -33.7), -35.1, 1204),
        ("Disadvantaged", -24.0, (-26.0, -22.0), -20.4, 3011),
        (LONG, 3.1, (-2.0, 8.2), 1.0, 88),
    )
    rows = tuple(
        DotRow(
            label,
            Known(gap),
            interval=interval,
            beside=(Beside("England", Part.ENGLAND, Known(england)),),
            small=cohort < 11,
            cohort=cohort,
            href="#charts",
            note="Too few pupils to say" if cohort < 11 else "",
        )
        for label, gap, interval, england, cohort in groups
    )
    return DotPlot(
        "The gap is widest for children with a plan, and narrows for disadvantaged pupils",
        "Gap to all other pupils in the share reaching the expected standard, 2018 to 2019.",
        "points",
        1,
        (*rows, _hidden_gap()),
        value_name="Gap to other pupils",
        reference=0.0,
        reference_name="No gap",
        id="gaps",
        measure="Gap in pupils at the expected standard, percentage points",
        cohort="9 to 3,011 pupils a group",
        source=SOURCE,
    )


def pairs_specimen() -> DotPlot:
    """Return pairs of values joined by a line."""
    rows = tuple(
        DotRow(label, Known(own), Known(other), cohort=cohort, small=cohort < 11)
        for label, own, other, cohort in (
            ("Reading", 62.0, 78.4, 120),
            ("Writing", 58.5, 74.0, 120),
            ("Science", 71.2, 84.9, 8),
        )
    )
    return DotPlot(
        "Disadvantaged pupils are 13 to 16 points behind in every subject",
        "Share reaching the expected standard, disadvantaged pupils and others.",
        "percent",
        1,
        rows,
        value_name="Disadvantaged",
        other_name="Others",
        id="pairs",
        measure="Pupils at the expected standard, percent",
        source=SOURCE,
    )


def distribution_specimen(*, count: int = 3_102) -> Distribution:
    """Return where one school stands among so many."""
    own = Known(52.1, cohort=24)
    return Distribution(
        "Old Mill is in the lower quarter of schools",
        "Share of pupils reaching the expected standard in every school, 2018 to 2019.",
        "percent",
        1,
        (52.1, *(value for _, value in crowd_of(count - 1))),
        own,
        own_name="Old Mill",
        beside=(Beside("England", Part.ENGLAND, Known(64.0)), Beside("Borough", Part.AUTHORITY, Known(62.5))),
        left_out=41,
        polarity="high",
        id=f"spread-{count}",
        measure="Pupils at the expected standard, percent",
        cohort="24 pupils in this school",
        source=SOURCE,
    )


def map_specimen() -> WardMap:
    """Return a map of twelve invented wards, one without a value, one of few pupils."""
    values: tuple[Value, ...] = (
        *(Known(38.0 + 3.7 * number) for number in range(10)),
        Missing(Reason.SUPPRESSED),
        Known(66.6),
    )
    names = [
        "Abbey",
        "Bridge",
        "Castle",
        "Dale",
        "Eastgate",
        "Fell",
        "Grange",
        "Harbour",
        "Ings",
        "Kirk",
        "Lea",
        "Moor",
    ]
    areas = tuple(
        Area(f"{name} Ward", value, (_ward(number),), href="#charts", small=number == 2, cohort=40 + number)
        for number, (name, value) in enumerate(zip(names, values, strict=True))
    )
    return WardMap(
        "Lowest in the west, highest along the river",
        "Share of pupils reaching the expected standard by the ward they live in, 2018 to 2019.",
        "percent",
        1,
        areas,
        (45.0, 55.0, 65.0),
        id="wards",
        measure="Pupils at the expected standard, percent",
        cohort="40 to 51 pupils a ward",
        source=f"{SOURCE} Boundaries invented.",
    )


def _ward(number: int) -> Ring:
    """Return a ragged six-sided ward in rows of four."""
    column, row = number % 4, number // 4
    west, south = -1.7 + 0.05 * (column + 0.5 * (row % 2)), 53.85 - 0.026 * row
    corners = [
        (west + 0.025 * math.sin(turn) * 1.15, south + 0.0165 * math.cos(turn) * 1.05)
        for turn in (math.pi * step / 3 for step in range(6))
    ]
    return (*corners, corners[0])


def many_lines_specimen() -> LineChart:
    """Return ten neighbours, this authority and England, with very long names."""
    short = [
        "Kirklees",
        "Sheffield",
        "Bolton",
        "Stockton-on-Tees",
        "Derby",
        "Calderdale",
        "Bury",
        "Darlington",
    ]
    names = (*short, "Telford and Wrekin", "Bournemouth, Christchurch and Poole")
    others = tuple(
        Series(
            name, Part.OTHER, _points([58 + number * 0.6 + even(number * 5 + year) * 3 for year in range(5)])
        )
        for number, name in enumerate(names)
    )
    return LineChart(
        "Below every statistical neighbour until the last year",
        "Share of pupils reaching the expected standard, 2015 to 2019.",
        "percent",
        1,
        (
            *others,
            Series("England", Part.ENGLAND, _points([60, 61, 63, 64, 65])),
            Series("Borough", Part.SCHOOL, _points([54, 55, 57, 58, 62.5])),
        ),
        from_zero=False,
        id="neighbours",
        measure="Pupils at the expected standard, percent; the axis does not begin at zero",
        source=SOURCE,
    )


def _points(amounts: list[float]) -> tuple[Point, ...]:
    return tuple(Point(year, Known(amount)) for year, amount in zip(YEARS, amounts, strict=True))


def _one(point: Point) -> LineChart:
    return LineChart(
        "One year is known",
        "Share of pupils reaching the expected standard.",
        "percent",
        1,
        (
            Series(LONG, Part.SCHOOL, (point,)),
            Series("England", Part.ENGLAND, (Point(point.period, Known(65.0)),)),
        ),
        id=f"one-{'known' if isinstance(point.value, Known) else 'missing'}",
        measure="Pupils at the expected standard, percent",
        source=SOURCE,
    )


def chart_specimens() -> tuple[Figure, ...]:
    """Return each kind of chart, and each with what is hard to draw."""
    alone = replace(funnel_specimen(crowd=0), title="One school, few pupils", id="funnel-one")
    nothing = replace(gaps_specimen(), title="No group can be compared", id="gaps-none")
    unknown = Missing(Reason.SUPPRESSED)
    return (
        funnel_specimen(),
        funnel_specimen(crowd=400),
        replace(alone, dots=alone.dots[:1]),
        replace(alone, title="No school has a value", id="funnel-none", dots=alone.dots[5:6], limits=()),
        gaps_specimen(),
        pairs_specimen(),
        replace(
            nothing, rows=tuple(replace(row, value=unknown, interval=None, beside=()) for row in nothing.rows)
        ),
        distribution_specimen(),
        distribution_specimen(count=24),
        replace(
            distribution_specimen(count=24), title="No value of this school", own=unknown, id="spread-none"
        ),
        map_specimen(),
        many_lines_specimen(),
        _one(Point(YEARS[0], Known(48.0), small=True, interval=(30.0, 66.0))),
        _one(Point(YEARS[0], unknown)),
    )
