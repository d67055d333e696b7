"""The homes as plain values of the components: sentences, tables and lists of changes."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.http import urlencode

from steward.analysis.comparison.gaps import Gap, Side
from steward.analysis.indicators.definition import IndicatorDefinition
from steward.categorisation.queries import CategoryCount
from steward.evidence.queries.figures import AreaFigure
from steward.interface import words
from steward.interface.charts.figures import Sparkline
from steward.interface.parts import Cell, Column, Concern, Table, Tag
from steward.pages.queries import area_measures
from steward.pages.queries.area_measures import AreaMeasure
from steward.pages.queries.changes import Changes, Kind
from steward.pages.queries.filters import NOT_SETTLED
from steward.pages.queries.home import (
    MEMBERS_THEMES,
    AdviserHome,
    AreaHome,
    HeadHome,
    LoadedFile,
    PhaseCounts,
    SchoolHome,
    WhatChanged,
)
from steward.pages.queries.measures import Measure
from steward.pages.queries.rows import ProposalsShown, SchoolRow
from steward.pages.views.change_lines import href_of, tag_of
from steward.pages.views.home_due import next_steps, step_cell
from steward.pages.views.school_table import (
    inspection_cell,
    measure_cell,
    proposal_cell,
    school_cell,
    shortened,
    sparkline_of,
)
from steward.vocabulary.academic_year import AcademicYear
from steward.vocabulary.phases import Phase, Standing
from steward.vocabulary.values import Known

_LONGEST_QUESTION = 220
_TINY = 1e-9
_WHATEVER_STANDING = [("standing", standing.value) for standing in Standing]
"""A run counts the schools open on its day, some of which have closed since."""
_SIDES = {Side.BETTER: "better", Side.WORSE: "worse", Side.SAME: "", Side.NEITHER: "neither is better"}


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change as it is printed: the school and what happened, which way, why, and where to read on."""

    name: str
    href: str
    what: str
    tag: Tag
    reason: str


@dataclass(frozen=True, slots=True)
class ChangeGroup:
    """A kind of change: its heading, since when, the lines shown, and a link to all where there are more."""

    title: str
    since: str
    lines: tuple[ChangeLine, ...]
    total: int
    more: str
    none: str

    @property
    def id(self) -> str:
        """What names the heading in the page."""
        return self.title.partition(",")[0].lower()


@dataclass(frozen=True, slots=True)
class MySchool:
    """One of an adviser's schools in the compact list."""

    school: Cell
    phase: str
    inspection: Cell
    proposal: Cell | None
    headline: Cell
    trend: Sparkline | None
    step: Cell


def mine(found: AdviserHome, *, on: date) -> list[MySchool]:
    """Return the schools the adviser looks after, with the next step at each."""
    shown, steps = found.listed.proposals, next_steps(found.due)
    return [
        MySchool(
            school=school_cell(row),
            phase=f"{row.phase.label}, {row.governance.label.lower()}",
            inspection=inspection_cell(row),
            proposal=proposal_cell(row, shown=shown) if shown else None,
            headline=measure_cell(row, code=row.headline, named=True),
            trend=sparkline_of(row),
            step=step_cell(steps.get(row.urn), on=on),
        )
        for row in found.mine
    ]


def pressing(found: AdviserHome | HeadHome) -> Table | None:
    """Return the most pressing schools with their reasons, None where there are none."""
    shown = found.listed.proposals
    if shown is None or not found.pressing:
        return None
    return Table(
        caption="The most pressing schools",
        columns=(Column("School"), Column("Proposal"), Column("First reason"), Column("Latest inspection")),
        rows=tuple(_pressing_row(row, shown=shown) for row in found.pressing),
        hide_caption=True,
    )


def about_mine(found: AdviserHome) -> str:
    """Return one sentence on the schools the adviser looks after."""
    labels = Counter(row.proposal.label for row in found.mine if row.proposal is not None)
    start = f"You look after {words.counted(len(found.mine), one='school')}"
    if not labels:
        return f"{start}."
    parts = [f"{count} {_quoted(label)}" for label, count in labels.most_common()]
    left = len(found.mine) - labels.total()
    return f"{start}: {_listed([*parts, *([f'{left} not asked about'] if left else [])])}."


def sentence(found: HeadHome) -> str:
    """Return one sentence on the authority."""
    schools = words.counted(found.open_schools, one="open school")
    start = f"{found.listed.authority_name} has {schools}"
    if found.counts is None or not found.counts.total:
        return f"{start}. No policy has been asked about them yet."
    parts = [
        f"{words.number(each.total)} {_quoted(each.label)}"
        for each in found.counts.now
        if each.key and each.total
    ]
    unsettled = next((each.total for each in found.counts.now if not each.key), 0)
    asked = words.number(found.counts.total)
    proposed = (
        f"the policy was asked about {asked} and proposes {_listed(parts)}"
        if parts
        else f"the policy was asked about {asked}"
    )
    left = f"; {words.number(unsettled)} {'is' if unsettled == 1 else 'are'} not settled" if unsettled else ""
    return f"{start}: {proposed}{left}."


