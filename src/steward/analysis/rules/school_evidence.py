"""What is known of one school on one date, as rules read it; gathered from the tables of the chain."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

import ibis
import ibis.expr.schema as sch
import pyarrow as pa
import pyarrow.compute as pc

from steward.vocabulary.academic_year import AcademicYear
from steward.vocabulary.facts import FactKind
from steward.vocabulary.identifiers import Urn
from steward.vocabulary.phases import Governance, Phase
from steward.vocabulary.values import Known, Missing, Value, value_from

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

_YEARS_READ = 8
"""More years than any kind of rule can look back and still use."""

Place = tuple[str, str, str, str, int]
"""Level, area, phase, indicator and period of an area figure."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A published or computed value with the file row it came from."""

    value: Value
    release: str = ""
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Inspection:
    """A full inspection as its own framework words it; never converted."""

    inspected_on: date
    framework: str
    outcome: str | None
    category: str | None = None
    release: str = ""
    row: int | None = None


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
    """Figures of England and of authorities, and the newest period each indicator was published for."""

    figures: Mapping[Place, Figure] = field(default_factory=dict)
    newest: Mapping[str, int] = field(default_factory=dict)


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
    figures: Mapping[tuple[str, int], Figure] = field(default_factory=dict)
    """By indicator and academic year (the calendar year of its end)."""
    areas: AreaFigures = field(default_factory=AreaFigures)
    inspections: tuple[Inspection, ...] = ()
    """Newest first."""
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class EvidenceTables:
    """The tables of the chain in memory, cut to the schools asked about.

    Shapes: ESTABLISHMENTS (one row a school), VALUES and AREAS (preferred rows, any years),
    INSPECTIONS, and FACTS.
    """

    establishments: pa.Table
    values: pa.Table
    areas: pa.Table
    inspections: pa.Table
    facts: pa.Table


def gather(
    tables: EvidenceTables, *, as_at: date, indicators: Iterable[str] | None = None
) -> dict[Urn, SchoolEvidence]:
    """Return the evidence of each school in `tables.establishments`, by URN.

    What was not yet there on `as_at` is left out: figures of academic years that had not ended,
    inspections not yet published. `indicators`, when given, are the only ones read.
    """
    wanted = None if indicators is None else frozenset(indicators)
    figures, newest = _school_figures(tables.values, as_at=as_at, wanted=wanted)
    areas = AreaFigures(figures=_area_figures(tables.areas, as_at=as_at, wanted=wanted), newest=newest)
    inspections = _inspections(tables.inspections, as_at=as_at)
    facts = _facts(tables.facts)
    return {
        Urn(urn): SchoolEvidence(
            urn=Urn(urn),
            as_at=as_at,
            phase=Phase(phase or "unknown"),
            governance=Governance(governance or "other"),
            authority=authority or "",
            age_low=low,
            age_high=high,
            figures=figures.get(urn, {}),
            areas=areas,
            inspections=inspections.get(urn, ()),
            facts=tuple(facts.get(urn, ())),
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
) -> tuple[dict[int, dict[tuple[str, int], Figure]], dict[str, int]]:
    figures: dict[int, dict[tuple[str, int], Figure]] = defaultdict(dict)
    newest: dict[str, int] = {}
    names = ("urn", "indicator", "period", "value", "status", "mark", "cohort", "release", "row")
    rows = _rows(_read(values, as_at=as_at, wanted=wanted), *names)
    for urn, indicator, period, number, status, mark, cohort, release, row in rows:
        value = _value(number, status, mark, cohort)
        figures[urn][indicator, period] = Figure(value, release or "", row)
        if period > newest.get(indicator, 0):
            newest[indicator] = period
    return figures, newest


def _area_figures(areas: pa.Table, *, as_at: date, wanted: frozenset[str] | None) -> dict[Place, Figure]:
    figures: dict[Place, Figure] = {}
    names = ("level", "area", "phase", "indicator", "period")
    held = ("value", "status", "mark", "cohort", "release", "row")
    rows = _rows(_read(areas, as_at=as_at, wanted=wanted), *names, *held)
    for *place, number, status, mark, cohort, release, row in rows:
        level, area, phase, indicator, period = place
        value = _value(number, status, mark, cohort)
        figures[level, area, phase, indicator, period] = Figure(value, release or "", row)
    return figures


def _value(number: float | None, status: str | None, mark: str | None, cohort: float | None) -> Value:
    if status == "known" and number is not None:
        return Known(number, cohort)
    return value_from(number=None, status=status or "not_recorded", mark=mark or "", cohort=cohort)


def _inspections(table: pa.Table, *, as_at: date) -> dict[int, tuple[Inspection, ...]]:
    """Return inspections by school, one for each date: the row that says most about it."""
    best: dict[int, dict[date, tuple[tuple[bool, bool, date], Inspection]]] = defaultdict(dict)
    names = ("urn", "inspected_on", "published_on", "framework", "outcome", "category")
    for urn, on, published, framework, outcome, category, snapshot, seen, release, row in _rows(
        table, *names, "snapshot", "as_at", "release", "row"
    ):
        if on is None or framework is None or (published or on) > as_at:
            continue
        weight = (outcome is not None, bool(snapshot), seen or on)
        standing = best[urn].get(on)
        if standing is None or standing[0] < weight:
            found = Inspection(on, framework, outcome, category, release or "", row)
            best[urn][on] = (weight, found)
    return {
        urn: tuple(found for _, (_, found) in sorted(by_date.items(), reverse=True))
        for urn, by_date in best.items()
    }


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
    "newest_year",
]
