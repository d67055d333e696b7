"""How to read the figures: missing values, published and computed, small cohorts, breaks, frameworks."""

from collections import defaultdict
from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from steward.access.guards import needs
from steward.access.permissions import Permission
from steward.evidence import catalogues, wording
from steward.evidence.queries import indicators
from steward.evidence.views import trails
from steward.interface import words
from steward.interface.parts import Column, Table
from steward.regimes.frameworks import InspectionFramework
from steward.vocabulary.academic_year import AcademicYear
from steward.vocabulary.values import PUBLISHED_MARKS, Reason

_DIRECTIONS = (
    ("Improving", "The figure moved in the direction that is good for the measure."),
    ("Declining", "The figure moved in the direction that is not good for the measure."),
    ("Similar", "The figure moved by less than one pupil would move it, or not at all."),
    ("Higher, Lower", "The figure moved, and the measure is one where neither direction is better."),
    ("Too few pupils to say", "One of the two figures rests on fewer pupils than the smallest cohort."),
)

_LINK = '<a class="govuk-link" href="{}">{}</a>'


@needs(Permission.VIEW_POLICY)
def reading(request: HttpRequest) -> HttpResponse:
    """Show the legend of missing values and what else must be known to read a figure."""
    return render(
        request,
        "evidence/reading.html",
        {
            "marks": marks_table(),
            "versions": _plain_table("Versions, from the weakest to the strongest", wording.versions()),
            "directions": _plain_table("Words for a change", _DIRECTIONS),
            "breaks": _breaks_table(),
            "frameworks": _frameworks_table(),
            "crumbs": trails.home("How to read this"),
        },
    )


def marks_table() -> Table:
    """Return the legend: the words shown, the marks as printed, and what each means."""
    rows = tuple(
        (reason.label, ", ".join(_printed(reason)) or "Not a mark", reason.explanation) for reason in Reason
    )
    return Table(
        "What is written where a number is missing",
        (Column("Words shown"), Column("Printed in the file as"), Column("What it means")),
        rows,
    )


def _printed(reason: Reason) -> list[str]:
    return [mark or "(blank)" for mark, meaning in PUBLISHED_MARKS.items() if meaning is reason]


def _plain_table(caption: str, pairs: Iterable[tuple[str, str]]) -> Table:
    return Table(caption, (Column("Word"), Column("What it means")), tuple(pairs))


def _breaks_table() -> Table:
    """Return each break once, with the indicators that it is in."""
    found: dict[tuple[int, str], list[tuple[str, str]]] = defaultdict(list)
    for entry in indicators.catalogue():
        for one in entry.definition.breaks:
            address = reverse("evidence:indicator", args=[entry.definition.id])
            found[one.year, one.why].append((address, entry.definition.title))
    rows = tuple(
        (str(AcademicYear(year)), why, format_html_join(SafeString("<br>"), _LINK, linked))
        for (year, why), linked in sorted(found.items(), reverse=True)
    )
    columns = (Column("First year that differs"), Column("Why"), Column("Indicators"))
    return Table("Breaks in a series", columns, rows)


def _frameworks_table() -> Table:
    columns = (
        Column("Framework"),
        Column("In force"),
        Column("Outcomes, best first"),
        Column("Counted as good or better"),
    )
    ordered = sorted(catalogues.frameworks().values(), key=lambda one: one.in_force_from)
    return Table("Inspection frameworks", columns, tuple(_framework_row(one) for one in ordered))


def _framework_row(one: InspectionFramework) -> tuple[object, ...]:
    until = f"to {words.day(one.in_force_to)}" if one.in_force_to else "and still in force"
    scale = [point.label for point in sorted(one.scale, key=lambda point: point.rank)]
    good = [one.label_of(outcome) for outcome in one.good_or_better]
    return (
        one.title,
        f"{words.day(one.in_force_from)} {until}",
        ", ".join(scale) if one.has_overall else "No overall outcome is given",
        ", ".join(good) or "None: schools inspected under it are left out of the share",
    )
