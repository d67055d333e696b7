"""The figures among which that of a school lies: those of its set, or of its phase in England."""

from dataclasses import dataclass

from steward.evidence.queries import standings
from steward.pages.queries.school_measures import SchoolMeasure
from steward.pages.queries.similar_schools import Company
from steward.vocabulary.phases import Phase
from steward.vocabulary.values import Known


@dataclass(frozen=True, slots=True)
class Spread:
    """Every known figure of one year, the school's own among them. `of` names the schools."""

    of: str
    values: tuple[float, ...]
    others: int
    """How many other schools are compared."""


def spread_of(
    measure: SchoolMeasure, *, company: Company | None, authority: str, phase: Phase
) -> Spread | None:
    """Return the figures of the schools of the set in the year of the school's; without a set, of its phase.

    None where the school has no known figure, or none of the others has. Raises NothingLoaded.
    """
    own, beside = measure.figure.value, measure.beside_set
    if not isinstance(own, Known):
        return None
    if company is not None and beside is not None:
        values = (*beside.year.values, own.value)
        return Spread(company.name, values, beside.year.schools)
    found = standings.funnel_of(authority, indicator=measure.indicator.id, phase=phase, pooled=False)
    every = [one for one in found.own if one.urn != measure.figure.urn]
    if not found.own or found.own[0].period != measure.figure.period:
        return None
    values = (*(one.value for one in every), *(value for _, value in found.others), own.value)
    return Spread(f"{phase.label.lower()} schools in England", values, len(values) - 1)
