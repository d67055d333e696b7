"""Whom an authority's gaps are held against: England, its region, and authorities like it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from steward.evidence.queries import neighbours, releases, series
from steward.vocabulary.areas import ENGLAND

EAL_MEASURES = ("EALPri", "EALSec")
"""Measures of the share of pupils whose first language is not English, of primary and secondary schools."""
EAL_ALIKE, CORE_CITIES = "eal-alike", "core-cities"
_ALIKE = 10
_LISTS = {
    EAL_ALIKE: "Authorities most alike in first language",
    CORE_CITIES: "Core cities",
}


@dataclass(frozen=True, slots=True)
class ComparisonSet:
    """Authorities whose mean gap stands beside an area's; `about` says in a sentence how they were chosen."""

    id: str
    title: str
    about: str
    authorities: tuple[str, ...]


def region_of(area: str) -> str:
    """Return the code of the region of an authority as in the series, or "" where it is not named."""
    place = series.places().get(area)
    return place.region if place else ""


def name_of(area: str) -> str:
    """Return the name of an area of the series; its code where the series does not name it."""
    if area == ENGLAND:
        return "England"
    place = series.places().get(area)
    return place.name if place else area


def sets_for(area: str) -> tuple[ComparisonSet, ...]:
    """Return every set an authority can be held against, the newest published neighbours first."""
    found = [
        ComparisonSet(
            listed.id,
            listed.title if listed.ours else f"Statistical neighbours ({listed.title})",
            listed.about,
            tuple(one.authority for one in neighbours.neighbours_of(area, list_id=listed.id)),
        )
        for listed in neighbours.lists()
    ]
    cities = neighbours.core_cities()
    found.append(ComparisonSet(CORE_CITIES, _LISTS[CORE_CITIES], cities.about, cities.authorities))
    alike = _alike_in_first_language(releases.current_folder(), area)
    about = (
        f"The {_ALIKE} authorities whose shares of pupils with a first language other than English, in "
        "primary and in secondary schools, are nearest to this authority's in the newest year of the series."
    )
    found.append(ComparisonSet(EAL_ALIKE, _LISTS[EAL_ALIKE], about, alike))
    others = (
        ComparisonSet(one.id, one.title, one.about, tuple(code for code in one.authorities if code != area))
        for one in found
    )
    return tuple(one for one in others if one.authorities)


def chosen_set(area: str, *, wanted: str) -> ComparisonSet | None:
    """Return the set asked for, else the first there is; None where there is none."""
    sets = sets_for(area)
    return next((one for one in sets if one.id == wanted), sets[0] if sets else None)


def first_language_shares() -> Mapping[str, tuple[float, ...]]:
    """Return each authority's shares of pupils with another first language in the newest year, in percent."""
    return _shares(releases.current_folder())


@lru_cache(maxsize=2)
def _shares(folder: Path) -> Mapping[str, tuple[float, ...]]:
    newest = []
    for measure in EAL_MEASURES:
        labels = series.labels_of(measure)
        newest.append(series.across(measure, label=labels[-1]) if labels else {})
    both = set.intersection(*(set(one) for one in newest)) if newest else set()
    return {area: tuple(one[area] for one in newest) for area in sorted(both)}


@lru_cache(maxsize=256)
def _alike_in_first_language(folder: Path, area: str) -> tuple[str, ...]:
    shares = _shares(folder)
    own = shares.get(area)
    if own is None:
        return ()

    def distance(other: str) -> tuple[float, str]:
        return sum((one - two) ** 2 for one, two in zip(own, shares[other], strict=True)), other

    return tuple(sorted((other for other in shares if other != area), key=distance)[:_ALIKE])
