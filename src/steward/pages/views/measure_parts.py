"""A measure of a school as it is printed: the figure, what stands beside it, its chart and its table."""

from dataclasses import dataclass

from django.urls import reverse

from steward.analysis.comparison.intervals import Interval
from steward.analysis.indicators.change import Change
from steward.evidence.queries.figures import AreaFigure
from steward.interface import words
from steward.interface.charts.figures import Break, LineChart, Part, Point, Series
from steward.interface.parts import Cell, Column, Table
from steward.pages.queries import school_words, sureness
from steward.pages.queries.area_measures import THEMES, basis_words, change_words
from steward.pages.queries.school_measures import SchoolMeasure, Year
from steward.pages.views.publications import publications_of
from steward.vocabulary.academic_year import AcademicYear
from steward.vocabulary.areas import Level
from steward.vocabulary.values import Known, Missing, Reason

_PARTS = {Level.AUTHORITY: Part.AUTHORITY, Level.ENGLAND: Part.ENGLAND}
THIS_SCHOOL = "This school"


@dataclass(frozen=True, slots=True)
class ComparedPart:
    """An area beside the school: its name, value linked, basis, and the gap in words."""

    name: str
    value: str
    href: str
    basis: str
    gap: str
    opens: str = "where the figure comes from"
    """What the link opens, for who hears it without its surroundings."""


@dataclass(frozen=True, slots=True)
class MeasurePart:
    """A measure as it is printed."""

    id: str
    title: str
    meaning: str
    value: str
    href: str
    when: str
    cohort: str
    version: str
    small: bool
    compared: tuple[ComparedPart, ...]
    change: str
    sure: str
    breaks: tuple[str, ...]
    earlier: str
    chart: LineChart | None
    years: Table
    page: str
    """Address of the page of the measure."""
    best: bool
    """Whether that page lists the schools of a set by their figure in it."""


@dataclass(frozen=True, slots=True)
class ThemePart:
    """The measures of one theme."""

    id: str
    title: str
    measures: tuple[MeasurePart, ...]


def themes(measures: tuple[SchoolMeasure, ...]) -> tuple[ThemePart, ...]:
    """Return the measures by theme, in the order of themes; none without a measure."""
    found = (
        ThemePart(
            theme,
            title,
            tuple(measure_part(one) for one in measures if one.indicator.theme == theme),
        )
        for theme, title in THEMES.items()
    )
    return tuple(one for one in found if one.measures)


def measure_part(measure: SchoolMeasure) -> MeasurePart:
    """Return a measure as it is printed on the page of its school."""
    indicator, figure = measure.indicator, measure.figure
    cohort = figure.value.cohort
    return MeasurePart(
        id=indicator.id,
        title=indicator.title,
        meaning=indicator.meaning,
        value=words.value_in_words(figure.value, measured=indicator),
        href=figure_address(figure.urn, code=figure.indicator, period=figure.period),
        when=str(AcademicYear(figure.period)),
        cohort=""
        if cohort is None or indicator.unit == "pupils"
        else words.counted(round(cohort), one="pupil"),
        version=figure.version.capitalize(),
        small=measure.small,
        compared=tuple(_compared(measure)),
        change=_change_sentence(measure),
        sure=measure.sureness.sentence,
        breaks=tuple(
            f"From {AcademicYear(year.period)}: {year.broken}" for year in measure.years[1:] if year.broken
        ),
        earlier=_earlier(measure),
        chart=chart_of(measure),
        years=_table(measure),
        page=reverse("pages:school-measure", args=[measure.urn, indicator.id]),
        best=measure.beside_set is not None,
    )


def figure_address(urn: int, *, code: str, period: int) -> str:
    """Return the address of the evidence behind a school's figure."""
    return reverse("evidence:figure", args=[urn, code, period])


def area_figure_address(figure: AreaFigure) -> str:
    """Return the address of the evidence behind an area's figure."""
    return reverse(
        "evidence:area-figure",
        args=[figure.area, figure.level.value, figure.phase, figure.indicator, figure.period],
    )


