"""Real published files, opened as the store opens them."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import ibis
import pytest

from steward.analysis.indicators.catalogue import read_indicators
from steward.analysis.indicators.definition import IndicatorDefinition
from steward.analysis.indicators.stacks import OpenRelease
from steward.analysis.sources import reading, recognition, tables
from steward.analysis.sources.catalogue import read_sources
from steward.regimes.frameworks import InspectionFramework, read_frameworks

Opened = tuple[ibis.Table, recognition.Recognised]


@pytest.fixture(scope="session")
def opened(published_data: Path) -> Callable[[str], Opened]:
    """Return how to open a published file by its path in the folder."""
    sources = read_sources()

    @cache
    def open_file(path: str) -> Opened:
        peek = reading.peek(published_data / path)
        found = recognition.recognise(peek, sources=sources)
        return ibis.memtable(reading.read(peek, layout=found.layout).table), found

    return open_file


@pytest.fixture(scope="session")
def released(opened: Callable[[str], Opened]) -> Callable[[str], OpenRelease]:
    """Return how to open a published file as a release; its id is its path."""

    def release(path: str) -> OpenRelease:
        raw, found = opened(path)
        period = None if found.period is None or found.layout.period.place == "columns" else found.period.ends
        return OpenRelease(path, raw, found.source.id, found.layout, period, found.version)

    return release


@pytest.fixture(scope="session")
def indicators() -> dict[str, IndicatorDefinition]:
    """Return the indicators as shipped."""
    return read_indicators()


@pytest.fixture(scope="session")
def frameworks() -> dict[str, InspectionFramework]:
    """Return the inspection frameworks as shipped."""
    return read_frameworks()


@pytest.fixture(scope="session")
def register(opened: Callable[[str], Opened]) -> ibis.Table:
    """Return the register rows of 2018-19."""
    path = "performance_tables/2018-2019/england_school_information.csv.gz"
    raw, found = opened(path)
    return tables.establishments(raw, found, release=path)
