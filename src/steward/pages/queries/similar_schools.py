"""The schools a school is held beside: those most like it by intake, or a set that an officer keeps."""

import statistics
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from steward.access.permissions import Viewer
from steward.analysis.comparison.comparators import Feature, LeftOut
from steward.analysis.comparison.gaps import Gap, gap
from steward.analysis.indicators.definition import IndicatorDefinition
from steward.evidence import catalogues
from steward.evidence.queries import figures, similar
from steward.evidence.queries.figures import Figure
from steward.evidence.queries.similar import IntakeFigure, SetYear, SetYears, SimilarSet
from steward.register import queries as register
from steward.vocabulary.phases import Phase
from steward.vocabulary.values import Known, Value

FEWEST = 10
"""The mean of fewer schools with a figure than this is not shown for a set made by the method."""
FEWEST_CHOSEN = 3
"""An officer's own set may be as small as this."""


@dataclass(frozen=True, slots=True)
class Company:
    """The schools a school is held beside. `key` is that of an officer's set, None for similar schools."""

    key: int | None
    title: str
    name: str
    """What sentences call them: "similar schools", "Large primaries"."""
    urns: tuple[int, ...]
    fewest: int


@dataclass(frozen=True, slots=True)
class SetChoice:
    """A set of an officer that the viewer may choose."""

    key: int
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class BesideSet:
    """How the schools of a set do in a measure in one year, and where this school lies among them."""

    name: str
    year: SetYear
    gap: Gap | None
    below: int | None
    """How many of them have a lower figure than this school; None where it has none."""
    percentile: float | None


def company_of(urn: int, *, viewer: Viewer, key: int | None) -> Company | None:
    """Return the set to hold a school beside: the officer's set asked for, else the similar schools.

    None where there is neither. A set the viewer may not see is passed over.
    """
    if key is not None:
        chosen = register.sets_visible_to(viewer).filter(pk=key).first()
        if chosen is not None:
            urns = tuple(one.urn for one in register.members_of(chosen) if one.urn != urn)
            return Company(chosen.pk, chosen.name, f"the set “{chosen.name}”", urns, FEWEST_CHOSEN)
    found = similar.set_of(urn)
    return Company(None, "Similar schools", "similar schools", found.urns, FEWEST) if found else None


def choices_of(viewer: Viewer, *, company: Company | None) -> tuple[SetChoice, ...]:
    """Return the sets of officers that the viewer may choose."""
    key = company.key if company else None
    return tuple(SetChoice(one.pk, one.name, one.pk == key) for one in register.sets_visible_to(viewer))


def years_beside(company: Company | None, *, indicators: Collection[str]) -> SetYears:
    """Return how the schools of the set lie in these indicators, in each year with enough known figures."""
    if company is None:
        return {}
    found = similar.years_of(company.urns, indicators=indicators)
    return {key: year for key, year in found.items() if year.schools >= company.fewest}


def beside_set(
    value: Value, *, indicator: IndicatorDefinition, period: int, company: Company | None, years: SetYears
) -> BesideSet | None:
    """Return how a school's figure lies among those of its set in the same year, None where it cannot."""
    year = years.get((indicator.id, period))
    if company is None or year is None:
        return None
    if not isinstance(value, Known):
        return BesideSet(company.title, year, None, None, None)
    return BesideSet(
        name=company.title,
        year=year,
        gap=gap(value.value, comparator=year.mean, name=company.name, indicator=indicator),
        below=year.below(value.value),
        percentile=year.percentile(value.value),
    )


@dataclass(frozen=True, slots=True)
class FeatureLine:
    """A feature of a school beside the middle school of its set, with the lowest and highest there."""

    feature: Feature
    indicator: IndicatorDefinition
    own: IntakeFigure | None
    middle: float | None
    low: float | None
    high: float | None
    known: int


@dataclass(frozen=True, slots=True)
class AlikeSchool:
    """A school of the set, with its features and how close it is."""

    urn: int
    name: str
    authority: str
    standing: str
    rank: int
    distance: float
    closeness: str
    features: Mapping[str, IntakeFigure]


