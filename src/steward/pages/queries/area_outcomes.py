"""Outcomes of an authority from the series of areas: each measure beside its comparators, by topic."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from steward.analysis.comparison import standing_of_areas as standing
from steward.analysis.comparison.standing_of_areas import AreaChange, Band, NoChange, Rank, YearPoint
from steward.analysis.indicators.series_breaks import BreachOfSeries, breaches_of
from steward.evidence import catalogues
from steward.evidence.queries import neighbours, series
from steward.evidence.queries.neighbours import NeighbourList
from steward.evidence.queries.series import Measure, SeriesPoint
from steward.interface import words
from steward.pages.queries.caution import rounding_of, with_caution
from steward.vocabulary.areas import ENGLAND
from steward.vocabulary.rounding import round_half_away
from steward.vocabulary.values import Known, Missing, Reason, Value

_NONE = Missing(Reason.NOT_AVAILABLE)


class NoSuchOutcome(LookupError):
    """There is no such topic or measure in the series; the message says which."""

    title = "There is no such page of outcomes"
    """What the page that says so is called."""


@dataclass(frozen=True, slots=True)
class Company:
    """With whom an authority is compared: its region, England, and the neighbours of the list chosen."""

    area: str
    name: str
    region: str
    region_name: str
    neighbours: tuple[str, ...]
    list: NeighbourList | None
    lists: tuple[NeighbourList, ...]
    until: int | None = None
    """Only figures of years that had ended by this calendar year; None for all."""

    @property
    def areas(self) -> tuple[str, ...]:
        """Every area whose figures are wanted."""
        region = (self.region,) if self.region else ()
        return (self.area, ENGLAND, *region, *self.neighbours)


@dataclass(frozen=True, slots=True)
class OutcomeYear:
    """A year of a measure: the authority's figure and those beside it. `neighbours` is a plain mean."""

    label: str
    year: int | None
    years: int | None
    point: SeriesPoint | None
    region: Value
    england: Value
    neighbours: float | None
    neighbours_known: int

    @property
    def value(self) -> Value:
        """The authority's value, missing where the series has no cell."""
        return _NONE if self.point is None else self.point.value


@dataclass(frozen=True, slots=True)
class AreaOutcome:
    """A measure of an authority: every year, and how it stands in its newest year with a figure.

    `newest` is None where no year has one. `rank`, `band` are None where the measure has no good end or
    the publisher gives no quartile; `behind` says that others have a newer figure.
    """

    measure: Measure
    title: str
    headline: bool
    years: tuple[OutcomeYear, ...]
    newest: OutcomeYear | None
    rank: Rank | None
    band: Band | None
    spread: float | None
    change: AreaChange | NoChange
    change_of_england: AreaChange | NoChange
    breaches: tuple[BreachOfSeries, ...]
    behind: str

    @property
    def moved(self) -> float | None:
        """How far it moved from England since the year before, in spreads of authorities; None if unknown."""
        own, england = self.change, self.change_of_england
        if not isinstance(own, AreaChange) or not isinstance(england, AreaChange) or not self.spread:
            return None
        sign = -1.0 if self.measure.polarity == "low" else 1.0
        return sign * (own.amount - england.amount) / self.spread


@dataclass(frozen=True, slots=True)
class TopicOutcomes:
    """A topic: its measures of which the series has anything, the most important first."""

    id: str
    title: str
    about: str
    outcomes: tuple[AreaOutcome, ...]

    @property
    def headlines(self) -> tuple[AreaOutcome, ...]:
        """The headline measures with a figure."""
        return tuple(one for one in self.outcomes if one.headline and one.newest)


def company_of(area: str, *, name: str, list_id: str = "", until: int | None = None) -> Company:
    """Return with whom an authority is compared; an unknown `list_id` is the newest published list.

    With `until` only figures of years that end by that calendar year are known.
    """
    places = series.places()
    held = neighbours.lists()
    chosen = next((one for one in held if one.id == list_id), held[0] if held else None)
    listed = neighbours.neighbours_of(area, list_id=chosen.id) if chosen else ()
    region = places[area].region if area in places else ""
    return Company(
        area=area,
        name=name,
        region=region,
        region_name=places[region].name if region in places else "",
        neighbours=tuple(one.authority for one in listed),
        list=chosen if listed else None,
        lists=held,
        until=until,
    )


def topics_of(company: Company, *, ids: Collection[str] = ()) -> list[TopicOutcomes]:
    """Return the outcomes of an authority by topic, every topic when none is named. Raises NothingLoaded."""
    found = []
    for topic in catalogues.outcome_topics().values():
        if ids and topic.id not in ids:
            continue
        asked = [(one.code, one.title, one.headline) for one in topic.measures]
        outcomes = outcomes_of(company, asked=asked)
        if outcomes:
            found.append(TopicOutcomes(topic.id, topic.title, topic.about, outcomes))
    return found


def outcomes_of(company: Company, *, asked: Sequence[tuple[str, str, bool]]) -> tuple[AreaOutcome, ...]:
    """Return the outcomes of measures given by code, title and whether headline; unknown ones left out."""
    known = series.measures()
    points = series.series_of([code for code, _, _ in asked], areas=company.areas)
    found = []
    for code, title, headline in asked:
        if code in known and any(points.get((code, area)) for area in (company.area, ENGLAND)):
            found.append(
                _outcome(company, measure=known[code], title=title, headline=headline, points=points)
            )
    return tuple(found)


_Points = Mapping[tuple[str, str], tuple[SeriesPoint, ...]]


