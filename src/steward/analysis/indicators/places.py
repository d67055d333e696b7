"""Where each state-funded school was in each year: its authority, region, phase and pupils on roll."""

import ibis
from ibis.expr.types import DateValue, IntegerValue, Table

from steward.vocabulary.phases import Governance, Phase, Standing
from steward.vocabulary.values import KNOWN

ROLL = "roll"
"""Id of the indicator that holds the number of pupils on roll."""
STATE_FUNDED = (Governance.MAINTAINED.value, Governance.ACADEMY.value)
COUNTED_PHASES = (
    Phase.NURSERY.value,
    Phase.PRIMARY.value,
    Phase.SECONDARY.value,
    Phase.ALL_THROUGH.value,
    Phase.SPECIAL.value,
    Phase.POST_16.value,
)
"""Mainstream and special schools: alternative provision is left out of computed area figures."""

PLACES = ibis.schema(
    {
        "urn": "int64",
        "period": "int64",
        "authority": "string",
        "region": "string",
        "phase": "string",
        "pupils": "float64",
    }
)
"""One row for each state-funded mainstream or special school and year in which it was open."""

_LONG_AGO, _FAR_OFF = 0, 9999


def year_of(day: DateValue) -> IntegerValue:
    """Return the academic year of `day` by the calendar year of its end (1 September to 31 August)."""
    return day.year().cast("int64") + ibis.ifelse(day.month() >= 9, 1, 0)


def rolls_of(values: Table, *, indicator: str | int = ROLL) -> Table:
    """Return the pupils on roll of each school and year (urn, period, pupils) from a table of values.

    `indicator` is how the table writes the indicator of the roll, by name or by number.
    """
    known = values.filter(values.indicator == indicator, values.status == KNOWN)
    return known.group_by("urn", "period").agg(pupils=known.value.max())


def places_of(establishments: Table, *, roll: Table, periods: Table) -> Table:
    """Return the PLACES of every school for each year of `periods` (a table with the column period).

    The register row nearest before the year counts, or the first one for earlier years. The roll is
    that of the nearest year, the earlier one of two equally near; null where none is known.
    """
    stays = _stays(establishments)
    placed = stays.join(
        periods,
        [stays.since <= periods.period, stays.until >= periods.period],
    ).select(periods.period, *(stays[name] for name in ("urn", "authority", "region", "phase")))
    spans = nearest_rolls(roll)
    found = placed.left_join(
        spans,
        [placed.urn == spans.urn, placed.period >= spans.since, placed.period <= spans.until],
    )
    kept = [placed[name] for name in ("urn", "period", "authority", "region", "phase")]
    return found.select(*kept, spans.pupils)


def _stays(establishments: Table) -> Table:
    """One row for each school and run of years in which its register row holds and it is counted."""
    listed = establishments.filter(establishments.as_at.notnull(), establishments.urn.notnull())
    listed = listed.mutate(listed_in=year_of(listed.as_at))
    latest = ibis.window(group_by=["urn", "listed_in"], order_by=[ibis.desc("as_at"), "release", "row"])
    yearly = listed.mutate(place=ibis.row_number().over(latest)).filter(ibis._.place == 0)
    by_year = ibis.window(group_by="urn", order_by="listed_in")
    spans = yearly.mutate(
        earlier=yearly.listed_in.lag().over(by_year), later=yearly.listed_in.lead().over(by_year)
    )
    since = ibis.ifelse(spans.earlier.isnull(), _LONG_AGO, spans.listed_in)
    until = ibis.ifelse(spans.later.isnull(), _FAR_OFF, spans.later - 1)
    opened = year_of(spans.opened_on).fill_null(_LONG_AGO)
    closed = year_of(spans.closed_on).fill_null(_FAR_OFF)
    stays = spans.mutate(
        since=ibis.greatest(since, opened),
        until=ibis.least(until, closed),
    ).filter(
        ibis._.governance.isin(STATE_FUNDED),
        ibis._.phase.isin(COUNTED_PHASES),
        ibis._.standing != Standing.PROPOSED.value,
        ibis._.since <= ibis._.until,
    )
    return _with_region(stays, establishments=listed)


def _with_region(stays: Table, *, establishments: Table) -> Table:
    """Fill regions by authority, since not every register prints them."""
    printed = establishments.filter(establishments.region.notnull(), establishments.region != "")
    regions = printed.group_by("authority").agg(region_of_authority=printed.region.max())
    joined = stays.left_join(regions, "authority")
    return joined.select("urn", "since", "until", "authority", "phase", region=joined.region_of_authority)


def nearest_rolls(roll: Table) -> Table:
    """Return one row for each school and run of years (since, until) to which one known roll is nearest.

    `roll` has urn, period and pupils. Of two years equally near the earlier one counts.
    """
    by_year = ibis.window(group_by="urn", order_by="period")
    near = roll.mutate(earlier=roll.period.lag().over(by_year), later=roll.period.lead().over(by_year))
    middle_before = ((near.earlier + near.period) / 2).floor().cast("int64") + 1
    middle_after = ((near.period + near.later) / 2).floor().cast("int64")
    return near.select(
        "urn",
        "pupils",
        since=ibis.ifelse(near.earlier.isnull(), _LONG_AGO, middle_before),
        until=ibis.ifelse(near.later.isnull(), _FAR_OFF, middle_after),
    )