def counts(found: HeadHome) -> Table | None:
    """Return the proposals by phase with the run before beside them, None where there is no run."""
    counted = found.counts
    if counted is None or not counted.total:
        return None
    before = (
        [] if counted.before is None else [Column("Run before", numeric=True), Column("Change", numeric=True)]
    )
    return Table(
        caption="Schools by proposal and phase",
        columns=(
            Column("Proposal"),
            *(Column(phase.label, numeric=True) for phase in counted.phases),
            Column("All", numeric=True),
            *before,
        ),
        rows=(*(_count_row(each, counted=counted) for each in counted.now), _total_row(counted)),
        hide_caption=True,
    )


def whatever_standing() -> str:
    """Return the part of an address that asks for schools whether open or not."""
    return urlencode(_WHATEVER_STANDING)


def unsettled(found: HeadHome) -> Table | None:
    """Return schools for which an officer must answer, None where all are settled."""
    if not found.unsettled:
        return None
    return Table(
        caption="Schools whose proposal is not settled",
        columns=(Column("School"), Column("On what is known"), Column("What could not be settled")),
        rows=tuple(
            (
                Cell(row.shown_name, reverse("pages:school-proposal", args=[row.urn]), row.phase.label),
                row.proposal.known_label or "No rule places it",
                shortened(row.proposal.reason, longest=_LONGEST_QUESTION),
            )
            for row in found.unsettled
            if row.proposal is not None
        ),
        hide_caption=True,
    )


def changes(found: WhatChanged) -> list[list[ChangeGroup]]:
    """Return the kinds of change of which there is something to say, in two columns."""
    groups = (
        ("Proposals", found.proposals, Kind.PROPOSAL, "No proposal moved"),
        ("Decisions, concerns and events", found.people, None, "Nothing was decided or recorded"),
        ("Scores", found.scores, Kind.SCORE, "No score moved"),
        ("Inspections", found.inspections, Kind.INSPECTION, "No school was inspected"),
        ("Figures", found.figures, Kind.FIGURE, "No headline figure moved"),
    )
    told = [
        _group(title, changed, of=of, none=none) for title, changed, of, none in groups if changed is not None
    ]
    return [column for column in (told[:2], told[2:]) if column]


def own_figures(found: SchoolHome) -> Table | None:
    """Return the newest figures of a school user's school, None where none is published."""
    if found.row is None or not found.row.measures:
        return None
    rows = tuple(
        (
            Cell(one.indicator.title, note=str(AcademicYear(one.period))),
            measure_cell(found.row, code=code),
            sparkline_words(one),
        )
        for code, one in found.row.measures.items()
    )
    columns = (Column("Measure"), Column("Newest figure", numeric=True), Column("Before"))
    return Table("Our newest figures", columns, rows, hide_caption=True)


def sparkline_words(one: Measure) -> str:
    """Return the figure of the year before in words, or that there is none."""
    if len(one.trend) < 2:
        return "No earlier year"
    point = one.trend[-2]
    year = AcademicYear(point.period)
    return f"{words.value_in_words(point.value, measured=one.indicator)} in {year}"


def releases(found: Sequence[LoadedFile], *, caption: str) -> Table | None:
    """Return files with what their screening said, None where there are none."""
    if not found:
        return None
    return Table(
        caption=caption,
        columns=(Column("File"), Column("Screening"), Column("Loaded"), Column("Rows", numeric=True)),
        rows=tuple(
            (
                Cell(each.title, reverse("evidence:release", args=[each.id]), each.status),
                Cell(_verdict(each.verdict), note=each.sentence),
                Cell(words.day_and_time(each.loaded_at), note=f"by {each.loaded_by}"),
                words.number(each.rows),
            )
            for each in found
        ),
        hide_caption=True,
    )


def area_figures(found: AreaHome) -> list[tuple[str, Table]]:
    """Return the published figures of the authority beside England, a table for each theme that has some."""
    by_theme = [
        (area_measures.THEMES[theme], [one for one in found.figures if one.indicator.theme == theme])
        for theme in MEMBERS_THEMES
    ]
    return [(title, _area_table(title, ones, name=found.name)) for title, ones in by_theme if ones]


