"""The figures of an authority beside its region and England, by theme."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from steward.analysis.comparison.gaps import Gap, gap
from steward.analysis.indicators import change
from steward.analysis.indicators.change import Change, Direction, NotComparable
from steward.analysis.indicators.definition import IndicatorDefinition
from steward.evidence import catalogues
from steward.evidence.queries.figures import AreaFigure
from steward.interface import words
from steward.pages.queries.comparators import ALL_PHASES, OF_A_KEY_STAGE, AreaBook
from steward.pages.queries.school_measures import in_order, stale_among
from steward.vocabulary.academic_year import AcademicYear
from steward.vocabulary.areas import Basis
from steward.vocabulary.phases import Phase
from steward.vocabulary.values import Known, Missing, Reason, Value

YEARS = 3
_TINY = 1e-9

THEMES = {
    "attainment": "Attainment",
    "progress": "Progress",
    "attendance": "Attendance and exclusion",
    "destinations": "Destinations",
    "pupils": "Pupils",
    "workforce": "Workforce",
    "money": "Money",
}
"""The themes of indicators in the order in which they are shown, in words."""


@dataclass(frozen=True, slots=True)
class AreaYear:
    """A year of a measure of an authority, with the region and England beside it."""

    period: int
    figure: AreaFigure | None
    region: AreaFigure | None
    england: AreaFigure | None
    broken: str
    england_published: AreaFigure | None = None
    """England's published figure for all schools, where `england` is computed from those of one phase."""

    @property
    def value(self) -> Value:
        """The authority's value, missing where there is no figure."""
        return Missing(Reason.NOT_AVAILABLE) if self.figure is None else self.figure.value


@dataclass(frozen=True, slots=True)
class AreaMeasure:
    """A measure of an authority in its newest year, and the two years before.

    `others` are the figures of that year that are not shown first: other versions as published, then
    those computed from schools.
    """

    indicator: IndicatorDefinition
    phase: str
    years: tuple[AreaYear, ...]
    others: tuple[AreaFigure, ...]
    gap: Gap | None
    change: Change | NotComparable

    @property
    def newest(self) -> AreaYear:
        """The newest year."""
        return self.years[-1]

    @property
    def phase_label(self) -> str:
        """The phase in words; empty for all schools together."""
        return "" if self.phase == ALL_PHASES else Phase(self.phase).label


@dataclass(frozen=True, slots=True)
class AreaMeasures:
    """The measures of an authority: those of today and those no longer published."""

    current: tuple[AreaMeasure, ...]
    earlier: tuple[AreaMeasure, ...]

    def of_theme(self, theme: str) -> tuple[AreaMeasure, ...]:
        """Return the measures of today of one theme."""
        return tuple(one for one in self.current if one.indicator.theme == theme)


@dataclass(frozen=True, slots=True)
class AreaBooks:
    """The figures of an authority, its region (None where it is not known) and England."""

    authority: AreaBook
    region: AreaBook | None
    england: AreaBook


def measures_of(books: AreaBooks, *, as_at: datetime.date, phase: str = "") -> AreaMeasures:
    """Return the measures of an authority from years that had ended by `as_at`.

    Without a phase: all schools together, and each phase for which a figure is published.
    """
    newest = newest_year(as_at)
    found = [
        _measure(books, indicator=indicator, phase=each, period=period)
        for _, indicator in in_order(catalogues.indicators())
        for each, period in _wanted(books.authority, indicator=indicator, until=newest, phase=phase)
    ]
    old = stale_among([(one.indicator.theme, one.newest.period) for one in found])
    return AreaMeasures(
        current=tuple(one for one, stale in zip(found, old, strict=True) if not stale),
        earlier=tuple(one for one, stale in zip(found, old, strict=True) if stale),
    )


def newest_year(as_at: datetime.date) -> int:
    """Return the last academic year that had ended by a day, by the calendar year of its end."""
    year = AcademicYear.containing(as_at)
    return year.ends if year.last_day <= as_at else year.ends - 1


def figures_until(book: AreaBook, *, as_at: datetime.date) -> Iterator[AreaFigure]:
    """Yield every figure of an area from years that had ended by `as_at`, whatever basis and version."""
    newest = newest_year(as_at)
    for (_, period), listed in sorted(book.figures.items()):
        if period <= newest:
            yield from listed


def _wanted(
    book: AreaBook, *, indicator: IndicatorDefinition, until: int, phase: str
) -> list[tuple[str, int]]:
    """Return the phases of an indicator to show, each with its newest year."""
    newest: dict[str, int] = {}
    published: set[str] = set()
    for (code, period), listed in book.figures.items():
        if code != indicator.id or period > until:
            continue
        for one in listed:
            newest[one.phase] = max(newest.get(one.phase, 0), period)
            if one.basis is Basis.PUBLISHED:
                published.add(one.phase)
    chosen = {phase} if phase else published | {ALL_PHASES}
    order = [ALL_PHASES, *(each.value for each in Phase)]
    return [(each, newest[each]) for each in order if each in chosen and each in newest]


