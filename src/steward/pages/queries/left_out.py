"""The schools of an authority that have no place in a funnel or among its ranks, each with the reason."""

from collections.abc import Collection
from dataclasses import dataclass

from steward.evidence.queries import figures
from steward.evidence.queries.figures import Figure
from steward.register import queries as register
from steward.vocabulary.academic_year import AcademicYear
from steward.vocabulary.phases import Governance, Phase, Standing
from steward.vocabulary.values import Known, Reason

_STATE_FUNDED = (Governance.MAINTAINED.value, Governance.ACADEMY.value)
_NOT_MEANT = (Reason.NOT_APPLICABLE,)
"""Reasons that say a measure was never meant for a school."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A school without a place, why, and whether it has closed since."""

    urn: int
    name: str
    closed: bool
    why: str


def left_out(
    authority: str, *, indicator: str, phase: Phase, period: int, judged: Collection[int]
) -> tuple[LeftOut, ...]:
    """Return the schools of a phase that are not among those `judged` in a year, by name.

    Named are state-funded schools open now, and those closed since of which the files have a figure of that
    year. A school that followed one which is judged is not left out.
    """
    standings = (Standing.OPEN, Standing.CLOSED)
    schools = [
        one
        for one in register.schools_of(authority, standings=standings)
        if one.phase == phase.value and one.governance in _STATE_FUNDED and one.urn not in judged
    ]
    of_year = {
        one.urn: one
        for one in figures.figures_of([one.urn for one in schools], indicators=[indicator])
        if one.period == period
    }
    return tuple(
        LeftOut(one.urn, one.name, closed, _why(figure, period=period))
        for one in schools
        for figure, closed in ((of_year.get(one.urn), one.standing == Standing.CLOSED.value),)
        if not _is_passed_over(figure, closed=closed)
        if figure is not None or not set(judged).intersection(register.predecessors_of(one.urn))
    )


def _is_passed_over(figure: Figure | None, *, closed: bool) -> bool:
    """Return whether nobody would look for the school: it had closed, or the measure was not meant for it."""
    if figure is None:
        return closed
    value = figure.value
    return not isinstance(value, Known) and (closed or value.reason in _NOT_MEANT)


def _why(figure: Figure | None, *, period: int) -> str:
    if figure is None:
        return f"No figure of {AcademicYear(period)} in the files that have been loaded"
    value = figure.value
    if not isinstance(value, Known):
        return f"{value.reason.label}: {value.reason.explanation[0].lower()}{value.reason.explanation[1:]}"
    if value.cohort is None:
        return "The number of pupils behind its figure is not in the files"
    return "How far chance moves its figure is not known: it has no printed interval, and no spread of pupils"
