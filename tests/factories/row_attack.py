"""An attack on records of published files: every cell that a page prints, against what is withheld.

The attacker knows nothing of the names of columns. A relation of one or two cells, or a constant between
years and schools, that gives a withheld figure for most schools of a file is taken as found.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path

from steward.evidence import catalogues, engine
from steward.evidence.models import DataRelease
from steward.evidence.queries import rows, withholding
from steward.vocabulary.values import Reason

_NEAR = 0.11
_FEWEST = 6
"""Fewer records than these say nothing of a relation: it may fit by chance."""
_MOST = 0.5


@dataclass(frozen=True)
class Record:
    """A withheld figure beside the numbers that the page of the record it was read from prints."""

    urn: int
    value: float
    count: float | None
    """Pupils behind a share; None for a mean of scores."""
    cells: dict[str, float]


def withheld_records(
    folder: Path, *, indicator: str, period: int, within: str = "", most: int = 40
) -> dict[str, list[Record]]:
    """Return the withheld figures of schools with their records, by release; of each the first `most`."""
    values = engine.table(folder / "values.parquet")
    if within:
        places = engine.table(folder / "establishments.parquet")
        values = values.semi_join(places.filter(places.authority == within), "urn")
    one = values.filter((values.indicator == indicator) & (values.period == period))
    known = one.filter(one.status == "known")
    out = withholding.released_of_schools(known, folder=folder)
    gone = out.filter(out.status == Reason.WITHHELD.value).select("urn", "release", "row")
    held = known.semi_join(gone, ["urn", "release", "row"])
    share = catalogues.indicators()[indicator].pupil_range is None
    found: dict[str, list[Record]] = defaultdict(list)
    for row in engine.connection().to_pyarrow(held.order_by("release", "row")).to_pylist():
        if len(found[row["release"]]) < most:
            cells = shown_cells(row["release"], row=row["row"])
            count = round(row["value"] * (row["cohort"] or 0.0) / 100) if share else None
            found[row["release"]].append(Record(row["urn"], row["value"], count, cells))
    return found


def shown_cells(release: str, *, row: int) -> dict[str, float]:
    """Return every number that the page of a record prints."""
    printed = rows.printed_row(DataRelease.objects.get(pk=release), row=row)
    assert printed is not None
    return {cell.column: number for cell in printed.shown for number in _number(cell.text)}


def found_by_cells(records: list[Record]) -> dict[str, list[int]]:
    """Return the relations of cells that give the withheld figures, with the schools they give them of."""
    hits: dict[str, list[int]] = defaultdict(list)
    tried: dict[str, int] = defaultdict(int)
    for record in records:
        for name, told in _relations(record.cells):
            tried[name] += 1
            if any(
                abs(told - wanted) < _NEAR for wanted in (record.value, record.count) if wanted is not None
            ):
                hits[name].append(record.urn)
    hits |= _constants(records, tried=tried)
    return {
        name: urns
        for name, urns in hits.items()
        if tried[name] >= _FEWEST and len(urns) >= _MOST * tried[name]
    }


def unlisted_cells(release: str, *, row: int, indicator: str) -> set[str]:
    """Return the columns of the group of a withheld figure that its record prints all the same."""
    known = catalogues.indicators()
    titles = {one.title for one in known.values() if one.group == known[indicator].group}
    printed = rows.printed_row(DataRelease.objects.get(pk=release), row=row)
    assert printed is not None
    numbers = [cell for cell in printed.shown if any(sign.isdigit() for sign in cell.text)]
    return {cell.column for cell in numbers if titles.intersection(cell.read_as)}


def _relations(cells: dict[str, float]) -> Iterator[tuple[str, float]]:
    for name, number in cells.items():
        yield name, number
        yield f"100 - {name}", 100 - number
    for (one, left), (other, right) in permutations(cells.items(), 2):
        yield f"{one} - {other}", left - right
        if one < other:
            yield f"100 - {one} - {other}", 100 - left - right
        if right:
            yield f"100 x {one} / {other}", 100 * left / right


def _constants(records: list[Record], *, tried: dict[str, int]) -> dict[str, list[int]]:
    """Columns that lie as far from the withheld figure in every school, such as gaps to England."""
    apart: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for record in records:
        for name, number in record.cells.items():
            apart[f"{name} + constant"].append((record.urn, record.value - number))
    found = {}
    for name, all_of in apart.items():
        tried[name] = len(all_of)
        nearest = max((sum(abs(far - other) < _NEAR for _, other in all_of), far) for _, far in all_of)[1]
        found[name] = [urn for urn, far in all_of if abs(far - nearest) < _NEAR]
    return found


def _number(text: str) -> Iterator[float]:
    plain = text.strip().rstrip("%").replace(",", "")
    try:
        yield float(plain)
    except ValueError:
        return
