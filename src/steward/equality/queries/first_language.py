"""Results by first language in an authority: a finding and its gaps, or which file would give them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from steward.analysis.comparison import group_gaps
from steward.analysis.comparison import school_gaps as within
from steward.analysis.comparison.gap_measures import Gap
from steward.analysis.comparison.group_gaps import GapYear, Movement, Side
from steward.analysis.comparison.groups import ALL
from steward.analysis.comparison.school_gaps import SchoolGap
from steward.equality import wording
from steward.equality.queries import comparisons, file_gaps, gap_books
from steward.interface import words
from steward.vocabulary.areas import ENGLAND
from steward.vocabulary.values import Known, Missing, Reason, Value

_GROUP = "first_language"
_HEADLINES = ("ks2_rwm_expected", "attainment_8", "english_maths_grade_4", "progress_8")
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


@dataclass(frozen=True, slots=True)
class LanguageGap:
    """Results of pupils with another first language in an area, beside all its other pupils where known.

    `newest` holds the two figures. `england` and `beside` are the same gap in England and the mean of the
    authorities most alike. `others` is who the group is held against, inside a sentence.
    """

    gap: Gap
    newest: GapYear
    others: str
    england: Value
    beside: Value
    movement: Movement


@dataclass(frozen=True, slots=True)
class FirstLanguage:
    """The one finding on first language, the gaps it rests on, and what else is known, in sentences."""

    finding: str
    gaps: tuple[LanguageGap, ...]
    further: tuple[str, ...]


def first_language(area: str, *, name: str, of_pupils: Sequence[tuple[Gap, SchoolGap]]) -> FirstLanguage:
    """Return what is known of results by first language: a finding and gaps, or which file gives them."""
    alike = _alike(area)
    gaps = tuple(_of_files(area, alike=alike))
    own = tuple(_of_pupils(of_pupils, name=name))
    shares = tuple(_shares(area, name=name, alike=alike))
    if gaps:
        return FirstLanguage(_finding(gaps[0], name=name), gaps, (*own, *shares))
    if own:
        return FirstLanguage(own[0], (), (*own[1:], *shares))
    return FirstLanguage(_NOT_LOADED.format(name=name), (), (_WHICH_FILE, *shares))


def _alike(area: str) -> tuple[str, ...]:
    found = (one for one in comparisons.sets_for(area) if one.id == comparisons.EAL_ALIKE)
    return next((one.authorities for one in found), ())


def _of_files(area: str, *, alike: Sequence[str]) -> Iterator[LanguageGap]:
    gaps = (one for one in gap_books.published_gaps().values() if one.group.id == _GROUP)
    for gap in sorted((one for one in gaps if file_gaps.pair_of(one)), key=_rank):
        books = file_gaps.years_of(gap, areas=(area, ENGLAND, *alike))
        newest = group_gaps.latest(books.get(area, ()))
        if newest is not None:
            yield _one_gap(gap, newest, books=books, area=area)


def _rank(gap: Gap) -> tuple[int, str]:
    """Put the two headline measures first: key stage 2, then key stage 4."""
    place = _HEADLINES.index(gap.measure.id) if gap.measure.id in _HEADLINES else len(_HEADLINES)
    return place, gap.id


def _one_gap(gap: Gap, newest: GapYear, *, books: Mapping[str, Sequence[GapYear]], area: str) -> LanguageGap:
    beside_others = _to_others(newest, gap=gap)
    shown = beside_others or newest

    def amount_of(code: str) -> Value:
        year = next((one for one in books.get(code, ()) if one.year == newest.year), None)
        same = _to_others(year, gap=gap) if year and beside_others else year
        return same.amount if same else _NONE

    return LanguageGap(
        gap=gap,
        newest=shown,
        others="all other pupils" if beside_others else gap.against_name,
        england=amount_of(ENGLAND),
        beside=group_gaps.mean_of([amount_of(code) for code in books if code not in (area, ENGLAND)]),
        movement=group_gaps.movement_of(
            group_gaps.latest_change(books[area], gap=gap),
            usual=gap_books.usual_change(gap, year=newest.year),
        ),
    )


def _to_others(year: GapYear, *, gap: Gap) -> GapYear | None:
    """Return the gap to pupils outside the group, worked out from all pupils; None where it cannot be."""
    if gap.pair.against != ALL:
        return year
    value = within.others_of(year.group.value, every=year.other.value)
    if isinstance(value, Missing):
        return None
    return GapYear(year.year, year.label, year.group, Side(value, year.other.decimals))


def _finding(one: LanguageGap, *, name: str) -> str:
    amount = one.newest.amount
    number = amount.value if isinstance(amount, Known) else 0.0
    size = wording.size(number, measure=one.gap.measure, decimals=one.newest.decimals)
    where = f"{size} {'above' if number > 0 else 'below'}" if number else "level with"
    return (
        f"In {one.gap.measure.measure} in {one.newest.label} {one.gap.name} in {name} were {where} "
        f"{one.others}{_beside(one)}; since the year before: {_MOVED[one.movement]}."
    )


def _beside(one: LanguageGap) -> str:
    """Return whether that is better or worse than in similar authorities, beyond what rounding may hide."""
    own = one.newest.amount
    if isinstance(one.beside, Missing) or isinstance(own, Missing):
        return ", and the authorities most alike have no such figure to compare with"
    better = group_gaps.width(one.beside.value, polarity=one.gap.measure.polarity) - group_gaps.width(
        own.value, polarity=one.gap.measure.polarity
    )
    mean = words.signed(one.beside.value, decimals=max(one.newest.decimals, 1))
    if abs(better) <= one.newest.rounding:
        return f", about as in the authorities most alike (their mean gap is {mean})"
    side = "better" if better > 0 else "worse"
    return f", {side} than in the authorities most alike (their mean gap is {mean})"


_MOVED = {
    Movement.NARROWING: "the gap closes",
    Movement.WIDENING: "the gap widens",
    Movement.STEADY: "the gap is about the same",
    Movement.USUAL: "the gap moved no further than such gaps usually do",
    Movement.TURNED: "the gap turned round",
    Movement.UNJUDGED: f"the gap changed, and {wording.USUAL_NOT_KNOWN}",
    Movement.UNKNOWN: "no comparison can be made",
}


def _of_pupils(of_pupils: Sequence[tuple[Gap, SchoolGap]], *, name: str) -> Iterator[str]:
    for gap, found in of_pupils:
        if gap.group.id == _GROUP and isinstance(found.amount, Known):
            year = found.of.years[-1]
            shown = _printed(found.amount, gap.measure.decimals)
            yield (
                f"In {gap.measure.measure} in {year}, by the pupil file of {name}: the gap of {gap.name} to "
                f"{gap.against_name} was {shown}."
            )


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
