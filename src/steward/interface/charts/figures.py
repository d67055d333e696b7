"""What a chart shows, as plain values; `drawing` makes the SVG and `twins` the table beneath.

Lines and bars are here; `spreads` has what shows many schools or groups at once, `maps` what shows places.
Import every figure from here.
"""

from dataclasses import dataclass

from steward.interface.charts.captions import Captioned, Part
from steward.interface.charts.maps import Area, WardMap
from steward.interface.charts.spreads import (
    Beside,
    Distribution,
    Dot,
    DotPlot,
    DotRow,
    FunnelChart,
    Limits,
)
from steward.vocabulary.values import Value

__all__ = [
    "Area",
    "Bar",
    "Beside",
    "Break",
    "Captioned",
    "Distribution",
    "Dot",
    "DotPlot",
    "DotRow",
    "Figure",
    "FunnelChart",
    "Limits",
    "LineChart",
    "Part",
    "Point",
    "Series",
    "Share",
    "Sparkline",
    "StackedBars",
    "WardMap",
]


@dataclass(frozen=True, slots=True)
class Point:
    """A value in a period; `small` marks a cohort too small to read much into (a hollow mark).

    `interval` is the lower and upper end of its 95% interval, drawn as a thin upright line.
    """

    period: str
    value: Value
    small: bool = False
    interval: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """A line: its name as printed beside it, whom it stands for, and one point a period."""

    name: str
    part: Part
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Break:
    """A period from which values cannot be compared with those before, and the word in the gap."""

    period: str
    word: str


@dataclass(frozen=True, slots=True)
class LineChart(Captioned):
    """Values over periods. `title` is the finding; all series have the same periods in the same order.

    `from_zero` is None to begin at zero for percentages and near the lowest value otherwise.
    """

    title: str
    description: str
    unit: str
    decimals: int
    series: tuple[Series, ...]
    breaks: tuple[Break, ...] = ()
    from_zero: bool | None = None

    @property
    def periods(self) -> tuple[str, ...]:
        """The periods along the bottom."""
        return tuple(point.period for point in self.series[0].points) if self.series else ()

    @property
    def has_intervals(self) -> bool:
        """Whether any point has its interval drawn."""
        return any(point.interval is not None for series in self.series for point in series.points)


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a stacked bar: its label, its share in percent and the count behind it."""

    label: str
    percent: float
    count: int


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of shares that together make 100%; `total` is the count they are shares of."""

    label: str
    shares: tuple[Share, ...]
    total: int
    total_of: str = "schools"


@dataclass(frozen=True, slots=True)
class StackedBars(Captioned):
    """Shares of a whole over time or between groups; every bar has the same labels in the same order.

    Shares are printed dark to pale from left to right, so put the one to look at first.
    """

    title: str
    description: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Sparkline(Captioned):
    """A very small line of one series, with the last value marked and others beside it; no axes."""

    title: str
    description: str
    unit: str
    decimals: int
    series: Series
    beside: tuple[Series, ...] = ()


Figure = LineChart | StackedBars | Sparkline | FunnelChart | DotPlot | Distribution | WardMap