def _compared(measure: SchoolMeasure) -> list[ComparedPart]:
    less = " (less is better)" if measure.indicator.polarity == "low" else ""
    areas = [
        ComparedPart(
            name=one.name,
            value=words.value_in_words(one.figure.value, measured=measure.indicator),
            href=area_figure_address(one.figure),
            basis=basis_words(one.figure),
            gap=f"{one.gap.words[0].upper()}{one.gap.words[1:]}{less}" if one.gap else "",
        )
        for one in measure.compared
    ]
    return [*_beside_set(measure, less=less), *areas]


def _beside_set(measure: SchoolMeasure, *, less: str) -> list[ComparedPart]:
    """Return similar schools, or the set chosen, as the first of those beside a school."""
    found, indicator = measure.beside_set, measure.indicator
    if found is None:
        return []
    low, high = words.ends_in_words((found.year.low, found.year.high), measured=indicator)
    said = []
    if found.gap is not None and found.below is not None:
        said = [
            f"{found.gap.words[0].upper()}{found.gap.words[1:]}{less}",
            f"higher than {found.below} of {found.year.schools}",
        ]
    return [
        ComparedPart(
            name=found.name,
            value=words.value_in_words(Known(found.year.mean), measured=indicator),
            href=reverse("pages:school-similar", args=[measure.urn]),
            basis=f"mean of {found.year.schools} schools; the middle half from {low} to {high}",
            gap="; ".join(said),
            opens="who they are",
        )
    ]


def _change_sentence(measure: SchoolMeasure) -> str:
    since = AcademicYear(measure.years[-2].period)
    if isinstance(measure.change, Change):
        by_chance = not school_words.beyond_chance(measure)
        said = change_words(measure.change, indicator=measure.indicator, by_chance=by_chance)
        return f"{said} since {since}"
    if measure.years[-2].figure is None:
        return f"Not compared with {since}: no figure for that year."
    return f"Not compared with {since}. {measure.change.why}"


def _earlier(measure: SchoolMeasure) -> str:
    if not measure.earlier_urns:
        return ""
    named = " and ".join(str(one) for one in measure.earlier_urns)
    which = "These figures are" if measure.inherited else "Some years are"
    return f"{which} those of URN {named}, which this school followed."


def chart_of(measure: SchoolMeasure) -> LineChart | None:
    """Return the chart of a measure over its years; None when fewer than two of them are known."""
    known = [year for year in measure.years if isinstance(year.value, Known)]
    if len(known) < 2:
        return None
    indicator = measure.indicator
    periods = [str(AcademicYear(year.period)) for year in measure.years]
    own = Series(
        THIS_SCHOOL,
        Part.SCHOOL,
        tuple(
            Point(
                period,
                year.value,
                small=sureness.is_small(year.value, indicator=indicator),
                interval=_ends(year.interval),
            )
            for period, year in zip(periods, measure.years, strict=True)
        ),
    )
    areas = [] if indicator.area == "sum" else _area_lines(measure, periods=periods)
    others = (*_set_line(measure, periods=periods), *areas)
    return LineChart(
        title=_finding(measure),
        description=_description(measure, periods=periods),
        unit=indicator.unit,
        decimals=indicator.decimals,
        series=(own, *others),
        breaks=tuple(
            Break(str(AcademicYear(year.period)), "New series") for year in measure.years[1:] if year.broken
        ),
        id=f"{indicator.id.replace('_', '-')}-{measure.urn}",
        measure=f"{indicator.title}, {indicator.unit}",
        cohort=_cohorts(measure),
        source=publications_of(
            indicator, years=[year.period for year in measure.years if year.figure is not None]
        ),
    )


def _cohorts(measure: SchoolMeasure) -> str:
    """Return "21 to 26 pupils a year", or that no year says how many."""
    found = [round(year.value.cohort) for year in measure.years if year.value.cohort is not None]
    if measure.indicator.unit == "pupils":
        return "every pupil on roll"
    if not found:
        return "the publication gives no number of pupils"
    low, high = min(found), max(found)
    most = words.counted(high, one="pupil")
    return f"{most} a year" if low == high else f"{words.number(low)} to {most} a year"


def _ends(interval: Interval | None) -> tuple[float, float] | None:
    return None if interval is None else (interval.low, interval.high)


