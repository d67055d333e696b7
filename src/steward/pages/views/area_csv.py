"""The figures of an authority as a file for a spreadsheet."""

import datetime

from django.http import HttpResponse

from steward.evidence import catalogues
from steward.evidence.queries.figures import AreaFigure
from steward.interface import csv_files
from steward.pages.queries.area_measures import AreaBooks, figures_until
from steward.vocabulary.academic_year import AcademicYear
from steward.vocabulary.values import KNOWN, Known

_HEADER = (
    "level",
    "area",
    "indicator",
    "title",
    "phase",
    "year",
    "value",
    "status",
    "unit",
    "pupils",
    "weighted_by",
    "basis",
    "schools",
    "roll_share",
    "version",
    "shown",
    "release",
    "row",
)


def figures_file(books: AreaBooks, *, as_at: datetime.date) -> HttpResponse:
    """Return every figure of an authority, its region and England from years that had ended by `as_at`."""
    held = [book for book in (books.authority, books.region, books.england) if book is not None]
    return csv_files.csv_file(
        f"authority-{books.authority.area}-figures-{as_at.isoformat()}.csv",
        header=_HEADER,
        rows=(_row(one) for book in held for one in figures_until(book, as_at=as_at)),
    )


def _row(figure: AreaFigure) -> tuple[object, ...]:
    definition = catalogues.indicators().get(figure.indicator)
    value = figure.value
    return (
        figure.level.value,
        figure.area,
        figure.indicator,
        definition.title if definition else "",
        figure.phase,
        str(AcademicYear(figure.period)),
        value.value if isinstance(value, Known) else "",
        KNOWN if isinstance(value, Known) else value.reason.value,
        definition.unit if definition else "",
        "" if value.cohort is None else round(value.cohort),
        figure.weighted_by,
        figure.basis.value,
        "" if figure.schools is None else figure.schools,
        "" if figure.roll_share is None else figure.roll_share,
        figure.version,
        "yes" if figure.preferred else "no",
        figure.release,
        "" if figure.row is None else figure.row,
    )
