"""From a figure to its SVG."""

from dataclasses import replace
from functools import lru_cache

from steward.interface.charts.bars import stacked_bars
from steward.interface.charts.distributions import distribution
from steward.interface.charts.dotplots import dot_plot
from steward.interface.charts.figures import (
    Distribution,
    DotPlot,
    Figure,
    FunnelChart,
    LineChart,
    Sparkline,
    StackedBars,
    WardMap,
)
from steward.interface.charts.funnels import funnel
from steward.interface.charts.layout import Room
from steward.interface.charts.lines import line_chart, sparkline
from steward.interface.charts.wardmaps import ward_map


def svg(figure: Figure, *, room: Room = Room.WIDE) -> str:
    """Return the figure as SVG: its finding as title, its description, every text escaped.

    A picture without links is one image to a screen reader; one with links is a group of them. The newest
    pictures are kept: a page draws a figure, and then measures its download, which is the same drawing.
    """
    return _drawn(figure, room)


@lru_cache(maxsize=64)
def _drawn(figure: Figure, room: Room) -> str:
    match figure:
        case LineChart():
            return line_chart(figure, room=room)
        case StackedBars():
            return stacked_bars(figure, room=room)
        case Sparkline():
            return sparkline(figure)
        case FunnelChart():
            return funnel(figure, room=room)
        case DotPlot():
            return dot_plot(figure, room=room)
        case Distribution():
            return distribution(figure, room=room)
        case WardMap():
            return ward_map(figure, room=room)


def unlinked(figure: Figure) -> Figure:
    """Return the figure without addresses, which lead nowhere once it has left its page."""
    match figure:
        case FunnelChart():
            return replace(figure, dots=tuple(replace(dot, href="") for dot in figure.dots))
        case DotPlot():
            return replace(figure, rows=tuple(replace(row, href="") for row in figure.rows))
        case WardMap():
            return replace(figure, areas=tuple(replace(area, href="") for area in figure.areas))
        case _:
            return figure