def _measure(books: AreaBooks, *, indicator: IndicatorDefinition, phase: str, period: int) -> AreaMeasure:
    years = tuple(
        AreaYear(
            period=year,
            figure=_shown(books.authority, indicator=indicator, period=year, phase=phase),
            region=_shown(books.region, indicator=indicator, period=year, phase=phase),
            england=_shown(books.england, indicator=indicator, period=year, phase=phase),
            broken=change.break_between(year - 1, year, indicator=indicator),
            england_published=_for_all_schools(books.england, indicator=indicator, period=year, phase=phase),
        )
        for year in range(period - YEARS + 1, period + 1)
    )
    before, now = (
        change.Point(year.period, year.value, year.figure.roll_share if year.figure else None)
        for year in years[-2:]
    )
    same_year = sorted(
        books.authority.at(indicator.id, period=period), key=lambda one: one.basis is Basis.COMPUTED
    )
    return AreaMeasure(
        indicator=indicator,
        phase=phase,
        years=years,
        others=tuple(one for one in same_year if one.phase == phase and not one.preferred),
        gap=_gap(years[-1], indicator=indicator),
        change=change.change_between(before, now, indicator=indicator),
    )


def _shown(
    book: AreaBook | None, *, indicator: IndicatorDefinition, period: int, phase: str
) -> AreaFigure | None:
    found: Sequence[AreaFigure] = book.at(indicator.id, period=period) if book else ()
    return next((one for one in found if one.preferred and one.phase == phase), None)


def _for_all_schools(
    book: AreaBook, *, indicator: IndicatorDefinition, period: int, phase: str
) -> AreaFigure | None:
    """Return the published figure of all schools to name beside a phase's, for results of a key stage."""
    if phase == ALL_PHASES or indicator.theme not in OF_A_KEY_STAGE:
        return None
    found = _shown(book, indicator=indicator, period=period, phase=ALL_PHASES)
    return found if found is not None and found.basis is Basis.PUBLISHED else None


def _gap(year: AreaYear, *, indicator: IndicatorDefinition) -> Gap | None:
    england = year.england.value if year.england else None
    if not isinstance(year.value, Known) or not isinstance(england, Known) or indicator.area == "sum":
        return None
    return gap(year.value.value, comparator=england.value, name="England", indicator=indicator)


def basis_words(figure: AreaFigure) -> str:
    """Return whether a figure was published or computed here, from which schools and by what weight."""
    if figure.basis is Basis.PUBLISHED:
        return f"published, {figure.version}" if figure.version else "published"
    parts = []
    only = phase_only(figure)
    computed = f"computed, {only}," if only else "computed"
    if figure.schools is not None:
        parts.append(words.counted(figure.schools, one="school"))
    if figure.value.cohort is not None:
        pupils = words.counted(round(figure.value.cohort), one="pupil")
        parts.append(f"weighted by {pupils} on roll" if figure.weighted_by == "roll" else pupils)
    if figure.roll_share is not None:
        parts.append(f"{words.number(figure.roll_share, decimals=1)}% of the roll")
    return f"{computed} from {', '.join(parts) if parts else 'schools'}"


def phase_only(figure: AreaFigure) -> str:
    """Return to which schools a computed figure is limited; empty for all schools or a published one."""
    if figure.basis is Basis.PUBLISHED or figure.phase == ALL_PHASES:
        return ""
    return f"{Phase(figure.phase).label.lower()} schools only"


def other_words(figure: AreaFigure, *, indicator: IndicatorDefinition) -> str:
    """Return a figure that stands beside the one shown: of which version or basis it is, and its value."""
    computed = figure.basis is Basis.COMPUTED
    what = f"computed from {figure.version} figures of schools" if computed else figure.version
    return f"{what}: {words.value_in_words(figure.value, measured=indicator)}"


def change_words(
    found: Change | NotComparable, *, indicator: IndicatorDefinition, by_chance: bool = False
) -> str:
    """Return the change from the year before in a word and a number, or why there is none.

    `by_chance` says that chance could explain it; a change that rounding may explain tells nothing either.
    """
    if isinstance(found, NotComparable):
        return found.why
    told = found.direction in (Direction.IMPROVING, Direction.DECLINING)
    little = told and abs(found.amount) <= 10.0**-indicator.decimals + _TINY
    word = "Too little to tell, as rounding may explain it" if little else found.direction.value
    if told and by_chance and not little:
        word = "Too little to tell, as chance could explain it"
    return f"{word} ({_with_its_unit(found.amount, indicator=indicator)})"


def _with_its_unit(amount: float, *, indicator: IndicatorDefinition) -> str:
    """Return a change as "+2.0 percentage points", "+46 pupils", "+£120", "+0.3" of a ratio."""
    number = words.signed(amount, decimals=indicator.decimals)
    if indicator.unit == "pounds":
        return f"{number[:1]}£{number[1:]}" if amount else f"£{number}"
    unit = {"percent": "percentage point", "points": "point", "score": "point", "pupils": "pupil"}.get(
        indicator.unit, ""
    )
    many = "" if abs(amount) == 1 else "s"
    return f"{number} {unit}{many}" if unit else number


def releases_in(measures: Iterable[AreaMeasure]) -> set[str]:
    """Return the ids of the releases on which the newest figures rest."""
    newest = (one.newest for one in measures)
    shown = (figure for year in newest for figure in (year.figure, year.region, year.england))
    return {figure.release for figure in shown if figure is not None}
