"""Both sides of a gap in schools, year by year, from published figures or from pupil files.

Either way the figures passed the disclosure gate: published ones are read through it, and those of pupil
files are only what it released.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from steward.analysis.comparison import school_gaps as within
from steward.analysis.comparison.gap_measures import Gap, SchoolPair
from steward.analysis.comparison.groups import ALL
from steward.analysis.indicators.definition import IndicatorDefinition
from steward.equality.queries import area_gaps, file_gaps, gap_books
from steward.evidence import catalogues
from steward.evidence.queries import figures, pupil_groups, releases
from steward.evidence.queries.figures import Figure
from steward.vocabulary.areas import ENGLAND, Level
from steward.vocabulary.values import Known, Missing, Reason, Value

_NONE = Missing(Reason.NOT_AVAILABLE)
YearOfSides = tuple[int, Value, Value]
"""The calendar year in which a school year ends, the group's figure, and that beside it."""


@dataclass(frozen=True, slots=True)
class Nation:
    """What a group of pupils reaches in England, and those of England that a school's group is held against.

    `name` is who these are, as it stands after "gap to"; `how` says in a sentence where their figure is from.
    """

    group: Value = _NONE
    other: Value = _NONE
    name: str = "others of England"
    how: str = ""


@dataclass(frozen=True, slots=True)
class Sides:
    """Both figures of each school by URN, oldest year first, and of the authority itself where they are held.

    `beside_all` is whether what stands beside the group is of all pupils, the group among them.
    """

    definition: IndicatorDefinition
    schools: Mapping[int, tuple[YearOfSides, ...]]
    authority: tuple[YearOfSides, ...]
    beside_all: bool
    against: str
    england: Mapping[int, Nation] = field(default_factory=dict)
    releases: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    @property
    def years(self) -> list[int]:
        """The years of which any school has the group's figure; where none has, those with any record."""
        every = [one for listed in self.schools.values() for one in listed]
        known = {year for year, group, _ in every if isinstance(group, Known)}
        return sorted(known or {year for year, _, _ in every})


def published_pair(gap: Gap) -> SchoolPair | None:
    """Return which published figures of schools say the gap, or None."""
    return next((one for one in gap.measure.schools if one.pair == gap.pair.key), None)


def of_pupil_files(authority: str) -> dict[str, Gap]:
    """Return every gap that the pupil files of an authority say and the gate released, by id.

    A gap to all pupils that whole files of results print is not among them: these say the gap to others.
    """
    held = {
        dimension: set(_released(authority, period=period, dimension=dimension))
        for period, dimension in _slices(releases.current_folder(), authority)
    }
    measured = {dimension: {indicator for _, _, _, indicator in keys} for dimension, keys in held.items()}
    return {
        gap.id: gap
        for gap in catalogues.gaps().values()
        if len(gap.pair.members) == 1
        and gap.measure.indicator in measured.get(gap.group.id, ())
        and not (gap.pair.against == ALL and file_gaps.pair_of(gap))
    }


def sides_of(gap: Gap, *, authority: str, urns: Collection[int]) -> Sides:
    """Return both sides of a gap in schools: from pupil files where they say it, else as published."""
    if published_pair(gap) is not None and gap.id not in of_pupil_files(authority):
        return published_sides(gap, urns=urns)
    return pupil_sides(gap, authority=authority, urns=urns)


def published_figures(gaps: Iterable[Gap], *, urns: Collection[int]) -> list[Figure]:
    """Return the published figures of schools that say any of these gaps, in one reading of the tables."""
    pairs = [pair for gap in gaps if (pair := published_pair(gap))]
    return figures.figures_of(urns, indicators={name for pair in pairs for name in (pair.value, pair.other)})


def published_sides(gap: Gap, *, urns: Collection[int], held: Iterable[Figure] | None = None) -> Sides:
    """Return both sides of a gap in schools as published, whatever pupil files say of it.

    `held` are figures read before, of more gaps than this one; they are read here where it is not given.
    Raises LookupError where no published figure of schools says the gap.
    """
    pair = published_pair(gap)
    if pair is None:
        raise LookupError(f"No published figure of schools says the gap {gap.id}.")
    every = published_figures([gap], urns=urns) if held is None else held
    found = [one for one in every if one.indicator in (pair.value, pair.other)]
    by_key = {(one.urn, one.indicator, one.period): one for one in found}
    years = sorted({period for _, _, period in by_key})
    schools = {}
    for urn in urns:
        own = [year for year in years if (urn, pair.value, year) in by_key]
        if own:
            schools[urn] = tuple(
                (year, _value(by_key, urn, pair.value, year), _value(by_key, urn, pair.other, year))
                for year in own
            )
    beside_all = pair.against == ALL
    return Sides(
        definition=catalogues.indicators()[pair.value],
        schools=schools,
        authority=(),
        beside_all=beside_all,
        against="other pupils" if beside_all else gap.against_name,
        england={year: _nation(gap, pair=pair, year=year) for year in years},
        releases=_releases(found),
    )