def _outcome(
    company: Company, *, measure: Measure, title: str, headline: bool, points: _Points
) -> AreaOutcome:
    years = _years(company, measure=measure.code, points=points)
    dated = [year for year in years if year.year is not None]
    newest = next((year for year in reversed(dated) if isinstance(year.value, Known)), None)
    among = list(series.across(measure.code, label=newest.label).values()) if newest else []
    value = newest.value.value if newest and isinstance(newest.value, Known) else None
    until = dated[: dated.index(newest) + 1] if newest else []
    breaches = breaches_of(measure.code, among=catalogues.series_breaks())
    rounding = rounding_of(measure.code, label=newest.label) if newest else 0.0
    return AreaOutcome(
        measure=measure,
        title=title or measure.title,
        headline=headline,
        years=years,
        newest=newest,
        rank=None
        if value is None
        else standing.rank_of(value, among=among, polarity=measure.polarity, rounding=rounding),
        band=None
        if value is None
        else standing.band_of(value, among=among, polarity=measure.polarity, banded=measure.banded),
        spread=standing.spread_of(among),
        change=_change([(one, one.value) for one in until], measure=measure, breaches=breaches),
        change_of_england=_change([(one, one.england) for one in until], measure=measure, breaches=breaches),
        breaches=breaches,
        behind=_behind(dated, newest=newest),
    )


def _years(company: Company, *, measure: str, points: _Points) -> tuple[OutcomeYear, ...]:
    by_area = {
        area: {point.label: point for point in points.get((measure, area), ())} for area in company.areas
    }
    longest = max(by_area.values(), key=len)
    found = []
    for label, one in longest.items():
        if company.until is not None and (one.year is None or one.year > company.until):
            continue
        beside = [by_area[area].get(label) for area in company.neighbours]
        values = [point.value for point in beside if point]
        found.append(
            OutcomeYear(
                label=label,
                year=one.year,
                years=one.years,
                point=by_area[company.area].get(label),
                region=_value(by_area.get(company.region, {}).get(label)),
                england=_value(by_area[ENGLAND].get(label)),
                neighbours=standing.mean_of(values),
                neighbours_known=sum(1 for value in values if isinstance(value, Known)),
            )
        )
    return tuple(found)


def _value(point: SeriesPoint | None) -> Value:
    return _NONE if point is None else point.value


def _change(
    years: Iterable[tuple[OutcomeYear, Value]], *, measure: Measure, breaches: tuple[BreachOfSeries, ...]
) -> AreaChange | NoChange:
    listed = [YearPoint(year.label, year.year, year.years, value) for year, value in years]
    change = standing.change_into(
        listed, polarity=measure.polarity, decimals=measure.decimals, breaches=breaches
    )
    return with_caution(change, measure=measure)


def _behind(years: Sequence[OutcomeYear], *, newest: OutcomeYear | None) -> str:
    """Return that England has a newer figure than the authority; empty where it has not."""
    known = [year for year in years if isinstance(year.england, Known)]
    if not known or (newest and (newest.year or 0) >= (known[-1].year or 0)):
        return ""
    return f"England has a figure for {known[-1].label}; this authority has none."


def beside_words(value: Value, *, other: Value | float | None, name: str, measure: Measure) -> str:
    """Return a difference as "2.0 percentage points below England"; empty where either is not known."""
    beside = other.value if isinstance(other, Known) else other if isinstance(other, float) else None
    if beside is None or not isinstance(value, Known):
        return ""
    places = measure.decimals
    amount = round_half_away(round_half_away(value.value, places) - round_half_away(beside, places), places)
    if amount == 0:
        return f"the same as {name}"
    return f"{size_words(abs(amount), measure=measure)} {'above' if amount > 0 else 'below'} {name}"


def size_words(size: float, *, measure: Measure) -> str:
    """Return a difference without its sign, with its unit: "2.0 percentage points", "£120"."""
    number = words.number(size, decimals=measure.decimals)
    if measure.unit == "pounds":
        return f"£{number}"
    one = "percentage point" if measure.unit == "percent" else "point" if measure.unit == "score" else ""
    if not one:
        return number
    return f"{number} {one}" if float(number.replace(",", "")) == 1 else f"{number} {one}s"


def change_words(change: AreaChange | NoChange, *, measure: Measure) -> str:
    """Return a change as "Better: up 2.0 percentage points since 2024", or why there is none.

    One that rounding may explain, or within what authorities usually move, is too little to tell.
    """
    if isinstance(change, NoChange):
        return change.why
    if change.amount == 0:
        return f"The same as in {change.since}"
    way = "up" if change.amount > 0 else "down"
    size = size_words(abs(change.amount), measure=measure)
    return f"{change.word}: {way} {size} since {change.since}{caution_words(change, measure=measure)}"


def caution_words(change: AreaChange, *, measure: Measure) -> str:
    """Return why a change is too little to tell, as ", which rounding alone may explain"; else nothing."""
    if change.amount == 0 or change.tells:
        return ""
    if not change.beyond_rounding or change.usual is None:
        return ", which rounding alone may explain"
    usual = words.number(change.usual, decimals=max(1, measure.decimals))
    return f", no more than authorities usually move in a year (up to {usual})"


def standing_words(outcome: AreaOutcome) -> str:
    """Return rank and quarter in words: "7th of 152, in the best quarter of authorities"."""
    if outcome.newest is None:
        return "No figure"
    if outcome.rank is None:
        return "Not ranked: neither end is the good one"
    if outcome.band is None:
        return f"{outcome.rank.words}; the publisher gives no quarters"
    return f"{outcome.rank.words}, {outcome.band.words}"
