"""The catalogue of indicators, and one indicator in full."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from steward.access.guards import needs
from steward.access.permissions import Permission
from steward.analysis.indicators.definition import IndicatorDefinition
from steward.evidence import wording
from steward.evidence.forms import IndicatorFilters
from steward.evidence.queries import indicators as queries
from steward.evidence.queries.indicators import Entry
from steward.evidence.views import trails
from steward.interface import words
from steward.interface.parts import Cell, Column, Fact, Table
from steward.vocabulary.academic_year import AcademicYear


@needs(Permission.VIEW_AREA_FIGURES)
def indicators(request: HttpRequest) -> HttpResponse:
    """Show the catalogue by theme, cut by the filters in the address."""
    form = IndicatorFilters(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    found = queries.catalogue(**chosen)
    tables = [_table_of(theme, found) for theme in wording.THEMES]
    return render(
        request,
        "evidence/indicators.html",
        {
            "filter_form": form,
            "count": len(found),
            "tables": [table for table in tables if table.rows],
            "crumbs": trails.home("Indicators"),
        },
    )


def _table_of(theme: str, found: list[Entry]) -> Table:
    columns = ("Indicator", "Unit", "Which way is good", "Phases", "Years held")
    rows = tuple(_row(entry) for entry in found if entry.definition.theme == theme)
    return Table(wording.THEMES[theme], tuple(Column(label) for label in columns), rows)


def _row(entry: Entry) -> tuple[object, ...]:
    one = entry.definition
    return (
        Cell(one.title, href=reverse("evidence:indicator", args=[one.id])),
        wording.unit(one.unit),
        wording.polarity(one.polarity),
        ", ".join(phase.label for phase in one.phases),
        wording.years(entry.years),
    )


@needs(Permission.VIEW_AREA_FIGURES)
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    """Show what an indicator means, how it is read from each publication, and what feeds it."""
    definition = queries.definition_of(code)
    if definition is None:
        raise Http404(f"There is no indicator called {code}. The list of indicators has them all.")
    feeds = queries.feeds_of(code)
    return render(
        request,
        "evidence/indicator.html",
        {
            "definition": definition,
            "theme": wording.THEMES[definition.theme],
            "facts": facts_of(definition),
            "readings": _readings_table(definition),
            "feeds": _feeds_table(feeds),
            "breaks": [(str(AcademicYear(one.year)), one.why) for one in definition.breaks],
            "upkeep": _upkeep(definition),
            "crumbs": trails.indicators(definition.title),
        },
    )


def facts_of(definition: IndicatorDefinition) -> list[Fact]:
    """Return what must be known of an indicator to read its figures."""
    decimals = words.counted(definition.decimals, one="decimal place") if definition.decimals else "None"
    return [
        Fact("Numerator", definition.numerator_meaning),
        Fact("Denominator", definition.denominator_meaning),
        Fact("Unit", wording.unit(definition.unit)),
        Fact("Decimal places", decimals),
        Fact("Which way is good", wording.polarity(definition.polarity)),
        Fact("Phases", ", ".join(phase.label for phase in definition.phases)),
        Fact(
            "Smallest cohort",
            f"{definition.minimum_cohort} pupils: figures on fewer are shown, with no conclusion drawn.",
        ),
        Fact("Figure of an area", wording.area_method(definition.area)),
    ]


def _upkeep(definition: IndicatorDefinition) -> list[Fact]:
    return [
        Fact("Code", definition.id),
        Fact("Owner", definition.owner),
        Fact("Reviewed on", definition.reviewed_on),
        Fact("Next review", definition.review_on),
    ]


def _readings_table(definition: IndicatorDefinition) -> Table:
    columns = ("Publication", "Years", "Read from", "Pupils behind the figure")
    rows = tuple(
        (
            reading.publication,
            f"{AcademicYear(reading.from_year)}"
            if reading.from_year == reading.to_year
            else f"{reading.from_year - 1} to {reading.to_year}",
            reading.how,
            reading.cohort,
        )
        for reading in queries.readings_of(definition)
    )
    return Table("How it is read from each publication", tuple(Column(label) for label in columns), rows)


def _feeds_table(feeds: list[queries.Feed]) -> Table:
    columns = (
        Column("Release"),
        Column("Year"),
        Column("Schools", numeric=True),
        Column("Areas published", numeric=True),
    )
    rows = tuple(
        (
            Cell(feed.title, href=reverse("evidence:release", args=[feed.release])),
            str(AcademicYear(feed.period)),
            words.number(feed.schools),
            words.number(feed.areas),
        )
        for feed in feeds
    )
    return Table("Live releases that feed it", columns, rows)