@dataclass(frozen=True, slots=True)
class WhySet:
    """Why these schools: the method, each feature side by side, and every school with its closeness.

    `why_none` is a sentence where there is no set; then nothing else is given but what was left out.
    """

    title: str
    about: str
    source: str
    unverified: str
    method: str
    period: int
    features: tuple[FeatureLine, ...]
    schools: tuple[AlikeSchool, ...]
    left_out: tuple[LeftOut, ...]
    at_least: int
    why_none: str

    @property
    def elsewhere(self) -> int:
        """How many authorities the schools are in."""
        return len({one.authority for one in self.schools})


def why_set(urn: int, *, phase: Phase) -> WhySet:
    """Return why a school is held beside the schools it is. Raises NothingLoaded."""
    definition, how = similar.method()
    found = similar.set_of(urn)
    schools = _schools(found) if found else ()
    own = similar.intake_of([urn]).get(urn, {})
    return WhySet(
        title=definition.title,
        about=definition.about,
        source=definition.source,
        unverified=definition.unverified,
        method=f"Version {definition.version}",
        period=found.period if found else 0,
        features=_lines(similar.features_of(phase), own=own, schools=schools),
        schools=schools,
        left_out=how.left_out,
        at_least=how.at_least,
        why_none="" if found else similar.why_no_set(urn, phase=phase),
    )


def _schools(found: SimilarSet) -> tuple[AlikeSchool, ...]:
    known = register.schools_by_urn(found.urns)
    names = {one.code: one.name for one in register.authorities()}
    intake = similar.intake_of(found.urns)
    return tuple(
        AlikeSchool(
            urn=one.urn,
            name=known[one.urn].name if one.urn in known else f"School {one.urn}",
            authority=names.get(known[one.urn].authority_id, "") if one.urn in known else "",
            standing=known[one.urn].standing if one.urn in known else "unknown",
            rank=one.rank,
            distance=one.distance,
            closeness=one.closeness,
            features=intake.get(one.urn, {}),
        )
        for one in found.schools
    )


def _lines(
    features: tuple[Feature, ...],
    *,
    own: Mapping[str, IntakeFigure],
    schools: tuple[AlikeSchool, ...],
) -> tuple[FeatureLine, ...]:
    lines = []
    for feature in features:
        indicator = catalogues.indicators().get(feature.id)
        values = [one.features[feature.id].value for one in schools if feature.id in one.features]
        if indicator is not None:
            lines.append(
                FeatureLine(
                    feature=feature,
                    indicator=indicator,
                    own=own.get(feature.id),
                    middle=statistics.median(values) if values else None,
                    low=min(values, default=None),
                    high=max(values, default=None),
                    known=len(values),
                )
            )
    return tuple(lines)


@dataclass(frozen=True, slots=True)
class RankedSchool:
    """A school of the set with its figure in a measure; `figure` is None where it has none in that year."""

    urn: int
    name: str
    authority: str
    figure: Figure | None


def ranked_in(company: Company, *, indicator: IndicatorDefinition, period: int) -> tuple[RankedSchool, ...]:
    """Return the schools of a set by their figure in one year: the best first, those without a number last.

    Where the measure has no good side the highest comes first.
    """
    found = figures.figures_of(company.urns, indicators=[indicator.id])
    held = {one.urn: one for one in found if one.period == period}
    known = register.schools_by_urn(company.urns)
    names = {one.code: one.name for one in register.authorities()}
    low_is_good = indicator.polarity == "low"

    def order(one: RankedSchool) -> tuple[bool, float, str]:
        value = one.figure.value if one.figure else None
        if not isinstance(value, Known):
            return True, 0.0, one.name
        return False, value.value if low_is_good else -value.value, one.name

    listed = [
        RankedSchool(urn, known[urn].name, names.get(known[urn].authority_id, ""), held.get(urn))
        for urn in company.urns
        if urn in known
    ]
    return tuple(sorted(listed, key=order))
