"""What is known of results by first language in an authority, and what is not loaded, in sentences."""

from collections.abc import Iterator, Mapping, Sequence
from statistics import fmean

from steward.analysis.comparison import group_gaps
from steward.analysis.comparison.gap_measures import Gap
from steward.analysis.comparison.group_gaps import GapYear
from steward.analysis.comparison.school_gaps import SchoolGap
from steward.equality import wording
from steward.equality.queries import comparisons, file_gaps, gap_books
from steward.interface import words
from steward.vocabulary.areas import ENGLAND
from steward.vocabulary.values import Known, Missing, Reason, Value

_GROUP = "first_language"
_STAGES = ("primary", "secondary")
_NONE = Missing(Reason.NOT_AVAILABLE)
_NOT_LOADED = (
    "No results by first language of {name} are loaded, so whether pupils whose first language is not "
    "English do as well as others there cannot be said here."
)
_WHICH_FILE = (
    "Two kinds of file give them: the whole key stage 2 and key stage 4 files of the school performance "
    "tables (england_ks2final.csv and england_ks4final.csv, with columns such as PTRWM_EXP_EAL and "
    "ATT8SCR_EAL), for schools, every authority and England; or the authority's own pupil file, for its "
    "schools. The shorter files and the Local Authority Interactive Tool have none."
)


def sentences(area: str, *, name: str, of_pupils: Sequence[tuple[Gap, SchoolGap]]) -> tuple[str, ...]:
    """Return the findings on first language: results where a file gives them, and what is known instead."""
    alike = _alike(area)
    results = (*_of_files(area, name=name, alike=alike), *_of_pupils(of_pupils, name=name))
    missing = () if results else (_NOT_LOADED.format(name=name), _WHICH_FILE)
    return (*results, *missing, *_shares(area, name=name, alike=alike))


def _alike(area: str) -> tuple[str, ...]:
    found = (one for one in comparisons.sets_for(area) if one.id == comparisons.EAL_ALIKE)
    return next((one.authorities for one in found), ())


def _of_files(area: str, *, name: str, alike: Sequence[str]) -> Iterator[str]:
    for gap in gap_books.published_gaps().values():
        if gap.group.id != _GROUP or file_gaps.pair_of(gap) is None:
            continue
        books = file_gaps.years_of(gap, areas=(area, ENGLAND, *alike))
        newest = group_gaps.latest(books.get(area, ()))
        if newest is not None:
            yield _one_gap(gap, newest, books=books, name=name, alike=alike)


def _one_gap(
    gap: Gap, newest: GapYear, *, books: Mapping[str, Sequence[GapYear]], name: str, alike: Sequence[str]
) -> str:
    nation, *beside = (_amount(books.get(code, ()), year=newest.year) for code in (ENGLAND, *alike))
    mean = group_gaps.mean_of(beside)
    return (
        f"In {gap.measure.measure} in {newest.label}, in {name}: {wording.both_figures(newest, gap=gap)}. "
        f"The gap was {_printed(newest.amount, newest.decimals)}; in England "
        f"{_printed(nation, newest.decimals)}; in the authorities most alike in first language "
        f"{_printed(mean, max(newest.decimals, 1))} on average."
    )


def _of_pupils(of_pupils: Sequence[tuple[Gap, SchoolGap]], *, name: str) -> Iterator[str]:
    for gap, found in of_pupils:
        if gap.group.id == _GROUP and isinstance(found.amount, Known):
            year = found.of.years[-1]
            shown = _printed(found.amount, gap.measure.decimals)
            yield (
                f"In {gap.measure.measure} in {year}, by the pupil file of {name}: the gap of {gap.name} to "
                f"{gap.against_name} was {shown}."
            )


def _amount(years: Sequence[GapYear], *, year: int) -> Value:
    return next((one.amount for one in years if one.year == year), _NONE)


def _printed(value: Value, decimals: int) -> str:
    if isinstance(value, Missing):
        return f"not known ({value.reason.label.lower()})"
    return words.signed(value.value, decimals=decimals)


def _shares(area: str, *, name: str, alike: Sequence[str]) -> Iterator[str]:
    """How many pupils have another first language, beside the authorities most alike and the rest."""
    every = comparisons.first_language_shares()
    own = every.get(area)
    if own is None:
        yield f"The share of pupils of {name} whose first language is not English is not loaded either."
        return
    told = [f"{_percent(share)} of pupils in {stage}" for stage, share in zip(_STAGES, own, strict=True)]
    yield f"In {name} the first language of {' and of '.join(told)} schools is not English."
    beside = [every[code] for code in alike if code in every]
    if beside:
        means = [_percent(fmean(column)) for column in zip(*beside, strict=True)]
        names = ", ".join(comparisons.name_of(code) for code in alike)
        yield f"In the authorities most alike it is {' and '.join(means)} on average: {names}."


def _percent(share: float) -> str:
    return f"{words.number(share, decimals=1)}%"