def phases_in_words(found: AreaHome) -> str:
    """Return how many open schools the authority has, by phase, as a sentence."""
    parts = [
        f"{words.number(count)} {'of no recorded phase' if phase is Phase.UNKNOWN else phase.label.lower()}"
        for phase, count in found.by_phase
    ]
    start = f"{found.name} has {words.counted(found.open_schools, one='open school')}"
    return f"{start}: {_listed(parts)}." if parts else f"{start}."


def _area_table(title: str, ones: Sequence[AreaMeasure], *, name: str) -> Table:
    return Table(
        caption=f"{title}: published figures of {name}",
        columns=(
            Column("Measure"),
            Column(name, numeric=True),
            Column("England", numeric=True),
            Column("Beside England"),
        ),
        rows=tuple(_area_row(one) for one in ones),
        hide_caption=True,
    )


def _pressing_row(row: SchoolRow, *, shown: ProposalsShown) -> tuple[object, ...]:
    proposal = proposal_cell(row, shown=shown)
    reason = row.proposal.reason if row.proposal else ""
    return (
        school_cell(row, note=f"{row.phase.label}, {row.governance.label.lower()}"),
        Cell(proposal.content, proposal.href),
        reason,
        inspection_cell(row),
    )


def _count_row(each: CategoryCount, *, counted: PhaseCounts) -> tuple[object, ...]:
    key = each.key or NOT_SETTLED
    now = [_count_cell(each.by_phase.get(phase, 0), key=key, phase=phase.value) for phase in counted.phases]
    cells: list[object] = [each.label, *now, _count_cell(each.total, key=key)]
    if counted.before is not None:
        before = counted.before.get(each.key, 0)
        cells += [words.number(before), words.signed(each.total - before)]
    return tuple(cells)


def _total_row(counted: PhaseCounts) -> tuple[object, ...]:
    by_phase = [sum(each.by_phase.get(phase, 0) for each in counted.now) for phase in counted.phases]
    cells: list[object] = ["All schools asked about", *map(words.number, (*by_phase, counted.total))]
    if counted.before is not None:
        before = sum(counted.before.values())
        cells += [words.number(before), words.signed(counted.total - before)]
    return tuple(cells)


def _count_cell(count: int, *, key: str, phase: str = "") -> Cell:
    query = [("proposal", key), *([("phase", phase)] if phase else []), *_WHATEVER_STANDING]
    href = f"{reverse('pages:schools')}?{urlencode(query)}" if count else ""
    return Cell(words.number(count), href)


def _group(title: str, kind: Changes, *, of: Kind | None, none: str) -> ChangeGroup:
    lines = tuple(
        ChangeLine(each.name, href_of(each), each.what, tag_of(each), each.reason) for each in kind.shown
    )
    page = reverse("pages:changes")
    more = f"{page}?{urlencode({'kind': of.value})}" if of else page
    said = f"{none} {kind.since}."
    return ChangeGroup(title, kind.since, lines, kind.total, more if kind.total > len(lines) else "", said)


def _verdict(verdict: str) -> Tag:
    shape = {"FAIL": Concern.HIGH, "WARNING": Concern.MEDIUM}.get(verdict, Concern.NONE)
    return Tag({"FAIL": "Failed", "WARNING": "Passed with warnings"}.get(verdict, "Passed"), shape)


def _area_row(one: AreaMeasure) -> tuple[object, ...]:
    phase = one.phase_label.lower()
    title = f"{one.indicator.title}, {phase}" if phase else one.indicator.title
    newest = one.newest
    beside = _capital(one.gap.words) if one.gap else "Not compared"
    return (
        Cell(title, reverse("evidence:indicator", args=[one.indicator.id]), str(AcademicYear(newest.period))),
        _area_cell(newest.figure, one=one),
        _area_cell(newest.england, one=one),
        Cell(beside, note=side_words(one.gap, indicator=one.indicator) if one.gap else ""),
    )


def side_words(found: Gap, *, indicator: IndicatorDefinition) -> str:
    """Return whether a gap to England is better or worse, or that rounding may explain it."""
    told = found.side in (Side.BETTER, Side.WORSE)
    if told and abs(found.amount) <= 10.0**-indicator.decimals + _TINY:
        return "too little to tell, as rounding may explain it"
    return _SIDES[found.side]


def _area_cell(figure: AreaFigure | None, *, one: AreaMeasure) -> Cell:
    if figure is None:
        return Cell("Not available")
    href = reverse(
        "evidence:area-figure",
        args=[figure.area, figure.level.value, figure.phase, figure.indicator, figure.period],
    )
    note = area_measures.basis_words(figure)
    if isinstance(figure.value, Known):
        return Cell(words.value_in_words(figure.value, measured=one.indicator), href, note)
    return Cell(figure.value, href, note)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _quoted(text: str) -> str:
    return f"“{text}”"


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
