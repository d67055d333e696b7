"""How it is told whether chance could explain that a school's figure differs from England's."""

from collections.abc import Mapping

from steward.analysis.indicators.definition import IndicatorDefinition, PupilSpread
from steward.interface import markdown
from steward.vocabulary.academic_year import AcademicYear

INTRODUCTION = (
    "Had other pupils come to the school that year, its figure would have differed a little. Where it can "
    "be told, the 95% interval says how far. “Unlikely to be chance” means that England's figure lies "
    "outside the interval, and for a score of progress zero as well. “Chance could explain it” means that "
    "it does not; it does not mean that the school is like England."
)
_SHARE = "By the Wilson score interval of a share, wherever the number of pupils behind the figure is known"
_SPREAD = "By an interval worked out from how much pupils differed across England, in the years named below"
_PRINTED = "By the interval printed with the score"
_NOTHING = "Nothing is said"


def chance(indicator: IndicatorDefinition, *, definitions: Mapping[str, IndicatorDefinition]) -> str:
    """Return from what the interval of the indicator is known, or that nothing is said of chance."""
    if indicator.share_of_pupils:
        return _SHARE
    printed = {f"{indicator.id}_lower", f"{indicator.id}_upper"} <= definitions.keys()
    if printed and indicator.pupil_spreads:
        return f"{_PRINTED}; where none is, {_SPREAD[0].lower()}{_SPREAD[1:]}"
    if indicator.pupil_spreads:
        return _SPREAD
    return _PRINTED if printed else _NOTHING


def spreads(indicator: IndicatorDefinition) -> str:
    """Return the spread of pupils by year, in the unit of the indicator; nothing where none is known."""
    ordered = sorted(indicator.pupil_spreads, key=lambda one: one.year)
    listed = markdown.table(
        ("School year", "Standard deviation of pupils", "Reaches, in standard errors", "Source"),
        (_spread(one) for one in ordered),
    )
    return markdown.joined(("How much pupils differed across England:" if listed else "", listed))


def _spread(one: PupilSpread) -> tuple[str, ...]:
    return str(AcademicYear(one.year)), f"{one.deviation:.10g}", f"{one.quantile:.10g}", one.source
