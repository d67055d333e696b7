"""The page of one measure of a school: this year, year by year, the table, and the schools beside it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.urls import reverse

from steward.analysis.comparison.gaps import Gap
from steward.interface import words
from steward.interface.charts import distributions
from steward.interface.charts.figures import Beside, Distribution, Part
from steward.interface.parts import Table
from steward.pages.queries import neighbour_means, places_beside, school_spread, similar_schools
from steward.pages.queries.area_measures import basis_words
from steward.pages.queries.neighbour_means import NeighbourMean
from steward.pages.queries.school import SchoolHeader, SchoolIdentity
from steward.pages.queries.school_measures import SchoolMeasure
from steward.pages.queries.school_spread import Spread
from steward.pages.queries.similar_schools import Company
from steward.pages.views import measure_parts, similar_parts
from steward.pages.views.measure_parts import ComparedPart, MeasurePart
from steward.pages.views.publications import publications_of
from steward.vocabulary.academic_year import AcademicYear
from steward.vocabulary.values import Known

BEST = 10
"""How many schools are listed before the rest is opened."""


@dataclass(frozen=True, slots=True)
class MeasurePage:
    """Everything on the page. `spread` shows where the school lies, None where it cannot be said."""

    measure: MeasurePart
    compared: tuple[ComparedPart, ...]
    spread: Distribution | None
    ranked: Table | None
    ranked_rest: Table | None
    """The schools after the first ten."""
    ranked_title: str

    @property
    def rest_words(self) -> str:
        """What opens the rest of the schools."""
        rest = len(self.ranked_rest.rows) if self.ranked_rest else 0
        return f"Show {words.counted(rest, one='more school')}"


def page_of(chosen: SchoolMeasure, *, company: Company | None, shown: SchoolHeader) -> MeasurePage:
    """Return the page of a measure of a school, beside the schools of a set. Raises NothingLoaded."""
    school, indicator = shown.school, chosen.indicator
    ranked = (
        similar_schools.ranked_in(company, indicator=indicator, period=chosen.figure.period)
        if company
        else ()
    )
    beside = neighbour_means.beside_neighbours(chosen, authority=school.authority, phase=school.phase)
    part = measure_parts.measure_part(chosen)
    neighbours = (_neighbours(beside, measure=chosen, authority=school.authority),) if beside else ()
    found = school_spread.spread_of(chosen, company=company, authority=school.authority, phase=school.phase)
    return MeasurePage(
        measure=part,
        compared=(*part.compared, *_places(chosen, school=school), *neighbours),
        spread=_distribution(found, measure=chosen) if found else None,
        ranked=similar_parts.ranked_table(ranked[:BEST], indicator=indicator, opens=shown.opens),
        ranked_rest=similar_parts.ranked_table(ranked[BEST:], indicator=indicator, opens=shown.opens),
        ranked_title=_ranked_title(chosen, company=company),
    )


def _ranked_title(chosen: SchoolMeasure, *, company: Company | None) -> str:
    first = "Highest" if chosen.indicator.polarity == "none" else "Best"
    return f"{first} among {'the schools of the set' if company and company.key else 'similar schools'}"


def _places(measure: SchoolMeasure, *, school: SchoolIdentity) -> Iterator[ComparedPart]:
    """Yield the region and the ward as they stand among the comparators."""
    region = places_beside.region_beside(measure, school=school)
    if region is not None:
        yield ComparedPart(
            name=region.name,
            value=words.value_in_words(region.figure.value, measured=measure.indicator),
            href=measure_parts.area_figure_address(region.figure),
            basis=f"the region, {basis_words(region.figure)}",
            gap=_gap_words(region.gap, measure=measure),
        )
    ward = places_beside.ward_beside(measure, school=school)
    if ward is not None:
        basis = ward.pooled.rests_on
        yield ComparedPart(
            name=f"Ward: {ward.name}",
            value=ward.pooled.words,
            href="",
            basis=f"pooled, this school among them: {basis}" if basis else "where the school stands",
            gap=_gap_words(ward.gap, measure=measure),
        )


def _gap_words(found: Gap | None, *, measure: SchoolMeasure) -> str:
    if found is None:
        return ""
    less = " (less is better)" if measure.indicator.polarity == "low" else ""
    return f"{found.words[:1].upper()}{found.words[1:]}{less}"


def _neighbours(found: NeighbourMean, *, measure: SchoolMeasure, authority: str) -> ComparedPart:
    """Return the mean of statistical neighbours as it stands among the comparators."""
    computed = "computed here from schools" if found.computed == found.known else ""
    if found.computed and not computed:
        computed = f"{found.computed} of them computed here from schools"
    return ComparedPart(
        name="Statistical neighbours",
        value=words.value_in_words(Known(found.value), measured=measure.indicator),
        href=reverse("pages:neighbours", args=[authority]),
        basis=", ".join(
            part
            for part in (f"mean of {found.known} of {found.listed} authorities", found.title, computed)
            if part
        ),
        gap=_gap_words(found.gap, measure=measure),
        opens="who they are",
    )


def _distribution(found: Spread, *, measure: SchoolMeasure) -> Distribution:
    """Return where the school lies among the others, its own mark named; the title says it in words."""
    indicator, figure = measure.indicator, measure.figure
    england = measure.england
    year = AcademicYear(figure.period)
    beside = (Beside("England", Part.ENGLAND, england.figure.value),) if england else ()
    drawn = Distribution(
        title=indicator.title,
        description=f"{indicator.title} in {year}: this school among {found.others} others ({found.of}).",
        unit=indicator.unit,
        decimals=indicator.decimals,
        values=found.values,
        own=figure.value,
        beside=beside,
        polarity="" if indicator.polarity == "none" else indicator.polarity,
        id=f"{indicator.id.replace('_', '-')}-spread-{measure.urn}",
        measure=f"{indicator.title}, {indicator.unit}, {year}",
        cohort=_cohort(figure.value.cohort, others=found.others),
        source=publications_of(indicator, years=[figure.period]),
    )
    stands = distributions.standing(drawn).removesuffix(".")
    return replace(drawn, title=f"Among {found.of}: {stands[0].lower()}{stands[1:]}")


def _cohort(pupils: float | None, *, others: int) -> str:
    beside = f"beside {words.counted(others, one='school')}"
    return beside if pupils is None else f"{words.counted(round(pupils), one='pupil')} here, {beside}"