def _value(by_key: Mapping[tuple[int, str, int], Figure], urn: int, name: str, year: int) -> Value:
    figure = by_key.get((urn, name, year))
    return figure.value if figure else _NONE


def _releases(found: Iterable[Figure]) -> dict[int, tuple[str, ...]]:
    held: dict[int, set[str]] = {}
    for one in found:
        held.setdefault(one.urn, set()).add(one.release)
    return {urn: tuple(sorted(names)) for urn, names in held.items()}


def _nation(gap: Gap, *, pair: SchoolPair, year: int) -> Nation:
    """Return England's side by side: its others as they are printed, else worked out, else all its pupils."""
    group, beside = _of_england(pair.value, year), _of_england(pair.other, year)
    if pair.against != ALL:
        return Nation(group, beside, f"{gap.against_name} of England")
    series = area_gaps.year_of(gap_books.book_of(ENGLAND).get(gap.id, ()), year)
    if series is not None and gap.pair.against != ALL and isinstance(series.other.value, Known):
        same = group if isinstance(group, Known) else series.group.value
        return Nation(same, series.other.value, f"{gap.against_name} of England", _PRINTED)
    others = within.others_of(group, every=beside)
    if isinstance(others, Known):
        return Nation(group, others, "other pupils of England", _WORKED_OUT)
    return Nation(group, beside, "all pupils of England", _ALL_OF_ENGLAND)


_PRINTED = "England's figure of those outside the group is printed in the series of authorities."
_WORKED_OUT = (
    "England's figure of those outside the group is worked out here from all its pupils and the group, with "
    "their numbers."
)
_ALL_OF_ENGLAND = (
    "Of England no figure of those outside the group is printed, nor the numbers to work it out, so all its "
    "pupils stand there, the group among them."
)


def _of_england(name: str, year: int) -> Value:
    found = [
        one
        for one in figures.figures_of_area(Level.ENGLAND, ENGLAND)
        if (one.indicator, one.period) == (name, year) and one.preferred
    ]
    known = [one for one in found if isinstance(one.value, Known)]
    whole = sorted(known, key=lambda one: (one.phase != ALL, one.phase != "secondary"))
    return whole[0].value if whole else _NONE


def pupil_sides(gap: Gap, *, authority: str, urns: Collection[int]) -> Sides:
    """Return both sides of a gap in schools and the authority: what the gate released of pupil files."""
    slices = _slices(releases.current_folder(), authority)
    periods = sorted({period for period, dimension in slices if dimension == gap.group.id})
    held = {period: _released(authority, period=period, dimension=gap.group.id) for period in periods}

    def years_of(area: str) -> tuple[YearOfSides, ...]:
        sides = ((period, *_pair_of(gap, area, held=held[period])) for period in periods)
        return tuple((period, group, other) for period, group, other in sides if group is not _NONE)

    schools = {urn: years_of(str(urn)) for urn in urns}
    beside_all = gap.pair.against == ALL
    nation = gap_books.book_of(ENGLAND).get(gap.id, ())
    england = {year: area_gaps.year_of(nation, year) for year in periods}
    return Sides(
        definition=catalogues.indicators()[gap.measure.indicator],
        schools={urn: years for urn, years in schools.items() if years},
        authority=years_of(authority),
        beside_all=beside_all,
        against="other pupils" if beside_all else gap.group.member(gap.pair.against).name,
        england={
            year: Nation(one.group.value, one.other.value, f"{gap.against_name} of England")
            for year, one in england.items()
            if one is not None
        },
    )


_Key = tuple[str, str, str, str]
"""Area, dimension, member, indicator."""


def _pair_of(gap: Gap, area: str, *, held: Mapping[_Key, Value]) -> tuple[Value, Value]:
    indicator, group, against = gap.measure.indicator, gap.group.id, gap.pair.against
    own = held.get((area, group, gap.pair.members[0], indicator), _NONE)
    beside = (area, ALL, ALL, indicator) if against == ALL else (area, group, against, indicator)
    return own, held.get(beside, _NONE)


@lru_cache(maxsize=16)
def _slices(folder: Path, authority: str) -> tuple[tuple[int, str], ...]:
    """Return the years and characteristics of pupil files; `folder` tells one generation from the next."""
    return tuple(pupil_groups.slices_of(authority))


def _released(authority: str, *, period: int, dimension: str) -> Mapping[_Key, Value]:
    """Return what the gate released of a characteristic in a year; nothing where it has not passed yet."""
    folder = releases.current_folder()
    path = pupil_groups.released_file(folder, authority=authority, period=period, dimension=dimension)
    return _read(path, authority, period, dimension) if path.exists() else {}


@lru_cache(maxsize=64)
def _read(path: Path, authority: str, period: int, dimension: str) -> Mapping[_Key, Value]:
    found = pupil_groups.released_groups(authority, period=period, dimension=dimension) or ()
    return MappingProxyType(
        {(one.area, one.dimension, one.member, one.indicator): one.value for one in found}
    )
