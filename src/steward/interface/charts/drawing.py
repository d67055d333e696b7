"""From a figure to its SVG."""

from steward.interface.charts.bars import stacked_bars
from steward.interface.charts.figures import Figure, LineChart, StackedBars
from steward.interface.charts.lines import line_chart, sparkline


def svg(figure: Figure) -> str:
    """Return the figure as SVG: `role="img"`, its finding as title, its description, every text escaped."""
    if isinstance(figure, LineChart):
        return line_chart(figure)
    return stacked_bars(figure) if isinstance(figure, StackedBars) else sparkline(figure)
