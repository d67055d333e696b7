"""Gaps between groups in the annual standards: the authority's beside England's, and which way they go."""

from collections.abc import Sequence
from dataclasses import dataclass

from steward.analysis.indicators.outcome_topics import StandardsGap
from steward.analysis.indicators.series_breaks import breaches_of, why_broken
from steward.evidence import catalogues
from steward.evidence.queries import series
from steward.evidence.queries.series import Measure, SeriesPoint
from steward.pages.queries.area_outcomes import Company, size_words
from steward.pages.queries.caution import rounding_of
from steward.vocabulary.areas import ENGLAND
from steward.vocabulary.rounding import round_half_away
from steward.vocabulary.values import Known, Value

OLDEST = 1
_TINY = 1e-9


@dataclass(frozen=True, slots=True)
class GapLine:
    """The gap of a group to others in one year: others less group, as shown (both rounded first).

    `before` is the gap of the year before, None where it cannot be compared; `england` England's gap.
    """

    title: str
    measure: Measure
    others: Measure
    label: str
    rounding: float
    """How far the rounding of all four figures may have moved the change of the gap, each way."""
    group_value: Value
    others_value: Value
    gap: float
    before: float | None
    england: float | None
    sentence: str


def gaps_of(company: Company, *, year: int) -> tuple[GapLine, ...]:
    """Return the gaps of an authority in a year, or the year before where none is published for it yet."""
    found = []
    for topic in catalogues.outcome_topics().values():
        for one in topic.gaps:
            line = _gap(one, company=company, year=year)
            if line is not None:
                found.append(line)
    return tuple(found)


def most_moved(gaps: Sequence[GapLine]) -> list[GapLine]:
    """Return the gaps whose width changed most since the year before first; those not compared are last.

    A change that rounding may explain counts for none.
    """
    return sorted(gaps, key=_moved)


def _moved(one: GapLine) -> float:
    if one.before is None:
        return 1.0
    by = abs(one.gap - one.before)
    return -by if by > one.rounding + _TINY else 0.0


def _rounding(
    newest: tuple[SeriesPoint, SeriesPoint], *, before: tuple[SeriesPoint, SeriesPoint] | None
) -> float:
    return sum(rounding_of(one.measure, label=one.label) for one in (*newest, *(before or ())))


def _gap(one: StandardsGap, *, company: Company, year: int) -> GapLine | None:
    known = series.measures()
    if one.group not in known or one.others not in known:
        return None
    measure = known[one.group]
    own = _by_year(one, area=company.area)
    newest = max((at for at in own if at <= year), default=0)
    if newest < year - OLDEST:
        return None
    group, others = own[newest]
    gap = _difference(group, others, measure=measure)
    if gap is None:
        return None
    england = _by_year(one, area=ENGLAND).get(newest)
    before = own.get(newest - 1)
    broken = why_broken(newest - 1, newest, breaches=breaches_of(one.group, among=catalogues.series_breaks()))
    earlier = None if before is None or broken else _difference(*before, measure=measure)
    of_england = None if england is None else _difference(*england, measure=measure)
    rounding = _rounding(own[newest], before=before)
    return GapLine(
        title=one.title,
        measure=measure,
        others=known[one.others],
        label=group.label,
        group_value=group.value,
        others_value=others.value,
        gap=gap,
        before=earlier,
        england=of_england,
        rounding=rounding,
        sentence=_sentence(
            one, measure=measure, label=group.label, gaps=(gap, earlier, of_england), rounding=rounding
        ),
    )


def _by_year(one: StandardsGap, *, area: str) -> dict[int, tuple[SeriesPoint, SeriesPoint]]:
    """Return the points of group and others by year, where both are known."""
    found = series.series_of([one.group, one.others], areas=[area])
    others = {point.year: point for point in found.get((one.others, area), ())}
    pairs = {}
    for point in found.get((one.group, area), ()):
        beside = others.get(point.year)
        if point.year is None or beside is None:
            continue
        if isinstance(point.value, Known) and isinstance(beside.value, Known):
            pairs[point.year] = (point, beside)
    return pairs


def _difference(group: SeriesPoint, others: SeriesPoint, *, measure: Measure) -> float | None:
    if not isinstance(group.value, Known) or not isinstance(others.value, Known):
        return None
    places = measure.decimals
    return round_half_away(
        round_half_away(others.value.value, places) - round_half_away(group.value.value, places), places
    )


def _sentence(
    one: StandardsGap,
    *,
    measure: Measure,
    label: str,
    gaps: tuple[float, float | None, float | None],
    rounding: float,
) -> str:
    gap, before, england = gaps
    size = size_words(abs(gap), measure=measure)
    where = f"{size} in {label}" if gap >= 0 else f"{size} in favour of the group in {label}"
    parts = [f"{one.title}: a gap of {where}"]
    if england is not None:
        parts.append(f"in England it is {size_words(abs(england), measure=measure)}")
    if before is None:
        parts.append("not compared with the year before")
    elif gap == before:
        parts.append("the same as the year before")
    else:
        way = "wider" if gap > before else "narrower"
        said = f"{size_words(abs(gap - before), measure=measure)} {way} than the year before"
        little = abs(gap - before) <= rounding + _TINY
        parts.append(f"{said}, which rounding alone may explain" if little else said)
    return f"{'; '.join(parts)}."
