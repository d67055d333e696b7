"""Every definition loads, has an owner, and is reviewed in time."""

import datetime
import warnings

from steward.analysis.accountability.catalogue import every as accountability_rules
from steward.analysis.comparison.comparators import read_comparators
from steward.analysis.comparison.gap_measures import gaps_of, read_gap_measures
from steward.analysis.comparison.groups import read_groups
from steward.analysis.disclosure.policy import read_policy
from steward.analysis.indicators.catalogue import read_indicators
from steward.analysis.indicators.outcome_topics import read_topics
from steward.analysis.indicators.series_breaks import read_breaches
from steward.analysis.indicators.standards import read_standards
from steward.analysis.matching.weights import read_matching_weights
from steward.analysis.sources.catalogue import read_sources
from steward.documents.lint.rules import read_lint_rules
from steward.regimes.frameworks import read_frameworks
from steward.regimes.notices import read_notices
from steward.regimes.powers import read_powers
from steward.regimes.working_days import read_calendars


def test_every_definition_has_an_owner_and_a_review_to_come():
    definitions = [
        *read_sources().values(),
        *read_indicators().values(),
        *read_frameworks().values(),
        *read_comparators().values(),
    ]
    definitions += read_matching_weights().values()
    definitions += read_lint_rules().values()
    definitions += accountability_rules()
    definitions += [*read_calendars().values(), *read_notices().values(), *read_powers().values()]
    definitions += [*read_breaches().values(), *read_topics().values(), *read_standards().values()]
    definitions += [*read_groups().values(), *read_gap_measures().values()]
    definitions.append(read_policy())
    assert len(definitions) > 60
    for definition in definitions:
        assert definition.owner
        assert definition.review_on > definition.reviewed_on
        if definition.review_on < datetime.date.today():  # noqa: DTZ011 - a calendar day is meant
            warnings.warn(f"{definition.id} is due for review since {definition.review_on}", stacklevel=1)


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
