"""The department's two lists of statistical neighbours, read from its files, agree as far as was measured."""

from collections.abc import Mapping
from pathlib import Path

import ibis
import numpy as np
import pytest

from steward.analysis.comparison.neighbours import kept, reciprocity
from steward.analysis.sources import catalogue, reading, recognition, tables

pytestmark = pytest.mark.real

LISTS = {2021: "lait/sn_april_2021.xlsx", 2025: "lait/sn_may_2025.xlsx"}


@pytest.fixture(scope="module")
def lists(published_data: Path) -> Mapping[int, Mapping[str, set[str]]]:
    """Return by year and authority the ten neighbours of its list."""
    sources, found = catalogue.read_sources(), {}
    for year, path in LISTS.items():
        peeked = reading.peek(published_data / path)
        told = recognition.recognise(peeked, sources=sources)
        published = reading.read(peeked, layout=told.layout)
        rows = tables.neighbours(ibis.memtable(published.table), told, release=path)
        own: dict[str, set[str]] = {}
        for row in ibis.duckdb.connect().to_pyarrow(rows).to_pylist():
            own.setdefault(row["authority"], set()).add(row["neighbour"])
        found[year] = {area: near for area, near in own.items() if len(near) == 10}
    return found


def test_both_lists_name_ten_for_nearly_every_authority(lists: Mapping[int, Mapping[str, set[str]]]) -> None:
    assert {year: len(own) for year, own in lists.items()}[2025] >= 150
    assert {year: len(own) for year, own in lists.items()}[2021] >= 148


def test_they_have_five_and_a_half_of_ten_in_common(lists: Mapping[int, Mapping[str, set[str]]]) -> None:
    """Source: methods 4, 5.57 of 10."""
    areas = sorted(set(lists[2021]) & set(lists[2025]))
    found = kept([lists[2021][area] for area in areas], after=[lists[2025][area] for area in areas])
    assert found == pytest.approx(5.57, abs=0.005)


@pytest.mark.parametrize("year", list(LISTS))
def test_six_in_ten_choose_back(year: int, lists: Mapping[int, Mapping[str, set[str]]]) -> None:
    """Source: methods 4, a reciprocity of 0.59 in both lists."""
    own = lists[year]
    every = sorted(set(own) | {near for listed in own.values() for near in listed})
    place = {area: number for number, area in enumerate(every)}
    members = np.array(
        [[place[near] for near in sorted(own[area])] if area in own else [-1] * 10 for area in every]
    )
    assert reciprocity(members) == pytest.approx(0.59, abs=0.005)
