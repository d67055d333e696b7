"""Finding the weights of our own list of neighbours, and telling how accurate every list is.

The file of the definition is read, the weights are sought, and what came of it is returned in the shape
in which the definition keeps it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
from ibis.backends import BaseBackend
from ibis.expr.types import Table
from numpy.typing import NDArray

from steward.analysis.comparison import accuracy
from steward.analysis.comparison.accuracy import Task
from steward.analysis.comparison.alikeness import Numbers
from steward.analysis.comparison.circumstances import circumstances_of, known_series, located
from steward.analysis.comparison.comparators import Accuracy, Fit, NeighbourMethod
from steward.analysis.comparison.neighbours import (
    Members,
    differences_of,
    kept,
    nearest,
    reciprocity,
    times_chosen,
)

YEARS = 4
"""So many years of each measure are predicted, those without examinations and without schools left out."""
WITHOUT = (2020, 2021)
SEARCHES = 3
_FEWEST_AUTHORITIES = 130


@dataclass(frozen=True, slots=True)
class Held:
    """What the fit is made from: `series` is known_series, `schools` is located, lists by their ids."""

    series: pa.Table
    schools: pa.Table
    lists: Mapping[str, Mapping[str, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights by feature, what they were in each fold, and the accuracy of every list."""

    weights: Mapping[str, float]
    folds: Mapping[str, Mapping[str, float]]
    fit: Fit


@dataclass(frozen=True, slots=True)
class _Columns:
    """The outcomes: a row for each authority, a column for each measure and year."""

    outcomes: Numbers
    measures: tuple[str, ...]
    years: tuple[int, ...]
    newest: NDArray[np.bool_]


def held_from(
    connection: BaseBackend, *, series: Table, establishments: Table, lists: Table, method: NeighbourMethod
) -> Held:
    """Return what a fit is made from, out of tables in the shapes SERIES, ESTABLISHMENTS and NEIGHBOURS."""
    wanted = [one.measure for one in method.features if one.measure]
    wanted += [one.measure for one in method.predicts]
    listed: dict[str, dict[str, list[str]]] = {}
    for row in connection.to_pyarrow(lists.filter(lists.release != "").order_by("rank")).to_pylist():
        listed.setdefault(row["list"], {}).setdefault(row["authority"], []).append(row["other"])
    return Held(
        connection.to_pyarrow(known_series(series, measures=wanted)),
        connection.to_pyarrow(located(establishments)),
        listed,
    )


def fit(method: NeighbourMethod, *, held: Held, seed: int, fitted_on: str, fitted: date) -> Fitted:
    """Return the weights found from `held`, with the accuracy that nested cross-validation gives them.

    In each outer fold a group of measures is left out; the weights found from the others are then tested on
    the newest year of that group. In a second, harder test the newest year of every measure is left out too.
    """
    found = circumstances_of(held.series, schools=held.schools, features=method.features)
    task, columns = _task(method, held=held, authorities=found.authorities, values=found.values)
    groups = {one.measure: one.group for one in method.predicts}
    named = [groups[measure] for measure in columns.measures]
    nothing = np.zeros_like(columns.newest)
    errors, folds = accuracy.held_out(task, groups=named, unseen=nothing, seed=seed, searches=SEARCHES)
    harder, _ = accuracy.held_out(task, groups=named, unseen=columns.newest, seed=seed, searches=SEARCHES)
    headline = {one.measure for one in method.predicts if one.headline}
    judged = columns.newest & np.array([one in headline for one in columns.measures])
    weights = np.round(accuracy.fitted(task, seed=seed, searches=SEARCHES), 4)
    members = nearest(task.differences, weights=weights, count=method.neighbours, at_least=method.at_least)
    ids = [feature.id for feature in method.features]
    made = Fit(
        seed=seed,
        fitted_on=fitted_on,
        fitted=fitted,
        against=method.fit.against,
        accuracy=_accuracy(
            task, columns=columns, held=held, held_out=errors, members=members, found=found.authorities
        ),
        harder_ratio=round(float(np.mean(harder[judged] / task.baseline[judged])), 4),
        kept=_kept(method, held=held, weights=weights, members=members, authorities=found.authorities),
        kept_between=(max(columns.years) - 1, max(columns.years)),
        reciprocity=round(reciprocity(members), 3),
        most_chosen=int(times_chosen(members).max()),
        never_chosen=int((times_chosen(members) == 0).sum()),
    )
    return Fitted(
        dict(zip(ids, weights.tolist(), strict=True)),
        {group: dict(zip(ids, np.round(one, 4).tolist(), strict=True)) for group, one in folds.items()},
        made,
    )


