"""The region and the ward of a school beside one of its measures."""

from dataclasses import dataclass

from django.utils.text import slugify

from steward.analysis.comparison.gaps import Gap, gap
from steward.evidence.queries.figures import AreaFigure
from steward.pages.queries import rows
from steward.pages.queries.area import authority_named, books_of
from steward.pages.queries.earlier_figures import CarriedFigure, figures_through
from steward.pages.queries.school import SchoolIdentity
from steward.pages.queries.school_measures import SchoolMeasure
from steward.pages.queries.ward_results import POOLED, Pooled, ages_of, pooled_of
from steward.vocabulary.phases import Governance, Standing
from steward.vocabulary.values import Known


@dataclass(frozen=True, slots=True)
class RegionBeside:
    """The figure of the region of a school's authority in the year of the school's figure."""

    name: str
    figure: AreaFigure
    gap: Gap | None


@dataclass(frozen=True, slots=True)
class WardBeside:
    """A measure pooled over the schools of the ward in which a school stands, its own among them."""

    name: str
    slug: str
    pooled: Pooled
    gap: Gap | None


def region_beside(measure: SchoolMeasure, *, school: SchoolIdentity) -> RegionBeside | None:
    """Return the region's figure beside a measure; None where none is known. Raises NothingLoaded."""
    book = books_of(authority_named(school.authority)).region
    if book is None or measure.indicator.area == "sum":
        return None
    indicator, period = measure.indicator, measure.figure.period
    found = book.beside(indicator, period=period, phase=school.phase.value)
    if found is None:
        return None
    known = found.value if isinstance(found.value, Known) else None
    return RegionBeside(book.name, found, _gap(measure, known.value if known else None, name=book.name))


def ward_beside(measure: SchoolMeasure, *, school: SchoolIdentity) -> WardBeside | None:
    """Return the measure pooled over the open state-funded schools of the ward, in the year of the school's.

    None for a measure that is not pooled by ward, and where the ward is not recorded. Raises NothingLoaded.
    """
    code, period = measure.indicator.id, measure.figure.period
    if code not in POOLED or not school.ward:
        return None
    listed = [
        row
        for row in rows.published_in(school.authority)
        if row.ward == school.ward
        and row.standing is Standing.OPEN
        and row.governance is not Governance.INDEPENDENT
    ]
    by_urn: dict[int, list[CarriedFigure]] = {}
    for one in figures_through([row.urn for row in listed], indicators=[code]):
        by_urn.setdefault(one.urn, []).append(one)
    pooled = pooled_of(listed, code=code, period=period, figures=by_urn, ages=ages_of(listed))
    beside = _gap(measure, pooled.value, name="its ward")
    return WardBeside(school.ward, slugify(school.ward), pooled, beside)


def _gap(measure: SchoolMeasure, value: float | None, *, name: str) -> Gap | None:
    own = measure.figure.value
    if value is None or not isinstance(own, Known):
        return None
    return gap(own.value, comparator=value, name=name, indicator=measure.indicator)
