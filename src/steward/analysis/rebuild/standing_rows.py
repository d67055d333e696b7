"""The figures of schools that can be judged, as arrays: with where a school was, its pupils and its error."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import ibis
import numpy as np
import pyarrow as pa
from ibis.backends import BaseBackend
from ibis.expr.types import Table
from numpy.typing import NDArray

from steward.analysis.indicators.definition import IndicatorDefinition
from steward.vocabulary.values import KNOWN

Numbers = NDArray[np.float64]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]

_PRINTED_REACH = 1.96
"""How many standard errors each way printed 95% limits reach."""

_ENOUGH_PRINTED = 10
"""From so many schools' printed limits the spread of pupils of a year is told."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """Rows as arrays: authority, phase and indicator are numbers of the names beside them."""

    urn: Whole
    period: Whole
    since: Whole
    authority: Whole
    phase: Whole
    indicator: Whole
    value: Numbers
    pupils: Numbers
    error: Numbers
    authorities: Sequence[str]
    phases: Sequence[str]
    indicators: Sequence[str]

    def only(self, kept: Flags) -> "Gathered":
        """Return the rows of which `kept` is true."""
        return replace(
            self,
            urn=self.urn[kept],
            period=self.period[kept],
            since=self.since[kept],
            authority=self.authority[kept],
            phase=self.phase[kept],
            indicator=self.indicator[kept],
            value=self.value[kept],
            pupils=self.pupils[kept],
            error=self.error[kept],
        )

    def with_figures(self, *, value: Numbers, pupils: Numbers, error: Numbers, since: Whole) -> "Gathered":
        """Return the same schools with other figures."""
        return replace(self, value=value, pupils=pupils, error=error, since=since)

    def by_indicator(self) -> Iterator[tuple[str, "Gathered"]]:
        """Yield each indicator with its rows."""
        for number in np.unique(self.indicator):
            yield self.indicators[int(number)], self.only(self.indicator == number)


def gathered(
    connection: BaseBackend,
    *,
    values: Table,
    places: Table,
    indicators: Mapping[str, IndicatorDefinition],
) -> Gathered:
    """Return the preferred known figures with a polarity whose pupils and standard error are known."""
    measured = _measured(indicators)
    known = values.filter(values.preferred, values.status == KNOWN, values.indicator.isin(measured))
    joined = known.join(places, ["urn", "period"]).left_join(
        _printed_limits(values, measured=measured), ["urn", "period", "indicator"]
    )
    chosen = joined.select(
        *("urn", "period", "authority", "phase", "indicator", "value"),
        pupils=ibis.coalesce(joined.cohort, joined.limits_cohort),
        low=joined.low,
        high=joined.high,
    )
    return _rows(connection.to_pyarrow(chosen), indicators=indicators)


def _measured(indicators: Mapping[str, IndicatorDefinition]) -> list[str]:
    """Return the indicators that can be judged in some year."""
    return [
        name
        for name, one in indicators.items()
        if one.polarity != "none"
        and (
            one.share_of_pupils
            or one.pupil_spreads
            or {f"{name}_lower", f"{name}_upper"} <= indicators.keys()
        )
    ]


def _printed_limits(values: Table, *, measured: Sequence[str]) -> Table:
    """Return the printed 95% limits: urn, period, indicator, low, high, limits_cohort."""
    known = values.filter(values.preferred, values.status == KNOWN)

    def ends(suffix: str) -> Table:
        named = known.filter(known.indicator.isin([f"{name}{suffix}" for name in measured]))
        return named.mutate(indicator=named.indicator.replace(suffix, ""))

    low, high = ends("_lower"), ends("_upper")
    both = low.join(
        high.select("urn", "period", "indicator", high=high.value), ["urn", "period", "indicator"]
    )
    return both.select(
        "urn", "period", "indicator", low=both.value, high=both.high, limits_cohort=both.cohort
    )


