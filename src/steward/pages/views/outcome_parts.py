"""The parts of the pages of outcomes as they are printed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.urls import reverse

from steward.analysis.comparison.standing_of_areas import AreaChange
from steward.interface import words
from steward.interface.charts.figures import Sparkline
from steward.interface.parts import Cell, Column, Table
from steward.pages.queries.area_measure import ONLY, LeagueRow, MeasureOfArea
from steward.pages.queries.area_outcomes import (
    AreaOutcome,
    Company,
    OutcomeYear,
    TopicOutcomes,
    beside_words,
    change_words,
    standing_words,
)
from steward.pages.queries.outcome_findings import Finding, Findings
from steward.pages.queries.school import UsedRelease, used_releases
from steward.pages.views import measure_trend
from steward.vocabulary.values import Known, Missing, Reason, Value

LEAGUE_PAGE = 25
"""How many authorities stand on one page."""
_NO_FIGURE = Missing(Reason.NOT_AVAILABLE)


@dataclass(frozen=True, slots=True)
class OutcomePart:
    """A measure as it is printed in a list: value, those beside it, standing, change, small trend."""

    title: str
    href: str
    value: str
    when: str
    row_href: str
    beside: tuple[tuple[str, str, str], ...]
    standing: str
    change: str
    behind: str
    spark: Sparkline | None


@dataclass(frozen=True, slots=True)
class TopicPart:
    """A topic as it is printed."""

    id: str
    title: str
    about: str
    href: str
    csv: str
    outcomes: tuple[OutcomePart, ...]
    more: int


@dataclass(frozen=True, slots=True)
class FindingPart:
    """A finding with the address of its measure."""

    title: str
    href: str
    sentence: str


@dataclass(frozen=True, slots=True)
class FindingsPart:
    """What stands out, in three lists."""

    sentence: str
    kinds: tuple[tuple[str, tuple[FindingPart, ...], str], ...]


def findings_parts(found: Findings, *, code: str) -> FindingsPart:
    """Return the findings with their addresses and what to say where there are none."""
    return FindingsPart(
        found.sentence,
        (
            ("Among the best", _findings(found.high, code=code), "Nothing is in the best quarter."),
            ("Among the lowest", _findings(found.low, code=code), "Nothing is in the lowest quarter."),
            ("What moved", _findings(found.moved, code=code), "Nothing moved much against England."),
        ),
    )


def _findings(found: Iterable[Finding], *, code: str) -> tuple[FindingPart, ...]:
    return tuple(FindingPart(one.title, measure_address(code, one.code), one.sentence) for one in found)


def measure_address(area: str, measure: str) -> str:
    """Return the address of a measure of an authority."""
    return reverse("pages:area-measure", args=[area, measure])


def row_address(release: str, row: int) -> str:
    """Return the address of a record of a published file."""
    return reverse("evidence:row", args=[release, row])


def topic_part(topic: TopicOutcomes, *, company: Company, headlines: bool) -> TopicPart:
    """Return a topic with its headline measures, or with all of them."""
    shown = topic.headlines if headlines else topic.outcomes
    query = f"?list={company.list.id}" if company.list else ""
    return TopicPart(
        id=topic.id,
        title=topic.title,
        about=topic.about,
        href=reverse("pages:outcome-topic", args=[company.area, topic.id]) + query,
        csv=reverse("pages:outcome-topic-csv", args=[company.area, topic.id]) + query,
        outcomes=tuple(outcome_part(one, company=company) for one in shown),
        more=len(topic.outcomes) - len(shown),
    )


def outcome_part(one: AreaOutcome, *, company: Company) -> OutcomePart:
    """Return a measure as it is printed in a list."""
    newest = one.newest
    query = f"?list={company.list.id}" if company.list else ""
    point = newest.point if newest else None
    return OutcomePart(
        title=one.title,
        href=measure_address(company.area, one.measure.code) + query,
        value=words.value_in_words(newest.value, measured=one.measure) if newest else "No figure",
        when=newest.label if newest else "",
        row_href=row_address(point.release, point.row) if point else "",
        beside=tuple(_beside(one, year=newest, company=company)) if newest else (),
        standing=first_capital(standing_words(one)),
        change=change_words(one.change, measure=one.measure) if newest else "",
        behind=one.behind,
        spark=measure_trend.sparkline(one),
    )


def _beside(one: AreaOutcome, *, year: OutcomeYear, company: Company) -> Iterable[tuple[str, str, str]]:
    """Yield the name, value and difference of each comparator."""
    yield _beside_one(one, year=year, other=year.england, name="England")
    if company.neighbours:
        mean = _NO_FIGURE if year.neighbours is None else Known(year.neighbours)
        known = words.counted(year.neighbours_known, one="authority", many="authorities")
        name, value, gap = _beside_one(one, year=year, other=mean, name="statistical neighbours")
        yield name.capitalize(), value, gap or f"mean of {known}"
    if company.region:
        yield _beside_one(one, year=year, other=year.region, name=company.region_name)


def _beside_one(one: AreaOutcome, *, year: OutcomeYear, other: Value, name: str) -> tuple[str, str, str]:
    gap = beside_words(year.value, other=other, name=name, measure=one.measure).removesuffix(f" {name}")
    return name, words.value_in_words(other, measured=one.measure), gap


def list_choices(company: Company) -> list[tuple[str, str, bool]]:
    """Return the lists of neighbours to choose from: id, title and whether chosen."""
    chosen = company.list.id if company.list else ""
    return [(one.id, one.title, one.id == chosen) for one in company.lists]


def sources_of(topics: Sequence[TopicOutcomes]) -> tuple[UsedRelease, ...]:
    """Return the releases on which topics rest."""
    found = [one for topic in topics for one in topic.outcomes]
    used = {one.measure.release for one in found}
    used |= {year.point.release for one in found for year in one.years if year.point}
    return used_releases(used)


def sources_of_measure(found: MeasureOfArea) -> tuple[UsedRelease, ...]:
    """Return the releases on which the page of a measure rests."""
    return used_releases({found.measure.release, *(row.point.release for row in found.league)})


def first_capital(text: str) -> str:
    """Return a sentence with its first letter capital."""
    return f"{text[:1].upper()}{text[1:]}"


@dataclass(frozen=True, slots=True)
class MeasurePart:
    """The page of a measure as it is printed."""

    outcome: OutcomePart
    finding: str
    chart: object
    years: Table
    breaches: tuple[tuple[str, str, str], ...]
    league: Table
    page: Page[LeagueRow]
    league_words: str
    only: tuple[tuple[str, str, bool], ...]
    labels: tuple[tuple[str, bool], ...]
    beside: tuple[tuple[tuple[str, str, bool], ...], ...]
    csv: str


def measure_part(found: MeasureOfArea, *, page: str) -> MeasurePart:
    """Return the page of a measure as it is printed, with one page of the list of authorities."""
    one, asked = found.outcome, found.asked
    page_of_league = Paginator(found.league, LEAGUE_PAGE).get_page(page)
    return MeasurePart(
        outcome=outcome_part(one, company=asked.company),
        finding=finding_of(one, name=asked.company.name),
        chart=measure_trend.chart_of(found),
        years=years_table(found),
        breaches=tuple(
            (", ".join(map(str, breach.years)), breach.why, breach.unverified) for breach in one.breaches
        ),
        league=league_table(found, shown=page_of_league),
        page=page_of_league,
        league_words=_league_words(found),
        only=tuple((key, title, key == asked.only) for key, title in ONLY.items()),
        labels=tuple((label, label == found.label) for label in reversed(found.labels)),
        beside=tuple(_choices(found, number) for number in range(3)),
        csv=reverse("pages:area-measure-csv", args=[asked.company.area, found.measure.code]),
    )


def _choices(found: MeasureOfArea, number: int) -> tuple[tuple[str, str, bool], ...]:
    chosen = found.asked.beside[number] if number < len(found.asked.beside) else ""
    return tuple((code, name, code == chosen) for code, name in found.choices)


def finding_of(one: AreaOutcome, *, name: str) -> str:
    """Return the one sentence about a measure of an authority."""
    if one.newest is None:
        return f"The series has no figure of {name} for this measure."
    value = words.value_in_words(one.newest.value, measured=one.measure)
    beside = beside_words(one.newest.value, other=one.newest.england, name="England", measure=one.measure)
    parts = [f"{name}: {value} in {one.newest.label}"]
    parts += [beside] if beside else []
    ranked = f" It is {standing_words(one)}." if one.rank else ""
    less = " Less is better." if one.measure.polarity == "low" else ""
    return f"{', '.join(parts)}.{ranked}{less}"


def years_table(found: MeasureOfArea) -> Table:
    """Return every year of a measure beside its comparators; own figures lead to their rows in the file."""
    measure = found.measure
    columns = (
        Column("Year"),
        Column(found.asked.company.name, numeric=True),
        *(Column(trend.name, numeric=True) for trend in found.trends),
    )
    rows = []
    for number, year in reversed(list(enumerate(found.outcome.years))):
        point = year.point
        own = Cell(
            words.value_in_words(year.value, measured=measure),
            row_address(point.release, point.row) if point else "",
        )
        beside = (words.value_in_words(trend.values[number], measured=measure) for trend in found.trends)
        rows.append((Cell(year.label, note=_year_note(found.outcome, year=year)), own, *beside))
    return Table(f"{found.outcome.title}, year by year", columns, tuple(rows))


def _year_note(one: AreaOutcome, *, year: OutcomeYear) -> str:
    return "; ".join(breach.word for breach in one.breaches if year.year in breach.years)


def league_table(found: MeasureOfArea, *, shown: Iterable[LeagueRow]) -> Table:
    """Return authorities in one year, with rank, quarter and change."""
    columns = (
        Column("Authority", sort="name"),
        Column(found.label, numeric=True, sort="value"),
        Column("Rank", numeric=True, sort="rank"),
        Column("Quarter"),
        Column("Change from the year before", sort="change"),
    )
    rows = tuple(_league_row(row, found=found) for row in shown)
    caption = f"{found.outcome.title} in {found.label}: authorities"
    return Table(caption, columns, rows, sorted_by=found.asked.sort)


_KINDS = {"neighbours": "Statistical neighbour", "region": "Same region", "core-cities": "Core city"}


def _league_row(row: LeagueRow, *, found: MeasureOfArea) -> tuple[object, ...]:
    kinds = ["This authority"] if row.own else []
    kinds += [_KINDS[key] for key in row.belongs]
    change = row.change
    return (
        Cell(row.name, measure_address(row.code, found.measure.code), note="; ".join(kinds)),
        Cell(
            words.value_in_words(row.value, measured=found.measure),
            row_address(row.point.release, row.point.row),
        ),
        row.rank.words if row.rank else "Not ranked",
        row.band.value if row.band else "None",
        Cell(words.signed(change.amount, decimals=found.measure.decimals), note=change.word)
        if isinstance(change, AreaChange)
        else Cell("Not compared", note=change.why),
    )


def _league_words(found: MeasureOfArea) -> str:
    shown = words.counted(len(found.league), one="authority", many="authorities")
    only = ONLY.get(found.asked.only, "")
    which = f" ({only.lower()} and the authority itself)" if only else ""
    search = f" whose name holds “{found.asked.search}”" if found.asked.search else ""
    known = words.number(found.ranked)
    return f"{shown}{which}{search}; {known} of all authorities have a figure for {found.label}."
