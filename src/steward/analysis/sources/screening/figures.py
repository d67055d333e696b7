"""Tests of the numbers: marks, ranges, suppression, and jumps since the year before."""

import math
from collections.abc import Iterator

import pyarrow.compute as pc

from steward.analysis.sources.screening.cells import Cells, count_of
from steward.analysis.sources.screening.report import Finding, Verdict, counted, passed

_MANY = 0.2
_TENTH = 0.1
_ENOUGH = 3
_SUPPRESSED_BELOW = 6
_JUMP = 0.5
_STILL = 0.001
"""Share of the believable range below which an average has not moved, however alike the schools."""
_COUNTS_EVERY_PUPIL = ("NOR", "TOTPUPSENDN")
"""Rolls, which are published of the smallest school."""
_IMPOSSIBLE = (
    "No figure can be so, and the file is not loaded: compare the row with the file as published, and "
    "download it again or take the number out. If the publisher means it, widen the range in the definition."
)
_SWAPPED = "Columns may be swapped: compare the header with the file as published."


def marks(cells: Cells) -> Iterator[Finding]:
    """Yield cells of measures that print neither a number nor a known mark."""
    findings = []
    for column in cells.measures:
        odd = pc.invert(pc.or_(cells.is_number(column), cells.is_mark(column)))
        count = count_of(odd)
        if not count:
            continue
        places = cells.places(odd, column=column)
        grave = count >= _ENOUGH and count > _MANY * cells.table.num_rows
        findings.append(
            Finding(
                "marks",
                Verdict.FAIL if grave else Verdict.WARNING,
                f"{counted(count, 'cell', 'cells')} of the column {column} {'is' if count == 1 else 'are'} "
                f"neither a number nor a known mark: "
                f"row {places[0].row} says '{places[0].value}'.",
                _SWAPPED if grave else "Such cells are shown as not readable, never as a number.",
                count,
                places,
            )
        )
    yield from findings or [passed("marks")]


def ranges(cells: Cells) -> Iterator[Finding]:
    """Yield numbers of schools and areas that are impossible in their column: any keeps the file out."""
    findings = []
    for column in cells.measures:
        allowed = cells.layout.ranges[column]
        numbers = cells.numbers(column)
        outside = pc.and_(
            pc.is_valid(cells.levels),
            pc.or_(pc.less(numbers, allowed.least), pc.greater(numbers, allowed.most)),
        )
        count = count_of(outside)
        if not count:
            continue
        places = cells.places(outside, column=column)
        grave = count >= _ENOUGH and count > _TENTH * count_of(pc.is_valid(numbers))
        findings.append(
            Finding(
                "ranges",
                Verdict.FAIL,
                f"{counted(count, 'number', 'numbers')} of the column {column} "
                f"{'is' if count == 1 else 'are'} outside {allowed.least:,g} to {allowed.most:,g}: "
                f"row {places[0].row} says {places[0].value}.",
                _SWAPPED if grave else _IMPOSSIBLE,
                count,
                places,
            )
        )
    yield from findings or [passed("ranges")]


def suppression(cells: Cells) -> Iterator[Finding]:
    """Yield figures printed for schools with one to five pupils, which publishers hide."""
    findings = []
    for column in cells.measures:
        cohort = cells.cohort_of(column)
        if not cohort or cohort in _COUNTS_EVERY_PUPIL:
            continue
        pupils = cells.numbers(cohort)
        few = pc.and_(pc.greater(pupils, 0), pc.less(pupils, _SUPPRESSED_BELOW))
        shown = pc.and_(pc.and_(cells.is_school, few), cells.is_number(column))
        count = count_of(shown)
        if count:
            findings.append(
                Finding(
                    "suppression",
                    Verdict.WARNING,
                    f"{counted(count, 'school', 'schools')} with five pupils or fewer in {cohort} "
                    f"{'has' if count == 1 else 'have'} a figure in {column}.",
                    "Pupils could be recognised: do not publish these figures.",
                    count,
                    cells.places(shown, column=column),
                )
            )
    yield from findings or [passed("suppression")]


def means_of(cells: Cells) -> dict[str, float]:
    """Return the unweighted mean over schools of each measure that has any number."""
    found: dict[str, float] = {}
    for column in cells.measures:
        mean = pc.mean(cells.numbers(column).filter(cells.is_school)).as_py()
        if mean is not None:
            found[column] = mean
    return found


def moves(cells: Cells, *, means: dict[str, float]) -> Iterator[Finding]:
    """Yield measures whose mean moved by more than half a standard deviation since the release before."""
    before = cells.context.previous
    if before is None:
        yield passed("moves", "No release before is loaded, so averages were not compared.")
        return
    findings = []
    for column, mean in means.items():
        spread = pc.stddev(cells.numbers(column).filter(cells.is_school)).as_py() or 0.0
        allowed = cells.layout.ranges[column]
        still = max(_JUMP * spread, _STILL * (allowed.most - allowed.least))
        if column in before and abs(mean - before[column]) > still:
            findings.append(
                Finding(
                    "moves",
                    Verdict.WARNING,
                    _moved(column, mean=mean, before=before[column]),
                    "Check that the measure is still the same and that the file is of the right year.",
                )
            )
    yield from findings or [passed("moves")]


def _moved(column: str, *, mean: float, before: float) -> str:
    """Return the sentence, with the decimals of three digits and of two digits of what lies between."""
    greatest = math.floor(math.log10(max(abs(mean), abs(before))))
    between = math.floor(math.log10(abs(mean - before)))
    decimals = max(0, 2 - greatest, 1 - between)
    return (
        f"The average of {column} over schools is {mean:,.{decimals}f}; "
        f"the release before had {before:,.{decimals}f}."
    )
