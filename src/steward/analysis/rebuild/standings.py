"""The table of how every school stands in every measure: gathered, judged by phase and year, and written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import ibis
import numpy as np
import pyarrow as pa
from ibis.expr.types import Table
from numpy.typing import NDArray

from steward.analysis import columns
from steward.analysis.comparison import pooling
from steward.analysis.comparison.standings import (
    Figures,
    group_mean,
    standings_of_means,
    standings_of_shares,
)
from steward.analysis.indicators.definition import IndicatorDefinition
from steward.analysis.rebuild import standing_lists
from steward.analysis.rebuild.kitchen import Kitchen
from steward.analysis.rebuild.standing_rows import Gathered, gathered
from steward.vocabulary.areas import Level
from steward.vocabulary.phases import Phase
from steward.vocabulary.values import KNOWN

STANDINGS_FILE = "standings.parquet"
_AREAS_FILE = "areas.parquet"

Numbers = NDArray[np.float64]
Columns = dict[str, NDArray[np.generic]]
Targets = Mapping[tuple[str, int], float]

_OF_A_KEY_STAGE = ("attainment", "progress", "destinations")
"""Themes whose figure of England is of pupils of one age, whatever mainstream school they go to."""


def write_standings(
    kitchen: Kitchen,
    *,
    values: Table,
    places: Table,
    indicators: Mapping[str, IndicatorDefinition],
) -> Table:
    """Write STANDINGS of the preferred values with a polarity whose pupils are known, and return it.

    `places` is PLACES; the areas must have been written before. A share of pupils can be judged by its
    pupils, a mean where the spread of pupils of the year is defined or its 95% limits are printed.
    """
    rows = gathered(kitchen.connection, values=values, places=places, indicators=indicators)
    targets = _targets(kitchen)
    made = standings_of(rows, targets=targets, indicators=indicators)
    table = None if made is None else ibis.memtable(made).order_by("urn", "indicator", "period", "pooled")
    return kitchen.write(table, STANDINGS_FILE, shape=columns.STANDINGS)


def standings_of(
    rows: Gathered, *, targets: Targets, indicators: Mapping[str, IndicatorDefinition]
) -> pa.Table | None:
    """Return STANDINGS of the rows as an Arrow table; None where nothing can be judged.

    `targets` are England's figures by indicator and year.
    """
    parts: list[Columns] = []
    latest = standing_lists.latest_years(rows, indicators=indicators)
    for code, of_indicator in rows.by_indicator():
        judge = _Judge(indicators[code], of_indicator, targets, latest)
        parts.extend(judge.all_years())
    if not parts:
        return None
    whole = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    return standing_lists.completed(whole, rows=rows, indicators=indicators)


def _targets(kitchen: Kitchen) -> Targets:
    areas = kitchen.connection.read_parquet(kitchen.into / _AREAS_FILE)
    england = areas.filter(
        areas.level == Level.ENGLAND.value, areas.phase == "all", areas.preferred, areas.status == KNOWN
    )
    listed = kitchen.connection.to_pyarrow(england.select("indicator", "period", "value")).to_pylist()
    return {(row["indicator"], row["period"]): row["value"] for row in listed}


@dataclass(frozen=True, slots=True)
class _Judge:
    """Judges the schools of one indicator; `rows` are those whose pupils and chance are known."""

    indicator: IndicatorDefinition
    rows: Gathered
    targets: Targets
    latest: Mapping[tuple[int, int], int]

    def all_years(self) -> Iterator[Columns]:
        """Yield the standings of each year, and of the years put together that end with the latest."""
        held = {int(year) for year in np.unique(self.rows.period)}
        for year in sorted(held):
            one = self.rows.only(self.rows.period == year)
            yield from self._by_phase(one, years=(year,))
            years = pooling.years_to_pool(year, indicator=self.indicator, held=held)
            if len(years) > 1 and year in self.latest_by_phase.values():
                yield from self._by_phase(self._pooled(years), years=years)

    @property
    def latest_by_phase(self) -> dict[int, int]:
        """The latest year of each phase, by the number of the phase."""
        indicator = int(self.rows.indicator[0])
        return {phase: year for (one, phase), year in self.latest.items() if one == indicator}

    def _by_phase(self, rows: Gathered, *, years: tuple[int, ...]) -> Iterator[Columns]:
        latest = self.latest_by_phase
        for phase in np.unique(rows.phase).tolist():
            newest = latest.get(phase) == years[-1]
            if newest or len(years) == 1:
                group = rows.only(rows.phase == phase)
                yield self._group(group, years=years) | {"latest": np.full(len(group.urn), newest)}

    def _group(self, rows: Gathered, *, years: tuple[int, ...]) -> Columns:
        figures = Figures(rows.value, rows.pupils, rows.error)
        target, beside = self._target(figures, phase=rows.phases[int(rows.phase[0])], years=years)
        stand = standings_of_shares if self.indicator.share_of_pupils else standings_of_means
        found = stand(figures, target=target, smallest=self.indicator.minimum_cohort)
        schools = len(rows.urn)
        return {
            "urn": rows.urn,
            "authority": rows.authority,
            "phase": rows.phase,
            "indicator": rows.indicator,
            "period": rows.period,
            "since": rows.since,
            "pooled": np.full(schools, len(years) > 1),
            "value": rows.value,
            "pupils": rows.pupils,
            "error": rows.error,
            "target": np.full(schools, target),
            "beside": np.full(schools, beside),
            "variance": np.full(schools, found.dispersion.tau_squared),
            "estimate": found.estimate,
            "deviation": found.deviation,
            "low": found.low,
            "high": found.high,
            "below": found.below,
            "chance": found.chance,
            "score": found.score,
            "p_value": found.p_value,
            "few": rows.pupils < self.indicator.minimum_cohort,
        }

    def _target(self, figures: Figures, *, phase: str, years: tuple[int, ...]) -> tuple[float, bool]:
        """Return the target, and whether it is England's: over several years by the pupils of each."""
        known = [self.targets.get((self.indicator.id, year)) for year in years]
        fits = self.indicator.theme in _OF_A_KEY_STAGE and phase != Phase.SPECIAL.value
        if not fits or any(one is None for one in known):
            return group_mean(figures), False
        weights = [float(self.rows.pupils[self.rows.period == year].sum()) for year in years]
        return float(np.average([one or 0.0 for one in known], weights=weights)), True

    def _pooled(self, years: tuple[int, ...]) -> Gathered:
        """Return one row for each school of the last year that has a year before it, put together."""
        last = self.rows.only(self.rows.period == years[-1])
        shape = (len(last.urn), len(years))
        values, pupils, variances = (np.full(shape, np.nan) for _ in range(3))
        for column, year in enumerate(years):
            one = self.rows.only(self.rows.period == year)
            mine, theirs = np.intersect1d(last.urn, one.urn, return_indices=True)[1:]
            values[mine, column] = one.value[theirs]
            pupils[mine, column] = one.pupils[theirs]
            variances[mine, column] = one.error[theirs] ** 2
        found = pooling.pooled(values, pupils=pupils, variances=variances, years=years)
        return last.with_figures(
            value=found.value, pupils=found.pupils, error=np.sqrt(found.variance), since=found.since
        ).only(found.since < years[-1])
