"""The parts of an authority's page as they are printed."""

import datetime
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from steward.evidence.queries import releases
from steward.evidence.queries import standing as snapshots
from steward.evidence.queries.figures import AreaFigure
from steward.interface import words
from steward.interface.charts.figures import Bar, Share, StackedBars
from steward.interface.parts import Cell, Column, Table
from steward.pages.queries import area_standing
from steward.pages.queries.area import AreaOverview, AreaProposals
from steward.pages.queries.area_measures import (
    THEMES,
    AreaMeasure,
    AreaMeasures,
    AreaYear,
    basis_words,
    change_words,
    other_words,
    phase_only,
)
from steward.pages.queries.area_standing import InspectionStanding, StandingBeside
from steward.pages.views.measure_parts import area_figure_address
from steward.vocabulary.academic_year import AcademicYear
from steward.vocabulary.areas import Basis, Level
from steward.vocabulary.phases import Phase
from steward.vocabulary.values import Missing, Reason

_NO_SHARE = "None judged"
_NOT_JUDGED = "Not judged"


@dataclass(frozen=True, slots=True)
class ThemeTable:
    """The measures of a theme."""

    id: str
    title: str
    table: Table


def finding(found: AreaOverview) -> str:
    """Return the one sentence about an authority."""
    if found.inspections is None:
        return (
            found.why_none
            or f"No list of inspection outcomes that has been loaded has {found.authority.name}."
        )
    return area_standing.sentence(found.inspections, name=found.authority.name)


def days_to_choose(code: str, *, asked: datetime.date | None) -> list[tuple[str, str, bool]]:
    """Return the days of snapshots, newest first, and the one asked for: value, words and whether chosen."""
    own = snapshots.standings_of(Level.AUTHORITY, code)
    days = {one.as_at for one in own} | ({asked} if asked else set())
    return [(day.isoformat(), words.day(day), day == asked) for day in sorted(days, reverse=True)]


def standing_table(found: InspectionStanding) -> Table:
    """Return the outcomes of inspection by phase, the shares good or better beside England's."""
    grades = area_standing.grade_keys(found.phases)
    columns = (
        Column("Phase"),
        Column("Schools", numeric=True),
        *(Column(label, numeric=True) for _, label in grades),
        Column("Not inspected", numeric=True),
        Column("Good or better, by schools", numeric=True),
        Column("Good or better, by pupils", numeric=True),
        Column("England, by schools", numeric=True),
    )
    rows = tuple(_standing_row(one, grades=[key for key, _ in grades]) for one in found.phases)
    return Table(f"Schools by their latest inspection on {words.day(found.as_at)}", columns, rows)


def _standing_row(one: StandingBeside, *, grades: Sequence[str]) -> tuple[object, ...]:
    counted = {grade.key: grade.schools for grade in one.grades}
    own, england = one.own, one.england
    known = own.pupils_known
    note = "" if known is None or known >= 99.95 else f"pupils known for {words.number(known)}% of schools"
    return (
        one.phase_label,
        words.number(own.schools),
        *(words.number(counted.get(key, 0)) for key in grades),
        words.number(own.not_inspected),
        Cell(_share(own.share_good), note=f"{own.good} of {own.judged}" if own.judged else ""),
        Cell(_share(own.share_good_pupils), note=note),
        _share(england.share_good if england else None),
    )


def _share(percent: float | None) -> str:
    return _NO_SHARE if percent is None else f"{words.number(percent, decimals=1)}%"


def shares_over_time(found: InspectionStanding | None, *, name: str) -> StackedBars | None:
    """Return the shares of schools by outcome at each snapshot, and England's at the newest."""
    if found is None:
        return None
    labels = _labels(found.over_time)
    bars = [_bar(one, label=words.day(one.own.as_at), labels=labels) for one in found.over_time]
    newest = found.every.own
    share = "" if newest.share_good is None else f": {_share(newest.share_good)} good or better"
    return StackedBars(
        title=f"Schools in {name} on {words.day(found.as_at)}{share}",
        description="The share of schools by the outcome of their latest inspection, at each date for which "
        "every school is listed. Outcomes keep the words of their own framework.",
        bars=tuple(bars),
        id="inspection-outcomes",
        measure="Schools by the outcome of their latest inspection, percent",
        cohort=f"{words.counted(newest.schools, one='school')} on {words.day(found.as_at)}",
        source=releases.titles([found.release]).get(found.release, found.release),
    )


def _labels(standings: Sequence[StandingBeside]) -> dict[int, str]:
    """Return the words of each place on the scales in use; where frameworks differ, the words of both."""
    found: dict[int, dict[str, None]] = {}
    for one in standings:
        for count in one.own.outcomes:
            rank = area_standing.rank_of(count)
            if rank is not None:
                found.setdefault(rank, {})[count.label] = None
    return {rank: _either(list(named)) for rank, named in sorted(found.items())}


def _either(named: Sequence[str]) -> str:
    first, *others = named
    return " or ".join([first, *(word.lower() for word in others)])


