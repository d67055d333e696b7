"""The tables that travel between the parts of the chain, with every column named once.

Types are Ibis types. A table may carry no other columns; `cast` puts a table into a shape.
"""

import ibis
import ibis.expr.schema as sch
from ibis.expr.types import Table

ROW = "row"
"""Number of a record in its file: the header is 1, the first record 2."""

ESTABLISHMENTS: sch.Schema = ibis.schema(
    {
        "urn": "int64",
        "authority": "string",  # three digits
        "authority_name": "string",  # as published beside the code, may be null
        "establishment_number": "string",  # four digits, may be null
        "name": "string",
        "phase": "string",  # vocabulary.phases.Phase
        "type": "string",  # as published, in words
        "governance": "string",  # vocabulary.phases.Governance
        "standing": "string",  # vocabulary.phases.Standing
        "opened_on": "date",
        "closed_on": "date",
        "age_low": "int64",
        "age_high": "int64",
        "gender": "string",
        "religious_character": "string",
        "admissions": "string",
        "street": "string",
        "town": "string",
        "postcode": "string",
        "ward": "string",
        "region": "string",
        "trust": "string",
        "easting": "int64",
        "northing": "int64",
        "as_at": "date",
        "release": "string",
        "row": "int64",
    }
)
"""One row for each school in each register release (several rows a URN over time)."""

LINKS: sch.Schema = ibis.schema(
    {
        "urn": "int64",
        "predecessor": "int64",
        "relation": "string",  # as published, such as "Predecessor" or "Predecessor - merged"
        "since": "date",
        "release": "string",
        "row": "int64",
    }
)
"""One row for each (school, predecessor); both directions of the published file are folded into it."""

INSPECTIONS: sch.Schema = ibis.schema(
    {
        "urn": "int64",
        "urn_at_inspection": "int64",
        "authority": "string",
        "phase": "string",
        "pupils": "float64",
        "inspected_on": "date",
        "published_on": "date",
        "framework": "string",  # id of a file in definitions/frameworks
        "outcome": "string",  # key on that framework's scale; null when none was given
        "category": "string",  # special_measures, serious_weaknesses, notice_to_improve or null
        "mark": "string",  # the outcome as printed in the file
        "latest": "boolean",  # the latest full inspection as at `as_at`
        "snapshot": "boolean",  # the release lists every open school as at `as_at`
        "as_at": "date",
        "release": "string",
        "row": "int64",
    }
)
"""One row for each inspection named in a row of a release. A school of a snapshot that has not been
inspected has one row with `latest` true and no date, framework or outcome."""

VALUES: sch.Schema = ibis.schema(
    {
        "urn": "int64",
        "indicator": "string",
        "period": "int64",  # academic year by the calendar year of its end
        "value": "float64",
        "status": "string",  # "known" or a vocabulary.values.Reason
        "mark": "string",  # the text as published
        "cohort": "float64",
        "version": "string",  # provisional, revised, final, derived
        "preferred": "boolean",  # the one to show where several releases have the figure
        "release": "string",
        "row": "int64",
    }
)
"""One row for each indicator, school and year in each release that publishes it."""

AREAS: sch.Schema = ibis.schema(
    {
        "level": "string",  # vocabulary.areas.Level
        "area": "string",  # authority code, region name, or "england"
        "phase": "string",  # "all" or a Phase
        "indicator": "string",
        "period": "int64",
        "value": "float64",
        "status": "string",
        "mark": "string",
        "cohort": "float64",
        "basis": "string",  # vocabulary.areas.Basis
        "schools": "int64",  # computed only: how many schools are in it
        "roll_share": "float64",  # computed only: percent of the pupils on roll of schools of the phase
        "version": "string",
        "preferred": "boolean",
        "release": "string",
        "row": "int64",  # published only
    }
)
"""Published and computed figures of areas; both are kept, published is preferred."""


ATTENDANCE: sch.Schema = ibis.schema(
    {
        "urn": "int64",
        "begins": "date",
        "ends": "date",  # last day of the week or half term
        "possible": "float64",  # half-day sessions of all pupils
        "missed": "float64",  # sessions missed for any reason
        "england": "float64",  # percent of sessions missed across England in the same days, where given
        "release": "string",
        "row": "int64",
    }
)
"""One row for each school and week or half term in a file of the authority."""

SERIES: sch.Schema = ibis.schema(
    {
        "measure": "string",  # code of MEASURES
        "level": "string",  # vocabulary.areas.Level
        "area": "string",  # authority code, region code as in the series, or "england"
        "label": "string",  # the year as published, such as "2015/16" or "2014-16"
        "year": "int64",  # calendar year in which it ends; the order of a series
        "years": "int64",  # how many years it covers
        "value": "float64",
        "status": "string",
        "mark": "string",
        "release": "string",
        "row": "int64",
    }
)
"""One row for each measure, area and year of the series of authorities, every measure published."""

