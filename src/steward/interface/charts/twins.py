"""The table that says the same as a chart: lines, bars; `spread_twins` has the others."""

from steward.interface import words
from steward.interface.charts import spread_twins
from steward.interface.charts.figures import (
    Distribution,
    DotPlot,
    Figure,
    FunnelChart,
    LineChart,
    Point,
    Series,
    Sparkline,
    StackedBars,
    WardMap,
)
from steward.interface.parts import Cell, Column, Table
from steward.vocabulary.rounding import round_to_total
from steward.vocabulary.values import Known, Reason


def table_of(figure: Figure) -> Table:
    """Return the figures behind a chart: a row for each period, bar, school, group or area.

    Missing values stand in it with their reason.
    """
    match figure:
        case LineChart():
            return _lines(figure, figure.series, {found.period: found.word for found in figure.breaks})
        case StackedBars():
            return _shares(figure)
        case Sparkline():
            return _lines(figure, (figure.series, *figure.beside), {})
        case FunnelChart():
            return spread_twins.of_funnel(figure)
        case DotPlot():
            return spread_twins.of_dot_plot(figure)
        case Distribution():
            return spread_twins.of_distribution(figure)
        case WardMap():
            return spread_twins.of_map(figure)


def _lines(figure: LineChart | Sparkline, every: tuple[Series, ...], notes: dict[str, str]) -> Table:
    counted = [series for series in every if any(point.value.cohort is not None for point in series.points)]
    columns = (
        Column("Year"),
        *(Column(series.name, numeric=True) for series in every),
        *(Column(_pupils_of(series, counted), numeric=True) for series in counted),
    )
    periods = [point.period for point in every[0].points] if every else []
    rows = tuple(
        (
            Cell(period, note=notes.get(period, "")),
            *(_cell(series.points[number], figure) for series in every),
            *(_cohort(series.points[number]) for series in counted),
        )
        for number, period in enumerate(periods)
    )
    return Table(figure.title, columns, rows, hide_caption=True)


def _pupils_of(series: Series, counted: list[Series]) -> str:
    return "Pupils" if len(counted) == 1 else f"Pupils, {series.name}"


def _cohort(point: Point) -> str:
    cohort = point.value.cohort
    return Reason.NOT_RECORDED.label if cohort is None else words.number(cohort)


def _cell(point: Point, figure: LineChart | Sparkline) -> object:
    if not isinstance(point.value, Known):
        return point.value
    text = words.value_in_words(point.value, measured=figure)
    notes = ["few pupils"] if point.small else []
    if point.interval is not None:
        notes.append(words.interval_in_words(point.interval, measured=figure))
    return Cell(text, note=", ".join(notes))


def _shares(figure: StackedBars) -> Table:
    labels = [share.label for share in figure.bars[0].shares] if figure.bars else []
    total_of = figure.bars[0].total_of if figure.bars else "schools"
    columns = (
        Column("Group"),
        *(Column(label, numeric=True) for label in labels),
        Column(total_of.capitalize(), numeric=True),
    )
    rows = tuple(
        (
            bar.label,
            *(
                Cell(f"{words.number(percent, decimals=1)}%", note=words.number(share.count))
                for share, percent in zip(
                    bar.shares, round_to_total([each.percent for each in bar.shares], 1), strict=True
                )
            ),
            words.number(bar.total),
        )
        for bar in figure.bars
    )
    return Table(figure.title, columns, rows, hide_caption=True)
