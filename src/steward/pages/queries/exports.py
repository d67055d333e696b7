"""What a download of the list of schools holds: its columns, its cover sheet, and what it rests on."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from steward.evidence import catalogues
from steward.evidence.queries import releases
from steward.pages.queries import measures, outcomes
from steward.pages.queries.filters import NOT_ASKED
from steward.pages.queries.measures import Measure
from steward.pages.queries.rows import SchoolRow
from steward.pages.queries.schools import SchoolList
from steward.vocabulary.academic_year import AcademicYear
from steward.vocabulary.phases import Standing
from steward.vocabulary.values import Known, Missing, Reason

NO_ROW = "Not in the file"
NO_MEASURE = "Not for this phase"
ATTRIBUTION = (
    "Contains public sector information licensed under the Open Government Licence v3.0: figures of the "
    "Department for Education, Ofsted and the Office for National Statistics. "
    "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
)

Cell = str | int | float | datetime.date
"""A cell of a download: never blank where something is missing, but the words of the reason."""


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """A column of a download: its heading and what stands in it for a school."""

    heading: str
    cell: Callable[[SchoolRow], Cell]
    decimals: int | None = None
    """How many decimals a number is shown with; None for text, days and numbers that name something."""


@dataclass(frozen=True, slots=True)
class DataVersion:
    """A release that the downloaded figures come from."""

    title: str
    version: str
    as_at: datetime.date | None
    loaded_at: datetime.datetime
    file_name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Download:
    """The rows of a list, all of them in their order, with what a reader must know of them."""

    columns: tuple[ExportColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    authority: str
    words: str
    sorted_by: str
    proposals: str
    """By which policy and as at which day; empty where the download holds no proposals."""
    versions: tuple[DataVersion, ...]


def download_of(found: SchoolList) -> Download:
    """Return what a download of the list holds."""
    columns = tuple(_columns(found))
    shown = found.listed.proposals
    return Download(
        columns=columns,
        rows=tuple(tuple(column.cell(row) for column in columns) for row in found.rows),
        authority=found.listed.authority_name,
        words=found.words,
        sorted_by=sort_in_words(found.sort),
        proposals=f"{shown.title}, as at {shown.as_at.day} {shown.as_at:%B %Y}" if shown else "",
        versions=_versions(found),
    )


def sort_in_words(sort: str) -> str:
    """Return how a list is sorted, in words."""
    words = {
        "name": "name",
        "phase": "phase",
        "proposal": "proposal, by how much concern it means",
        "inspected": "date of the latest inspection",
        "roll": "pupils on roll",
        "measure": "headline measure, within each measure",
        "absence": "overall absence",
    }[sort.removeprefix("-")]
    return f"{words}, from the highest or latest" if sort.startswith("-") else words


def legend() -> list[tuple[str, str]]:
    """Return the words that stand where a figure is missing, each with its explanation."""
    own = [
        (NO_ROW, "The published file of the newest year has no row for the school."),
        (outcomes.NOT_YET_INSPECTED, "The list of inspection outcomes names the school without one."),
        (outcomes.NOTHING_LOADED, "No list of inspection outcomes that is loaded names the school."),
        (NO_MEASURE, "The measure does not stand for schools of this phase."),
        (NOT_ASKED, "The policy is for schools of other kinds, or the school was not open on the day."),
    ]
    return [(reason.label, reason.explanation) for reason in Reason] + own


def _columns(found: SchoolList) -> Iterator[ExportColumn]:
    yield from _REGISTER
    yield from _INSPECTION
    if found.listed.proposals is not None:
        yield from _PROPOSAL
    periods = _periods(found)
    for code in measures.listed_codes():
        if code in periods:
            yield from _measure_columns(code, period=periods[code])


def _periods(found: SchoolList) -> dict[str, int]:
    return {code: measure.period for row in found.rows for code, measure in row.measures.items()}


_REGISTER = (
    ExportColumn("URN", lambda row: row.urn),
    ExportColumn("LAESTAB", lambda row: row.laestab or Reason.NOT_RECORDED.label),
    ExportColumn("School", lambda row: row.name),
    ExportColumn("Phase", lambda row: row.phase.label),
    ExportColumn("Type", lambda row: row.type or Reason.NOT_RECORDED.label),
    ExportColumn("Governance", lambda row: row.governance.label),
    ExportColumn("Trust", lambda row: row.trust or "None recorded"),
    ExportColumn("Ward", lambda row: row.ward or Reason.NOT_RECORDED.label),
    ExportColumn("Postcode", lambda row: row.postcode or Reason.NOT_RECORDED.label),
    ExportColumn("Standing", lambda row: row.standing.value.capitalize()),
    ExportColumn("Closed on", lambda row: row.closed_on or _not_closed(row)),
)
_INSPECTION = (
    ExportColumn("Latest inspection", lambda row: row.inspection.words),
    ExportColumn("Category after inspection", lambda row: row.inspection.category.capitalize() or "None"),
    ExportColumn("Inspected on", lambda row: row.inspection.on or row.inspection.words),
    ExportColumn("Inspected as URN", lambda row: row.inspection.as_urn or _own_urn(row)),
    ExportColumn("Inspection of the school before", lambda row: _before(row)),
    ExportColumn("Inspection framework", lambda row: row.inspection.framework or row.inspection.words),
)
_PROPOSAL = (
    ExportColumn("Proposal", lambda row: row.proposal.label if row.proposal else NOT_ASKED),
    ExportColumn("On what is known", lambda row: _on_what_is_known(row)),
    ExportColumn("First reason", lambda row: row.proposal.reason if row.proposal else NOT_ASKED),
)


def _own_urn(row: SchoolRow) -> Cell:
    return row.inspection.words if row.inspection.on is None else row.urn


def _before(row: SchoolRow) -> str:
    if row.inspection.on is not None:
        return "Own inspection shown"
    return row.inspection.predecessor_words or "None known"


def _not_closed(row: SchoolRow) -> str:
    return Reason.NOT_RECORDED.label if row.standing is Standing.CLOSED else "Not closed"


def _on_what_is_known(row: SchoolRow) -> str:
    if row.proposal is None or row.proposal.settled:
        return "Settled" if row.proposal else NOT_ASKED
    return row.proposal.known_label or "Nothing places it"


def _measure_columns(code: str, *, period: int) -> Iterator[ExportColumn]:
    indicator = catalogues.indicators()[code]
    unit = {"percent": " (%)", "pounds": " (£)"}.get(indicator.unit, "")
    yield ExportColumn(
        f"{indicator.title}{unit}, {AcademicYear(period)}",
        lambda row: _number(row.measures.get(code)),
        indicator.decimals,
    )
    if code != measures.ROLL:
        yield ExportColumn(
            f"Pupils behind it: {indicator.title}", lambda row: _cohort(row.measures.get(code)), 0
        )


def _number(measure: Measure | None) -> Cell:
    if measure is None:
        return NO_MEASURE
    if isinstance(measure.value, Known):
        return round(measure.value.value, 10)
    return measure.value.reason.label if isinstance(measure.value, Missing) else NO_ROW


def _cohort(measure: Measure | None) -> Cell:
    if measure is None:
        return NO_MEASURE
    if measure.value is None:
        return NO_ROW
    return Reason.NOT_RECORDED.label if measure.value.cohort is None else measure.value.cohort


def _versions(found: SchoolList) -> tuple[DataVersion, ...]:
    used = {measure.release for row in found.rows for measure in row.measures.values()}
    used |= {row.inspection.release for row in found.rows} | {row.register_release for row in found.rows}
    return tuple(
        DataVersion(
            title=release.title,
            version=release.version,
            as_at=release.as_at,
            loaded_at=release.loaded_at,
            file_name=release.file_name,
            sha256=release.sha256,
        )
        for release in releases.live()
        if release.id in used
    )
