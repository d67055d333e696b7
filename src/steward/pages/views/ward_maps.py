"""The map of a result by ward, where a file of outlines has been loaded."""

from dataclasses import dataclass

from django.urls import reverse

from steward.evidence.queries import ward_outlines
from steward.interface import words
from steward.interface.charts.figures import Area, WardMap
from steward.interface.charts.maps import Ring
from steward.pages.queries.ward_results import Pooled
from steward.pages.queries.wards import Ward, Wards, year_words
from steward.vocabulary.rounding import round_half_away
from steward.vocabulary.values import Known, Missing, Reason, Value

OF = "of"
CLASSES = 4


@dataclass(frozen=True, slots=True)
class MapPart:
    """The map of one result, the results it can be of (id, title, whether chosen), or why there is none."""

    chart: WardMap | None
    choices: tuple[tuple[str, str, bool], ...]
    why_none: str


def map_part(found: Wards, *, asked: str) -> MapPart:
    """Return the map of the result asked for, of the first that any ward has when none is."""
    rings = _loaded(found)
    if not rings:
        return MapPart(
            None,
            (),
            "No outlines of these wards have been loaded, so the list stands without a map. A GeoJSON file "
            "with “wards” in its name, each ward named in WARD_NAME, draws it.",
        )
    pooled = [code for code in (one.id for one, _ in found.results) if _known(found, code)]
    if not pooled:
        return MapPart(None, (), "No result can be pooled by ward, so there is nothing to map.")
    chosen = asked if asked in pooled else pooled[0]
    titles = {one.id: f"{one.title}, {year_words(period)}" for one, period in found.results}
    choices = tuple((code, titles[code], code == chosen) for code in pooled)
    return MapPart(_map(found, code=chosen, title=titles[chosen], rings=rings), choices, "")


def _loaded(found: Wards) -> dict[str, tuple[Ring, ...]]:
    """Return the outlines of the wards from the releases loaded; nothing where most wards have none there."""
    outlines = ward_outlines.ward_outlines()
    rings = {ward.name: outlines[ward.name].rings for ward in found.wards if ward.name in outlines}
    return rings if 2 * len(rings) >= len(found.wards) else {}


def releases_of(found: Wards) -> set[str]:
    """Return the releases from which the outlines on the map are."""
    outlines = ward_outlines.ward_outlines()
    return {outlines[name].release for name in _loaded(found)}


def _known(found: Wards, code: str) -> list[tuple[Ward, float]]:
    """Return the wards with a value of a result, lowest first."""
    pairs = ((ward, ward.pooled_of(code)) for ward in found.wards)
    known = [(ward, one.value) for ward, one in pairs if one is not None and one.value is not None]
    return sorted(known, key=lambda pair: (pair[1], pair[0].name))


def _map(found: Wards, *, code: str, title: str, rings: dict[str, tuple[Ring, ...]]) -> WardMap:
    known = _known(found, code)
    indicator = next(one for one, _ in found.results if one.id == code)
    (lowest, low), (highest, high) = known[0], known[-1]
    ends = [words.value_in_words(Known(value), measured=indicator) for value in (low, high)]
    areas = tuple(
        _area(ward, ward.pooled_of(code), code=found.authority.code, rings=rings.get(ward.name, ()))
        for ward in found.wards
    )
    pupils = [one.cohort for one in areas if one.cohort]
    return WardMap(
        title=f"{title}: from {ends[0]} in {lowest.name} to {ends[1]} in {highest.name}",
        description=f"{title}, pooled over the schools that stand in each ward of {found.authority.name}. "
        "The list beneath says the same.",
        unit=indicator.unit,
        decimals=indicator.decimals,
        areas=areas,
        cuts=_quarters([value for _, value in known], decimals=indicator.decimals),
        id=f"wards-{code.replace('_', '-')}",
        measure=f"{indicator.title}, {indicator.unit}",
        cohort=f"{words.number(min(pupils))} to {words.counted(max(pupils), one='pupil')} a ward",
        source=f"Published results of schools, {title.rpartition(', ')[2]}; outlines of wards",
    )


def _quarters(values: list[float], *, decimals: int) -> tuple[float, ...]:
    """Return the values, ascending, that part the wards into classes of about a quarter each."""
    places = (len(values) * part // CLASSES for part in range(1, CLASSES))
    cuts = {round_half_away(values[place], decimals) for place in places}
    return tuple(sorted(cut for cut in cuts if cut > values[0]))


def _area(ward: Ward, pooled: Pooled | None, *, code: str, rings: tuple[Ring, ...]) -> Area:
    return Area(
        name=ward.name,
        value=_value(pooled),
        rings=rings,
        href=reverse("pages:ward", args=[code, ward.slug]),
        cohort=pooled.pupils if pooled is not None and pooled.value is not None else None,
        note="" if pooled is None else pooled.rests_on or pooled.words,
    )


def _value(pooled: Pooled | None) -> Value:
    """Return a pooled result; one of too few pupils is withheld, one of too few schools not available."""
    if pooled is None or (pooled.value is None and not (pooled.pupils and pooled.covered)):
        return Missing(Reason.NOT_AVAILABLE)
    return Missing(Reason.WITHHELD) if pooled.value is None else Known(pooled.value, pooled.pupils)
