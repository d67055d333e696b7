"""Attainment 8: a pupil's points in eight subjects, from the results that fill its slots."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce

import ibis
from ibis.expr.types import Table

from steward.analysis.accountability.definition import AttainmentRules, ElementScores


class Kind(StrEnum):
    """Which slots of Attainment 8 a result may fill."""

    ENGLISH_LANGUAGE = "english_language"
    ENGLISH_LITERATURE = "english_literature"
    MATHS = "maths"
    EBACC = "ebacc"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Result:
    """Points of one qualification of a pupil; combined science, worth two, is two results."""

    kind: Kind
    points: float


class ImpossiblePoints(ValueError):
    """No pupil can have so many points in an element; the message says which and how many there can be."""


def attainment_8(results: Iterable[Result]) -> ElementScores:
    """Return a pupil's Attainment 8 and its four elements, in points; a slot without a result counts 0.

    English is the better of language and literature, doubled only where the pupil took both; the other
    of the two may fill an open slot. Mathematics is doubled. The best three further results of the English
    Baccalaureate follow, then the best three of all that is left.
    Source: Secondary accountability measures (Department for Education), methods 1.4.
    """
    held = tuple(results)
    english, left = _english(held)
    maths = 2 * max(_points(held, Kind.MATHS), default=0.0)
    baccalaureate = sorted(_points(held, Kind.EBACC), reverse=True)
    open_to_all = sorted([*left, *baccalaureate[3:], *_points(held, Kind.OPEN)], reverse=True)
    ebacc, rest = sum(baccalaureate[:3]), sum(open_to_all[:3])
    return ElementScores(
        attainment_8=english + maths + ebacc + rest, english=english, maths=maths, ebacc=ebacc, open=rest
    )


def refuse_impossible(achieved: ElementScores, *, rules: AttainmentRules) -> None:
    """Raise ImpossiblePoints where an element has fewer than 0 or more points than there can be."""
    for name, most in rules.most.model_dump().items():
        points = getattr(achieved, name)
        if not 0 <= points <= most:
            raise ImpossiblePoints(f"{points:g} points in {name} cannot be: there are from 0 to {most:g}.")


def attainment_of_all(results: Table, *, by: Sequence[str]) -> Table:
    """Return Attainment 8 and its elements for every pupil in a table of results.

    `results` has the columns `by`, which tell pupils apart, `kind` (see Kind), `points`, and `result`, a
    number that no two results of a pupil share. Returned are `by` with `attainment_8`, `english_points`,
    `maths_points`, `ebacc_points` and `open_points`, which equal `attainment_8` pupil by pupil.
    """
    firsts = _first_slots(results, by=by)
    ranked = _ranked(results.filter(results.kind == Kind.EBACC.value), by=by)
    ebacc = _summed(ranked.filter(ranked.place < 3), by=by, name="ebacc_points")
    columns = (*by, "points", "result")
    pools = (
        results.filter(results.kind == Kind.OPEN.value).select(*columns),
        ranked.filter(ranked.place >= 3).select(*columns),
        _other_english(firsts, by=by),
    )
    left = _ranked(reduce(lambda one, other: one.union(other), pools), by=by)
    rest = _summed(left.filter(left.place < 3), by=by, name="open_points")
    joined = firsts.left_join(ebacc, list(by)).select(*by, "english_points", "maths_points", "ebacc_points")
    joined = joined.left_join(rest, list(by)).select(*joined.columns, "open_points")
    slots = ("english_points", "maths_points", "ebacc_points", "open_points")
    filled = joined.mutate(**{name: joined[name].fill_null(0.0) for name in slots})
    found: Table = filled.mutate(
        attainment_8=filled.english_points + filled.maths_points + filled.ebacc_points + filled.open_points
    )
    return found


def _english(held: Sequence[Result]) -> tuple[float, list[float]]:
    """Return the points of English, and what is left of it for an open slot."""
    language, literature = _points(held, Kind.ENGLISH_LANGUAGE), _points(held, Kind.ENGLISH_LITERATURE)
    if language and literature:
        best, other = sorted((max(language), max(literature)), reverse=True)
        return 2 * best, [other]
    return max([*language, *literature], default=0.0), []


def _points(held: Sequence[Result], kind: Kind) -> list[float]:
    return [one.points for one in held if one.kind is kind]


def _first_slots(results: Table, *, by: Sequence[str]) -> Table:
    """Return for each pupil the points of English and mathematics, and both subjects of English."""
    best = results.group_by(*by).aggregate(
        language=results.points.max(where=results.kind == Kind.ENGLISH_LANGUAGE.value),
        literature=results.points.max(where=results.kind == Kind.ENGLISH_LITERATURE.value),
        maths=results.points.max(where=results.kind == Kind.MATHS.value),
    )
    language, literature = best.language.fill_null(0.0), best.literature.fill_null(0.0)
    both = best.language.notnull() & best.literature.notnull()
    top = ibis.ifelse(language >= literature, language, literature)
    found: Table = best.mutate(
        english_points=ibis.ifelse(both, 2.0, 1.0) * top, maths_points=2.0 * best.maths
    )
    return found


def _other_english(firsts: Table, *, by: Sequence[str]) -> Table:
    """Return the result in English that is not doubled, for pupils who took both."""
    both = firsts.filter(firsts.language.notnull() & firsts.literature.notnull())
    other = ibis.ifelse(both.language >= both.literature, both.literature, both.language)
    found: Table = both.select(*by, points=other, result=ibis.literal(-1, "int64"))
    return found


def _ranked(results: Table, *, by: Sequence[str]) -> Table:
    """Return results with their place within the pupil, the best first and counted from 0."""
    order = [results.points.desc(), results.result]
    found: Table = results.mutate(place=ibis.row_number().over(group_by=list(by), order_by=order))
    return found


def _summed(results: Table, *, by: Sequence[str], name: str) -> Table:
    found: Table = results.group_by(*by).aggregate(**{name: results.points.sum()})
    return found