MEASURES: sch.Schema = ibis.schema(
    {
        "code": "string",
        "title": "string",
        "topic": "string",  # several with "; " between them
        "polarity": "string",  # high, low or none
        "decimals": "int64",
        "unit": "string",  # percent, score, number, rate, pounds, days
        "axis": "string",  # what is counted, as published, such as "Rate per 10,000"
        "year_type": "string",  # as published, such as "Academic Year"
        "meaning": "string",
        "banded": "boolean",  # false where the publisher gives no quartile
        "release": "string",
        "row": "int64",
    }
)
"""One row for each measure of SERIES, from the publisher's dictionary."""

SIMILAR: sch.Schema = ibis.schema(
    {
        "urn": "int64",
        "other": "int64",
        "rank": "int64",  # 1 is the most alike
        "distance": "float64",
        "method": "string",  # id and version of a file in definitions/comparators
        "period": "int64",  # the latest census year used
    }
)
"""The schools most like each school by intake, nearest first."""

NEIGHBOURS: sch.Schema = ibis.schema(
    {
        "authority": "string",
        "other": "string",
        "rank": "int64",
        "closeness": "string",  # as published, in words; null for ours
        "distance": "float64",  # ours only
        "list": "string",  # dfe-2021, dfe-2025, or id and version of ours
        "release": "string",
        "row": "int64",
    }
)
"""The ten authorities most like each authority, in every list held."""

GROUPS: sch.Schema = ibis.schema(
    {
        "level": "string",  # school or authority
        "area": "string",  # URN as text, or authority code
        "phase": "string",
        "indicator": "string",
        "period": "int64",
        "dimension": "string",  # id of a file in definitions/groups, or "all"
        "member": "string",  # key of a member of it, or "all"
        "pupils": "int64",  # how many are in the figure
        "achieved": "int64",  # of a share: how many of them; null for a mean
        "value": "float64",  # share in percent, or mean
        "deviation": "float64",  # of a mean: the spread of these pupils; null for a share
        "release": "string",
    }
)
"""Aggregates of pupil rows, before the disclosure gate: never shown, exported or logged as they are."""

GAP_INDICES: sch.Schema = ibis.schema(
    {
        "area": "string",  # authority code
        "measure": "string",  # the score by which pupils are put in order
        "period": "int64",
        "gap_index": "float64",  # 0 no gap, 10 every other pupil above every disadvantaged one
        "lower": "float64",  # limits of its 95% interval
        "upper": "float64",
        "disadvantaged": "int64",  # how many pupils of each group are put in order
        "others": "int64",
    }
)
"""How far disadvantaged pupils of an authority stand behind others, before the limits of small groups."""


STANDINGS: sch.Schema = ibis.schema(
    {
        "urn": "int64",
        "authority": "string",  # that of the school in the year
        "phase": "string",
        "indicator": "string",
        "period": "int64",  # the last year
        "since": "int64",  # the first year: before the last one where years are put together
        "pooled": "boolean",  # the row is of the years put together that can be compared
        "latest": "boolean",  # the newest year in which the measure can be judged for its phase
        "value": "float64",  # in the unit of the indicator, as are target, estimate, deviation, low, high
        "pupils": "float64",
        "error": "float32",  # of a mean: its standard error by chance; null for a share
        "target": "float32",  # England, or the mean of the schools of the phase
        "beside": "string",  # "england" or "phase": whose the target is
        "variance": "float32",  # between schools, beyond chance; of a share on the arcsine scale
        "estimate": "float32",  # what is believed of the school, few pupils weighed against its phase
        "deviation": "float32",
        "low": "float32",
        "high": "float32",
        "below": "float32",  # probability that the true value is below the target
        "chance": "float32",  # p value against the target, by chance alone
        "score": "float32",  # standard errors from the target, the spread of schools included
        "p_value": "float32",  # of the score
        "unlikely": "boolean",  # listed in its authority: chance is no likely explanation
        "unusual": "boolean",  # listed in its authority: nor is the ordinary spread of schools
        "few": "boolean",  # fewer pupils than the smallest cohort: nothing is tested
        "rank": "int64",  # within authority, phase and measure of the latest year; 1 is the best
        "rank_low": "int64",
        "rank_high": "int64",
        "ranked": "int64",  # among how many
    }
)
"""How each school stands in each measure with a polarity whose pupils are known, year by year and over
the years put together. What cannot be said is null. Lists and ranks are of the latest years only."""


def cast(table: Table, shape: sch.Schema) -> Table:
    """Return `table` with exactly the columns of `shape`, in order; absent ones become null."""
    return table.select(
        **{
            name: (table[name].cast(kind) if name in table.columns else ibis.null(kind))
            for name, kind in shape.items()
        }
    )
