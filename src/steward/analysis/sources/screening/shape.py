"""Tests of the file itself: columns, characters, records, and whether it is whole."""

from collections.abc import Iterator

import pyarrow.compute as pc

from steward.analysis.sources.reading import Fault, OddRecord
from steward.analysis.sources.screening.cells import Cells, count_of
from steward.analysis.sources.screening.report import MOST_PLACES, Finding, Place, Verdict, counted, passed
from steward.vocabulary.areas import Level

_FEW_ROWS = 0.7
_TOO_FEW_ROWS = 0.6
"""Below this share of the release before, a file is taken for half a download and never becomes live."""
_HALF = 0.5
_NEARLY_ALL = 0.9
_DOWNLOAD_AGAIN = "Download the file again from the publisher."


def columns(cells: Cells) -> Iterator[Finding]:
    """Yield the columns that are new, and those that are missing."""
    known = {*cells.layout.columns, *cells.layout.requires}
    header = set(cells.published.header)
    missing = [name for name in cells.layout.columns if name not in header]
    unknown = [name for name in cells.published.header if name not in known]
    if missing:
        yield Finding(
            "columns",
            Verdict.WARNING,
            f"{'Columns are' if len(missing) > 1 else 'A column is'} missing: {', '.join(missing[:8])}.",
            "Measures read from them will be missing for this release.",
            len(missing),
            tuple(Place(None, name) for name in missing[:MOST_PLACES]),
        )
    if unknown and not cells.layout.more_columns:
        yield Finding(
            "columns",
            Verdict.WARNING,
            f"{'Columns are' if len(unknown) > 1 else 'A column is'} new: {', '.join(unknown[:8])}.",
            "They are kept and not read; if one of them holds a measure, add it to the definition.",
            len(unknown),
            tuple(Place(None, name) for name in unknown[:MOST_PLACES]),
        )
    if not missing and (not unknown or cells.layout.more_columns):
        yield passed("columns")


def encoding(cells: Cells) -> Iterator[Finding]:
    """Yield the encoding, and how many characters could not be read."""
    lost = cells.published.lost_characters
    if lost:
        yield Finding(
            "encoding",
            Verdict.WARNING,
            f"{counted(lost, 'character is', 'characters are')} neither UTF-8 nor Windows-1252, "
            "shown as \ufffd.",
            "Names of schools may be spelt wrong; figures are not touched.",
            lost,
        )
    else:
        yield passed("encoding", f"Read as {cells.published.encoding}.")


def emails(cells: Cells) -> Iterator[Finding]:
    """Yield the cells that held an e-mail address, which are blank in the table."""
    found = cells.published.emails
    if not found:
        yield passed("emails")
        return
    yield Finding(
        "emails",
        Verdict.WARNING,
        f"{counted(len(found), 'cell', 'cells')} that held an e-mail address "
        f"{'was' if len(found) == 1 else 'were'} left out, the first in row {found[0].row}, "
        f"column {found[0].column}.",
        "The address is stored nowhere; the cell reads as blank.",
        len(found),
        tuple(Place(one.row, one.column) for one in found[:MOST_PLACES]),
    )


def records(cells: Cells) -> Iterator[Finding]:
    """Yield the records that have too few or too many cells."""
    odd = cells.published.odd
    findings = [
        *_short(_of(odd, Fault.SHORT), rows=cells.table.num_rows),
        *_long(_of(odd, Fault.LONG)),
    ]
    spare = _of(odd, Fault.LONG_BUT_BLANK)
    if spare and len(spare) < cells.table.num_rows * _NEARLY_ALL:
        findings.append(
            Finding(
                "records",
                Verdict.WARNING,
                f"{counted(len(spare), 'record has', 'records have')} blank cells beyond the last column.",
                "They were left out; nothing is lost.",
                len(spare),
                _places(spare),
            )
        )
    yield from findings or [passed("records")]


