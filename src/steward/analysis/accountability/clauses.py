"""Holding the figures of a school against a clause: met, not met, or could not be settled, with workings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from steward.analysis.accountability.definition import AllOf, AnyOf, Below, Clause
from steward.vocabulary.values import Missing, Reason, Value

Figures = Mapping[tuple[str, int], Value]
"""Values of a school by code of the indicator and year that ends."""


class Met(StrEnum):
    """Whether a clause is met; a figure that is missing settles nothing."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Working:
    """A clause with what came of it: its value where it has one, and its parts where it has those."""

    clause: Clause
    met: Met
    value: Value | None = None
    parts: tuple["Working", ...] = ()


def held_against(clause: Clause, *, figures: Figures, year: int) -> Working:
    """Return what comes of a clause for the figures of a school in a year.

    All of several is not met as soon as one is not, any of several is met as soon as one is; otherwise one
    unknown part leaves the whole unknown.
    """
    if isinstance(clause, Below):
        return _below(clause, value=_value_of(clause, figures=figures, year=year))
    parts = tuple(held_against(one, figures=figures, year=year) for one in clause.of)
    return Working(clause, _together(clause)([part.met for part in parts]), parts=parts)


def all_met(answers: list[Met]) -> Met:
    """Return whether all of several answers are yes."""
    if Met.NO in answers:
        return Met.NO
    return Met.UNKNOWN if Met.UNKNOWN in answers else Met.YES


def any_met(answers: list[Met]) -> Met:
    """Return whether one of several answers is yes."""
    if Met.YES in answers:
        return Met.YES
    return Met.UNKNOWN if Met.UNKNOWN in answers else Met.NO


def settling(working: Working) -> tuple[Working, ...]:
    """Return the limits that settle an answer, or leave it open: those to name when saying why.

    Of several that must all be met and are not: the first that is not. Of any of several that is met: the
    first that is. An answer left open names the figures that are missing.
    """
    if not working.parts:
        return (working,)
    same = [part for part in working.parts if part.met is working.met]
    one_is_enough = isinstance(working.clause, AnyOf) is (working.met is Met.YES)
    chosen = same[:1] if one_is_enough and working.met is not Met.UNKNOWN else same
    return tuple(leaf for part in chosen for leaf in settling(part))


def limits_in(clause: Clause) -> tuple[Below, ...]:
    """Return every limit in a clause, in order."""
    if isinstance(clause, Below):
        return (clause,)
    return tuple(limit for one in clause.of for limit in limits_in(one))


def _together(clause: AllOf | AnyOf) -> Callable[[list[Met]], Met]:
    return all_met if isinstance(clause, AllOf) else any_met


def _value_of(clause: Below, *, figures: Figures, year: int) -> Value:
    return figures.get((clause.indicator, year), Missing(Reason.NOT_RECORDED))


def _below(clause: Below, *, value: Value) -> Working:
    if isinstance(value, Missing):
        return Working(clause, Met.UNKNOWN, value)
    return Working(clause, Met.YES if value.value < clause.limit else Met.NO, value)
