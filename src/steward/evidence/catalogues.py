"""The definitions in force: those shipped, and after them the authority's own."""

from functools import cache
from pathlib import Path

from django.conf import settings

from steward.analysis.comparison.comparators import ComparatorDefinition, read_comparators
from steward.analysis.indicators.catalogue import read_indicators
from steward.analysis.indicators.definition import IndicatorDefinition
from steward.analysis.sources.catalogue import read_sources
from steward.analysis.sources.definition import SourceDefinition
from steward.definitions import FOLDER
from steward.regimes.frameworks import InspectionFramework, read_frameworks


@cache
def sources() -> dict[str, SourceDefinition]:
    """Return every publication Steward knows, by id."""
    return read_sources(_folders("sources"))


@cache
def indicators() -> dict[str, IndicatorDefinition]:
    """Return every indicator, by code."""
    return read_indicators(_folders("indicators"))


@cache
def frameworks() -> dict[str, InspectionFramework]:
    """Return every school inspection framework, by id."""
    return read_frameworks(_folders("frameworks"))


@cache
def comparators() -> dict[str, ComparatorDefinition]:
    """Return everything schools and authorities are compared with, by id."""
    return read_comparators(_folders("comparators"))


def _folders(kind: str) -> tuple[Path, ...]:
    own = [Path(settings.STEWARD_DEFINITIONS) / kind] if settings.STEWARD_DEFINITIONS else []
    return (FOLDER / kind, *(folder for folder in own if folder.is_dir()))
