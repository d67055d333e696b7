"""Rows of schools as a table: each figure opens its evidence, each proposal its reasons."""

from collections.abc import Iterable, Sequence

from steward.interface import words
from steward.interface.charts import figures as charts
from steward.interface.parts import Cell, Column, Concern, Table, Tag
from steward.pages.queries import exports, schools
from steward.pages.queries.filters import NOT_ASKED
from steward.pages.queries.measures import ABSENCE, ROLL, Measure
from steward.pages.queries.rows import ProposalsShown, Proposed, SchoolRow
from steward.pages.queries.schools import SchoolList
from steward.pages.views.addresses import address
from steward.vocabulary.academic_year import AcademicYear
from steward.vocabulary.values import Known, Missing

_LONGEST_REASON = 140
_TREND_YEARS = 5


def table_of(found: SchoolList, *, rows: Sequence[SchoolRow], caption: str) -> Table:
    """Return the table of one page of a list."""
    shown = found.listed.proposals
    columns = [Column("School", sort=schools.NAME), Column("Phase", sort=schools.PHASE)]
    if shown is not None:
        columns.append(Column("Proposal", sort=schools.PROPOSAL))
    columns.append(Column("Latest inspection", sort=schools.INSPECTED))
    columns += [
        Column(_heading(ROLL, rows, "Pupils"), numeric=True, sort=ROLL),
        Column(_headline_heading(found), numeric=True, sort=schools.HEADLINE),
        Column(_heading(ABSENCE, rows, "Absence"), numeric=True, sort=ABSENCE),
    ]
    return Table(
        caption=caption,
        columns=tuple(columns),
        rows=tuple(_row(row, found=found) for row in rows),
        sorted_by=found.sort,
        hide_caption=True,
    )


def school_cell(row: SchoolRow, *, note: str = "") -> Cell:
    """Return the name of a school as a link to its page."""
    return Cell(row.shown_name, address("pages:school", row.urn), note)


def proposal_cell(row: SchoolRow, *, shown: ProposalsShown) -> Cell:
    """Return the proposal as a tag that opens its reasons, with the first of them."""
    if row.proposal is None:
        return Cell(NOT_ASKED)
    href = address("pages:school-proposal", row.urn)
    return Cell(proposal_tag(row.proposal, shown=shown), href, shortened(row.proposal.reason))


def brief_proposal_cell(row: SchoolRow, *, shown: ProposalsShown) -> Cell:
    """Return the proposal with the name of the rule that is its first reason, for long lists."""
    full = proposal_cell(row, shown=shown)
    return Cell(full.content, full.href, row.proposal.reason.partition(": ")[0] if row.proposal else "")


def proposal_tag(proposal: Proposed, *, shown: ProposalsShown) -> Tag:
    """Return the proposal as a word with the shape of its concern."""
    return Tag(proposal.label, concern_of(proposal.concern, worst=shown.worst))


def concern_of(concern: int | None, *, worst: int) -> Concern:
    """Return the shape for a category: the best is plain, the last is high, those between in steps."""
    if concern is None:
        return Concern.UNSETTLED
    if concern == 0:
        return Concern.NONE
    if concern >= worst:
        return Concern.HIGH
    return Concern.LOW if concern == 1 else Concern.MEDIUM


def inspection_cell(row: SchoolRow) -> Cell:
    """Return the latest inspection in its framework's words, with its date."""
    stands = row.inspection
    return Cell(stands.words, address("pages:school-inspections", row.urn), ", ".join(stands.notes))


def measure_cell(row: SchoolRow, *, code: str, named: bool = False) -> Cell:
    """Return a figure that opens its evidence, or why it is missing; `named` says which measure it is."""
    measure = row.measures.get(code)
    if measure is None:
        return Cell(exports.NO_MEASURE)
    note = f"{measure.short_title}, {AcademicYear(measure.period)}" if named else ""
    if measure.value is None:
        return Cell(exports.NO_ROW, "", note)
    href = address("evidence:figure", row.urn, code, measure.period)
    if isinstance(measure.value, Known):
        return Cell(words.value_in_words(measure.value, measured=measure.indicator), href, note)
    return Cell(measure.value, href, note)


def sparkline_of(row: SchoolRow) -> charts.Sparkline | None:
    """Return the headline measure over the last years, None where fewer than two are known."""
    measure = row.headline_measure
    if measure is None:
        return None
    points = measure.trend[-_TREND_YEARS:]
    if sum(isinstance(point.value, Known) for point in points) < 2:
        return None
    return charts.Sparkline(
        title=f"{measure.indicator.title} at {row.name}",
        description=_said(measure),
        unit=measure.indicator.unit,
        decimals=measure.indicator.decimals,
        series=charts.Series(
            name=row.name,
            part=charts.Part.SCHOOL,
            points=tuple(
                charts.Point(
                    str(AcademicYear(point.period)), point.value, small=_is_small(measure, point.value)
                )
                for point in points
            ),
        ),
    )


def shortened(text: str, *, longest: int = _LONGEST_REASON) -> str:
    """Return the text, cut at a word where it is too long for a row."""
    return text if len(text) <= longest else f"{text[:longest].rsplit(' ', 1)[0]} …"


def _row(row: SchoolRow, *, found: SchoolList) -> tuple[object, ...]:
    shown = found.listed.proposals
    proposal = (brief_proposal_cell(row, shown=shown),) if shown is not None else ()
    return (
        school_cell(row),
        Cell(row.phase.label, note=row.governance.label),
        *proposal,
        inspection_cell(row),
        measure_cell(row, code=ROLL),
        measure_cell(row, code=row.headline, named=not found.one_headline),
        measure_cell(row, code=ABSENCE),
    )


def _heading(code: str, rows: Iterable[SchoolRow], label: str) -> str:
    periods = {row.measures[code].period for row in rows if code in row.measures}
    return f"{label}, {AcademicYear(periods.pop())}" if len(periods) == 1 else label


def _headline_heading(found: SchoolList) -> str:
    code = found.one_headline
    if not code:
        return "Headline measure"
    measure = next(row.measures[code] for row in found.rows if code in row.measures)
    return f"{measure.short_title}, {AcademicYear(measure.period)}"


def _said(measure: Measure) -> str:
    said = (
        f"{words.value_in_words(point.value, measured=measure.indicator)} in {AcademicYear(point.period)}"
        for point in measure.trend[-_TREND_YEARS:]
    )
    return "; ".join(said)


def _is_small(measure: Measure, value: Known | Missing) -> bool:
    return value.cohort is not None and value.cohort < measure.indicator.minimum_cohort