def _area_lines(measure: SchoolMeasure, *, periods: list[str]) -> list[Series]:
    lines = []
    for number, name in enumerate(measure.books):
        found = [year.beside[number] for year in measure.years]
        if not any(one is not None for one in found):
            continue
        level = next(one.level for one in found if one is not None)
        points = tuple(
            Point(period, Missing(Reason.NOT_AVAILABLE) if one is None else one.value)
            for period, one in zip(periods, found, strict=True)
        )
        lines.append(Series(name, _PARTS[level], points))
    return lines


def _set_line(measure: SchoolMeasure, *, periods: list[str]) -> list[Series]:
    """Return the mean of similar schools, or of the set chosen, over the years; none without a figure."""
    found = [measure.set_years.get(year.period) for year in measure.years]
    if not any(found):
        return []
    points = (
        Point(period, Missing(Reason.NOT_AVAILABLE) if one is None else Known(one.mean))
        for period, one in zip(periods, found, strict=True)
    )
    return [Series(measure.set_name, Part.SIMILAR, tuple(points))]


def _finding(measure: SchoolMeasure) -> str:
    england = measure.england
    title = measure.indicator.title
    if england is None or england.gap is None:
        return title
    return f"{title}: {england.gap.words} in {AcademicYear(measure.figure.period)}"


def _description(measure: SchoolMeasure, *, periods: list[str]) -> str:
    said = (
        f"{period}: {words.value_in_words(year.value, measured=measure.indicator)}"
        for period, year in zip(periods, measure.years, strict=True)
    )
    return f"{measure.indicator.title} of this school. {'; '.join(said)}."


def _table(measure: SchoolMeasure) -> Table:
    areas = measure.books if measure.indicator.area != "sum" else ()
    columns = (
        Column("Year"),
        Column(THIS_SCHOOL, numeric=True),
        Column("Pupils", numeric=True),
        *((Column(measure.set_name, numeric=True),) if measure.set_years else ()),
        *(Column(name, numeric=True) for name in areas),
        Column("Version"),
    )
    rows = tuple(_row(year, measure=measure, areas=len(areas)) for year in measure.years)
    return Table(f"{measure.indicator.title}, year by year", columns, rows, hide_caption=True)


def _row(year: Year, *, measure: SchoolMeasure, areas: int) -> tuple[object, ...]:
    indicator, figure = measure.indicator, year.figure
    note = "New series" if year.broken else ""
    period = Cell(str(AcademicYear(year.period)), note=note)
    beside = (
        *_set_cells(year, measure=measure),
        *(_area_cell(one, measure=measure) for one in year.beside[:areas]),
    )
    if figure is None:
        return (period, Missing(Reason.NOT_AVAILABLE), "", *beside, "")
    own = Cell(
        words.value_in_words(figure.value, measured=indicator),
        figure_address(figure.urn, code=figure.indicator, period=figure.period),
        note=_note(year, measure=measure),
    )
    cohort = figure.value.cohort
    return (
        period,
        own,
        Reason.NOT_RECORDED.label if cohort is None else words.number(cohort),
        *beside,
        figure.version.capitalize(),
    )


def _set_cells(year: Year, *, measure: SchoolMeasure) -> tuple[object, ...]:
    if not measure.set_years:
        return ()
    found = measure.set_years.get(year.period)
    if found is None:
        return (Missing(Reason.NOT_AVAILABLE),)
    text = words.value_in_words(Known(found.mean), measured=measure.indicator)
    return (Cell(text, note=f"mean of {found.schools}"),)


def _note(year: Year, *, measure: SchoolMeasure) -> str:
    notes = []
    if year.figure is not None and year.figure.urn != measure.urn:
        notes.append(f"URN {year.figure.urn}")
    ends = _ends(year.interval)
    if ends is not None:
        notes.append(words.interval_in_words(ends, measured=measure.indicator))
    return ", ".join(notes)


def _area_cell(figure: AreaFigure | None, *, measure: SchoolMeasure) -> object:
    if figure is None:
        return Missing(Reason.NOT_AVAILABLE)
    return Cell(
        words.value_in_words(figure.value, measured=measure.indicator),
        area_figure_address(figure),
        note=figure.basis.value,
    )
