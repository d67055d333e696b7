"""The figures of a school as a file for a spreadsheet."""

from django.http import HttpResponse

from steward.evidence import catalogues
from steward.evidence.queries.figures import AreaFigure
from steward.interface import csv_files
from steward.pages.queries import school as queries
from steward.pages.queries.school import SchoolIdentity
from steward.pages.queries.school_measures import SchoolMeasures
from steward.vocabulary.academic_year import AcademicYear
from steward.vocabulary.values import KNOWN, Known, Value

_HEADER = (
    "indicator",
    "title",
    "year",
    "urn",
    "value",
    "status",
    "pupils",
    "unit",
    "version",
    "authority_value",
    "authority_basis",
    "england_value",
    "england_basis",
    "release",
    "row",
)


def figures_file(school: SchoolIdentity, *, measures: SchoolMeasures) -> HttpResponse:
    """Return every preferred figure of the school and its predecessors, with the areas beside it."""
    rows = []
    books = queries.books_beside(school)
    for figure in measures.figures:
        definition = catalogues.indicators().get(figure.indicator)
        if definition is None:
            continue
        own, england = (
            book.beside(definition, period=figure.period, phase=school.phase.value) for book in books
        )
        rows.append(
            (
                figure.indicator,
                definition.title,
                str(AcademicYear(figure.period)),
                figure.urn,
                *_written(figure.value),
                definition.unit,
                figure.version,
                *_beside(own),
                *_beside(england),
                figure.release,
                figure.row,
            )
        )
    return csv_files.csv_file(f"school-{school.urn}-figures.csv", header=_HEADER, rows=rows)


def _written(value: Value) -> tuple[object, str, object]:
    number = value.value if isinstance(value, Known) else ""
    status = KNOWN if isinstance(value, Known) else value.reason.value
    return number, status, "" if value.cohort is None else round(value.cohort)


def _beside(figure: AreaFigure | None) -> tuple[object, str]:
    if figure is None or not isinstance(figure.value, Known):
        return "", "" if figure is None else figure.basis.value
    return figure.value.value, figure.basis.value
