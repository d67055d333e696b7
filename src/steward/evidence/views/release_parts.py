"""The parts of the pages of releases: tags, sentences and tables."""

import re
from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from steward.analysis.sources.definition import Layout, SourceDefinition
from steward.analysis.sources.screening import TESTS, Finding, ScreeningReport, Verdict
from steward.evidence import catalogues, wording
from steward.evidence.models import DataRelease, ReleaseStatus
from steward.evidence.queries import numbers, screening
from steward.evidence.queries.screening import Difference
from steward.interface import words
from steward.interface.parts import Cell, Column, Concern, Fact, Table, Tag
from steward.vocabulary.academic_year import AcademicYear

_STATUSES = {
    ReleaseStatus.LIVE: Tag("Live", Concern.NONE),
    ReleaseStatus.REPLACED: Tag("Replaced"),
    ReleaseStatus.WITHDRAWN: Tag("Withdrawn", Concern.UNSETTLED),
    ReleaseStatus.FAILED: Tag("Failed screening", Concern.HIGH),
}
_VERDICTS = {
    Verdict.PASS: Tag("Pass", Concern.NONE),
    Verdict.WARNING: Tag("Warning", Concern.MEDIUM),
    Verdict.FAIL: Tag("Fail", Concern.HIGH),
}
_PARTS = re.compile(r"[^_.\-]+[_.\-]*|[_.\-]+")
_PLACES_SHOWN = 3
_PLACES_LISTED = 100


def status_tag(chosen: DataRelease) -> Tag:
    """Return the standing of a release as a tag."""
    return _STATUSES[ReleaseStatus(chosen.status)]


def list_table(found: Iterable[DataRelease], *, sorted_by: str) -> Table:
    """Return releases as a table."""
    columns = (
        Column("Release"),
        Column("Status"),
        Column("Screening"),
        Column("Rows", numeric=True, sort="rows"),
        Column("Loaded", sort="loaded"),
    )
    rows = tuple(
        (
            Cell(one.title, href=_address(one), note=breakable(one.file_name)),
            status_tag(one),
            _screening_in_words(one),
            words.number(one.rows),
            Cell(words.day(one.loaded_at), note=_by(one)),
        )
        for one in found
    )
    return Table("Data releases", columns, rows, sorted_by=sorted_by, hide_caption=True)


def _screening_in_words(one: DataRelease) -> str:
    if one.status == ReleaseStatus.FAILED:
        return "Failed"
    warnings = screening.warnings_in(one)
    return words.counted(warnings, one="warning") if warnings else "Passed"


def _by(one: DataRelease) -> str:
    return f"by {one.loaded_by.name}" if one.loaded_by else "by the command line"


def _address(one: DataRelease) -> str:
    return reverse("evidence:release", args=[one.id])


def sentence(chosen: DataRelease, *, report: ScreeningReport) -> str:
    """Return the one sentence that matters about a release."""
    warnings = len(report.of(Verdict.WARNING))
    noted = words.counted(warnings, one="warning") if warnings else "nothing to note"
    return {
        ReleaseStatus.LIVE: f"Live: pages show figures from this file. It passed screening with {noted}.",
        ReleaseStatus.REPLACED: "Replaced by a later file of the same publication; no page shows it.",
        ReleaseStatus.WITHDRAWN: "Withdrawn: no page shows figures from this file.",
        ReleaseStatus.FAILED: f"Not live: it failed screening. {report.sentence}",
    }[ReleaseStatus(chosen.status)]


def facts(chosen: DataRelease, *, source: SourceDefinition, layout: Layout) -> list[Fact]:
    """Return what a release is."""
    about = words.day(chosen.as_at) if chosen.as_at else ""
    if not about and chosen.period:
        about = str(AcademicYear(chosen.period))
    version = f"{wording.version(chosen.version)}: {wording.version_meaning(chosen.version)}"
    coverage = f"Authority {chosen.coverage} only" if chosen.coverage else "England"
    return [
        Fact("Publication", source.title),
        Fact("Publisher", source.publisher),
        Fact("What it holds", source.about),
        Fact("As at" if chosen.as_at else "Academic year", about or "No year: it holds for all"),
        Fact("Version", version),
        Fact("About", coverage),
        Fact("File", breakable(chosen.file_name)),
        Fact("Records", words.number(chosen.rows)),
        Fact("Size", f"{words.number(chosen.size)} bytes"),
        Fact("SHA-256", hash_in_groups(chosen.sha256)),
        Fact("Encoding", chosen.encoding),
        Fact("Layout", layout.id),
        Fact("Licence", source.licence),
        Fact("Loaded", f"{words.day_and_time(chosen.loaded_at)}, {_by(chosen)}"),
    ]


