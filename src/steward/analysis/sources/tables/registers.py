"""Rows of the school register in one shape, whichever publication they come from."""

import ibis
from ibis.expr.types import BooleanValue, DateValue, IntegerValue, StringValue, Table

from steward.analysis import columns
from steward.analysis.sources import rows
from steward.analysis.sources.definition import Layout
from steward.analysis.sources.recognition import Recognised
from steward.analysis.sources.tables import days, kinds
from steward.vocabulary.phases import Governance, Phase, Standing

_WORDS = (
    "name",
    "authority_name",
    "type",
    "gender",
    "religious_character",
    "admissions",
    "street",
    "town",
    "postcode",
    "ward",
    "region",
)
_NUMBERS = ("age_low", "age_high", "easting", "northing")
_YES = "1"
_LOWEST_POST_16 = 16
_ALL_THROUGH_AGES = (7, 15)
_OLDEST_DEEMED_PRIMARY = 12
_OLDEST_PRIMARY = 13
"""Independent preparatory schools, of which the register says no phase, end at 11 or 13."""


def establishments(raw: Table, recognised: Recognised, *, release: str) -> Table:
    """Return the schools of a register release in the shape columns.ESTABLISHMENTS.

    Rows without a URN are left out; of rows that repeat a URN the first open one is kept.
    """
    printed = _with_meanings(_as_printed(raw, recognised.layout, release=release))
    governance = printed["known_governance"].fill_null(Governance.OTHER.value)
    phase = ibis.coalesce(printed["phase_of_type"], printed["phase_of_words"], printed["phase_of_ages"])
    table = printed.mutate(
        governance=governance,
        standing=printed["known_standing"].fill_null(Standing.UNKNOWN.value),
        phase=phase.fill_null(Phase.UNKNOWN.value),
        trust=ibis.ifelse(
            governance == Governance.ACADEMY.value, printed["printed_trust"], ibis.null("string")
        ),
        as_at=ibis.literal(recognised.as_at, type="date"),
    )
    return columns.cast(_one_row_each(table.filter(table["urn"].notnull())), columns.ESTABLISHMENTS)


def _as_printed(raw: Table, layout: Layout, *, release: str) -> Table:
    return raw.select(
        urn=rows.urn_of(raw, layout),
        authority=rows.authority_of(raw, layout),
        establishment_number=rows.establishment_number_of(raw, layout),
        **{field: _words(raw, layout, field=field) for field in _WORDS},
        opened_on=_day(raw, layout, field="opened_on"),
        closed_on=_day(raw, layout, field="closed_on"),
        **{field: _number(raw, layout, field=field) for field in _NUMBERS},
        phase_words=_column(raw, layout, field="phase"),
        status_words=_column(raw, layout, field="status"),
        phase_of_ages=_phase_by_ages(raw, layout),
        printed_trust=_words(raw, layout, field="trust"),
        release=ibis.literal(release, type="string"),
        row=raw[columns.ROW],
    )


def _with_meanings(table: Table) -> Table:
    """Return `table` with what its words for type, phase and status mean.

    The trust is read of academies only: foundation trusts, printed in the same column, run no school.
    """
    for words, meanings, into in (
        ("type", kinds.GOVERNANCE_OF_TYPE, "known_governance"),
        ("type", kinds.PHASE_OF_TYPE, "phase_of_type"),
        ("phase_words", kinds.PHASE_OF_WORDS, "phase_of_words"),
        ("status_words", kinds.STANDING_OF_WORDS, "known_standing"),
    ):
        table = kinds.with_meaning(table, words=words, meanings=meanings, into=into)
    return table


def _one_row_each(table: Table) -> Table:
    closed = ibis.ifelse(table["standing"] == Standing.OPEN.value, 0, 1)
    place = ibis.row_number().over(ibis.window(group_by="urn", order_by=[closed, table[columns.ROW]]))
    numbered = table.mutate(place_among_its_rows=place)
    return numbered.filter(numbered["place_among_its_rows"] == 0).drop("place_among_its_rows")


def _column(raw: Table, layout: Layout, *, field: str) -> StringValue:
    name = layout.fields.get(field, "")
    return raw[name].strip() if name in raw.columns else ibis.null("string")


def _words(raw: Table, layout: Layout, *, field: str) -> StringValue:
    return _column(raw, layout, field=field).nullif("")


def _number(raw: Table, layout: Layout, *, field: str) -> IntegerValue:
    return rows.whole_number(_column(raw, layout, field=field))


def _day(raw: Table, layout: Layout, *, field: str) -> DateValue:
    return days.day_of(_column(raw, layout, field=field), written_as=layout.formats.get(field, ""))


def _phase_by_ages(raw: Table, layout: Layout) -> StringValue:
    low = _number(raw, layout, field="age_low")
    high = _number(raw, layout, field="age_high")
    primary = _flag(raw, layout, field="is_primary")
    secondary = _flag(raw, layout, field="is_secondary")
    post_16 = _flag(raw, layout, field="is_post_16")
    youngest, oldest = _ALL_THROUGH_AGES
    return ibis.cases(
        (primary & secondary & (low <= youngest) & (high >= oldest), Phase.ALL_THROUGH.value),
        (primary & secondary & (high <= _OLDEST_DEEMED_PRIMARY), Phase.PRIMARY.value),
        (primary & secondary, Phase.SECONDARY.value),
        (primary, Phase.PRIMARY.value),
        (secondary, Phase.SECONDARY.value),
        (low >= _LOWEST_POST_16, Phase.POST_16.value),
        (post_16 & low.isnull(), Phase.POST_16.value),
        ((low <= youngest) & (high >= oldest), Phase.ALL_THROUGH.value),
        (high <= _OLDEST_PRIMARY, Phase.PRIMARY.value),
        ((low > youngest) & (high >= oldest), Phase.SECONDARY.value),
        else_=ibis.null("string"),
    )


def _flag(raw: Table, layout: Layout, *, field: str) -> BooleanValue:
    if field not in layout.fields:
        return ibis.literal(value=False)
    return (_column(raw, layout, field=field) == _YES).fill_null(ibis.literal(value=False))
