"""How sure a score of progress is: the 95% interval that the spread of pupils across England gives it."""

from collections.abc import Sequence

import ibis
from ibis.expr.types import NumericValue, Table

from steward.analysis.accountability.definition import Progress8Tables, PupilDeviations
from steward.analysis.pupils.measures import PROGRESS

_ELEMENTS = dict(zip(PROGRESS, ("progress_8", "english", "maths", "ebacc", "open"), strict=True))


def with_limits(figures: Table, *, tables: Sequence[Progress8Tables], version: str = "revised") -> Table:
    """Return figures of groups with `lower` and `upper`, in grades; null for measures other than progress.

    The limits are value -/+ quantile x national deviation of pupils / sqrt(pupils), unrounded. Source:
    KS4-ready-reckoners (Department for Education), the tables of the year.
    """
    cases = [
        ((figures.indicator == name) & (figures.period == one.year), _reach(one, name, version=version))
        for one in tables
        for name in PROGRESS
    ]
    reach = ibis.cases(*cases, else_=ibis.null("float64")) / _root(figures.pupils)
    return figures.mutate(lower=figures.value - reach, upper=figures.value + reach)


def _reach(tables: Progress8Tables, name: str, *, version: str) -> float:
    spread: PupilDeviations = tables.deviation(version)
    return tables.quantile * float(getattr(spread, _ELEMENTS[name]))


def _root(pupils: NumericValue) -> NumericValue:
    return pupils.cast("float64").nullif(0).sqrt()
