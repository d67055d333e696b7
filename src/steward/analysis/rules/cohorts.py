"""How many pupils a figure rests on, where its publication does not say.

A figure of the whole school rests on the pupils on roll. One of a single year group rests on no more than
those, and on about as many as the same measure did in the nearest year that says.
"""

from collections.abc import Callable
from dataclasses import dataclass

from steward.analysis.indicators.definition import IndicatorDefinition
from steward.analysis.rules import wording
from steward.analysis.rules.school_evidence import ROLL, Figures
from steward.vocabulary.values import Known

NEAREST_YEARS = 2
"""How many years before or after, at most, another number of pupils may stand in for one not published."""

OF_THE_WHOLE_SCHOOL = frozenset({"attendance", "pupils", "workforce", "money"})
"""Themes whose figures are of every pupil of a school; the others are of one year group."""

_UNSAID = "the publication does not say how many pupils it rests on"


@dataclass(frozen=True, slots=True)
class Size:
    """What is known of the number of pupils behind a figure."""

    pupils: float | None
    """As published; for a figure of the whole school the number on roll in its year."""
    enough: bool
    """False when it is known to be, or to have been nearby, less than the least number that is used."""
    words: str = ""
    """What to say of it, in brackets; empty when nothing need be said."""


def size_behind(figures: Figures, *, measure: IndicatorDefinition, period: int, least: int) -> Size:
    """Return what is known of the pupils behind the figure of the year, held against the `least` to be used.

    `figures` are those of the school. Where nothing is known of the number it counts as enough, and is said.
    """
    figure = figures.get((measure.id, period))
    own = None if figure is None else figure.value.cohort
    if own is not None:
        return Size(own, own >= least)
    if least <= 1:
        return Size(None, enough=True)
    roll = _nearest(lambda year: _on_roll(figures, period=year), to=period)
    if roll is not None and measure.theme in OF_THE_WHOLE_SCHOOL:
        return _whole_school(*roll, period=period, least=least)
    if roll is not None and roll[0] < least:
        return Size(
            None, enough=False, words=f"{_UNSAID}; in {wording.year(roll[1])} the roll was {roll[0]:,.0f}"
        )
    nearby = _nearest(lambda year: _cohort(figures, indicator=measure.id, period=year), to=period)
    if nearby is None:
        return Size(None, enough=True, words=_UNSAID)
    number, year = nearby
    return Size(None, number >= least, f"{_UNSAID}; in {wording.year(year)} it was {number:,.0f}")


def _whole_school(number: float, year: int, *, period: int, least: int) -> Size:
    of = "" if year == period else f" in {wording.year(year)}"
    pupils = number if year == period else None
    return Size(pupils, number >= least, f"{wording.pupils(number)} on roll{of}")


def _nearest(number_in: Callable[[int], float | None], *, to: int) -> tuple[float, int] | None:
    """Return the number of the nearest year and that year; of two as near, the smaller number."""
    found = [
        (abs(back), number, to + back)
        for back in range(-NEAREST_YEARS, NEAREST_YEARS + 1)
        if (number := number_in(to + back)) is not None
    ]
    return min(found)[1:] if found else None


def _cohort(figures: Figures, *, indicator: str, period: int) -> float | None:
    figure = figures.get((indicator, period))
    return None if figure is None else figure.value.cohort


def _on_roll(figures: Figures, *, period: int) -> float | None:
    figure = figures.get((ROLL, period))
    return figure.value.value if figure is not None and isinstance(figure.value, Known) else None
