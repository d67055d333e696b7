"""The dated definitions of accountability measures, by year."""

from functools import cache
from pathlib import Path

from steward.analysis.accountability.definition import (
    AttainmentRules,
    DatedRule,
    KeyStage2Tables,
    LevelTables,
    Progress8Tables,
    Standard,
)
from steward.definitions import FOLDER
from steward.definitions.reading import read_definitions

_FOLDER = FOLDER / "accountability"


@cache
def progress_8_tables(folder: Path = _FOLDER) -> dict[int, Progress8Tables]:
    """Return the tables of Progress 8 by the calendar year in which the academic year ends."""
    found = read_definitions((folder / "progress_8",), Progress8Tables)
    return {one.year: one for one in found.values()}


@cache
def attainment_rules(folder: Path = _FOLDER) -> tuple[AttainmentRules, ...]:
    """Return the points of grades in Attainment 8, the earliest rules first."""
    found = read_definitions((folder / "attainment_8",), AttainmentRules)
    return tuple(sorted(found.values(), key=lambda one: one.in_force_from))


@cache
def key_stage_2_tables(folder: Path = _FOLDER) -> dict[int, KeyStage2Tables]:
    """Return the tables of key stage 2 since scaled scores, by year."""
    found = read_definitions((folder / "key_stage_2",), KeyStage2Tables)
    return {one.year: one for one in found.values()}


@cache
def level_tables(folder: Path = _FOLDER) -> LevelTables:
    """Return the points of levels and what was expected progress, until 2015."""
    return read_definitions((folder / "levels",), LevelTables)["levels_2015"]


@cache
def standards(folder: Path = _FOLDER) -> tuple[Standard, ...]:
    """Return the floor standards and coasting of every year, the newest first."""
    found = read_definitions((folder / "standards",), Standard)
    order = sorted(found.values(), key=lambda one: (one.measure == "coasting", one.phase))
    return tuple(sorted(order, key=lambda one: -one.year))


def every(folder: Path = _FOLDER) -> tuple[DatedRule, ...]:
    """Return every definition, for its review and for the printed methodology."""
    return (
        *progress_8_tables(folder).values(),
        *attainment_rules(folder),
        *key_stage_2_tables(folder).values(),
        level_tables(folder),
        *standards(folder),
    )
