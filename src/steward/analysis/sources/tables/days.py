"""Days as publications print them, in whichever form the layout names."""

import ibis
from ibis.expr.types import DateValue, StringValue

_YEAR = "(19|20)[0-9][0-9]"
_LEAP_YEAR = "((19|20)(0[48]|[2468][048]|[13579][26])|2000)"
_MONTHS_AND_DAYS = (
    ("(0[13578]|1[02])", "(0[1-9]|[12][0-9]|3[01])", _YEAR),
    ("(0[469]|11)", "(0[1-9]|[12][0-9]|30)", _YEAR),
    ("02", "(0[1-9]|1[0-9]|2[0-8])", _YEAR),
    ("02", "29", _LEAP_YEAR),
)
"""Months and years, and the days they have: a pattern that no day outside the calendar matches."""


def _pattern(form: str) -> str:
    days = (
        form.replace("%Y", year).replace("%m", month).replace("%d", day)
        for month, day, year in _MONTHS_AND_DAYS
    )
    return f"^({'|'.join(days)})([ T].*)?$"


_PLACES = {
    "%d-%m-%Y": (6, 3, 0),
    "%d/%m/%Y": (6, 3, 0),
    "%Y-%m-%d": (0, 5, 8),
    "%Y%m%d": (0, 4, 6),
}
"""A format to where its year, month and day begin."""
_PATTERNS = {form: _pattern(form) for form in _PLACES}
_WRITTEN_BY_SPREADSHEETS = "%Y-%m-%d"
_NOT_KNOWN = "1900-01-01"
"""The register's day for an opening that nobody recorded."""


def day_of(column: StringValue, *, written_as: str) -> DateValue:
    """Return the day printed in `column` in the form `written_as`, or in ISO form as spreadsheets keep it.

    Null where it is blank, a mark, not a day of the calendar, or 1 January 1900, which the register
    writes for an opening nobody recorded.
    """
    forms = dict.fromkeys((written_as, _WRITTEN_BY_SPREADSHEETS))
    found = [_iso(column.strip(), form=form) for form in forms if form in _PLACES]
    iso = found[0] if len(found) == 1 else ibis.coalesce(*found)
    return iso.nullif(_NOT_KNOWN).cast("date")


def _iso(printed: StringValue, *, form: str) -> StringValue:
    year_at, month_at, day_at = _PLACES[form]
    year, month, day = printed.substr(year_at, 4), printed.substr(month_at, 2), printed.substr(day_at, 2)
    iso = printed.substr(0, 10) if form == _WRITTEN_BY_SPREADSHEETS else year + "-" + month + "-" + day
    return ibis.ifelse(printed.re_search(_PATTERNS[form]), iso, ibis.null("string"))
