"""Figures of many schools or groups at once: funnels, dot plots, distributions."""

from dataclasses import dataclass

from steward.interface.charts.captions import Captioned, Part
from steward.vocabulary.values import Value


@dataclass(frozen=True, slots=True)
class Dot:
    """A school in a funnel: its value and the number of pupils behind it.

    `labelled` writes its name beside it (and links it); keep that for outliers and this school.
    `verdict` is what is said of it in the table ("Below England, and unlikely to be chance").
    """

    name: str
    cohort: float
    value: Value
    part: Part = Part.AUTHORITY
    href: str = ""
    labelled: bool = False
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """A pair of curves, each of (cohort, value) from the smallest cohort up; `name` such as "95%"."""

    name: str
    lower: tuple[tuple[float, float], ...]
    upper: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class FunnelChart(Captioned):
    """Values against the number of pupils, with the limits within which chance alone would keep them.

    `dots` are those to be named in the table: the authority's schools, known or missing. `crowd` is
    every other school as (cohort, value), drawn without name or link. Limits go from the inner to the outer.
    """

    title: str
    description: str
    unit: str
    decimals: int
    dots: tuple[Dot, ...]
    target: float
    limits: tuple[Limits, ...] = ()
    crowd: tuple[tuple[float, float], ...] = ()
    target_name: str = "England"
    cohort_of: str = "pupils"
    crowd_name: str = "Other schools in England"
    from_zero: bool | None = None
    kept_by: str = "chance alone"
    """What would keep schools between the limits."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A mark beside the value of a row or a school: England's, the neighbours'."""

    name: str
    part: Part
    value: Value


@dataclass(frozen=True, slots=True)
class DotRow:
    """A row of a dot plot: a gap, or a value and the `other` it is held against, joined by a line.

    `small` draws a hollow mark; a missing value is written as the word of its reason. `interval` is the
    lower and upper end of the 95% interval of `value`. `cohort` counts the pupils behind it, None when
    not known. `note` is said in the table ("Narrowing since 2022 to 2023").
    """

    label: str
    value: Value
    other: Value | None = None
    interval: tuple[float, float] | None = None
    beside: tuple[Beside, ...] = ()
    small: bool = False
    cohort: int | None = None
    href: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class DotPlot(Captioned):
    """Rows of gaps or of pairs of values, the widest or most pressing first as given.

    `value_name` and `other_name` name the marks ("Gap to other pupils"; "Disadvantaged", "Others").
    `reference` is a line down the whole plot (0 for gaps), `reference_name` its word ("No gap").
    """

    title: str
    description: str
    unit: str
    decimals: int
    rows: tuple[DotRow, ...]
    value_name: str = "Gap"
    other_name: str = ""
    reference: float | None = None
    reference_name: str = ""
    from_zero: bool | None = None

    @property
    def has_intervals(self) -> bool:
        """Whether any row has its interval drawn."""
        return any(row.interval is not None for row in self.rows)


@dataclass(frozen=True, slots=True)
class Distribution(Captioned):
    """Where one school stands among many: a dot each when they are few, bars of counts when many.

    `values` are those of all that are compared, this school's own among them; `left_out` counts those
    without a value. `polarity` ("high", "low" or "") says which end is good, for the words.
    """

    title: str
    description: str
    unit: str
    decimals: int
    values: tuple[float, ...]
    own: Value
    own_name: str = "This school"
    beside: tuple[Beside, ...] = ()
    of: str = "schools"
    left_out: int = 0
    polarity: str = ""
