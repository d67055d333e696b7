"""The definitions in force: those shipped, and after them the authority's own."""

from functools import cache
from pathlib import Path

from django.conf import settings

from steward.analysis.accountability.catalogue import progress_8_tables
from steward.analysis.comparison.comparators import ComparatorDefinition, read_comparators
from steward.analysis.comparison.gap_measures import Gap, gaps_of, read_gap_measures
from steward.analysis.comparison.groups import GroupDefinition, read_groups
from steward.analysis.disclosure.policy import DisclosurePolicy, read_policy
from steward.analysis.indicators.catalogue import read_indicators
from steward.analysis.indicators.definition import IndicatorDefinition
from steward.analysis.indicators.outcome_topics import OutcomeTopic, read_topics
from steward.analysis.indicators.series_breaks import BreachOfSeries, read_breaches
from steward.analysis.indicators.standards import StandardsDefinition, read_standards
from steward.analysis.pupils.layout import RESULTS, read_layouts
from steward.analysis.rebuild.pupils import PupilRules
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


@cache
def disclosure_policy() -> DisclosurePolicy:
    """Return the policy of small numbers in force."""
    return read_policy(_folders("disclosure"))


@cache
def groups() -> dict[str, GroupDefinition]:
    """Return every characteristic that divides pupils into groups, by id."""
    return read_groups(_folders("groups"))


@cache
def gaps() -> dict[str, Gap]:
    """Return every gap between groups of pupils that can be asked for, by id."""
    return gaps_of(read_gap_measures(_folders("gaps")), groups=groups())


@cache
def series_breaks() -> dict[str, BreachOfSeries]:
    """Return every breach of the series of authorities, by id."""
    return read_breaches(_folders("series_breaks"))


@cache
def outcome_topics() -> dict[str, OutcomeTopic]:
    """Return the topics of the outcomes of an area by id, in their order."""
    return read_topics(_folders("outcomes"))


@cache
def pupil_rules() -> PupilRules:
    """Return how files of pupils are read, divided into groups and measured."""
    return PupilRules(
        layout=read_layouts(_folders("pupils"))[RESULTS],
        groups=read_groups(_folders("groups")),
        progress=tuple(progress_8_tables().values()),
    )


@cache
def standards() -> dict[str, StandardsDefinition]:
    """Return the accounts of standards, by id."""
    return read_standards(_folders("standards"))


def _folders(kind: str) -> tuple[Path, ...]:
    own = [Path(settings.STEWARD_DEFINITIONS) / kind] if settings.STEWARD_DEFINITIONS else []
    return (FOLDER / kind, *(folder for folder in own if folder.is_dir()))
