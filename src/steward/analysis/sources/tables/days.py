"""Days as publications print them, in whichever form the layout names."""

import ibis
from ibis.expr.types import DateValue, IntegerValue, StringValue

_FORMS = {
    "%d-%m-%Y": ("^[0-9]{2}-[0-9]{2}-[0-9]{4}( .*)?$", (6, 3, 0)),
    "%d/%m/%Y": ("^[0-9]{2}/[0-9]{2}/[0-9]{4}( .*)?$", (6, 3, 0)),
    "%Y-%m-%d": ("^[0-9]{4}-[0-9]{2}-[0-9]{2}([ T].*)?$", (0, 5, 8)),
    "%Y%m%d": ("^[0-9]{8}$", (0, 4, 6)),
}
"""A format to the pattern of a day, and where its year, month and day begin."""
_WRITTEN_BY_SPREADSHEETS = "%Y-%m-%d"
_NOT_KNOWN = "1900-01-01"
"""The register's day for an opening that nobody recorded."""


def day_of(column: StringValue, *, written_as: str) -> DateValue:
    """Return the day printed in `column` in the form `written_as`, or in ISO form as spreadsheets keep it.

    Null where it is blank, a mark, not a day of the calendar, or 1 January 1900, which the register
    writes for an opening nobody recorded.
    """
    forms = dict.fromkeys((written_as, _WRITTEN_BY_SPREADSHEETS))
    return ibis.coalesce(*(_day(column.strip(), form=form) for form in forms if form in _FORMS))


def _day(printed: StringValue, *, form: str) -> DateValue:
    pattern, (year_at, month_at, day_at) = _FORMS[form]
    written = ibis.ifelse(printed.re_search(pattern), printed, ibis.null("string"))
    year, month, day = written.substr(year_at, 4), written.substr(month_at, 2), written.substr(day_at, 2)
    number = month.cast("int64")
    exists = number.between(1, 12) & day.cast("int64").between(1, _last_day(year.cast("int64"), number))
    iso = year + "-" + month + "-" + day
    return ibis.ifelse(exists & (iso != _NOT_KNOWN), iso, ibis.null("string")).cast("date")


def _last_day(year: IntegerValue, month: IntegerValue) -> IntegerValue:
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    return ibis.cases(
        (month.isin([4, 6, 9, 11]), 30),
        ((month == 2) & leap, 29),
        (month == 2, 28),
        else_=31,
    )
