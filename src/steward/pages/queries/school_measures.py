"""The measures of a school: each with its years, its comparators, its change and how sure one can be."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from steward.analysis.comparison.gaps import Gap, gap
from steward.analysis.comparison.intervals import Interval
from steward.analysis.indicators import change
from steward.analysis.indicators.change import Change, NotComparable
from steward.analysis.indicators.definition import IndicatorDefinition
from steward.evidence import catalogues
from steward.evidence.queries import figures, standings
from steward.evidence.queries.figures import AreaFigure, Figure
from steward.evidence.queries.similar import SetYear, SetYears
from steward.pages.queries import similar_schools, sureness
from steward.pages.queries.comparators import AreaBook
from steward.pages.queries.similar_schools import BesideSet, Company
from steward.pages.queries.sureness import Limits, Sureness
from steward.vocabulary.areas import Level
from steward.vocabulary.phases import Phase
from steward.vocabulary.values import Known, Missing, Reason, Value

YEARS = 3
_STALE_YEARS, _OLD_YEARS = 3, 5
"""So many years behind the newest figure of its theme, or of all, a measure is an earlier one."""

ByYear = Mapping[tuple[str, int], Figure]
"""Figures of a school by indicator and year."""


@dataclass(frozen=True, slots=True)
class Compared:
    """An area's figure beside the school's, with the gap in words where both are known."""

    name: str
    figure: AreaFigure
    gap: Gap | None


@dataclass(frozen=True, slots=True)
class Year:
    """One year of a measure: the school's figure, and those of the areas in the order of the measure.

    `figure` is None where no publication has the school in that year. Its `urn` is that of a
    predecessor for years before the school. `broken` says why the figure cannot be compared with
    the year before; it is empty where it can. `interval` is its 95% interval where there is one.
    """

    period: int
    figure: Figure | None
    beside: tuple[AreaFigure | None, ...]
    broken: str
    interval: Interval | None

    @property
    def value(self) -> Value:
        """The school's value, missing where there is no figure."""
        return Missing(Reason.NOT_AVAILABLE) if self.figure is None else self.figure.value


@dataclass(frozen=True, slots=True)
class SchoolMeasure:
    """A measure of the school `urn` in its newest year, with the years before and the areas beside it."""

    urn: int
    indicator: IndicatorDefinition
    figure: Figure
    years: tuple[Year, ...]
    books: tuple[str, ...]
    """The names of the areas, in the order of `Year.beside`."""
    compared: tuple[Compared, ...]
    change: Change | NotComparable
    sureness: Sureness
    beside_set: BesideSet | None = None
    """Similar schools, or the set chosen, in the year of the figure."""
    set_years: Mapping[int, SetYear] = field(default_factory=dict)
    """The same in each year of the measure that enough of them have a figure for."""
    set_name: str = ""

    @property
    def england(self) -> Compared | None:
        """England's figure beside the school's."""
        return next((one for one in self.compared if one.figure.level is Level.ENGLAND), None)

    @property
    def small(self) -> bool:
        """Whether the newest figure rests on too few pupils."""
        return sureness.is_small(self.figure.value, indicator=self.indicator)

    @property
    def inherited(self) -> str:
        """Whose figure the newest one is, in words, where it is a predecessor's; else empty."""
        return "" if self.figure.urn == self.urn else f"of URN {self.figure.urn}, which it followed"

    @property
    def earlier_urns(self) -> tuple[int, ...]:
        """The URNs of predecessors whose figures are among the years."""
        found = {year.figure.urn for year in self.years if year.figure is not None}
        return tuple(sorted(found - {self.urn}))


@dataclass(frozen=True, slots=True)
class SchoolMeasures:
    """All measures of a school: those of today, earlier ones, and every preferred figure behind them."""

    current: tuple[SchoolMeasure, ...]
    earlier: tuple[SchoolMeasure, ...]
    figures: tuple[Figure, ...]


def measures_of(
    urn: int, *, phase: Phase, predecessors: Sequence[int], books: Sequence[AreaBook]
) -> SchoolMeasures:
    """Return the measures of a school in the order they are shown; `books` are the areas beside it.

    Figures of predecessors fill the years before the school where only one predecessor has one.
    Raises NothingLoaded.
    """
    every = figures.figures_of([urn, *predecessors])
    by_year = _one_a_year(every, urn=urn)
    standing = standings.standings_of_schools([urn, *predecessors])
    newest, limits = _newest(by_year.values()), sureness.limits_among(every, standing=standing)
    made = [
        _measure(newest[code], urn=urn, by_year=by_year, phase=phase, books=books, limits=limits)
        for code, _ in in_order(catalogues.indicators())
        if code in newest and not sureness.is_limit(code)
    ]
    stale = stale_among([(one.indicator.theme, one.figure.period) for one in made])
    return SchoolMeasures(
        current=tuple(one for one, old in zip(made, stale, strict=True) if not old),
        earlier=tuple(one for one, old in zip(made, stale, strict=True) if old),
        figures=tuple(every),
    )