def _bar(one: StandingBeside, *, label: str, labels: dict[int, str]) -> Bar:
    counts = dict.fromkeys(labels, 0)
    for count in one.own.outcomes:
        rank = area_standing.rank_of(count)
        if rank is not None:
            counts[rank] += count.schools
    total = one.own.schools
    shares = [Share(labels[rank], 100 * count / total, count) for rank, count in counts.items()]
    rest = total - sum(counts.values())
    return Bar(label, (*shares, Share(_NOT_JUDGED, 100 * rest / total, rest)), total)


def over_time_table(found: InspectionStanding) -> Table:
    """Return the share good or better at each snapshot, by schools and by pupils, beside England's."""
    columns = (
        Column("Date"),
        Column("Schools", numeric=True),
        Column("Good or better, by schools", numeric=True),
        Column("By pupils", numeric=True),
        Column("England, by schools", numeric=True),
        Column("England, by pupils", numeric=True),
    )
    rows = tuple(
        (
            one.own.as_at,
            words.number(one.own.schools),
            Cell(_share(one.own.share_good), note=f"{one.own.good} of {one.own.judged}"),
            _share(one.own.share_good_pupils),
            _share(one.england.share_good if one.england else None),
            _share(one.england.share_good_pupils if one.england else None),
        )
        for one in found.over_time
    )
    return Table("Share of schools good or better over time", columns, rows)


def theme_parts(measures: AreaMeasures) -> list[ThemeTable]:
    """Return a table of measures for each theme that has any."""
    found = [
        ThemeTable(theme, title, _measures_table(measures.of_theme(theme), caption=title))
        for theme, title in THEMES.items()
    ]
    return [one for one in found if one.table.rows]


def earlier_table(measures: AreaMeasures) -> Table | None:
    """Return the measures of which no newer figure has been loaded, or None."""
    return _measures_table(measures.earlier, caption="Earlier measures") if measures.earlier else None


def _measures_table(measures: Sequence[AreaMeasure], *, caption: str) -> Table:
    columns = (
        Column("Measure"),
        Column("Newest", numeric=True),
        Column("Year before", numeric=True),
        Column("Two years before", numeric=True),
        Column("Region", numeric=True),
        Column("England", numeric=True),
        Column("In words"),
    )
    counted = Counter(one.indicator.id for one in measures)
    rows = tuple(_measure_row(one, alone=counted[one.indicator.id] == 1) for one in measures)
    return Table(caption, columns, rows, hide_caption=True)


def _measure_row(one: AreaMeasure, *, alone: bool) -> tuple[object, ...]:
    newest = one.newest
    return (
        Cell(one.indicator.title, note=one.phase_label or ("" if alone else "All schools")),
        _year_cell(newest, one=one, others=True),
        _year_cell(one.years[-2], one=one),
        _year_cell(one.years[-3], one=one),
        _area_cell(newest.region, one=one),
        _area_cell(newest.england, one=one, published=newest.england_published),
        _in_words(one),
    )


def _year_cell(year: AreaYear, *, one: AreaMeasure, others: bool = False) -> object:
    when = str(AcademicYear(year.period))
    if year.figure is None:
        return Cell(Missing(Reason.NOT_AVAILABLE), note=when)
    computed = year.figure.basis is Basis.COMPUTED
    parts = [when, basis_words(year.figure)] if others else [when, *(["computed"] if computed else [])]
    if others:
        parts += [other_words(figure, indicator=one.indicator) for figure in one.others]
    return Cell(
        words.value_in_words(year.value, measured=one.indicator),
        area_figure_address(year.figure),
        note="; ".join(parts),
    )


def _area_cell(figure: AreaFigure | None, *, one: AreaMeasure, published: AreaFigure | None = None) -> object:
    if figure is None:
        return Missing(Reason.NOT_AVAILABLE)
    return Cell(
        words.value_in_words(figure.value, measured=one.indicator),
        area_figure_address(figure),
        note="; ".join(_computed_notes(figure, one=one, published=published)),
    )


def _computed_notes(figure: AreaFigure, *, one: AreaMeasure, published: AreaFigure | None) -> Iterator[str]:
    """Yield that a figure is computed and of which schools, and what is published for all schools."""
    if figure.basis is Basis.PUBLISHED:
        return
    yield ", ".join(part for part in ("computed", phase_only(figure)) if part)
    if published is not None:
        yield f"published for all schools: {words.value_in_words(published.value, measured=one.indicator)}"


def _in_words(one: AreaMeasure) -> object:
    gap = f"{one.gap.words[0].upper()}{one.gap.words[1:]}" if one.gap else "Not compared with England"
    if one.indicator.polarity == "low" and one.gap:
        gap += " (less is better)"
    return Cell(gap, note=change_words(one.change, indicator=one.indicator))


def proposals_table(found: AreaProposals) -> Table:
    """Return how many schools are proposed for each category, by phase."""
    phases = [phase for phase in Phase if any(phase in count.by_phase for count in found.counts)]
    columns = (
        Column("Proposed for"),
        *(Column(phase.label, numeric=True) for phase in phases),
        Column("All", numeric=True),
    )
    rows = tuple(
        (
            count.label,
            *(words.number(count.by_phase.get(phase, 0)) for phase in phases),
            words.number(count.total),
        )
        for count in found.counts
    )
    return Table(f"Schools by proposal as at {words.day(found.as_at)}", columns, rows)