def hash_in_groups(text: str) -> SafeString:
    """Return a hash that a narrow screen can break, and that is copied without blanks."""
    groups = [(text[start : start + 8],) for start in range(0, len(text), 8)]
    return format_html_join(SafeString("<wbr>"), "{}", groups)


def breakable(text: str) -> SafeString:
    """Return a file or column name that a narrow screen can break after its underscores and dots."""
    return format_html_join(SafeString("<wbr>"), "{}", [(part,) for part in _PARTS.findall(text)])


def noted_table(chosen: DataRelease, *, report: ScreeningReport) -> Table:
    """Return the failures and warnings of a screening report, the gravest first."""
    columns = (Column("Test"), Column("Outcome"), Column("What was found"), Column("Where"))
    rows = tuple(
        (TESTS[one.test], _VERDICTS[one.verdict], Cell(one.message, note=one.advice), _where(chosen, one))
        for one in screening.gravest_first(report)
        if one.verdict is not Verdict.PASS
    )
    return Table("Failures and warnings", columns, rows)


def passed_table(report: ScreeningReport) -> Table:
    """Return the tests that passed."""
    columns = (Column("Test"), Column("Outcome"), Column("What was found"))
    rows = tuple((TESTS[one.test], _VERDICTS[one.verdict], _message(one)) for one in report.of(Verdict.PASS))
    return Table("Tests passed", columns, rows, hide_caption=True)


def _message(finding: Finding) -> str:
    said = TESTS[finding.test]
    return "Nothing to note" if finding.message.rstrip(".") == said else finding.message


def places_table(chosen: DataRelease, *, report: ScreeningReport) -> Table:
    """Return the rows and cells that failures and warnings point at."""
    columns = (Column("Row"), Column("Column"), Column("Printed"), Column("Test"), Column("Outcome"))
    rows = tuple(
        (
            "None" if place.row is None else Cell(words.number(place.row), href=_row(chosen, place.row)),
            breakable(place.column) or "The whole row",
            place.value or "Not a cell",
            TESTS[one.test],
            _VERDICTS[one.verdict],
        )
        for one in screening.gravest_first(report)
        if one.verdict is not Verdict.PASS
        for place in one.places
    )
    return Table("Rows and cells noted", columns, rows[:_PLACES_LISTED], hide_caption=True)


def _row(chosen: DataRelease, row: int) -> str:
    return reverse("evidence:row", args=[chosen.id, row])


def _where(chosen: DataRelease, finding: Finding) -> object:
    numbers_found = dict.fromkeys(place.row for place in finding.places if place.row is not None)
    shown = [(_row(chosen, row), words.number(row)) for row in list(numbers_found)[:_PLACES_SHOWN]]
    if not shown:
        return ", ".join(place.column for place in finding.places[:_PLACES_SHOWN]) or "The whole file"
    links = format_html_join(SafeString(", "), '<a class="govuk-link" href="{}">row {}</a>', shown)
    more = finding.count - len(shown)
    return Cell(links, note=f"and {words.number(more)} more" if more > 0 else "")


def differences_table(found: Sequence[Difference]) -> Table:
    """Return published area figures beside those computed from the schools of the same file."""
    columns = (
        Column("Indicator"),
        Column("Area"),
        Column("Published", numeric=True),
        Column("Computed here", numeric=True),
        Column("Difference", numeric=True),
        Column("Schools", numeric=True),
    )
    caption = "Published area figures beside those computed from the schools of this file"
    return Table(caption, columns, tuple(_difference_row(one) for one in found))


def _difference_row(one: Difference) -> tuple[object, ...]:
    definition = catalogues.indicators()[one.indicator]
    address = reverse(
        "evidence:area-figure", args=[one.area, one.level.value, one.phase, one.indicator, one.period]
    )
    phase = "" if one.phase == "all" else f", {wording.phase(one.phase).lower()}"
    share = "" if one.roll_share is None else f"{words.number(one.roll_share, decimals=1)}% of the roll"
    return (
        Cell(definition.title, href=address, note=str(AcademicYear(one.period))),
        numbers.area_name(one.level, one.area) + phase,
        words.with_unit(words.number(one.published, decimals=definition.decimals), unit=definition.unit),
        words.with_unit(words.number(one.computed, decimals=definition.decimals), unit=definition.unit),
        words.signed(one.amount, decimals=definition.decimals),
        Cell(words.number(one.schools), note=share),
    )


def others_table(found: Sequence[DataRelease]) -> Table:
    """Return the other releases that were loaded in the same place."""
    columns = (Column("Release"), Column("Status"), Column("Rows", numeric=True), Column("Loaded"))
    rows = tuple(
        (
            Cell(one.title, href=_address(one), note=breakable(one.file_name)),
            status_tag(one),
            words.number(one.rows),
            Cell(words.day_and_time(one.loaded_at), note=_by(one)),
        )
        for one in found
    )
    return Table("Other releases of the same publication, year and version", columns, rows)
