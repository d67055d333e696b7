"""How schools stand in inspection: counts on each framework's own scale, and shares by its own named rule.

Outcomes of different frameworks are never put on one scale. The share good or better takes a school
as good where the framework it was inspected under says so; schools inspected under a framework
without such a rule, or without an overall outcome, are counted apart and never enter the percentage.
"""

from collections.abc import Iterable
from datetime import date
from itertools import product
from typing import Protocol

import ibis
from ibis.expr.types import BooleanValue, Table

from steward.analysis.indicators.places import nearest_rolls, year_of
from steward.analysis.sources.rows import ALL_PHASES
from steward.vocabulary.areas import ENGLAND, Level

FROM_SNAPSHOT, FROM_ROLL = "snapshot", "roll"
_GROUP = ("as_at", "level", "area", "phase")


class Framework(Protocol):
    """What has to be known of an inspection framework to count its outcomes."""

    @property
    def id(self) -> str:
        """The key under which inspections name it."""

    @property
    def good_or_better(self) -> tuple[str, ...]:
        """The outcomes that its named rule counts as good or better; empty where it has no such rule."""

    @property
    def below_good(self) -> tuple[str, ...]:
        """The outcomes that its named rule counts as below good."""


def snapshots(inspections: Table) -> Table:
    """Return one row for each school in each release that lists every open school as at its date.

    Columns are those of INSPECTIONS. The latest inspection stands; of two rows of one school, the one
    with the later inspection.
    """
    listed = inspections.filter(inspections.snapshot, inspections.latest, inspections.urn.notnull())
    newest = listed.group_by("as_at").agg(newest=listed.release.max())
    of_newest = listed.join(newest, "as_at")
    of_newest = of_newest.filter(of_newest.release == of_newest.newest).drop("newest")
    order = ibis.window(
        group_by=["as_at", "urn"],
        order_by=[
            ibis.ifelse(of_newest.inspected_on.isnull(), 1, 0),
            of_newest.inspected_on.desc(),
            of_newest.row,
        ],
    )
    return of_newest.mutate(place=ibis.row_number().over(order)).filter(ibis._.place == 0).drop("place")


def standing(inspections: Table, *, as_at: date) -> Table:
    """Return one row for each school as it stood on `as_at`: the latest snapshot on or before that day.

    Columns are those of INSPECTIONS. No row where no snapshot is that old.
    """
    until = snapshots(inspections.filter(inspections.as_at <= ibis.date(as_at)))
    return until.filter(until.as_at == until.as_at.max())


def with_pupils(schools: Table, *, roll: Table) -> Table:
    """Return `schools` with `pupils` filled from the roll of the nearest year, and `pupils_from`.

    `roll` has urn, period and pupils. The snapshot's own number of pupils comes first. `pupils_from`
    is "snapshot", "roll" or null where no number is known.
    """
    spans = nearest_rolls(roll)
    dated = schools.mutate(year=year_of(schools.as_at))
    found = dated.left_join(
        spans, [dated.urn == spans.urn, dated.year >= spans.since, dated.year <= spans.until]
    )
    kept = [dated[name] for name in schools.columns if name != "pupils"]
    return found.select(
        *kept,
        pupils=ibis.coalesce(dated.pupils, spans.pupils),
        pupils_from=ibis.cases((dated.pupils.notnull(), FROM_SNAPSHOT), (spans.pupils.notnull(), FROM_ROLL)),
    )


def counts(schools: Table, *, frameworks: Iterable[Framework]) -> Table:
    """Return how many schools stand where, by authority and for England, by phase and over all phases.

    `schools` is what `standing`, `snapshots` or `with_pupils` return. Columns: as_at, level, area,
    phase, schools, inspected, not_inspected, judged (inspected, with an outcome under a framework
    that has a rule for good or better), good, other (inspected, not judged), share_good (percent of
    judged schools), pupils_judged, pupils_good, share_good_pupils (percent of pupils in judged
    schools), pupils_known (percent of judged schools whose number of pupils is known).
    """
    marked = _marked(schools, frameworks=tuple(frameworks))
    added = _by_area(
        marked,
        schools=marked.count().cast("float64"),
        inspected=_how_many(marked.inspected_on.notnull()),
        judged=_how_many(marked.judged),
        good=_how_many(marked.good),
        judged_known=_how_many(marked.judged & marked.pupils.notnull()),
        pupils_judged=ibis.ifelse(marked.judged, marked.pupils.fill_null(0.0), 0.0).sum(),
        pupils_good=ibis.ifelse(marked.good, marked.pupils.fill_null(0.0), 0.0).sum(),
    )
    return added.select(
        *_GROUP,
        schools=added.schools.cast("int64"),
        inspected=added.inspected.cast("int64"),
        not_inspected=(added.schools - added.inspected).cast("int64"),
        judged=added.judged.cast("int64"),
        good=added.good.cast("int64"),
        other=(added.inspected - added.judged).cast("int64"),
        share_good=100.0 * added.good / added.judged.nullif(0),
        pupils_judged=added.pupils_judged,
        pupils_good=added.pupils_good,
        share_good_pupils=100.0 * added.pupils_good / added.pupils_judged.nullif(0),
        pupils_known=100.0 * added.judged_known / added.judged.nullif(0),
    )


def by_framework(schools: Table) -> Table:
    """Return the number of schools by framework and outcome, each framework on its own scale.

    Columns: as_at, level, area, phase, framework, outcome, schools, pupils. Both framework and
    outcome are null for schools not yet inspected; outcome alone where none was given.
    """
    return _by_area(
        schools,
        "framework",
        "outcome",
        schools=schools.count(),
        pupils=schools.pupils.sum(),
    )


def over_time(inspections: Table, *, roll: Table, frameworks: Iterable[Framework]) -> Table:
    """Return `counts` for every snapshot there is, with pupils filled from the roll of the nearest year."""
    return counts(with_pupils(snapshots(inspections), roll=roll), frameworks=frameworks)


def _marked(schools: Table, *, frameworks: tuple[Framework, ...]) -> Table:
    good = _outcome_in(schools, [(one.id, one.good_or_better) for one in frameworks])
    below = _outcome_in(schools, [(one.id, one.below_good) for one in frameworks if one.good_or_better])
    return schools.mutate(good=good, judged=good | below)


def _outcome_in(schools: Table, lists: list[tuple[str, tuple[str, ...]]]) -> BooleanValue:
    listed = [
        (schools.framework == framework) & schools.outcome.isin(outcomes)
        for framework, outcomes in lists
        if outcomes
    ]
    return ibis.or_(*listed).fill_null(ibis.literal(value=False)) if listed else ibis.literal(value=False)


def _how_many(condition: BooleanValue) -> ibis.Value:
    return ibis.ifelse(condition, 1.0, 0.0).sum()


def _by_area(listed: Table, *more: str, **sums: ibis.Value) -> Table:
    """Group by authority and for England, by phase and over all phases."""
    grouped = listed.group_by("as_at", "authority", "phase", *more).agg(**sums)
    found = []
    for level, every_phase in product((Level.AUTHORITY, Level.ENGLAND), (False, True)):
        placed = grouped.mutate(
            level=ibis.literal(level.value),
            area=ibis.literal(ENGLAND) if level is Level.ENGLAND else grouped.authority,
            phase=ibis.literal(ALL_PHASES) if every_phase else grouped.phase,
        )
        placed = placed.filter(placed.area.notnull())
        found.append(placed.group_by(*_GROUP, *more).agg(**{name: placed[name].sum() for name in sums}))
    first, *others = found
    return first.union(*others, distinct=False)
