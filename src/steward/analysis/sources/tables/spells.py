"""Attendance by week or half term in the words of its definition."""

import ibis
from ibis.expr.types import FloatingValue, Table

from steward.analysis import columns
from steward.analysis.sources import rows
from steward.analysis.sources.recognition import Recognised
from steward.analysis.sources.tables import days

_NUMBER = r"^[0-9]+(\.[0-9]+)?$"


def attendance(raw: Table, recognised: Recognised, *, release: str) -> Table:
    """Return a row for each school and week or half term, in the shape columns.ATTENDANCE.

    Rows without a URN or a day are left out; a number that is none is unknown.
    """
    layout = recognised.layout
    printed = raw.select(
        urn=rows.urn_of(raw, layout),
        begins=days.day_of(raw[layout.fields["begins"]], written_as=layout.formats["begins"]),
        ends=days.day_of(raw[layout.fields["ends"]], written_as=layout.formats["ends"]),
        possible=_number(raw, layout.fields["possible"]),
        missed=_number(raw, layout.fields["missed"]),
        england=_number(raw, layout.fields["england"]),
        release=ibis.literal(release, type="string"),
        row=raw[columns.ROW],
    )
    told = printed.filter(
        printed["urn"].notnull(), printed["begins"].notnull(), printed["ends"] >= printed["begins"]
    )
    return columns.cast(told, columns.ATTENDANCE)


def _number(raw: Table, column: str) -> FloatingValue:
    if column not in raw.columns:
        return ibis.null("float64")
    printed = raw[column].strip()
    return ibis.ifelse(printed.re_search(_NUMBER), printed, ibis.null("string")).cast("float64")
