"""What is said of a school in sentences: the one that matters, what stands out, and what has changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from steward.analysis.comparison import strengths
from steward.analysis.comparison.gaps import Side, gap
from steward.analysis.comparison.strengths import Highlight, SchoolFigure
from steward.analysis.comparison.year_chance import is_beyond_chance, is_tested
from steward.analysis.indicators.change import Change, Direction, Point
from steward.evidence.queries import spreads
from steward.evidence.queries.spreads import Spreads
from steward.interface import words
from steward.pages.queries.school_measures import SchoolMeasure
from steward.vocabulary.academic_year import AcademicYear
from steward.vocabulary.phases import Phase
from steward.vocabulary.values import Known

_HEADLINES = {
    Phase.PRIMARY: ("rwm_expected", "reading_level_4", "ks2_average_points", "absence"),
    Phase.SECONDARY: ("progress_8", "attainment_8", "five_good_gcses", "absence"),
    Phase.ALL_THROUGH: ("progress_8", "attainment_8", "rwm_expected", "five_good_gcses", "absence"),
    Phase.POST_16: ("a_level_points",),
}
_MOST_CHANGES = 3
_MOST_TOLD = 3


@dataclass(frozen=True, slots=True)
class MeasureSentence:
    """A sentence about one figure of a school, cut around the value that links to where it comes from."""

    before: str
    value: str
    after: str
    urn: int
    indicator: str
    period: int

    @property
    def text(self) -> str:
        """The whole sentence."""
        return f"{self.before}{self.value}{self.after}"


@dataclass(frozen=True, slots=True)
class StandingOut:
    """The measures furthest on the good and on the bad side of schools of the phase across England."""

    strongest: tuple[MeasureSentence, ...]
    weakest: tuple[MeasureSentence, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """Measures that improved and that declined into their newest year, the largest changes first.

    Chance was tested for those, and cannot explain them. `untested` moved by more than rounding explains,
    either way, and chance could not be tested. `compared` measures could be compared with the year before;
    `not_comparable` could not, for `why`.
    """

    improved: tuple[MeasureSentence, ...]
    declined: tuple[MeasureSentence, ...]
    untested: tuple[MeasureSentence, ...]
    compared: int
    not_comparable: int
    why: str


def headline(measures: Sequence[SchoolMeasure], *, phase: Phase) -> MeasureSentence | None:
    """Return the one sentence that matters about how the pupils are doing, or None without any figure."""
    by_code = {one.indicator.id: one for one in measures if isinstance(one.figure.value, Known)}
    wanted = (*_HEADLINES.get(phase, ("absence",)), "absence", "persistent_absence")
    measure = next((by_code[code] for code in wanted if code in by_code), None)
    if measure is None:
        return None
    parts = [f" in {AcademicYear(measure.figure.period)}"]
    england = measure.england
    if england is not None and england.gap is not None:
        parts.append(f", {england.gap.words}{_polarity(measure)}{_run(measure)}")
    if measure.small:
        parts.append(f"; {_pupils(measure)}, so read with care")
    return _about(measure, before=f"{measure.indicator.title}: ", after="".join(parts) + ".")


def _pupils(measure: SchoolMeasure) -> str:
    return words.counted(round(measure.figure.value.cohort or 0), one="pupil")


def _run(measure: SchoolMeasure) -> str:
    """Return for how many years together the school has been on the same side of England."""
    sides = [_side_of_england(measure, year=number) for number in range(len(measure.years))]
    together = 0
    for side in reversed(sides):
        if side is None or side != sides[-1]:
            break
        together += 1
    if together < len(sides) or sides[-1] == 0:
        return ""
    return f", and {'above' if sides[-1] == 1 else 'below'} it in each of the last three years"


def _side_of_england(measure: SchoolMeasure, *, year: int) -> int | None:
    shown = measure.years[year]
    beside = shown.beside[-1]
    if beside is None or not isinstance(beside.value, Known) or not isinstance(shown.value, Known):
        return None
    found = gap(shown.value.value, comparator=beside.value.value, name="England", indicator=measure.indicator)
    return (found.amount > 0) - (found.amount < 0)


_UNLIKE_ENGLAND = (Phase.SPECIAL, Phase.ALTERNATIVE)
"""Phases whose schools say nothing when held against the pupils of all schools: only beside their like."""


def standing_out(measures: Iterable[SchoolMeasure], *, urn: int, phase: Phase) -> StandingOut:
    """Return the three strongest and the three weakest measures of a school, each in a sentence."""
    by_code = {one.indicator.id: one for one in measures if one.figure.urn == urn}
    figures = [SchoolFigure(code, one.figure.period, one.figure.value) for code, one in by_code.items()]
    found = strengths.highlights(
        figures,
        spreads_of_phase=spreads.spreads_of_phase(phase),
        indicators={code: one.indicator for code, one in by_code.items()},
        since=min((one.period for one in figures), default=0),
        most=len(figures),
    )

    def told(listed: Iterable[Highlight], *, wrong: Side) -> tuple[MeasureSentence, ...]:
        """Return sentences of those that are not on the other side of England, the first three."""
        pairs = ((one, by_code[one.figure.indicator]) for one in listed)
        kept = [pair for pair in pairs if phase in _UNLIKE_ENGLAND or _side(pair[1]) is not wrong]
        return tuple(_stands_out(one, measure=measure, phase=phase) for one, measure in kept[:_MOST_TOLD])

    return StandingOut(told(found.strongest, wrong=Side.WORSE), told(found.weakest, wrong=Side.BETTER))


def _side(measure: SchoolMeasure) -> Side | None:
    """Return on which side of England a measure is, None where that is not known."""
    england = measure.england
    return england.gap.side if england is not None and england.gap is not None else None


def _stands_out(found: Highlight, *, measure: SchoolMeasure, phase: Phase) -> MeasureSentence:
    england = measure.england
    beside = england.gap.words if england is not None and england.gap is not None else ""
    if phase in _UNLIKE_ENGLAND or not beside or (england and england.gap and england.gap.side is Side.SAME):
        beside = _beside_schools(found, measure=measure, phase=phase)
    year = AcademicYear(measure.figure.period)
    after = f" in {year}, {beside}{_polarity(measure)}."
    return _about(measure, before=f"{measure.indicator.title} was ", after=after)


def _beside_schools(found: Highlight, *, measure: SchoolMeasure, phase: Phase) -> str:
    value = measure.figure.value
    if not isinstance(value, Known):
        return ""
    name = f"the average of {phase.label.lower()} schools in England"
    return gap(value.value, comparator=found.spread.mean, name=name, indicator=measure.indicator).words


def _polarity(measure: SchoolMeasure) -> str:
    """Return words for a measure of which less is better, since a reader takes above for good."""
    return " (less is better)" if measure.indicator.polarity == "low" else ""


def changed(measures: Sequence[SchoolMeasure], *, phase: Phase) -> Changed:
    """Return what improved and what declined between the newest year of each measure and the year before.

    Only changes that chance cannot explain are told, and apart from them those of which only rounding is
    known not to explain them.
    """
    judged = [one for one in measures if one.indicator.polarity != "none"]
    moved = [one for one in judged if isinstance(one.change, Change)]
    lie = spreads.spreads_of_phase(phase)
    ordered = sorted(moved, key=lambda one: -_size(one, lie=lie))
    telling = [one for one in ordered if beyond_chance(one)]
    tested = [one for one in telling if is_held_against_chance(one)]
    better = [one for one in tested if _direction(one) is Direction.IMPROVING]
    worse = [one for one in tested if _direction(one) is Direction.DECLINING]
    sided = (Direction.IMPROVING, Direction.DECLINING)
    untested = [one for one in telling if one not in tested and _direction(one) in sided]
    others = [one.change.why for one in judged if not isinstance(one.change, Change)]
    return Changed(
        improved=tuple(_moved(one) for one in better[:_MOST_CHANGES]),
        declined=tuple(_moved(one) for one in worse[:_MOST_CHANGES]),
        untested=tuple(_moved(one) for one in untested[:_MOST_CHANGES]),
        compared=len(moved),
        not_comparable=len(others),
        why=max(sorted(set(others)), key=others.count, default=""),
    )


def _direction(measure: SchoolMeasure) -> Direction | None:
    return measure.change.direction if isinstance(measure.change, Change) else None


def beyond_chance(measure: SchoolMeasure) -> bool:
    """Return whether neither chance nor rounding explains how a measure moved into its newest year."""
    earlier, later = (Point(year.period, year.value) for year in measure.years[-2:])
    return is_beyond_chance(earlier, later, indicator=measure.indicator)


def is_held_against_chance(measure: SchoolMeasure) -> bool:
    """Return whether chance was tested for how a measure moved into its newest year."""
    earlier, later = (Point(year.period, year.value) for year in measure.years[-2:])
    return is_tested(earlier, later, indicator=measure.indicator)


def _size(measure: SchoolMeasure, *, lie: Spreads) -> float:
    """Return a change in standard deviations of schools, so that measures in different units compare."""
    spread = lie.get((measure.indicator.id, measure.figure.period))
    if not isinstance(measure.change, Change) or spread is None:
        return 0.0
    return abs(measure.change.amount) / spread.deviation


def _moved(measure: SchoolMeasure) -> MeasureSentence:
    indicator = measure.indicator
    earlier = measure.years[-2]
    since = words.value_in_words(earlier.value, measured=indicator)
    before = f"{indicator.title} went from {since} in {AcademicYear(earlier.period)} to "
    after = f" in {AcademicYear(measure.figure.period)}{_polarity(measure)}."
    return _about(measure, before=before, after=after)


def value_words(measure: SchoolMeasure) -> str:
    """Return the newest value of a measure as it is written in a sentence."""
    written = words.value_in_words(measure.figure.value, measured=measure.indicator)
    return f"{written} pupils" if measure.indicator.unit == "pupils" else written


def _about(measure: SchoolMeasure, *, before: str, after: str) -> MeasureSentence:
    figure = measure.figure
    whose = f" ({measure.inherited})" if measure.inherited else ""
    return MeasureSentence(
        before, value_words(measure), whose + after, figure.urn, figure.indicator, figure.period
    )
