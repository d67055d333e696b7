"""Every definition loads, has an owner, and is reviewed in time."""

import datetime
import re
import warnings
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

import steward
from steward.analysis.accountability.catalogue import every as accountability_rules
from steward.analysis.comparison.gap_measures import gaps_of, read_gap_measures
from steward.analysis.comparison.groups import read_groups
from steward.analysis.indicators.catalogue import read_indicators
from steward.analysis.pupils.layout import RESULTS, PupilColumn, read_layouts
from steward.analysis.sources.catalogue import read_sources
from steward.definitions import FOLDER
from steward.definitions.reading import Definition

UNCLASSIFIED = ("UNC",)
"""Codes that say that nothing is known of a pupil, who is then in no member."""
SOURCE = Path(steward.__path__[0])
KINDS = sorted(folder.name for folder in FOLDER.iterdir() if folder.is_dir() and any(folder.rglob("*.yaml")))


READERS = re.compile(r"^def (read_\w+)\(folders: .*\(FOLDER / \"(\w+)\",\)\)", re.MULTILINE)
"""A function that reads every definition of a kind; the kind is the name of its folder."""


@cache
def definitions() -> dict[str, list[Definition]]:
    """Return every definition that is shipped, by kind, as the functions of each kind read them."""
    found: dict[str, list[Definition]] = {"accountability": list(accountability_rules())}
    for path in sorted(SOURCE.rglob("*.py")):
        for function, kind in READERS.findall(path.read_text(encoding="utf-8")):
            module = import_module(".".join(("steward", *path.relative_to(SOURCE).with_suffix("").parts)))
            read = getattr(module, function)()
            found.setdefault(kind, []).extend(read.values() if isinstance(read, dict) else [read])
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_every_file_of_definitions_is_read(kind: str) -> None:
    files = {path.stem for path in FOLDER.joinpath(kind).rglob("*.yaml")}
    told = {definition.id for definition in definitions().get(kind, [])}

    assert told == files, f"{kind}: read {sorted(told - files)}, not read {sorted(files - told)}"


@pytest.mark.parametrize("kind", KINDS)
def test_every_definition_has_an_owner_and_a_review_to_come(kind: str) -> None:
    for definition in definitions()[kind]:
        assert definition.owner.strip(), definition.id
        assert definition.title.strip(), definition.id
        assert definition.review_on > definition.reviewed_on, definition.id
        if definition.review_on < datetime.date.today():  # noqa: DTZ011 - a calendar day is meant
            warnings.warn(f"{definition.id} is due for review since {definition.review_on}", stacklevel=1)


def test_groups_of_pupils_are_those_that_columns_of_a_file_give() -> None:
    groups, layout = read_groups(), read_layouts()[RESULTS]
    for column in layout.columns:
        if not column.group:
            continue
        assert column.group in groups, f"{column.name} belongs to no characteristic"
        group = groups[column.group]
        if not group.open_members:
            given = [code for code in column.codes if code not in UNCLASSIFIED]
            lost = [code for code in given if not any(map(group.member_of, _ways(column, code)))]
            assert not lost, f"{column.name}: {lost} are in no member of {group.id}"


def _ways(column: PupilColumn, code: str) -> tuple[str, ...]:
    return (code, *column.codes[code].written)


def test_indicators_read_publications_that_exist():
    sources = read_sources()
    for indicator in read_indicators().values():
        for reading in indicator.readings:
            layouts = {layout.id for layout in sources[reading.source].layouts}
            assert set(reading.layouts) <= layouts, f"{indicator.id} reads an unknown layout"


def test_there_are_at_least_thirty_indicators():
    assert len(read_indicators()) >= 30


def test_gaps_are_made_of_groups_and_indicators_that_exist():
    gaps = gaps_of(read_gap_measures(), groups=read_groups())
    indicators = read_indicators()
    for gap in gaps.values():
        named = {gap.measure.indicator, *(one.value for one in gap.measure.schools)} - {""}
        named |= {one.other for one in gap.measure.schools}
        assert named <= set(indicators), f"{gap.id} names {named - set(indicators)}"
    assert sum(bool(gap.pair.value) for gap in gaps.values()) >= 100