def tested(method: NeighbourMethod, *, held: Held) -> tuple[Accuracy, ...]:
    """Return the accuracy of every list with the weights the method has; `held_out` is as the method says."""
    found = circumstances_of(held.series, schools=held.schools, features=method.features)
    task, columns = _task(method, held=held, authorities=found.authorities, values=found.values)
    weights = np.array([feature.weight for feature in method.features])
    members = nearest(task.differences, weights=weights, count=method.neighbours, at_least=method.at_least)
    said = {one.measure: one.held_out for one in method.fit.accuracy}
    errors = np.array([said.get(measure, np.nan) for measure in columns.measures])
    return _accuracy(
        task, columns=columns, held=held, held_out=errors, members=members, found=found.authorities
    )


def _task(
    method: NeighbourMethod, *, held: Held, authorities: Sequence[str], values: Numbers
) -> tuple[Task, _Columns]:
    columns = _outcomes(method, series=held.series, authorities=authorities)
    baseline = _members(held.lists[method.fit.against], authorities=authorities)
    among = np.asarray((baseline >= 0).any(axis=1), dtype=np.bool_)
    errors = accuracy.errors_of(baseline, outcomes=columns.outcomes, among=among)
    differences = differences_of(values, authorities=authorities, features=method.features)
    return Task(differences, columns.outcomes, errors.typical, among, method.at_least), columns


def _outcomes(method: NeighbourMethod, *, series: pa.Table, authorities: Sequence[str]) -> _Columns:
    place = {code: number for number, code in enumerate(authorities)}
    cells: dict[tuple[str, int], Numbers] = {}
    wanted = {one.measure for one in method.predicts}
    for row in sorted(series.to_pylist(), key=lambda one: str(one["label"])):
        if row["measure"] in wanted and row["area"] in place:
            column = cells.setdefault((row["measure"], row["year"]), np.full(len(place), np.nan))
            column[place[row["area"]]] = row["value"]
    newest = {
        measure: max(year for one, year in cells if one == measure)
        for measure in {measure for measure, _ in cells}
    }
    chosen = [
        (measure, year)
        for measure, year in sorted(cells)
        if newest[measure] - year < YEARS
        and year not in WITHOUT
        and np.isfinite(cells[measure, year]).sum() >= _FEWEST_AUTHORITIES
    ]
    return _Columns(
        np.column_stack([cells[key] for key in chosen]),
        tuple(measure for measure, _ in chosen),
        tuple(year for _, year in chosen),
        np.array([newest[measure] == year for measure, year in chosen]),
    )


def _members(listed: Mapping[str, Sequence[str]], *, authorities: Sequence[str]) -> Members:
    place = {code: number for number, code in enumerate(authorities)}
    members = np.full((len(authorities), 10), -1, dtype=np.int64)
    for code, others in listed.items():
        if code in place:
            known = [place[one] for one in others if one in place][:10]
            members[place[code], : len(known)] = known
    return members


def _accuracy(
    task: Task,
    *,
    columns: _Columns,
    held: Held,
    held_out: Numbers,
    members: Members,
    found: Sequence[str],
) -> tuple[Accuracy, ...]:
    ours = accuracy.errors_of(members, outcomes=task.outcomes, among=task.among)
    published = {
        name: accuracy.errors_of(
            _members(listed, authorities=found), outcomes=task.outcomes, among=task.among
        ).typical
        for name, listed in held.lists.items()
    }
    return tuple(
        Accuracy(
            measure=columns.measures[number],
            year=columns.years[number],
            authorities=int(ours.authorities[number]),
            spread=round(float(np.nanstd(task.outcomes[:, number], ddof=1)), 4),
            published={name: round(float(errors[number]), 4) for name, errors in published.items()},
            held_out=round(float(held_out[number]), 4),
            fitted=round(float(ours.typical[number]), 4),
        )
        for number in np.flatnonzero(columns.newest)
    )


def _kept(
    method: NeighbourMethod,
    *,
    held: Held,
    weights: Numbers,
    members: Members,
    authorities: Sequence[str],
) -> float:
    """Return how many of ten neighbours are the same with the circumstances of a year before."""
    newest = max(row["year"] for row in held.series.to_pylist())
    before = circumstances_of(held.series, schools=held.schools, features=method.features, until=newest - 1)
    differences = differences_of(before.values, authorities=before.authorities, features=method.features)
    earlier = nearest(differences, weights=weights, count=method.neighbours, at_least=method.at_least)
    named = dict(zip(before.authorities, _named(earlier, before.authorities), strict=True))
    now = dict(zip(authorities, _named(members, authorities), strict=True))
    both = sorted(named.keys() & now.keys())
    return round(kept([named[code] for code in both], after=[now[code] for code in both]), 2)


def _named(members: Members, authorities: Sequence[str]) -> list[set[str]]:
    return [{authorities[place] for place in row if place >= 0} for row in members.tolist()]
