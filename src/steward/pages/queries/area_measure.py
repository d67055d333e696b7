"""One measure of the series: an authority's trend beside comparators, and every authority in one year."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from steward.analysis.comparison import standing_of_areas as standing
from steward.analysis.comparison.standing_of_areas import AreaChange, Band, NoChange, Rank, YearPoint
from steward.analysis.indicators.series_breaks import breaches_of
from steward.evidence import catalogues
from steward.evidence.queries import neighbours, series
from steward.evidence.queries.series import Measure, SeriesPoint
from steward.pages.queries.area_outcomes import AreaOutcome, Company, NoSuchOutcome, outcomes_of
from steward.pages.queries.caution import rounding_of, with_caution
from steward.vocabulary.areas import Level
from steward.vocabulary.values import Known, Missing, Reason, Value

SORTS = ("rank", "name", "value", "change")
ONLY = {"neighbours": "Statistical neighbours", "region": "The same region", "core-cities": "Core cities"}
MOST_BESIDE = 3


class NoSuchMeasure(NoSuchOutcome):
    """The series has no measure of this code, or no figure of this authority; the message says which."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page of a measure was asked for. `beside` are codes of other authorities."""

    measure: str
    company: Company
    label: str
    beside: tuple[str, ...]
    search: str
    sort: str
    only: str


@dataclass(frozen=True, slots=True)
class LeagueRow:
    """An authority in one year of a measure."""

    code: str
    name: str
    value: Value
    rank: Rank | None
    band: Band | None
    change: AreaChange | NoChange
    point: SeriesPoint
    own: bool
    belongs: tuple[str, ...]
    """In which of ONLY it is, by key."""


@dataclass(frozen=True, slots=True)
class Trend:
    """A line beside the authority's own: its name, its kind, and a value for each label."""

    name: str
    kind: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class MeasureOfArea:
    """A measure of an authority with everything its page says."""

    asked: Asked
    measure: Measure
    outcome: AreaOutcome
    label: str
    labels: tuple[str, ...]
    trends: tuple[Trend, ...]
    league: tuple[LeagueRow, ...]
    ranked: int
    topics: tuple[tuple[str, str], ...]
    choices: tuple[tuple[str, str], ...]


def measure_of(asked: Asked) -> MeasureOfArea:
    """Return a measure of an authority. Raises NoSuchMeasure, or NothingLoaded."""
    known = series.measures()
    if asked.measure not in known:
        raise NoSuchMeasure(f"The series of areas that has been loaded has no measure “{asked.measure}”.")
    title, topics = _titled(asked.measure)
    found = outcomes_of(asked.company, asked=[(asked.measure, title, True)])
    if not found:
        raise NoSuchMeasure(f"The series has no figure of “{known[asked.measure].title}” for this authority.")
    labels = series.labels_of(asked.measure)
    label = asked.label if asked.label in labels else found[0].newest.label if found[0].newest else labels[-1]
    league = _league(asked, measure=known[asked.measure], label=label)
    return MeasureOfArea(
        asked=asked,
        measure=known[asked.measure],
        outcome=found[0],
        label=label,
        labels=labels,
        trends=tuple(_trends(asked, outcome=found[0])),
        league=tuple(_chosen(league, asked=asked)),
        ranked=sum(1 for row in league if isinstance(row.value, Known)),
        topics=topics,
        choices=tuple(_authorities(except_for=asked.company.area)),
    )


