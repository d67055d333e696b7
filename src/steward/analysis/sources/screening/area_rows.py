"""Tests of the rows about areas: each area and phase has one, and each row of England says its phase."""

from collections import defaultdict
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from steward.analysis.columns import ROW
from steward.analysis.sources.rows import ALL_PHASES, SCHOOL
from steward.analysis.sources.screening.cells import Cells
from steward.analysis.sources.screening.report import MOST_PLACES, Finding, Place, Verdict, counted, passed
from steward.vocabulary.areas import ENGLAND, Level

_WRONG_FIGURE = (
    "One figure would be shown under the name of another, so the file is not loaded. Compare these rows with "
    "the file as published; if they are as published, the layout reads the area or the phase from the wrong "
    "column: mend the definition of the publication."
)


def areas(cells: Cells) -> Iterator[Finding]:
    """Yield the area rows that say the same area and phase as another, or no phase where they should."""
    levels = cells.layout.levels
    if levels is None or levels.areas_repeat:
        return
    is_area = pc.fill_null(pc.not_equal(cells.levels, SCHOOL), fill_value=False)
    rows = pa.table(
        {"level": cells.levels, "area": cells.areas, "phase": cells.phases, ROW: cells.table.column(ROW)}
    ).filter(is_area)
    named: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for row in rows.to_pylist():
        named[row["level"], row["area"], row["phase"]].append(row[ROW])
    findings = [*_repeated(named), *_without_phase(named, column=levels.phase_column)]
    yield from findings or [passed("areas")]


def _repeated(named: dict[tuple[str, str, str], list[int]]) -> Iterator[Finding]:
    again = {name: rows for name, rows in named.items() if len(rows) > 1}
    if not again:
        return
    name, (first, second, *_) = next(iter(again.items()))
    places = [Place(row, value=_words(*name)) for name, rows in again.items() for row in rows[1:]]
    yield Finding(
        "areas",
        Verdict.FAIL,
        f"{counted(len(places), 'row has', 'rows have')} the same area and phase as another: "
        f"rows {first} and {second} are both of {_words(*name)}.",
        _WRONG_FIGURE,
        len(places),
        tuple(places[:MOST_PLACES]),
    )


def _without_phase(named: dict[tuple[str, str, str], list[int]], *, column: str) -> Iterator[Finding]:
    rows = named.get((Level.ENGLAND.value, ENGLAND, ALL_PHASES), [])
    if not column or not rows:
        return
    yield Finding(
        "areas",
        Verdict.FAIL,
        f"Row {rows[0]} is of England, but says no phase in the column {column}.",
        _WRONG_FIGURE,
        len(rows),
        tuple(Place(row, column) for row in rows[:MOST_PLACES]),
    )


def _words(level: str, area: str | None, phase: str) -> str:
    name = "England" if level == Level.ENGLAND.value else f"{level} {area or '(no code)'}"
    return f"{name}, {'all phases' if phase == ALL_PHASES else phase}"