def beside_company(found: SchoolMeasures, *, company: Company | None, years: SetYears) -> SchoolMeasures:
    """Return the same measures with the schools of a set beside each."""

    def beside(measure: SchoolMeasure) -> SchoolMeasure:
        indicator, figure = measure.indicator, measure.figure
        periods = [year.period for year in measure.years]
        return replace(
            measure,
            beside_set=similar_schools.beside_set(
                figure.value, indicator=indicator, period=figure.period, company=company, years=years
            ),
            set_years={
                period: years[indicator.id, period] for period in periods if (indicator.id, period) in years
            },
            set_name=company.title if company else "",
        )

    return replace(
        found,
        current=tuple(beside(one) for one in found.current),
        earlier=tuple(beside(one) for one in found.earlier),
    )


def stale_among(newest: Sequence[tuple[str, int]]) -> list[bool]:
    """Return for each measure, given by its theme and newest year, whether it is one of earlier years."""
    of_all = max((period for _, period in newest), default=0)
    of_theme: dict[str, int] = {}
    for theme, period in newest:
        of_theme[theme] = max(of_theme.get(theme, 0), period)
    return [
        of_theme[theme] - period >= _STALE_YEARS or of_all - period >= _OLD_YEARS for theme, period in newest
    ]


def in_order(
    indicators: Mapping[str, IndicatorDefinition],
) -> list[tuple[str, IndicatorDefinition]]:
    """Return indicators in the order in which they are shown: by the phase they begin in, then by title."""
    phases = list(Phase)
    return sorted(
        indicators.items(),
        key=lambda item: (min(map(phases.index, item[1].phases), default=0), item[1].title),
    )


def _one_a_year(every: Iterable[Figure], *, urn: int) -> ByYear:
    """Return the school's own figure of each year, else that of the only predecessor that has one."""
    own: dict[tuple[str, int], Figure] = {}
    earlier: dict[tuple[str, int], list[Figure]] = defaultdict(list)
    for figure in every:
        if figure.urn == urn:
            own[figure.indicator, figure.period] = figure
        else:
            earlier[figure.indicator, figure.period].append(figure)
    return {key: found[0] for key, found in earlier.items() if len(found) == 1} | own


def _newest(figures_by_year: Iterable[Figure]) -> dict[str, Figure]:
    newest: dict[str, Figure] = {}
    for figure in figures_by_year:
        held = newest.get(figure.indicator)
        if held is None or figure.period > held.period:
            newest[figure.indicator] = figure
    return newest


def _measure(
    figure: Figure,
    *,
    urn: int,
    by_year: ByYear,
    phase: Phase,
    books: Sequence[AreaBook],
    limits: Limits,
) -> SchoolMeasure:
    indicator = catalogues.indicators()[figure.indicator]
    years = tuple(
        Year(
            period=period,
            figure=one,
            beside=tuple(book.beside(indicator, period=period, phase=phase.value) for book in books),
            broken=change.break_between(period - 1, period, indicator=indicator),
            interval=sureness.interval_of(one, indicator=indicator, limits=limits) if one else None,
        )
        for period, one in _last_years(figure, by_year=by_year).items()
    )
    compared = [
        Compared(book.name, beside, _gap(figure.value, beside=beside, name=book.name, indicator=indicator))
        for book, beside in zip(books, years[-1].beside, strict=True)
        if beside is not None and indicator.area != "sum"
    ]
    before, now = (change.Point(year.period, year.value) for year in years[-2:])
    return SchoolMeasure(
        urn=urn,
        indicator=indicator,
        figure=figure,
        years=years,
        books=tuple(book.name for book in books),
        compared=tuple(compared),
        change=change.change_between(before, now, indicator=indicator),
        sureness=sureness.sureness_of(
            figure, indicator=indicator, england=_england_among(compared), limits=limits
        ),
    )


def _england_among(compared: Sequence[Compared]) -> AreaFigure | None:
    return next((one.figure for one in compared if one.figure.level is Level.ENGLAND), None)


def _last_years(newest: Figure, *, by_year: ByYear) -> dict[int, Figure | None]:
    """Return the figure of each of the last years up to the newest one, None where there is none."""
    periods = range(newest.period - YEARS + 1, newest.period + 1)
    return {period: by_year.get((newest.indicator, period)) for period in periods}


def _gap(value: Value, *, beside: AreaFigure, name: str, indicator: IndicatorDefinition) -> Gap | None:
    if not isinstance(value, Known) or not isinstance(beside.value, Known):
        return None
    return gap(value.value, comparator=beside.value.value, name=name, indicator=indicator)
