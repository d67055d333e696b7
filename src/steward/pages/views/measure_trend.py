"""Charts of a measure of an authority over the years, breaches of the series drawn as breaches."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from django.utils.text import slugify

from steward.interface import words
from steward.interface.charts.figures import Break, LineChart, Part, Point, Series, Sparkline
from steward.pages.queries.area_measure import MeasureOfArea
from steward.pages.queries.area_outcomes import AreaOutcome, Company, OutcomeYear, beside_words
from steward.pages.views.publications import series_of_measures
from steward.vocabulary.values import Known, Missing, Reason, Value

_PARTS = {
    "england": Part.ENGLAND,
    "region": Part.OTHER,
    "neighbours": Part.SIMILAR,
    "group": Part.OTHER,
    "chosen": Part.OTHER,
}
_FEWEST = 2
_LONGEST_ID = 60
COHORT = "each authority as a whole; the series gives no number of pupils"


def sparkline(one: AreaOutcome) -> Sparkline | None:
    """Return a very small line of the authority with England beside it; None with fewer than two figures."""
    years = [year for year in one.years if year.year is not None]
    known = [year for year in years if isinstance(year.value, Known)]
    if len(known) < _FEWEST:
        return None
    first, last = known[0], known[-1]
    own = Series("", Part.SCHOOL, tuple(Point(year.label, year.value) for year in years))
    england = Series("England", Part.ENGLAND, tuple(Point(year.label, year.england) for year in years))
    measured = one.measure
    return Sparkline(
        title=one.title,
        description=f"{one.title}: {words.value_in_words(first.value, measured=measured)} in {first.label}, "
        f"{words.value_in_words(last.value, measured=measured)} in {last.label}",
        unit=one.measure.unit,
        decimals=one.measure.decimals,
        series=own,
        beside=(england,),
        measure=f"{one.title}, {measured.unit}" if measured.unit else one.title,
        cohort=COHORT,
        source=series_of_measures(first=years[0].label, last=years[-1].label),
    )


def chart_of(found: MeasureOfArea) -> LineChart | None:
    """Return the trend of a measure beside its comparators; None with fewer than two figures."""
    one = found.outcome
    places = [number for number, year in enumerate(one.years) if year.year is not None]
    if sum(1 for number in places if isinstance(one.years[number].value, Known)) < _FEWEST:
        return None
    labels = [one.years[number].label for number in places]
    own = Series(
        found.asked.company.name,
        Part.SCHOOL,
        tuple(Point(one.years[number].label, one.years[number].value) for number in places),
    )
    others = [
        Series(
            trend.name,
            _PARTS[trend.kind],
            tuple(Point(label, trend.values[number]) for label, number in zip(labels, places, strict=True)),
        )
        for trend in found.trends
        if any(isinstance(trend.values[number], Known) for number in places)
    ]
    shown = [one.years[number] for number in places]
    return _line_chart(one, years=shown, lines=(own, *others), name=found.asked.company.name)


def chart_of_outcome(one: AreaOutcome, *, company: Company) -> LineChart | None:
    """Return the trend of a measure beside England and the neighbours; None with fewer than two figures."""
    years = [year for year in one.years if year.year is not None]
    if sum(1 for year in years if isinstance(year.value, Known)) < _FEWEST:
        return None
    lines = [
        Series(company.name, Part.SCHOOL, tuple(Point(year.label, year.value) for year in years)),
        Series("England", Part.ENGLAND, tuple(Point(year.label, year.england) for year in years)),
    ]
    if any(year.neighbours is not None for year in years):
        means = tuple(Point(year.label, _mean(year.neighbours)) for year in years)
        lines.append(Series("Statistical neighbours", Part.SIMILAR, means))
    return _line_chart(one, years=years, lines=tuple(lines), name=company.name)


def _line_chart(
    one: AreaOutcome, *, years: Sequence[OutcomeYear], lines: tuple[Series, ...], name: str
) -> LineChart:
    measure = one.measure
    said = "; ".join(f"{year.label}: {words.value_in_words(year.value, measured=measure)}" for year in years)
    return LineChart(
        title=_title(one, name=name),
        description=f"{one.title} of {name}. {said}.",
        unit=measure.unit,
        decimals=measure.decimals,
        series=lines,
        breaks=tuple(_breaks(one)),
        from_zero=False,
        id=slugify(f"{one.title}-{measure.code}")[:_LONGEST_ID].strip("-"),
        measure=f"{one.title}, {measure.unit}" if measure.unit else one.title,
        cohort=COHORT,
        source=series_of_measures(first=years[0].label, last=years[-1].label),
    )


def _mean(mean: float | None) -> Value:
    return Missing(Reason.NOT_AVAILABLE) if mean is None else Known(mean)


def _title(one: AreaOutcome, *, name: str) -> str:
    if one.newest is None:
        return one.title
    gap = beside_words(one.newest.value, other=one.newest.england, name="England", measure=one.measure)
    return f"{one.title}: {name} {gap} in {one.newest.label}" if gap else one.title


def _breaks(one: AreaOutcome) -> Iterable[Break]:
    """Yield a break before each label with which a new series begins, once each."""
    years = [year for year in one.years if year.year is not None]
    for before, year in pairwise(years):
        for breach in one.breaches:
            if breach.kind == "breach" and any(
                (before.year or 0) < at <= (year.year or 0) for at in breach.years
            ):
                yield Break(year.label, breach.word)
                break
