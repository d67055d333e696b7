"""Screening: is a published file fit to become live, and what should a reader know about it?"""

from collections.abc import Iterator

from steward.analysis.sources.reading import PublishedTable
from steward.analysis.sources.recognition import Recognised
from steward.analysis.sources.screening import area_rows, figures, identity, repeats, shape
from steward.analysis.sources.screening import totals as area_totals
from steward.analysis.sources.screening.cells import Cells, Context
from steward.analysis.sources.screening.report import (
    TESTS,
    Finding,
    Place,
    ScreeningReport,
    Total,
    Verdict,
)

__all__ = ["TESTS", "Context", "Finding", "Place", "ScreeningReport", "Total", "Verdict", "screen"]


def screen(published: PublishedTable, recognised: Recognised, *, context: Context) -> ScreeningReport:
    """Return what every test found in the file; a finding of FAIL keeps it from becoming live."""
    cells = Cells(published, recognised, context)
    means = figures.means_of(cells)
    compared = area_totals.compare(cells)
    found = [
        *_without_figures(cells),
        *figures.marks(cells),
        *figures.ranges(cells),
        *figures.suppression(cells),
        *area_totals.totals(cells, found=compared),
        *figures.moves(cells, means=means),
    ]
    return ScreeningReport(
        rows=published.table.num_rows,
        encoding=published.encoding,
        findings=tuple(found),
        means=means,
        totals=compared,
    )


def _without_figures(cells: Cells) -> Iterator[Finding]:
    yield from shape.columns(cells)
    yield from shape.encoding(cells)
    yield from shape.emails(cells)
    yield from shape.records(cells)
    yield from shape.blank_rows(cells)
    yield from shape.completeness(cells)
    yield from identity.levels(cells)
    yield from area_rows.areas(cells)
    yield from repeats.keys(cells)
    yield from identity.urns(cells)
    yield from identity.register(cells)
    yield from identity.authorities(cells)
    yield from identity.year(cells)