def _titled(code: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return the plain title of a measure, and the topics (id and title) that show it."""
    title, topics = "", []
    for topic in catalogues.outcome_topics().values():
        for one in topic.measures:
            if one.code == code:
                title = title or one.title
                topics.append((topic.id, topic.title))
    return title, tuple(topics)


def _authorities(*, except_for: str) -> Iterable[tuple[str, str]]:
    found = (one for one in series.places().values() if one.level is Level.AUTHORITY)
    return ((one.code, one.name) for one in sorted(found, key=lambda one: one.name) if one.code != except_for)


def _league(asked: Asked, *, measure: Measure, label: str) -> list[LeagueRow]:
    places = series.places()
    codes = [one.code for one in places.values() if one.level is Level.AUTHORITY]
    points = series.series_of([measure.code], areas=codes)
    among = list(series.across(measure.code, label=label).values())
    rounding = rounding_of(measure.code, label=label)
    breaches = breaches_of(measure.code, among=catalogues.series_breaks())
    belongs = _belonging(asked.company)
    rows = []
    for code in codes:
        listed = points.get((measure.code, code), ())
        here = next((number for number, one in enumerate(listed) if one.label == label), None)
        if here is None:
            continue
        point = listed[here]
        value = point.value.value if isinstance(point.value, Known) else None
        until = [YearPoint(one.label, one.year, one.years, one.value) for one in listed[: here + 1]]
        rows.append(
            LeagueRow(
                code=code,
                name=places[code].name,
                value=point.value,
                rank=None
                if value is None
                else standing.rank_of(value, among=among, polarity=measure.polarity, rounding=rounding),
                band=None
                if value is None
                else standing.band_of(value, among=among, polarity=measure.polarity, banded=measure.banded),
                change=with_caution(
                    standing.change_into(
                        until, polarity=measure.polarity, decimals=measure.decimals, breaches=breaches
                    ),
                    measure=measure,
                ),
                point=point,
                own=code == asked.company.area,
                belongs=tuple(key for key, members in belongs.items() if code in members),
            )
        )
    return rows


def _belonging(company: Company) -> dict[str, frozenset[str]]:
    places = series.places()
    region = frozenset(
        code for code, one in places.items() if company.region and one.region == company.region
    )
    return {
        "neighbours": frozenset(company.neighbours),
        "region": region,
        "core-cities": frozenset(neighbours.core_cities().authorities),
    }


def _chosen(league: Sequence[LeagueRow], *, asked: Asked) -> list[LeagueRow]:
    """Return the rows asked for in the order asked for; missing values stand last."""
    wanted = asked.search.casefold()
    rows = [
        row
        for row in league
        if (wanted in row.name.casefold() or wanted == row.code)
        and (asked.only not in ONLY or asked.only in row.belongs or row.own)
    ]
    key = asked.sort.removeprefix("-")
    known = [row for row in rows if key == "name" or _key(row, key=key) is not None]
    rest = sorted((row for row in rows if row not in known), key=lambda row: row.name)
    known.sort(key=lambda row: row.name)
    known.sort(key=lambda row: _key(row, key=key) or 0.0, reverse=asked.sort.startswith("-"))
    if key == "name" and asked.sort.startswith("-"):
        known.reverse()
    return [*known, *rest]


def _key(row: LeagueRow, *, key: str) -> float | None:
    if key == "rank":
        return float(row.rank.place) if row.rank else _less(row)
    if key == "value":
        return row.value.value if isinstance(row.value, Known) else None
    if key == "change":
        return row.change.amount if isinstance(row.change, AreaChange) else None
    return 0.0


def _less(row: LeagueRow) -> float | None:
    """Return what orders the values of a measure without a good end: the greatest first."""
    return -row.value.value if isinstance(row.value, Known) else None


def _trends(asked: Asked, *, outcome: AreaOutcome) -> Iterable[Trend]:
    """Yield the lines beside the authority's own: England, region, neighbours, core cities, chosen ones."""
    company, places = asked.company, series.places()
    yield Trend("England", "england", tuple(year.england for year in outcome.years))
    if company.region:
        yield Trend(company.region_name, "region", tuple(year.region for year in outcome.years))
    if company.neighbours:
        means = tuple(_mean(year.neighbours) for year in outcome.years)
        yield Trend("Statistical neighbours", "neighbours", means)
    cities = [code for code in neighbours.core_cities().authorities if code in places]
    if cities:
        yield _mean_trend("Core cities", asked=asked, outcome=outcome, areas=cities)
    for code in asked.beside[:MOST_BESIDE]:
        if code in places:
            points = _by_label(asked.measure, area=code)
            values = tuple(points.get(year.label, _NO_FIGURE) for year in outcome.years)
            yield Trend(places[code].name, "chosen", values)


def _mean_trend(name: str, *, asked: Asked, outcome: AreaOutcome, areas: Sequence[str]) -> Trend:
    found = [_by_label(asked.measure, area=area) for area in areas]
    means = (standing.mean_of(one.get(year.label) for one in found) for year in outcome.years)
    return Trend(name, "group", tuple(_mean(mean) for mean in means))


def _by_label(measure: str, *, area: str) -> dict[str, Value]:
    points = series.series_of([measure], areas=[area]).get((measure, area), ())
    return {point.label: point.value for point in points}


_NO_FIGURE = Missing(Reason.NOT_AVAILABLE)


def _mean(mean: float | None) -> Value:
    return _NO_FIGURE if mean is None else Known(mean)
