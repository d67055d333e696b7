"""The schools of an authority whose results are unlikely to be chance, below and above."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from steward.analysis.comparison.discovery import LISTS, expected_false
from steward.analysis.indicators.definition import IndicatorDefinition
from steward.evidence import catalogues
from steward.evidence.queries import releases, standings
from steward.evidence.queries.standings import SchoolStanding
from steward.pages.queries.school_measures import in_order
from steward.register import queries as register
from steward.vocabulary.academic_year import AcademicYear
from steward.vocabulary.phases import Phase, Standing

SURE, NAME, MEASURE, PUPILS, ESTIMATE = "sure", "name", "measure", "pupils", "estimate"
SORTS = (SURE, NAME, MEASURE, PUPILS, ESTIMATE)


class Beyond(StrEnum):
    """Beyond what a school must lie to be listed."""

    CHANCE = "chance"
    SPREAD = "spread"


class Side(StrEnum):
    """On which side of the target, in the sense of the measure."""

    WEAKER = "weaker"
    STRONGER = "stronger"


class Shown(StrEnum):
    """Which standings a list shows."""

    LISTED = "listed"
    EVERY = "every"
    FEW = "few"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is asked for; empty is every phase, measure or side."""

    pooled: bool = False
    beyond: Beyond = Beyond.CHANCE
    shown: Shown = Shown.LISTED
    phase: str = ""
    measure: str = ""
    side: str = ""
    sort: str = SURE


@dataclass(frozen=True, slots=True)
class NamedStanding:
    """How a school stands in a measure, with its name and what the measure is."""

    standing: SchoolStanding
    indicator: IndicatorDefinition
    name: str
    closed: bool

    @property
    def side(self) -> Side:
        """On which side of the target it lies, in the sense of the measure."""
        lower = self.standing.value < self.standing.target
        return Side.WEAKER if lower == (self.indicator.polarity == "high") else Side.STRONGER

    @property
    def where(self) -> str:
        """Where its figure lies: "Below England", "Above special schools in England"."""
        way = "Below" if self.standing.value < self.standing.target else "Above"
        return f"{way} {self.standing.beside}"

    @property
    def verdict(self) -> str:
        """What is said of it, in words first."""
        if self.standing.few:
            return "Too few pupils to say"
        if self.standing.unusual:
            return f"{self.where}, and outside how {self.standing.phase.label.lower()} schools differ"
        if self.standing.unlikely:
            return f"{self.where}, and unlikely to be chance"
        return "Chance could explain it"

    @property
    def years(self) -> str:
        """The year or years of the figure, such as "2016 to 2018, 3 years"."""
        last = str(AcademicYear(self.standing.period))
        if not self.standing.pooled:
            return last
        count = self.standing.period - self.standing.since + 1
        return f"{self.standing.since - 1} to {self.standing.period}, {count} years together"

    def listed(self, beyond: Beyond) -> bool:
        """Return whether it is listed in its authority."""
        return self.standing.unlikely if beyond is Beyond.CHANCE else self.standing.unusual


@dataclass(frozen=True, slots=True)
class PhaseCount:
    """Schools of a phase: how many were judged in some measure, and how many are listed and on which side.

    `few` are those with too few pupils in every measure.
    """

    phase: Phase
    judged: int
    weaker: int
    stronger: int
    unusual: int
    few: int


@dataclass(frozen=True, slots=True)
class StandingOut:
    """What a page of an authority shows: the rows asked for, and counts over all of its schools."""

    asked: Asked
    rows: tuple[NamedStanding, ...]
    phases: tuple[PhaseCount, ...]
    schools: int
    judged: int
    unusual: int
    few_rows: int
    measures: tuple[IndicatorDefinition, ...]
    unjudged: tuple[IndicatorDefinition, ...]
    releases_known: bool

    @property
    def expected(self) -> float:
        """How many of the listed schools may be there by chance, on average at most."""
        return expected_false(self.schools, rate=LISTS)


