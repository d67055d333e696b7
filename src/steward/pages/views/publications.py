"""The publications that a chart was drawn from, as its source names them."""

from collections.abc import Collection

from steward.analysis.indicators.definition import IndicatorDefinition
from steward.evidence.queries import releases
from steward.vocabulary.academic_year import AcademicYear

_SERIES = "lait_series"
_TO = " to "


def publications_of(indicator: IndicatorDefinition, *, years: Collection[int]) -> str:
    """Return the publications an indicator is read from in these years, and the first and last of them."""
    read = dict.fromkeys(
        one.source
        for one in indicator.readings
        if any(one.from_year <= year <= one.to_year for year in years)
    )
    titles = ", ".join(releases.publication_title(one) for one in read)
    if not years:
        return titles
    first, last = AcademicYear(min(years)), AcademicYear(max(years))
    return f"{titles}, {_span(str(first), str(last))}"


def series_of_measures(*, first: str, last: str) -> str:
    """Return the title of the series of measures of authorities, and the periods drawn."""
    span = _span(first, last)
    return f"{releases.publication_title(_SERIES)}, Department for Education, {span}"


def _span(first: str, last: str) -> str:
    """Return the years from one period to another: "2016 to 2019" for "2016 to 2017" and "2018 to 2019"."""
    if first == last:
        return first
    return f"{first.split(_TO)[0]}{_TO}{last.split(_TO)[-1]}"
