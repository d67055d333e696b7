"""Who may stand in a set of similar schools, and what their pupils are like."""

from collections.abc import Sequence

from ibis.expr.types import BooleanValue, Table

from steward.analysis.comparison.comparators import Feature, SimilarSchools
from steward.analysis.indicators.places import ROLL, STATE_FUNDED
from steward.vocabulary.phases import Standing
from steward.vocabulary.values import KNOWN


def comparable(establishments: Table, *, links: Table) -> Table:
    """Return URN and phase of every open state-funded school as the newest register has it.

    A school that another open school followed is left out, so that one school never counts twice.
    """
    newest = establishments.group_by("urn").agg(
        phase=establishments.phase.argmax(establishments.as_at),
        standing=establishments.standing.argmax(establishments.as_at),
        governance=establishments.governance.argmax(establishments.as_at),
    )
    opened = newest.filter(
        newest.standing == Standing.OPEN.value, newest.governance.isin(list(STATE_FUNDED))
    ).select("urn", "phase")
    followed = links.semi_join(opened, "urn").select(urn=links.predecessor).distinct()
    return opened.anti_join(followed, "urn")


def intake_of(values: Table, *, schools: Table, method: SimilarSchools) -> Table:
    """Return the newest known figure of each feature of each school (urn, phase, feature, period, value).

    Nothing older than the method's number of years before the newest census is taken. Schools without a
    roll in those years are left out, and so are phases for which the method names no features.
    """
    wanted = _wanted(method)
    known = values.filter(
        values.preferred, values.status == KNOWN, values.indicator.isin(sorted(set().union(*wanted.values())))
    ).mutate(period=values.period.cast("int64"))
    newest = known.filter(known.indicator == ROLL).agg(newest=known.period.max())
    recent = known.cross_join(newest)
    recent = recent.filter(recent.period > recent.newest - method.years)
    found = recent.group_by("urn", "indicator").agg(
        value=recent.value.argmax(recent.period), period=recent.period.max()
    )
    placed = found.inner_join(schools, "urn")
    fitting = placed.filter(
        _any_of([(placed.phase == phase) & placed.indicator.isin(ids) for phase, ids in wanted.items()])
    )
    on_roll = fitting.filter(fitting.indicator == ROLL).select("urn")
    return fitting.semi_join(on_roll, "urn").rename(feature="indicator")


def _wanted(method: SimilarSchools) -> dict[str, list[str]]:
    return {phase.value: _ids(features) for phase, features in method.phases.items()}


def _ids(features: Sequence[Feature]) -> list[str]:
    return [feature.id for feature in features]


def _any_of(conditions: Sequence[BooleanValue]) -> BooleanValue:
    first, *others = conditions
    for other in others:
        first = first | other
    return first
