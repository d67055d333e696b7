"""The funnel of a measure: an authority's schools among all of their phase, and the limits of chance."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from steward.analysis.comparison import funnel as limits
from steward.analysis.comparison.funnel import ALARM, WARNING, Dispersion, Numbers
from steward.analysis.indicators.definition import IndicatorDefinition
from steward.evidence import catalogues
from steward.evidence.queries import standings
from steward.pages.queries.left_out import LeftOut, left_out
from steward.pages.queries.standing_out import Beyond, NamedStanding, named
from steward.vocabulary.phases import Phase

_STEPS = 80
_PERCENT = 100.0
LEVELS = ((WARNING, "95%"), (ALARM, "99.8%"))
"""The limits drawn, from the inner to the outer."""


class NoFunnel(LookupError):
    """No school of the authority can be judged in the measure; the message says so."""


@dataclass(frozen=True, slots=True)
class Curve:
    """Limits of one level as (pupils, value), from the smallest school up."""

    name: str
    lower: tuple[tuple[float, float], ...]
    upper: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """A school and where it lies: "Below the 99.8% limit", "Within the limits"."""

    school: NamedStanding
    where: str

    @property
    def outside(self) -> bool:
        """Whether it lies outside the inner limit."""
        return self.where not in (WITHIN, TOO_FEW)


WITHIN, TOO_FEW = "Within the limits", "Too few pupils to say"


@dataclass(frozen=True, slots=True)
class FunnelFound:
    """A funnel: the authority's schools with where they lie, all others, and the limits."""

    indicator: IndicatorDefinition
    phase: Phase
    phases: tuple[Phase, ...]
    pooled: bool
    beyond: Beyond
    schools: tuple[Placed, ...]
    others: tuple[tuple[float, float], ...]
    target: float
    beside: str
    years: str
    curves: tuple[Curve, ...]
    left_out: tuple[LeftOut, ...]
    """Schools of the phase that cannot be judged, and so are in no rank."""

    def count(self, where: str) -> int:
        """Return how many schools lie there."""
        return Counter(one.where for one in self.schools)[where]


def funnel_of(
    authority: str, *, indicator: str, phase: str = "", pooled: bool = False, beyond: Beyond = Beyond.SPREAD
) -> FunnelFound:
    """Return the funnel of a measure; without a phase that in which most schools are judged.

    Raises NoFunnel, or NothingLoaded.
    """
    phases = _phases(authority, indicator=indicator, pooled=pooled)
    definition = catalogues.indicators().get(indicator)
    if not phases or definition is None:
        title = definition.title if definition else indicator
        raise NoFunnel(
            f"No school of this authority can be judged in “{title}”: "
            "its figures, or the number of pupils behind them, are not in the files that have been loaded."
        )
    chosen = next((one for one in phases if one.value == phase), phases[0])
    found = standings.funnel_of(authority, indicator=indicator, phase=chosen, pooled=pooled)
    own = named(found.own)
    reach = _Reach(own, definition, beyond)
    return FunnelFound(
        indicator=definition,
        phase=chosen,
        phases=phases,
        pooled=pooled,
        beyond=beyond,
        schools=tuple(_placed(own, reach=reach)),
        others=found.others,
        target=own[0].standing.target,
        beside=own[0].standing.beside,
        years=max((one.years for one in own), key=len),
        curves=_curves(
            reach, pupils=[*(one.standing.pupils for one in own), *(size for size, _ in found.others)]
        ),
        left_out=_left_out(authority, own=own),
    )


def _left_out(authority: str, *, own: Sequence[NamedStanding]) -> tuple[LeftOut, ...]:
    first = own[0].standing
    judged = {one.standing.urn for one in own}
    return left_out(
        authority, indicator=first.indicator, phase=first.phase, period=first.period, judged=judged
    )


def _phases(authority: str, *, indicator: str, pooled: bool) -> tuple[Phase, ...]:
    listed = standings.standings_of_area(authority, pooled=pooled)
    counted = Counter(one.phase for one in listed if one.indicator == indicator)
    return tuple(phase for phase, _ in counted.most_common())


class _Reach:
    """How far schools of a size may lie from the target, in the unit of the measure."""

    def __init__(self, own: Sequence[NamedStanding], indicator: IndicatorDefinition, beyond: Beyond) -> None:
        first = own[0].standing
        self.target, self.share = first.target, indicator.share_of_pupils
        self.variance = first.variance if beyond is Beyond.SPREAD else 0.0
        spreads = [one.standing.error * one.standing.pupils**0.5 for one in own if one.standing.error]
        self.spread = float(np.median(spreads)) if spreads else 0.0

    def limits(self, pupils: Sequence[float], *, level: float) -> tuple[Numbers, Numbers]:
        """Return the lower and the upper limit of schools of so many pupils."""
        sizes = np.asarray(pupils, dtype=np.float64)
        widened = Dispersion(1.0, self.variance, 0)
        if not self.share:
            errors = self.spread / np.sqrt(sizes)
            found = limits.widened_limits(errors, target=self.target, level=level, dispersion=widened)
            return found.low, found.high
        share = min(max(self.target / _PERCENT, 1e-6), 1 - 1e-6)
        if self.variance > 0:
            found = limits.widened_share_limits(sizes, target=share, level=level, dispersion=widened)
        else:
            found = limits.smooth_share_limits(sizes, target=share, level=level)
        return found.low * _PERCENT, found.high * _PERCENT


def _curves(reach: _Reach, *, pupils: Sequence[float]) -> tuple[Curve, ...]:
    sizes = np.unique(np.geomspace(max(min(pupils), 1), max(*pupils, 2), _STEPS).round()).tolist()
    curves = []
    for level, name in LEVELS:
        low, high = reach.limits(sizes, level=level)
        curves.append(
            Curve(
                name,
                tuple(zip(sizes, low.tolist(), strict=True)),
                tuple(zip(sizes, high.tolist(), strict=True)),
            )
        )
    return tuple(curves)


def _placed(own: Sequence[NamedStanding], *, reach: _Reach) -> list[Placed]:
    pupils = [one.standing.pupils for one in own]
    ends = [(name, *reach.limits(pupils, level=level)) for level, name in reversed(LEVELS)]
    placed = []
    for number, one in enumerate(own):
        where = TOO_FEW if one.standing.few else WITHIN
        for name, low, high in ends if not one.standing.few else ():
            if one.standing.value < low[number] or one.standing.value > high[number]:
                side = "Below" if one.standing.value < low[number] else "Above"
                where = f"{side} the {name} limit"
                break
        placed.append(Placed(one, where))
    return placed
