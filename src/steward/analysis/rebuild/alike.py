"""Who is like whom: the neighbours of authorities and the schools most like each school."""

from collections.abc import Sequence

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from ibis.expr.types import Table
from numpy.typing import NDArray

from steward.analysis import columns
from steward.analysis.comparison import comparators as files
from steward.analysis.comparison.alikeness import Numbers, in_order, scaled
from steward.analysis.comparison.circumstances import (
    Circumstances,
    circumstances_of,
    known_series,
    located,
)
from steward.analysis.comparison.comparators import (
    CIRCUMSTANCES,
    INTAKE,
    ComparatorDefinition,
    Comparators,
    Feature,
    NeighbourMethod,
    SimilarSchools,
)
from steward.analysis.comparison.intake import comparable, intake_of
from steward.analysis.comparison.neighbours import differences_of, distances
from steward.analysis.comparison.similar import nearest_schools
from steward.analysis.disclosure.policy import SCHOOL
from steward.analysis.indicators.stacks import together
from steward.analysis.rebuild.kitchen import Kitchen, StoredRelease
from steward.analysis.rebuild.series import SERIES_FILE
from steward.analysis.rebuild.whole import ESTABLISHMENTS, LINKS, VALUES
from steward.analysis.rebuild.withheld import WITHHELD_FILE
from steward.analysis.sources import tables
from steward.analysis.sources.definition import Holds


def write_alike(kitchen: Kitchen, *, releases: Sequence[StoredRelease], comparators: Comparators) -> None:
    """Write neighbours and similar schools, and what they were found by, beside the tables of a rebuild.

    Those must be there: the register, links, values and series are read from the folder, and so is what is
    withheld, since a distance worked out from a withheld figure would tell it.
    """
    lists = _published(kitchen, releases=releases, comparators=comparators)
    found = [_ours(kitchen, definition=one) for one in comparators.values() if one.neighbours is not None]
    circumstances, ours = [one[0] for one in found], [one[1] for one in found]
    lists += [columns.cast(ibis.memtable(one), columns.NEIGHBOURS) for one in ours if len(one)]
    kitchen.write(together(lists) if lists else None, files.NEIGHBOURS_FILE, shape=columns.NEIGHBOURS)
    kitchen.write(_stacked(circumstances), files.CIRCUMSTANCES_FILE, shape=CIRCUMSTANCES)
    _write_similar(kitchen, comparators=comparators)


def _published(
    kitchen: Kitchen, *, releases: Sequence[StoredRelease], comparators: Comparators
) -> list[Table]:
    """Return each published list of which a release is held; of several releases the last loaded."""
    found: dict[str, Table] = {}
    names = {
        (one.published_list.source, one.published_list.layout): one.id
        for one in comparators.values()
        if one.published_list is not None
    }
    for release in kitchen.of_kind(releases, kind=Holds.LOOKUP):
        name = names.get((release.source, release.layout.id))
        if name is None:
            continue
        raw = kitchen.opened(release)
        listed = tables.neighbours(raw, kitchen.recognised(release), release=release.id)
        listed = listed.rename(other="neighbour").mutate(list=ibis.literal(name, type="string"))
        found[name] = columns.cast(listed, columns.NEIGHBOURS)
    return list(found.values())


def _ours(kitchen: Kitchen, *, definition: ComparatorDefinition) -> tuple[pa.Table, pa.Table]:
    """Return the circumstances of authorities, and the neighbours that our own method finds from them."""
    method = definition.neighbours
    if method is None:
        raise ValueError(f"{definition.id} is no method for neighbours.")
    wanted = [feature.measure for feature in method.features if feature.measure]
    series = known_series(_read(kitchen, SERIES_FILE), measures=wanted)
    schools = located(_read(kitchen, ESTABLISHMENTS))
    arrow = kitchen.connection.to_pyarrow
    found = circumstances_of(arrow(series), schools=arrow(schools), features=method.features)
    return _circumstances(found, method=method, name=definition.method), _nearest(
        found, method=method, name=definition.method
    )


def _circumstances(found: Circumstances, *, method: NeighbourMethod, name: str) -> pa.Table:
    points = scaled(found.values, features=method.features)
    row, column = np.nonzero(np.isfinite(found.values))
    years = found.years[row, column]
    return pa.table(
        {
            "authority": [found.authorities[one] for one in row],
            "feature": [method.features[one].id for one in column],
            "year": pa.array(years, pa.int64(), mask=years == 0),
            "value": found.values[row, column],
            "scaled": points[row, column],
            "method": _repeated(name, times=len(row)),
        }
    )


