"""Everything a forecast may look at, read once: figures with their days of publication, and inspections.

Schools are told by the first URN of the chain of those that plainly continue one another, so that a school
that became an academy is one school. Nothing is cut off by day here; `features` does that.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from ibis.expr.types import Table
from numpy.typing import NDArray

from steward.analysis.comparison.lineage import plainly_before
from steward.analysis.forecasting.outcomes import UNKNOWN_DAY, Numbers, Outcomes, Whole, outcomes_of
from steward.analysis.forecasting.publication import PublicationDates, Release, published_on, rule_for
from steward.regimes.frameworks import InspectionFramework
from steward.vocabulary.phases import Governance, Phase
from steward.vocabulary.values import KNOWN

_RANKS = {"early": 0, "provisional": 1, "derived": 2, "revised": 3, "final": 4}
_NAMES = NDArray[np.str_]
_STATE_FUNDED = (Governance.MAINTAINED.value, Governance.ACADEMY.value)
MAINSTREAM = (Phase.PRIMARY.value, Phase.SECONDARY.value)
_FAITHLESS = ("", "none", "does not apply", "not applicable", "not recorded")


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures of schools, one an entry; those of one school, measure and year follow each other.

    `published_on` is an ordinal day, or UNKNOWN_DAY. A later entry of the same year is the better version.
    """

    school: Whole
    measure: Whole
    period: Whole
    value: Numbers
    pupils: Numbers
    published_on: Whole
    release: Whole