def _rows(table: pa.Table, *, indicators: Mapping[str, IndicatorDefinition]) -> Gathered:
    codes, names = zip(*(_numbered(table, name) for name in ("authority", "phase", "indicator")), strict=True)
    period = _whole(table, "period")
    value, pupils, low, high = (_numbers(table, name) for name in ("value", "pupils", "low", "high"))
    error = _errors(codes[2], period=period, pupils=pupils, definitions=[indicators[one] for one in names[2]])
    printed = _error_of_limits(value, low=low, high=high)
    error = np.where(np.isnan(error), printed, error)
    implied = _errors_of_spreads(codes[2], period=period, pupils=pupils, printed=printed)
    error = np.where(np.isnan(error), implied, error)
    shares = np.array([indicators[one].share_of_pupils for one in names[2]], dtype=np.bool_)
    judged = (pupils >= 1) & np.isfinite(value) & (_of(shares, codes[2]) | (error > 0))
    rows = Gathered(
        urn=_whole(table, "urn"),
        period=period,
        since=period,
        authority=codes[0],
        phase=codes[1],
        indicator=codes[2],
        value=value,
        pupils=pupils,
        error=error,
        authorities=names[0],
        phases=names[1],
        indicators=names[2],
    )
    possible = ~_of(shares, codes[2]) | ((value >= 0) & (value <= 100))
    return rows.only(judged & possible)


def _errors(
    indicator: Whole, *, period: Whole, pupils: Numbers, definitions: Sequence[IndicatorDefinition]
) -> Numbers:
    """Return the standard error of each mean from the spread of pupils of its year; nan where unknown."""
    found = np.full(len(period), np.nan)
    for number, definition in enumerate(definitions):
        for spread in definition.pupil_spreads:
            here = (indicator == number) & (period == spread.year) & (pupils >= 1)
            found[here] = spread.deviation / np.sqrt(pupils[here])
    return found


def _error_of_limits(value: Numbers, *, low: Numbers, high: Numbers) -> Numbers:
    """Return the standard error that printed limits imply, where the figure lies in their middle."""
    belongs = np.abs((low + high) / 2 - value) <= 0.01 + 1e-9
    return np.where(belongs, (high - low) / 2 / _PRINTED_REACH, np.nan)


def _errors_of_spreads(indicator: Whole, *, period: Whole, pupils: Numbers, printed: Numbers) -> Numbers:
    """Return the standard error of each mean from the spread of pupils that printed limits imply.

    A figure that was changed after its limits were printed has none of its own. Limits reach 1.96 spreads of
    all pupils in England over the root of the number of pupils, so those of the other schools of the
    year tell the spread; nan where fewer than `_ENOUGH_PRINTED` do. Source: Secondary accountability measures
    (Department for Education), confidence intervals of Progress 8.
    """
    found = np.full(len(period), np.nan)
    sized = pupils >= 1
    for number, year in np.unique(np.stack([indicator, period]), axis=1).T.tolist():
        here = sized & (indicator == number) & (period == year)
        telling = here & (printed > 0)
        if telling.sum() >= _ENOUGH_PRINTED:
            spread = printed[telling].sum() / (1 / np.sqrt(pupils[telling])).sum()
            found[here] = spread / np.sqrt(pupils[here])
    return found


def _of(flags: Flags, codes: Whole) -> Flags:
    return flags[codes] if len(flags) else np.zeros(len(codes), dtype=np.bool_)


def _numbered(table: pa.Table, name: str) -> tuple[Whole, list[str]]:
    """Return a column of texts as numbers of its distinct texts, and those; absent texts are ""."""
    column = table[name].combine_chunks().fill_null("").dictionary_encode()
    codes = column.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    return codes, column.dictionary.to_pylist()


def _whole(table: pa.Table, name: str) -> Whole:
    found: Whole = table[name].to_numpy().astype(np.int64)
    return found


def _numbers(table: pa.Table, name: str) -> Numbers:
    found: Numbers = table[name].to_numpy(zero_copy_only=False).astype(np.float64)
    return found
