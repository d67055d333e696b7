"""How far a figure of a school can be relied on: its interval, and whether chance could explain it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from steward.analysis.comparison.chance import Chance, ChanceFinding, belief_in_words, chance_of
from steward.analysis.comparison.intervals import Interval
from steward.analysis.indicators.definition import IndicatorDefinition
from steward.evidence import catalogues
from steward.evidence.queries.figures import AreaFigure, Figure
from steward.evidence.queries.standings import SchoolStanding, YearOfSchool
from steward.interface import words
from steward.vocabulary.values import Known, Missing, Value


@dataclass(frozen=True, slots=True)
class PublishedLimits:
    """A 95% interval as printed, with the pupils it rests on and the version of the tables it stands in."""

    interval: Interval
    cohort: float | None
    version: str

    def belong_to(self, score: float, *, decimals: int) -> bool:
        """Return whether they are those of this score: it lies in the middle, but for rounding.

        Limits are often printed only with an earlier version of a score, which may since have changed.
        """
        middle = (self.interval.low + self.interval.high) / 2
        return abs(middle - score) <= 10.0**-decimals + _TOLERANCE


LimitsByYear = Mapping[tuple[str, int, int], PublishedLimits]
"""Published limits by indicator, URN and year."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What is known of how sure figures are: limits as printed, and how each school stands in a year."""

    printed: LimitsByYear
    standings: Mapping[YearOfSchool, SchoolStanding] = field(default_factory=dict)

    def printed_for(self, figure: Figure) -> PublishedLimits | None:
        """Return the printed limits of a figure, or None."""
        return self.printed.get((figure.indicator, figure.urn, figure.period))

    def standing_of(self, figure: Figure) -> SchoolStanding | None:
        """Return how the school of a figure stands, or None."""
        return self.standings.get((figure.urn, figure.indicator, figure.period))


_TOLERANCE = 1e-9
_SHOWN_WITH = ("_lower", "_upper", "_band")


@dataclass(frozen=True, slots=True)
class Sureness:
    """What is said of how sure a figure is, in a few sentences, and what that rests on.

    `finding` is None for a missing figure.
    """

    sentence: str
    finding: ChanceFinding | None = None

    @property
    def interval(self) -> Interval | None:
        """The 95% interval of the figure in its own unit, or None."""
        return self.finding.interval if self.finding else None

    @property
    def chance(self) -> Chance | None:
        """Whether chance could explain the difference from England, or None."""
        return self.finding.chance if self.finding else None


def is_limit(code: str) -> bool:
    """Return whether an indicator is an end of the interval of another, or its band: shown with that one."""
    known = catalogues.indicators()
    return any(code.endswith(end) and code.removesuffix(end) in known for end in _SHOWN_WITH)


def limits_among(
    figures: Iterable[Figure], *, standing: Mapping[YearOfSchool, SchoolStanding] | None = None
) -> Limits:
    """Return the published limits among figures, with how their schools stand where that was asked for."""
    ends = {(one.indicator, one.urn, one.period): one for one in figures if is_limit(one.indicator)}
    found = {}
    for (code, urn, period), lower in ends.items():
        score = code.removesuffix("_lower")
        upper = ends.get((f"{score}_upper", urn, period))
        if score == code or upper is None:
            continue
        low, high = lower.value, upper.value
        if isinstance(low, Known) and isinstance(high, Known):
            interval = Interval(low.value, high.value)
            found[score, urn, period] = PublishedLimits(interval, low.cohort, lower.version)
    return Limits(found, standing or {})


def sureness_of(
    figure: Figure, *, indicator: IndicatorDefinition, england: AreaFigure | None, limits: Limits
) -> Sureness:
    """Return how far a figure can be relied on beside `england` of the same year."""
    value = figure.value
    if isinstance(value, Missing):
        return Sureness(value.reason.explanation)
    printed = limits.printed_for(figure)
    if printed is not None and not printed.belong_to(value.value, decimals=indicator.decimals):
        printed = None
    if printed is not None and value.cohort is None:
        value = Known(value.value, printed.cohort)
    beside = england.value if england is not None else None
    finding = chance_of(
        value,
        indicator=indicator,
        period=figure.period,
        england=beside.value if isinstance(beside, Known) else None,
        limits=printed.interval if printed else None,
    )
    said = (
        f"{finding.words}." if finding.words else "",
        _cohort_sentence(value, indicator=indicator),
        _interval_sentence(finding.interval, indicator=indicator),
        _where_printed(printed, version=figure.version),
        _belief_sentence(limits.standing_of(figure), indicator=indicator),
    )
    return Sureness(" ".join(part for part in said if part), finding)


def interval_of(figure: Figure, *, indicator: IndicatorDefinition, limits: Limits) -> Interval | None:
    """Return the 95% interval of a figure in its own unit, or None where there is none."""
    return sureness_of(figure, indicator=indicator, england=None, limits=limits).interval


def is_small(value: Value, *, indicator: IndicatorDefinition) -> bool:
    """Return whether a value is known to rest on fewer pupils than the smallest cohort of the indicator."""
    return value.cohort is not None and value.cohort < indicator.minimum_cohort


def _cohort_sentence(value: Known, *, indicator: IndicatorDefinition) -> str:
    if indicator.unit == "pupils":
        return "A count, as published."
    if value.cohort is None:
        return "The publication does not say how many pupils this rests on."
    pupils = words.counted(round(value.cohort), one="pupil")
    if is_small(value, indicator=indicator):
        return f"It rests on only {pupils}."
    if indicator.share_of_pupils and value.cohort >= 1:
        share = words.number(100 / value.cohort, decimals=1)
        return f"It rests on {pupils}; one pupil is {share} percentage points."
    return f"It rests on {pupils}."


def _interval_sentence(interval: Interval | None, *, indicator: IndicatorDefinition) -> str:
    if interval is None:
        return ""
    low, high = words.ends_in_words((interval.low, interval.high), measured=indicator)
    what = "share" if indicator.unit == "percent" else "score"
    return f"With 95% confidence the {what} lies between {low} and {high}."


def _belief_sentence(standing: SchoolStanding | None, *, indicator: IndicatorDefinition) -> str:
    """Return the estimate with the pupils weighed; nothing where the figures of schools do not give one."""
    if standing is None or standing.estimate is None or standing.below is None:
        return ""
    decimals = max(indicator.decimals, 1) if indicator.unit == "percent" else indicator.decimals
    estimate = words.with_unit(words.number(standing.estimate, decimals=decimals), unit=indicator.unit)
    return belief_in_words(estimate, below=standing.below, beside=standing.beside)


def _where_printed(limits: PublishedLimits | None, *, version: str) -> str:
    if limits is None or limits.version == version:
        return ""
    return f"That range is printed in the {limits.version} tables, with the same score."