@dataclass(frozen=True, slots=True)
class Schools:
    """What a school is, which no forecast learns from save its phase and its authority for grouping."""

    school: Whole
    phase: _NAMES
    authority: _NAMES
    faith: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Holdings:
    """What there is to learn from. `left_out` names releases that are never used, with the reason."""

    measures: tuple[str, ...]
    releases: tuple[Release, ...]
    figures: Figures
    outcomes: Outcomes
    schools: Schools
    first_urn: Mapping[int, int]
    renumbered: Mapping[int, tuple[int, ...]]
    """By school the days on which it was given a new URN."""
    left_out: tuple[tuple[str, str], ...]

    def with_outcomes(self, outcomes: Outcomes) -> "Holdings":
        """Return the same with other inspections."""
        return Holdings(
            self.measures,
            self.releases,
            self.figures,
            outcomes,
            self.schools,
            self.first_urn,
            self.renumbered,
            self.left_out,
        )


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of the chain that are read, in the shapes of analysis.columns."""

    values: Table
    inspections: Table
    links: Table
    establishments: Table


def first_urns(links: Iterable[tuple[int, int, str]]) -> dict[int, int]:
    """Return by URN the first URN of the school, for those that plainly continue another."""
    before = plainly_before(links)
    found: dict[int, int] = {}
    for urn in before:
        chain = [urn]
        while chain[-1] in before and before[chain[-1]] not in chain:
            chain.append(before[chain[-1]])
        found[urn] = chain[-1]
    return found


def hold(
    tables: Tables,
    *,
    releases: Sequence[Release],
    dates: Collection[PublicationDates],
    frameworks: Collection[InspectionFramework],
    measures: Collection[str],
) -> Holdings:
    """Return what there is to learn from: the measures named, every inspection, every school."""
    links = tables.links.select("urn", "predecessor", "relation", "since").distinct().to_pyarrow().to_pylist()
    first = first_urns((one["urn"], one["predecessor"], one["relation"]) for one in links)
    names = tuple(sorted(measures))
    usable, left_out = _usable(releases, dates=dates)
    rows = _rows(tables.values, measures=names, releases=usable)
    return Holdings(
        names,
        tuple(usable),
        _figures(rows, releases=usable, dates=dates, first=first),
        outcomes_of(tables.inspections, schools=first, frameworks=frameworks),
        _schools(tables, first=first),
        first,
        _renumbered(links, first=first),
        tuple(left_out),
    )


def _usable(
    releases: Sequence[Release], *, dates: Collection[PublicationDates]
) -> tuple[list[Release], list[tuple[str, str]]]:
    usable, left_out = [], []
    for release in sorted(releases, key=lambda one: one.id):
        rule = rule_for(release, dates=dates)
        if rule is not None and rule.knows_what_came_later:
            left_out.append((release.title, rule.knows_what_came_later))
        elif rule is not None:
            usable.append(release)
    return usable, left_out


@dataclass(frozen=True, slots=True)
class _Rows:
    """Figures as numbers: names of measures and releases are places in their lists."""

    urn: Whole
    measure: Whole
    release: Whole
    period: Whole
    value: Numbers
    pupils: Numbers
    quality: Whole


def _rows(values: Table, *, measures: Sequence[str], releases: Sequence[Release]) -> _Rows:
    ids = [one.id for one in releases]
    chosen = values.filter(
        values.indicator.isin(measures), values.status == KNOWN, values.release.isin(ids)
    ).select("urn", "indicator", "period", "value", "cohort", "version", "preferred", "release")
    rows = chosen.to_pyarrow()
    version = _places(rows["version"], names=tuple(_RANKS))
    preferred = rows["preferred"].cast("int64").to_numpy()
    return _Rows(
        rows["urn"].to_numpy(),
        _places(rows["indicator"], names=measures),
        _places(rows["release"], names=ids),
        rows["period"].to_numpy(),
        rows["value"].to_numpy(),
        rows["cohort"].to_numpy(),
        2 * version + preferred,
    )


def _places(column: pa.ChunkedArray, *, names: Sequence[str]) -> Whole:
    """Return for each text its place among the names; -1 for one that is not there."""
    found = pc.index_in(column, value_set=pa.array(list(names), pa.string()))
    return found.cast("int64").fill_null(-1).to_numpy()  # type: ignore[no-any-return]


def _figures(
    rows: _Rows, *, releases: Sequence[Release], dates: Collection[PublicationDates], first: Mapping[int, int]
) -> Figures:
    pairs, places = np.unique(np.column_stack([rows.release, rows.period]), axis=0, return_inverse=True)
    days = [
        _ordinal(published_on(releases[int(release)], period=int(period), dates=dates))
        for release, period in pairs
    ]
    found = Figures(
        _mapped(rows.urn, first=first),
        rows.measure,
        rows.period,
        rows.value,
        rows.pupils,
        np.array(days, dtype=np.int64)[places.ravel()],
        rows.release,
    )
    order = np.lexsort((found.release, rows.urn, rows.quality, found.period, found.measure, found.school))
    return Figures(*(getattr(found, name)[order] for name in Figures.__slots__))


def _mapped(urn: Whole, *, first: Mapping[int, int]) -> Whole:
    unique, places = np.unique(urn, return_inverse=True)
    return np.array([first.get(int(one), int(one)) for one in unique], dtype=np.int64)[places]


def _ordinal(day: date | None) -> int:
    return UNKNOWN_DAY if day is None else day.toordinal()


def _schools(tables: Tables, *, first: Mapping[int, int]) -> Schools:
    """Return each school with the phase that Ofsted or else the register gives, the earliest first."""
    looked = tables.inspections.filter(tables.inspections.phase != Phase.UNKNOWN.value)
    by_ofsted = looked.group_by("urn", "phase", "authority").aggregate(as_at=looked.as_at.min())
    register = tables.establishments.filter(tables.establishments.governance.isin(_STATE_FUNDED))
    registered = register.group_by("urn", "phase", "authority", "religious_character").aggregate(
        as_at=register.as_at.min()
    )
    phase: dict[int, str] = {}
    authority: dict[int, str] = {}
    faith: dict[int, bool] = {}
    for table in (by_ofsted, registered):
        for row in table.order_by("as_at", "urn", "phase").to_pyarrow().to_pylist():
            school = first.get(row["urn"], row["urn"])
            phase.setdefault(school, row["phase"])
            if row["authority"]:
                authority.setdefault(school, row["authority"])
            if "religious_character" in row:
                faith[school] = (row["religious_character"] or "").strip().lower() not in _FAITHLESS
    kept = sorted(school for school, one in phase.items() if one in MAINSTREAM)
    return Schools(
        np.array(kept, dtype=np.int64),
        np.array([phase[one] for one in kept], dtype=np.str_),
        np.array([authority.get(one, "") for one in kept], dtype=np.str_),
        np.array([faith.get(one, False) for one in kept], dtype=np.bool_),
    )


def _renumbered(
    links: Iterable[Mapping[str, object]], *, first: Mapping[int, int]
) -> dict[int, tuple[int, ...]]:
    found: dict[int, set[int]] = {}
    for link in links:
        urn, since = link["urn"], link["since"]
        if isinstance(urn, int) and urn in first and isinstance(since, date):
            found.setdefault(first[urn], set()).add(since.toordinal())
    return {school: tuple(sorted(days)) for school, days in found.items()}
