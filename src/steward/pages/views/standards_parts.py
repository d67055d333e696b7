"""The annual standards of an authority as they are printed."""

from dataclasses import dataclass

from django.urls import reverse

from steward.analysis.comparison.standing_of_areas import AreaChange
from steward.interface import words
from steward.interface.charts.figures import LineChart, StackedBars
from steward.interface.navigation import Link
from steward.interface.parts import Cell, Column, Table
from steward.pages.queries.area_outcomes import AreaOutcome, Company, change_words
from steward.pages.queries.standards import Section, Standards
from steward.pages.queries.standards_gaps import GapLine
from steward.pages.views import area_parts, measure_trend
from steward.pages.views.outcome_parts import measure_address, row_address
from steward.vocabulary.values import Known, Missing, Reason

NOTHING = "Nothing has been published for this year or the year before."


@dataclass(frozen=True, slots=True)
class SectionPart:
    """A section as it is printed: sentences, tables, one chart, and what has no figure."""

    id: str
    title: str
    findings: tuple[str, ...]
    tables: tuple[Table, ...]
    chart: LineChart | StackedBars | None
    without: str
    breaches: tuple[str, ...]
    gaps_href: str


@dataclass(frozen=True, slots=True)
class SectionLine:
    """A section in the overview: its finding, how many figures it has, and its page."""

    title: str
    href: str
    finding: str
    holds: str


def lines_of(found: Standards) -> list[SectionLine]:
    """Return one line for each section, with the first of its findings."""
    return [
        SectionLine(
            title=one.title,
            href=_address(one, found=found),
            finding=next(iter(one.findings), NOTHING),
            holds=_holds(one),
        )
        for one in found.sections
    ]


def links_of(found: Standards, *, current: str) -> list[Link]:
    """Return the pages of the sections, the one asked for marked."""
    return [Link(one.title, _address(one, found=found), one.id == current) for one in found.sections]


def _address(section: Section, *, found: Standards) -> str:
    return reverse("pages:standards-section", args=[found.authority.code, found.year, section.id])


def _holds(section: Section) -> str:
    """Return "7 measures", "12 gaps", nothing for a section of neither."""
    if section.outcomes:
        return words.counted(len(section.outcomes), one="measure")
    return words.counted(len(section.gaps), one="gap") if section.gaps else ""


def sections_of(found: Standards) -> list[SectionPart]:
    """Return the sections as they are printed."""
    return [section_of(one, found=found) for one in found.sections]


def section_of(section: Section, *, found: Standards) -> SectionPart:
    """Return a section as it is printed."""
    first = next((one for one in section.outcomes if one.newest), None)
    chart: LineChart | StackedBars | None = None
    if first is not None:
        chart = measure_trend.chart_of_outcome(first, company=found.company)
    elif section.inspections is not None:
        chart = area_parts.shares_over_time(section.inspections, name=found.company.name)
    return SectionPart(
        id=section.id,
        title=section.title,
        findings=section.findings,
        tables=_tables(section, found=found),
        chart=chart,
        without=_without(section, year=found.school_year),
        breaches=_breaches(section, found=found),
        gaps_href=gaps_address(found.authority.code) if section.kind == "gaps" else "",
    )


def gaps_address(code: str) -> str:
    """Return the address of the pages about gaps of an authority."""
    return reverse("equality:area", args=[code])


def _without(section: Section, *, year: str) -> str:
    if not section.without:
        return ""
    return f"No figure for {year} or the year before: {'; '.join(section.without)}."


def _breaches(section: Section, *, found: Standards) -> tuple[str, ...]:
    """Return the breaches and missing years near the year of the account, each once."""
    said: dict[str, None] = {}
    for one in section.outcomes:
        for breach in one.breaches:
            if any(found.year - 2 <= year <= found.year for year in breach.years):
                note = f" {breach.unverified}" if breach.unverified else ""
                said[f"{breach.why}{note}"] = None
    return tuple(said)


def _tables(section: Section, *, found: Standards) -> tuple[Table, ...]:
    tables = []
    if section.outcomes:
        tables.append(_measures(section, company=found.company))
    if section.gaps:
        tables.append(_gaps(section, company=found.company))
    if section.inspections is not None:
        tables.append(area_parts.standing_table(section.inspections))
    return tuple(tables)


def _measures(section: Section, *, company: Company) -> Table:
    columns = (
        Column("Measure"),
        Column(company.name, numeric=True),
        Column("England", numeric=True),
        *([Column("Statistical neighbours", numeric=True)] if company.neighbours else []),
        *([Column(company.region_name, numeric=True, minor=True)] if company.region else []),
        Column("Rank", numeric=True),
        Column("Quarter", minor=True),
        Column("Since the year before"),
    )
    rows = tuple(_row(one, company=company) for one in section.outcomes)
    return Table(section.title, columns, rows, hide_caption=True)


def _row(one: AreaOutcome, *, company: Company) -> tuple[object, ...]:
    newest, measure = one.newest, one.measure
    if newest is None:
        return (one.title, Missing(Reason.NOT_AVAILABLE))
    point = newest.point
    mean = Missing(Reason.NOT_AVAILABLE) if newest.neighbours is None else Known(newest.neighbours)
    return (
        Cell(one.title, measure_address(company.area, measure.code)),
        Cell(
            words.value_in_words(newest.value, measured=measure),
            row_address(point.release, point.row) if point else "",
            note=newest.label,
        ),
        words.value_in_words(newest.england, measured=measure),
        *([words.value_in_words(mean, measured=measure)] if company.neighbours else []),
        *([words.value_in_words(newest.region, measured=measure)] if company.region else []),
        one.rank.words if one.rank else "Not ranked",
        one.band.value if one.band else "None",
        _change(one),
    )


def _change(one: AreaOutcome) -> object:
    if isinstance(one.change, AreaChange):
        return change_words(one.change, measure=one.measure)
    return Cell("Not compared", note=one.change.why)


def _gaps(section: Section, *, company: Company) -> Table:
    columns = (
        Column("Gap"),
        Column("Group", numeric=True),
        Column("Others", numeric=True),
        Column("Gap", numeric=True),
        Column("Year before", numeric=True),
        Column("Gap of England", numeric=True),
    )
    rows = tuple(_gap_row(one, company=company) for one in section.gaps)
    return Table("Gaps between groups", columns, rows, hide_caption=True)


def _gap_row(one: GapLine, *, company: Company) -> tuple[object, ...]:
    measure = one.measure
    return (
        Cell(one.title, measure_address(company.area, measure.code), note=one.label),
        words.value_in_words(one.group_value, measured=measure),
        words.value_in_words(one.others_value, measured=measure),
        words.number(one.gap, decimals=measure.decimals),
        "Not compared" if one.before is None else words.number(one.before, decimals=measure.decimals),
        "Not available" if one.england is None else words.number(one.england, decimals=measure.decimals),
    )
