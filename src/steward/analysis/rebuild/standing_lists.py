"""What is said of all standings together: which year is the latest, who is listed, and who ranks where."""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from steward.analysis.comparison import listing
from steward.analysis.indicators.definition import IndicatorDefinition
from steward.analysis.rebuild.standing_rows import Flags, Gathered, Whole

Columns = dict[str, NDArray[np.generic]]

ENGLAND, PHASE = "england", "phase"
"""Whose the target is: England's, or the mean of the schools of the phase."""

_ENOUGH = 0.5
"""A year is the latest where at least this share of the schools can be judged that could in another."""
_STALE_YEARS, _OLD_YEARS = 4, 5
"""So many years behind the newest of its theme, or of all, a measure is one of earlier years."""


def completed(made: Columns, *, rows: Gathered, indicators: Mapping[str, IndicatorDefinition]) -> pa.Table:
    """Return the standings with the latest years marked, lists and ranks in them, and names for numbers."""
    latest, pooled = made["latest"].astype(np.bool_), made["pooled"].astype(np.int64)
    ends = _lists(made, latest=latest, pooled=pooled)
    ends |= _ranks(made, latest=latest, pooled=pooled, rows=rows, indicators=indicators)
    names = {"authority": rows.authorities, "phase": rows.phases, "indicator": rows.indicators}
    whose = np.where(made["beside"], ENGLAND, PHASE)
    table = {name: pa.array(column, from_pandas=True) for name, column in (made | ends).items()}
    for name, texts in names.items():
        codes = pa.array(made[name].astype(np.int32))
        table[name] = pa.DictionaryArray.from_arrays(codes, pa.array(texts, pa.string())).cast(pa.string())
    return pa.table(table | {"beside": pa.array(whose)})


def latest_years(
    rows: Gathered, *, indicators: Mapping[str, IndicatorDefinition]
) -> Mapping[tuple[int, int], int]:
    """Return for each indicator and phase the newest year in which enough of its schools can be judged.

    An indicator that falls years behind the others of its theme has none.
    """
    keys = np.stack([rows.indicator, rows.phase, rows.period])
    distinct, counts = np.unique(keys, axis=1, return_counts=True)
    judged = list(zip(distinct.T.tolist(), counts.tolist(), strict=True))
    most: dict[tuple[int, int], int] = {}
    for (indicator, phase, _), count in judged:
        most[indicator, phase] = max(count, most.get((indicator, phase), 0))
    newest: dict[tuple[int, int], int] = {}
    for (indicator, phase, period), count in judged:
        if count >= _ENOUGH * most[indicator, phase]:
            newest[indicator, phase] = max(period, newest.get((indicator, phase), 0))
    themes = [indicators[name].theme for name in rows.indicators]
    of_theme: dict[str, int] = {}
    for (indicator, _), period in newest.items():
        of_theme[themes[indicator]] = max(period, of_theme.get(themes[indicator], 0))
    of_all = max(of_theme.values(), default=0)
    return {
        (indicator, phase): period
        for (indicator, phase), period in newest.items()
        if of_theme[themes[indicator]] - period < _STALE_YEARS and of_all - period < _OLD_YEARS
    }


def _lists(made: Columns, *, latest: Flags, pooled: Whole) -> Columns:
    """Return who is listed in each authority, of the latest year and of the years put together apart."""
    families = made["authority"].astype(np.int64) * 2 + pooled
    schools = made["urn"].astype(np.int64)
    found: Columns = {}
    for name, tested in (("unlikely", "chance"), ("unusual", "p_value")):
        p_values = made[tested].astype(np.float64)
        rows = np.flatnonzero(latest & ~np.isnan(p_values))
        flags = np.zeros(len(latest), dtype=np.bool_)
        flags[rows] = listing.listed(p_values[rows], families=families[rows], schools=schools[rows])
        found[name] = flags
    return found


def _ranks(
    made: Columns,
    *,
    latest: Flags,
    pooled: Whole,
    rows: Gathered,
    indicators: Mapping[str, IndicatorDefinition],
) -> Columns:
    estimates = made["estimate"].astype(np.float64)
    chosen = np.flatnonzero(latest & ~np.isnan(estimates))
    keys = [made[name].astype(np.int64)[chosen] for name in ("authority", "phase", "indicator")]
    groups = np.unique(np.stack([*keys, pooled[chosen]]), axis=1, return_inverse=True)[1].reshape(-1)
    good = np.array([indicators[name].polarity == "high" for name in rows.indicators], dtype=np.bool_)
    found = listing.ranked(
        estimates[chosen],
        deviations=made["deviation"].astype(np.float64)[chosen],
        groups=groups,
        high_is_good=good[keys[2]],
    )
    among = np.bincount(groups, minlength=1)[groups] if len(groups) else groups
    named = {"rank": found.middle, "rank_low": found.low, "rank_high": found.high, "ranked": among}
    columns: Columns = {}
    for name, column in named.items():
        whole = np.full(len(estimates), np.nan)
        whole[chosen] = column
        columns[name] = whole
    return columns