def _short(odd: list[OddRecord], *, rows: int) -> Iterator[Finding]:
    if not odd:
        return
    if len(odd) >= rows * _NEARLY_ALL and len({one.cells for one in odd}) == 1:
        yield passed("records", f"Every record ends after {odd[0].cells} cells; the last columns are blank.")
        return
    yield Finding(
        "records",
        Verdict.WARNING,
        f"{counted(len(odd), 'record stops', 'records stop')} before the last column, "
        f"the first in row {odd[0].row}.",
        "The cells that are not there were taken as blank.",
        len(odd),
        _places(odd),
    )


def _long(odd: list[OddRecord]) -> Iterator[Finding]:
    if odd:
        yield Finding(
            "records",
            Verdict.FAIL,
            f"{counted(len(odd), 'record has', 'records have')} more cells than the header, "
            f"the first in row {odd[0].row}: "
            f"{odd[0].cells} cells.",
            "A comma in a name may have split a cell, so every figure after it is in the wrong column. "
            + _DOWNLOAD_AGAIN,
            len(odd),
            _places(odd),
        )


def blank_rows(cells: Cells) -> Iterator[Finding]:
    """Yield the blank records."""
    odd = _of(cells.published.odd, Fault.BLANK)
    if odd:
        yield Finding(
            "blank_rows",
            Verdict.WARNING,
            f"{counted(len(odd), 'record is', 'records are')} blank, the first in row {odd[0].row}.",
            "They were left out; nothing is lost.",
            len(odd),
            _places(odd),
        )
    else:
        yield passed("blank_rows")


def _of(odd: tuple[OddRecord, ...], fault: Fault) -> list[OddRecord]:
    return [one for one in odd if one.fault is fault]


def _places(odd: list[OddRecord]) -> tuple[Place, ...]:
    return tuple(Place(one.row, value=f"{one.cells} cells") for one in odd[:MOST_PLACES])


def completeness(cells: Cells) -> Iterator[Finding]:
    """Yield whether the file stops in its middle, lacks its end, or is far shorter than the one before.

    A file cut inside its last record fails when the rows of England, with which the publication
    ends, are not there, or when it has less than half the rows of the release before.
    """
    before = cells.context.previous_rows
    share = cells.table.num_rows / before if before else 1.0
    lacks_england = _lacks_england(cells)
    findings = []
    if cells.published.cut:
        grave = share < _HALF or lacks_england
        findings.append(_cut(cells, Verdict.FAIL if grave else Verdict.WARNING))
    elif lacks_england:
        findings.append(
            Finding(
                "completeness",
                Verdict.WARNING,
                "The rows of England, which the publication has, are not in the file.",
                "Check that it is the whole file. England's figures will be computed from schools.",
            )
        )
    if share < _FEW_ROWS:
        grave = share < _TOO_FEW_ROWS or lacks_england
        findings.append(_few(cells, Verdict.FAIL if grave else Verdict.WARNING, before=before or 0))
    yield from findings or [passed("completeness")]


def _few(cells: Cells, verdict: Verdict, *, before: int) -> Finding:
    return Finding(
        "completeness",
        verdict,
        f"The file has {counted(cells.table.num_rows, 'row', 'rows')}; the release before had {before:,}.",
        "It looks like half a download: download the file again and load that."
        if verdict is Verdict.FAIL
        else "Check that it is the whole of England and not half a download.",
        cells.table.num_rows,
    )


def _cut(cells: Cells, verdict: Verdict) -> Finding:
    last = cells.published.odd[-1].row
    return Finding(
        "completeness",
        verdict,
        f"The file stops inside its last record, row {last}: it is cut.",
        _DOWNLOAD_AGAIN
        if verdict is Verdict.FAIL
        else f"{_DOWNLOAD_AGAIN} Rows after row {last} are missing.",
        1,
        (Place(last),),
    )


def _lacks_england(cells: Cells) -> bool:
    levels = cells.layout.levels
    return bool(levels and levels.england) and not count_of(pc.equal(cells.levels, Level.ENGLAND.value))
