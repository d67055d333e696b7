"""The catalogue of indicators, and which of them a release can feed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from steward.analysis.indicators.definition import IndicatorDefinition, Reading
from steward.analysis.sources.definition import Layout
from steward.definitions import FOLDER
from steward.definitions.reading import DefinitionFault, read_definitions


def read_indicators(folders: Iterable[Path] = (FOLDER / "indicators",)) -> dict[str, IndicatorDefinition]:
    """Return every indicator by id; a later folder may replace an earlier one.

    Raises DefinitionFault naming the file when an indicator is read twice from the same column.
    """
    found = read_definitions(folders, IndicatorDefinition)
    for indicator in found.values():
        _refuse_impossible(indicator)
    return found


@dataclass(frozen=True, slots=True)
class ReleaseShape:
    """What has to be known of a release to tell which indicators it feeds.

    `period` is the academic year by the calendar year of its end; None where years stand side by side.
    """

    source: str
    layout: Layout
    period: int | None
    columns: frozenset[str]


@dataclass(frozen=True, slots=True)
class Use:
    """An indicator read in one way from one release for one year."""

    indicator: IndicatorDefinition
    reading: Reading
    period: int


def school_uses(shape: ReleaseShape, *, indicators: Mapping[str, IndicatorDefinition]) -> tuple[Use, ...]:
    """Return how each indicator is read from the columns of a release, the first fitting reading of each."""
    uses: dict[tuple[str, int], Use] = {}
    for indicator in indicators.values():
        for use in _fitting(indicator, shape=shape):
            if not use.reading.series:
                uses.setdefault((indicator.id, use.period), use)
    return tuple(uses.values())


def series_uses(shape: ReleaseShape, *, indicators: Mapping[str, IndicatorDefinition]) -> tuple[Use, ...]:
    """Return the readings that take a series of area figures from a release; `period` is their first year."""
    return tuple(
        Use(indicator, reading, reading.from_year)
        for indicator in indicators.values()
        for reading in indicator.readings
        if reading.series and _names(reading, shape=shape)
    )


def _fitting(indicator: IndicatorDefinition, *, shape: ReleaseShape) -> Iterator[Use]:
    for reading in indicator.readings:
        if not _names(reading, shape=shape) or not _columns_of(reading) <= shape.columns:
            continue
        if shape.period is None:
            yield Use(indicator, reading, reading.from_year)
        elif reading.from_year <= shape.period <= reading.to_year:
            yield Use(indicator, reading, shape.period)


def _names(reading: Reading, *, shape: ReleaseShape) -> bool:
    return reading.source == shape.source and (not reading.layouts or shape.layout.id in reading.layouts)


def _columns_of(reading: Reading) -> set[str]:
    named = (reading.value, reading.numerator, reading.denominator, *reading.cohort_columns)
    return {column for column in named if column}


def _refuse_impossible(indicator: IndicatorDefinition) -> None:
    for reading in indicator.readings:
        if reading.from_year > reading.to_year:
            raise DefinitionFault(
                f"{indicator.id}.yaml: a reading of {reading.source} runs from {reading.from_year} "
                f"to {reading.to_year}; put the earlier year first."
            )
