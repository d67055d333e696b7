"""What is known of one school on one date, as rules read it; gathered from the tables of the chain."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import ibis
import ibis.expr.schema as sch
import pyarrow as pa
import pyarrow.compute as pc

from steward.analysis.comparison.lineage import earlier_urns, school_before
from steward.analysis.rules.attendance_spells import Spell, spells_of
from steward.vocabulary.academic_year import AcademicYear
from steward.vocabulary.areas import Basis, Level
from steward.vocabulary.facts import FactKind
from steward.vocabulary.identifiers import Urn
from steward.vocabulary.phases import Governance, Phase
from steward.vocabulary.values import KNOWN, Known, Missing, Value, value_from

FACTS: sch.Schema = ibis.schema(
    {
        "urn": "int64",
        "kind": "string",  # vocabulary.facts.FactKind
        "since": "date",
        "until": "date",  # last day in force; null while it lasts
        "source": "string",
    }
)
"""One row for each local fact; facts of kinds that no rule may read are left out."""

ROLL = "roll"
"""Indicator whose value is the number of pupils of the whole school; always read, to know how large it is."""

ALL_PHASES = "all"
"""The phase under which figures of all phases together are filed."""

_SAME_INSPECTION = timedelta(days=14)
"""Files date an inspection by its first or its last day: dates closer than this are of one inspection."""

_PUBLISHED_WITHIN = timedelta(days=60)
"""Where no file of the time names an inspection and none says when its report came out."""

_YEARS_READ = 8
"""More years than any kind of rule can look back and still use."""

Figures = Mapping[tuple[str, int], "Figure"]
"""By indicator and academic year (the calendar year of its end)."""

Place = tuple[str, str, str, str, int]
"""Level, area, phase, indicator and period of an area figure."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A published or computed value with the file row it came from."""

    value: Value
    release: str = ""
    row: int | None = None
    computed: bool = False
    """Worked out from schools, not published; only figures of areas may be."""
    predecessor: int | None = None
    """The earlier URN of the school, where the figure is under that."""