def standing_out(authority: str, *, asked: Asked) -> StandingOut:
    """Return the schools of an authority that stand out. Raises NothingLoaded."""
    every = named(standings.standings_of_area(authority, pooled=asked.pooled))
    listed = [one for one in every if one.listed(asked.beyond)]
    judged = {one.standing.urn for one in every if not one.standing.few}
    known = {one.indicator.id: one.indicator for one in every}
    return StandingOut(
        asked=asked,
        rows=_sorted([one for one in every if _is_asked(one, asked=asked)], sort=asked.sort),
        phases=_phases(every, beyond=asked.beyond),
        schools=len({one.standing.urn for one in listed}),
        judged=len(judged),
        unusual=len({one.standing.urn for one in every if one.standing.unusual}),
        few_rows=sum(one.standing.few for one in every),
        measures=tuple(one for _, one in in_order(known)),
        unjudged=tuple(_unjudged(known)),
        releases_known=bool(releases.current()),
    )


def named(found: Iterable[SchoolStanding]) -> list[NamedStanding]:
    """Return standings with the names of schools; those of an indicator that is no more are left out."""
    every = list(found)
    schools = register.schools_by_urn({one.urn for one in every})
    known = catalogues.indicators()
    return [
        NamedStanding(
            standing=one,
            indicator=known[one.indicator],
            name=schools[one.urn].name if one.urn in schools else f"URN {one.urn}",
            closed=one.urn in schools and schools[one.urn].standing == Standing.CLOSED.value,
        )
        for one in every
        if one.indicator in known
    ]


def phases_of(found: StandingOut) -> tuple[Phase, ...]:
    """Return the phases of the schools of a page."""
    return tuple(one.phase for one in found.phases)


def _is_asked(one: NamedStanding, *, asked: Asked) -> bool:
    standing = one.standing
    shown = {
        Shown.LISTED: one.listed(asked.beyond),
        Shown.EVERY: not standing.few,
        Shown.FEW: standing.few,
    }[asked.shown]
    return (
        shown
        and asked.phase in ("", standing.phase.value)
        and asked.measure in ("", standing.indicator)
        and (asked.side in ("", one.side.value) or standing.few)
    )


def _sorted(rows: Sequence[NamedStanding], *, sort: str) -> tuple[NamedStanding, ...]:
    keys: dict[str, Callable[[NamedStanding], tuple[object, ...]]] = {
        SURE: how_sure,
        NAME: lambda one: (one.name.casefold(),),
        MEASURE: lambda one: (one.indicator.title,),
        PUPILS: lambda one: (one.standing.pupils,),
        ESTIMATE: lambda one: (one.standing.estimate is None, one.standing.estimate or 0.0),
    }
    by_name = sorted(rows, key=lambda one: (one.name.casefold(), one.indicator.title))
    return tuple(sorted(by_name, key=keys[sort.removeprefix("-")], reverse=sort.startswith("-")))


def how_sure(one: NamedStanding) -> tuple[object, ...]:
    """Return the place in a list that begins with what most needs a look; closed schools come last."""
    standing = one.standing
    return (
        one.closed,
        standing.few,
        not standing.unusual,
        one.side is Side.STRONGER,
        -abs(standing.score or 0.0),
    )


def _phases(every: Sequence[NamedStanding], *, beyond: Beyond) -> tuple[PhaseCount, ...]:
    by_phase: dict[Phase, list[NamedStanding]] = defaultdict(list)
    for one in every:
        by_phase[one.standing.phase].append(one)
    return tuple(_phase(phase, rows=by_phase[phase], beyond=beyond) for phase in Phase if phase in by_phase)


def _phase(phase: Phase, *, rows: Sequence[NamedStanding], beyond: Beyond) -> PhaseCount:
    judged = {one.standing.urn for one in rows if not one.standing.few}
    listed = [one for one in rows if one.listed(beyond)]
    return PhaseCount(
        phase=phase,
        judged=len(judged),
        weaker=len({one.standing.urn for one in listed if one.side is Side.WEAKER}),
        stronger=len({one.standing.urn for one in listed if one.side is Side.STRONGER}),
        unusual=len({one.standing.urn for one in rows if one.standing.unusual}),
        few=len({one.standing.urn for one in rows} - judged),
    )


def _unjudged(known: dict[str, IndicatorDefinition]) -> list[IndicatorDefinition]:
    """Return measures with a polarity in which no school is judged, such as those without pupil numbers."""
    ends = ("_lower", "_upper")
    return [
        one
        for code, one in in_order(catalogues.indicators())
        if one.polarity != "none" and code not in known and not code.endswith(ends)
    ]
