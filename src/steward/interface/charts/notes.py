"""What is said beneath a figure: how its marks are read, and what could not be drawn."""

from collections import Counter
from collections.abc import Iterable

from steward.interface import words
from steward.interface.charts import crowding, distributions, funnels, lines
from steward.interface.charts.figures import (
    Distribution,
    DotPlot,
    Figure,
    FunnelChart,
    LineChart,
    WardMap,
)
from steward.vocabulary.values import Known, Missing, Reason, Value

NOT_FROM_ZERO = "The axis does not begin at zero, so that close lines can be told apart."
INTERVAL = "Thin lines show the 95% interval."
OF_YEARS = "Thin upright lines show the 95% interval of each year."
SMALL = "A hollow mark stands for few pupils: read it with care."


def subtitle(figure: Figure) -> str:
    """Return what is measured, in what unit and of how many, "" when nothing of it was given."""
    return ". ".join(one.strip(" .") for one in (figure.measure, figure.cohort) if one)


def notes_of(figure: Figure) -> tuple[str, ...]:
    """Return the sentences beneath a figure."""
    match figure:
        case LineChart():
            return _of_lines(figure)
        case DotPlot():
            small = any(row.small for row in figure.rows)
            return _marks(intervals=figure.has_intervals, small=small)
        case FunnelChart():
            return _of_funnel(figure)
        case Distribution():
            return _of_distribution(figure)
        case WardMap():
            return _of_map(figure)
        case _:
            return ()


def reasons_in(values: Iterable[Value]) -> tuple[Reason, ...]:
    """Return the reasons why some of the values are missing, each once, in the order they are met."""
    return tuple(dict.fromkeys(value.reason for value in values if isinstance(value, Missing)))


def _marks(*, intervals: bool, small: bool) -> tuple[str, ...]:
    return ((INTERVAL,) if intervals else ()) + ((SMALL,) if small else ())


def _of_lines(figure: LineChart) -> tuple[str, ...]:
    small = any(point.small for series in figure.series for point in series.points)
    marks = (OF_YEARS,) * figure.has_intervals + _marks(intervals=False, small=small)
    axis = lines.axis_of(figure)
    return marks if axis.low <= 0 <= axis.high else (*marks, NOT_FROM_ZERO)


def _of_funnel(figure: FunnelChart) -> tuple[str, ...]:
    found = []
    if figure.limits:
        named = " and ".join(limits.name for limits in figure.limits)
        found.append(
            f"The curves are the {named} limits: {figure.kept_by} would keep that share of schools "
            "between them."
        )
    crowd = len(figure.crowd)
    if crowd:
        shape = (
            "each small hexagon is darker where there are more" if crowding.is_binned(crowd) else "grey dots"
        )
        found.append(f"{figure.crowd_name}: {words.number(crowd)}, {shape}.")
    missing = [dot.value for dot in figure.dots if not isinstance(dot.value, Known)]
    if missing:
        found.append(f"Not drawn: {_counted(missing)}.")
    if not funnels.known_of(figure) and not crowd:
        found.append("No school has a value to draw.")
    return tuple(found)


def _counted(values: Iterable[Value]) -> str:
    """Return "10 suppressed, 2 not published"."""
    counts = Counter(value.reason.label.lower() for value in values if isinstance(value, Missing))
    return ", ".join(f"{words.number(count)} {label}" for label, count in counts.items())


def _of_distribution(figure: Distribution) -> tuple[str, ...]:
    found = [distributions.standing(figure)]
    if figure.left_out:
        found.append(f"{words.number(figure.left_out)} {figure.of} without a value are left out.")
    return tuple(found)


def _of_map(figure: WardMap) -> tuple[str, ...]:
    found = ["The numbers are those of the list beneath."] if figure.areas else ["There is no area to draw."]
    if any(area.small for area in figure.areas):
        found.append("A broken outline stands for few pupils: read it with care.")
    unplaced = [area.name for area in figure.areas if not area.rings]
    if unplaced:
        found.append(f"Without an outline, so only in the list: {', '.join(unplaced)}.")
    return tuple(found)