@dataclass(frozen=True, slots=True)
class Inspection:
    """A full inspection as its own framework words it; never converted."""

    inspected_on: date
    framework: str
    outcome: str | None
    category: str | None = None
    release: str = ""
    row: int | None = None
    predecessor: int | None = None
    """URN of the school inspected, where it is one that this school followed."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A dated local fact."""

    kind: FactKind
    since: date
    until: date | None = None
    source: str = ""

    def in_force_on(self, day: date) -> bool:
        """Return whether the fact holds on `day`; the last day counts."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class AreaFigures:
    """Known figures of England and of authorities, published and worked out from schools."""

    published: Mapping[Place, Figure] = field(default_factory=dict)
    computed: Mapping[Place, Figure] = field(default_factory=dict)
    _known: dict[Place, tuple[Figure, str] | None] = field(default_factory=dict, compare=False, repr=False)
    """What was found before: schools of one phase stand beside the same figures."""

    def beside(
        self, *, level: Level, area: str, phase: Phase, indicator: str, period: int
    ) -> tuple[Figure, str] | None:
        """Return the figure a school of the phase stands beside, and the phase it is filed under.

        A published figure is preferred. One of all phases serves only where the publication has none
        by phase: special schools are never held against all schools where it tells phases apart.
        """
        place = (level, area, phase, indicator, period)
        if place not in self._known:
            self._known[place] = self._find(place)
        return self._known[place]

    def _find(self, place: Place) -> tuple[Figure, str] | None:
        level, area, phase, indicator, period = place
        for figures in (self.published, self.computed):
            own = figures.get(place)
            if own is not None:
                return own, phase
            of_all = figures.get((level, area, ALL_PHASES, indicator, period))
            by_phase = any((level, area, each, indicator, period) in figures for each in Phase)
            if of_all is not None and not by_phase:
                return of_all, ALL_PHASES
        return None


@dataclass(frozen=True, slots=True)
class SchoolEvidence:
    """Everything rules may read about one school as at one date."""

    urn: Urn
    as_at: date
    phase: Phase = Phase.UNKNOWN
    governance: Governance = Governance.OTHER
    authority: str = ""
    age_low: int | None = None
    age_high: int | None = None
    figures: Figures = field(default_factory=dict)
    years: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """By indicator, the years for which any school of the authority is in a published file, newest first."""
    areas: AreaFigures = field(default_factory=AreaFigures)
    inspections: tuple[Inspection, ...] = ()
    """Newest first."""
    facts: tuple[Fact, ...] = ()
    attendance: tuple[Spell, ...] = ()
    """Weeks and half terms that had ended, oldest first."""
    facts_on: date | None = None
    """The day on which facts are asked about; None for the same as of figures and inspections."""

    @property
    def facts_day(self) -> date:
        """The day on which facts must be in force."""
        return self.facts_on or self.as_at

    def shared_year(self, indicators: Iterable[str], *, oldest: int) -> int | None:
        """Return the newest year from `oldest` on in which all of the indicators are published.

        Where there is none, the newest in which any is; None where none is at all.
        """
        years = [frozenset(self.years.get(each, ())) for each in indicators]
        every = {year for year in frozenset.intersection(*years) if year >= oldest}
        return max(every or frozenset.union(*years), default=None)


@dataclass(frozen=True, slots=True)
class EvidenceTables:
    """The tables of the chain in memory, cut to the schools asked about.

    Shapes: ESTABLISHMENTS (one row a school), VALUES and AREAS (preferred rows, any years),
    INSPECTIONS, FACTS and LINKS.
    """

    establishments: pa.Table
    values: pa.Table
    """Also of the schools that these followed."""
    areas: pa.Table
    inspections: pa.Table
    facts: pa.Table
    links: pa.Table
    """Every link of the schools and of those they followed, through any number of links."""
    attendance: pa.Table | None = None
    """In the shape ATTENDANCE, where any was loaded."""


def gather(
    tables: EvidenceTables, *, as_at: date, indicators: Iterable[str] | None = None
) -> dict[Urn, SchoolEvidence]:
    """Return the evidence of each school in `tables.establishments`, by URN.

    What was not yet there on `as_at` is left out: figures of academic years that had not ended,
    inspections not yet published. `indicators`, when given, are the only ones read, beside the roll.
    Where a school has no row for a measure and year, that of the one school it plainly followed is taken.
    """
    wanted = None if indicators is None else frozenset(indicators) | {ROLL}
    published = _school_figures(tables.values, as_at=as_at, wanted=wanted)
    figures = _with_earlier(published, tables=tables)
    years = _years(figures, establishments=tables.establishments)
    areas = _area_figures(tables.areas, as_at=as_at, wanted=wanted)
    inspections = inspections_known(tables.inspections, as_at=as_at)
    facts = _facts(tables.facts)
    attendance = spells_of(tables.attendance, as_at=as_at)
    return {
        Urn(urn): SchoolEvidence(
            urn=Urn(urn),
            as_at=as_at,
            phase=Phase(phase or "unknown"),
            governance=Governance(governance or "other"),
            authority=authority or "",
            age_low=low,
            age_high=high,
            figures=figures[urn],
            years=years[authority],
            areas=areas,
            inspections=inspections.get(urn, ()),
            facts=tuple(facts.get(urn, ())),
            attendance=attendance.get(urn, ()),
        )
        for urn, phase, governance, authority, low, high in _rows(
            tables.establishments, "urn", "phase", "governance", "authority", "age_low", "age_high"
        )
    }


def newest_year(as_at: date) -> int:
    """Return the last academic year that had ended on `as_at`, by the calendar year of its end."""
    return AcademicYear.containing(as_at).ends - 1


def _read(table: pa.Table, *, as_at: date, wanted: frozenset[str] | None) -> pa.Table:
    """Return the preferred rows of the years and indicators that rules may read."""
    last = newest_year(as_at)
    chosen = pc.field("preferred") & (pc.field("period") <= last) & (pc.field("period") > last - _YEARS_READ)
    if wanted is not None:
        chosen &= pc.field("indicator").isin(sorted(wanted))
    return table.filter(chosen)


def _rows(table: pa.Table, *names: str) -> Iterable[tuple]:  # type: ignore[type-arg]
    return zip(*(table.column(name).to_pylist() for name in names), strict=True)


def _school_figures(
    values: pa.Table, *, as_at: date, wanted: frozenset[str] | None
) -> dict[int, dict[tuple[str, int], Figure]]:
    figures: dict[int, dict[tuple[str, int], Figure]] = defaultdict(dict)
    names = ("urn", "indicator", "period", "value", "status", "mark", "cohort", "release", "row")
    rows = _rows(_read(values, as_at=as_at, wanted=wanted), *names)
    for urn, indicator, period, number, status, mark, cohort, release, row in rows:
        value = _value(number, status, mark, cohort)
        figures[urn][indicator, period] = Figure(value, release or "", row)
    return figures


def _with_earlier(
    published: Mapping[int, Figures], *, tables: EvidenceTables
) -> dict[int, dict[tuple[str, int], Figure]]:
    """Return the figures of each school, those of years before it opened from its earlier URN."""
    before = school_before(tables.links)
    filled: dict[int, dict[tuple[str, int], Figure]] = {}
    for urn, opened in _rows(tables.establishments, "urn", "opened_on"):
        own = filled[urn] = dict(published.get(urn, {}))
        for earlier in earlier_urns(urn, before=before):
            for (indicator, period), figure in published.get(earlier, {}).items():
                if opened is None or AcademicYear(period).first_day < opened:
                    own.setdefault((indicator, period), replace(figure, predecessor=earlier))
    return filled


def _years(
    figures: Mapping[int, Figures], *, establishments: pa.Table
) -> dict[str | None, dict[str, tuple[int, ...]]]:
    """Return the years of each indicator by authority, since some files are of one authority only."""
    found: dict[str | None, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for urn, authority in _rows(establishments, "urn", "authority"):
        here = found[authority]
        for indicator, period in figures[urn]:
            here[indicator].add(period)
    return {
        authority: {indicator: tuple(sorted(years, reverse=True)) for indicator, years in here.items()}
        for authority, here in found.items()
    }


def _area_figures(areas: pa.Table, *, as_at: date, wanted: frozenset[str] | None) -> AreaFigures:
    published: dict[Place, Figure] = {}
    computed: dict[Place, Figure] = {}
    names = ("level", "area", "phase", "indicator", "period", "value", "status", "basis", "release", "row")
    rows = _rows(_read(areas, as_at=as_at, wanted=wanted), *names)
    for *place, number, status, basis, release, row in rows:
        if status != KNOWN or number is None:
            continue
        level, area, phase, indicator, period = place
        worked_out = basis == Basis.COMPUTED
        figures = computed if worked_out else published
        figure = Figure(Known(number), release or "", row, computed=worked_out)
        figures[level, area, phase, indicator, period] = figure
    return AreaFigures(published, computed)


def _value(number: float | None, status: str | None, mark: str | None, cohort: float | None) -> Value:
    if status == KNOWN and number is not None:
        return Known(number, cohort)
    return value_from(number=None, status=status or "not_recorded", mark=mark or "", cohort=cohort)


def inspections_known(table: pa.Table, *, as_at: date) -> dict[int, tuple[Inspection, ...]]:
    """Return the inspections of each school known by a day, newest first, each once: from the fullest row.

    `table` has the columns of INSPECTIONS.
    """
    rows: dict[int, list[tuple[date, tuple[bool, bool, date], Inspection]]] = defaultdict(list)
    names = ("urn", "inspected_on", "published_on", "framework", "outcome", "category")
    more = ("snapshot", "as_at", "release", "row", "urn_at_inspection")
    for urn, on, published, framework, outcome, category, snapshot, seen, release, row, inspected in _rows(
        table, *names, *more
    ):
        if on is None or framework is None or not _known_by(as_at, on=on, published=published, seen=seen):
            continue
        weight = (outcome is not None, bool(snapshot), seen or on)
        predecessor = inspected if inspected not in (None, urn) else None
        found = Inspection(on, framework, outcome, category, release or "", row, predecessor)
        rows[urn].append((on, weight, found))
    return {urn: _each_once(found) for urn, found in rows.items()}


def _known_by(day: date, *, on: date, published: date | None, seen: date | None) -> bool:
    """Return whether an inspection was published by `day`; `seen` is the date of the file that names it."""
    if published is not None:
        return published <= day
    return (seen is not None and seen <= day) or on + _PUBLISHED_WITHIN <= day


def _each_once(rows: list[tuple[date, tuple[bool, bool, date], Inspection]]) -> tuple[Inspection, ...]:
    kept: list[Inspection] = []
    best: tuple[bool, bool, date] | None = None
    last: date | None = None
    for on, weight, inspection in sorted(rows, key=lambda row: (row[0], row[1]), reverse=True):
        if last is None or best is None or last - on > _SAME_INSPECTION:
            kept.append(inspection)
            best = weight
        elif weight > best:
            kept[-1], best = inspection, weight
        last = on
    return tuple(kept)


def _facts(table: pa.Table) -> dict[int, list[Fact]]:
    kinds = {kind.value: kind for kind in FactKind}
    facts: dict[int, list[Fact]] = defaultdict(list)
    for urn, kind, since, until, source in _rows(table, "urn", "kind", "since", "until", "source"):
        if kind in kinds:
            facts[urn].append(Fact(kinds[kind], since, until, source or ""))
    return facts


__all__ = [
    "FACTS",
    "AreaFigures",
    "EvidenceTables",
    "Fact",
    "Figure",
    "Inspection",
    "Known",
    "Missing",
    "SchoolEvidence",
    "gather",
    "inspections_known",
    "newest_year",
]