def _nearest(found: Circumstances, *, method: NeighbourMethod, name: str) -> pa.Table:
    differences = differences_of(found.values, authorities=found.authorities, features=method.features)
    weights = np.array([feature.weight for feature in method.features])
    apart = distances(differences, weights=weights, at_least=method.at_least)
    members = in_order(apart, codes=differences.codes, count=method.neighbours)
    one, rank = np.nonzero(members >= 0)
    return pa.table(
        {
            "authority": pa.array([found.authorities[place] for place in one], pa.string()),
            "other": pa.array([found.authorities[place] for place in members[one, rank]], pa.string()),
            "rank": rank + 1,
            "distance": apart[one, members[one, rank]],
            "list": _repeated(name, times=len(one)),
        }
    )


def _read(kitchen: Kitchen, name: str) -> Table:
    return kitchen.connection.read_parquet(kitchen.into / name)


def _write_similar(kitchen: Kitchen, *, comparators: Comparators) -> None:
    intakes, sets = [], []
    for definition in comparators.values():
        method = definition.similar_schools
        if method is None:
            continue
        schools = comparable(_read(kitchen, ESTABLISHMENTS), links=_read(kitchen, LINKS))
        intake = intake_of(_released_values(kitchen), schools=schools, method=method)
        held = kitchen.connection.to_pyarrow(intake.order_by("phase", "urn", "feature"))
        intakes.append(held.append_column("method", _repeated(definition.method, times=len(held))))
        sets.extend(_sets(held, method=method, definition=definition))
    kitchen.write(_stacked(intakes), files.INTAKE_FILE, shape=INTAKE)
    kitchen.write(_stacked(sets), files.SIMILAR_FILE, shape=columns.SIMILAR)


def _released_values(kitchen: Kitchen) -> Table:
    """Return the figures of schools without those that are withheld to protect pupils."""
    values, held = _read(kitchen, VALUES), _read(kitchen, WITHHELD_FILE)
    own = held.filter(held.level == SCHOOL, held.figure)
    hidden = own.select(urn=own.area.cast("int64"), indicator=own.indicator, period=own.period)
    return values.anti_join(hidden, ["urn", "indicator", "period"])


def _sets(held: pa.Table, *, method: SimilarSchools, definition: ComparatorDefinition) -> list[pa.Table]:
    """Return the similar schools of every phase that has enough schools to compare."""
    found = []
    for phase, features in method.phases.items():
        of_phase = held.filter(pc.equal(held["phase"], phase.value))
        urns, values, newest = _matrix(of_phase, features=features)
        if len(urns) > method.fewest:
            found.append(_phase_sets(urns, values=values, features=features, method=method))
            rows = len(found[-1])
            found[-1] = (
                found[-1]
                .append_column("method", _repeated(definition.method, times=rows))
                .append_column("period", pa.array(np.full(rows, newest), pa.int64()))
            )
    return found


def _matrix(held: pa.Table, *, features: Sequence[Feature]) -> tuple[NDArray[np.int64], Numbers, int]:
    """Return the URNs, their features (a row each, NaN where not published) and the newest year there is."""
    urns, of_row = np.unique(held["urn"].to_numpy(), return_inverse=True)
    values = np.full((len(urns), len(features)), np.nan)
    place = {feature.id: number for number, feature in enumerate(features)}
    of_column = np.array([place[one] for one in held["feature"].to_pylist()], dtype=np.int64)
    values[of_row, of_column] = held["value"].to_numpy()
    return urns, values, int(held["period"].to_numpy().max(initial=0))


def _phase_sets(
    urns: NDArray[np.int64], *, values: Numbers, features: Sequence[Feature], method: SimilarSchools
) -> pa.Table:
    count = min(method.schools, len(urns) - 1)
    found = nearest_schools(values, urns=urns, features=features, schools=count, at_least=method.at_least)
    school, rank = np.nonzero(found.places >= 0)
    return pa.table(
        {
            "urn": urns[school],
            "other": urns[found.places[school, rank]],
            "rank": rank + 1,
            "distance": found.distances[school, rank],
        }
    )


def _repeated(text: str, *, times: int) -> pa.Array:
    return pa.repeat(pa.scalar(text), times)


def _stacked(found: Sequence[pa.Table]) -> Table | None:
    whole = pa.concat_tables(found) if found else None
    return ibis.memtable(whole) if whole is not None and len(whole) else None
