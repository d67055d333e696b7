"""Published text as a number, or as the reason why there is none."""

import ibis
from ibis.expr.types import FloatingValue, StringValue

from steward.vocabulary.values import KNOWN, PUBLISHED_MARKS, Reason

NUMBER = (
    r"^-?£?-?"
    r"([0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?|[0-9]+\.?[0-9]*|\.[0-9]+)"
    r"([eE][-+]?[0-9]+)?"
    r" *%?$"
)
"""A number as publications print it: 12, -0.3, .5, 45,421, £45,421, 73.4%."""
_PRINTED = rf"^\s*{NUMBER[1:-1]}\s*$"
"""The same with blanks around it, which is faster than to strip them first."""


def number_of(column: StringValue) -> FloatingValue:
    """Return the number printed in `column`, in the unit printed, or null where it is none.

    Percent signs, pound signs, thousands commas and blanks around the number are taken off;
    73.4% is 73.4.
    """
    digits = column.re_replace(r"[%£,\s]", "")
    return ibis.ifelse(column.re_search(_PRINTED), digits, ibis.null("string")).cast("float64")


def status_of(column: StringValue) -> StringValue:
    """Return "known" where `column` prints a number, otherwise the Reason that there is none.

    A blank is "not_recorded"; text that is neither a number nor a published mark is "unreadable".
    """
    printed = column.strip().upper().fill_null("")
    marks: dict[str, list[str]] = {}
    for mark, reason in PUBLISHED_MARKS.items():
        marks.setdefault(reason.value, []).append(mark)
    return ibis.cases(
        (printed.re_search(NUMBER), KNOWN),
        # Equalities, since DuckDB joins every row with a longer list, also rows decided before.
        *((ibis.or_(*(printed == mark for mark in found)), reason) for reason, found in marks.items()),
        else_=Reason.UNREADABLE.value,
    )
