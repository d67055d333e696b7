"""The gaps of an authority as councillors ask: which are widest, which widen, is the gap closing."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from steward.analysis.comparison import group_gaps
from steward.analysis.comparison import school_gaps as within
from steward.analysis.comparison.gap_measures import Gap, Stage
from steward.analysis.comparison.group_gaps import GapChange, GapYear, Movement, Side
from steward.analysis.comparison.groups import ALL
from steward.equality.queries import comparisons, file_gaps, gap_books
from steward.equality.queries.comparisons import ComparisonSet
from steward.vocabulary.areas import ENGLAND
from steward.vocabulary.values import Known, Missing, Reason, Value

_NONE = Missing(Reason.NOT_AVAILABLE)


@dataclass(frozen=True, slots=True)
class AreaGap:
    """A gap of an area in its newest known year, its change, and the same gap elsewhere in that year.

    `wide` is how far the group is on the worse side, below zero where it does better. `run` is the change
    over the unbroken run of years, None where it is no longer than the last change.
    """

    gap: Gap
    newest: GapYear
    wide: float
    change: GapChange | None
    run: GapChange | None
    england: Value
    region: Value
    beside: Value
    national_others: Value
    """The area's group less England's others."""
    usual: float | None
    """How far such gaps of authorities move from one year to the next in 19 cases of 20, each way."""

    @property
    def is_behind(self) -> bool:
        """Whether the group does worse than those it is held against."""
        return self.wide > 0

    @property
    def movement(self) -> Movement:
        """Whether it narrowed or widened since the year before by more than such gaps usually move."""
        return group_gaps.movement_of(self.change, usual=self.usual)


@dataclass(frozen=True, slots=True)
class AreaGaps:
    """Every gap of an authority that fits what was asked, and the set of authorities beside it."""

    area: str
    name: str
    region: str
    gaps: tuple[AreaGap, ...]
    missing: tuple[Gap, ...]
    """Gaps of which the area has no year with both figures."""
    beside: ComparisonSet | None

    @property
    def behind(self) -> tuple[AreaGap, ...]:
        """Gaps in which the group does worse."""
        return tuple(one for one in self.gaps if one.is_behind)

    def of_unit(self, unit: str) -> tuple[AreaGap, ...]:
        """Return gaps in which the group does worse and which are in one unit, the widest first."""
        found = [one for one in self.behind if one.gap.measure.unit == unit]
        return tuple(sorted(found, key=lambda one: -one.wide))

    def moving(self, movement: Movement) -> tuple[AreaGap, ...]:
        """Return gaps in which the group does worse and which moved so, the fastest of each unit first."""
        found = [one for one in self.behind if one.movement is movement]
        return tuple(sorted(found, key=lambda one: (one.gap.measure.unit, -_speed(one), one.gap.id)))

    @property
    def movements(self) -> Counter[Movement]:
        """How many gaps in which the group does worse moved how."""
        return Counter(one.movement for one in self.behind)


def _speed(one: AreaGap) -> float:
    return abs(one.change.amount) if one.change and one.change.amount is not None else 0.0


class NoSuchArea(LookupError):
    """The series has no authority with this code; the message says what to do."""


def check_area(area: str) -> str:
    """Return the name of the authority, or raise NoSuchArea."""
    name = comparisons.name_of(area)
    if name == area or area == ENGLAND:
        raise NoSuchArea(
            f"No authority with the code {area} is in the series of authorities that was loaded. "
            "Choose one from the list, or load the Local Authority Interactive Tool."
        )
    return name


def area_gaps(area: str, *, stage: Stage | None = None, group: str = "", beside: str = "") -> AreaGaps:
    """Return the gaps of an authority, of one stage and one characteristic when they are named.

    `beside` is the id of a set of `comparisons.sets_for`. Raises NoSuchArea or NothingLoaded.
    """
    name = check_area(area)
    region = comparisons.region_of(area)
    chosen = comparisons.chosen_set(area, wanted=beside)
    books = _Books(
        own=gap_books.book_of(area),
        england=gap_books.book_of(ENGLAND),
        region=gap_books.book_of(region) if region else {},
        beside=tuple(gap_books.book_of(code) for code in chosen.authorities) if chosen else (),
    )
    wanted = [gap for gap in gap_books.published_gaps().values() if _fits(gap, stage=stage, group=group)]
    found = {gap.id: _area_gap(gap, books=books) for gap in wanted}
    return AreaGaps(
        area=area,
        name=name,
        region=region,
        gaps=tuple(one for one in found.values() if one is not None),
        missing=tuple(gap for gap in wanted if found[gap.id] is None),
        beside=chosen,
    )


def _fits(gap: Gap, *, stage: Stage | None, group: str) -> bool:
    return (stage is None or gap.measure.stage is stage) and (not group or gap.group.id == group)


@dataclass(frozen=True, slots=True)
class _Books:
    own: gap_books.GapBook
    england: gap_books.GapBook
    region: gap_books.GapBook
    beside: tuple[gap_books.GapBook, ...]


def _area_gap(gap: Gap, *, books: _Books) -> AreaGap | None:
    years = books.own.get(gap.id, ())
    newest = group_gaps.latest(years)
    if newest is None or not isinstance(newest.amount, Known):
        return None
    amounts = [_amount(book, gap.id, year=newest.year) for book in books.beside]
    nation = year_of(books.england.get(gap.id, ()), newest.year)
    return AreaGap(
        gap=gap,
        newest=newest,
        wide=group_gaps.width(newest.amount.value, polarity=gap.measure.polarity),
        change=group_gaps.latest_change(years, gap=gap),
        run=group_gaps.run_change(years, gap=gap),
        england=_amount(books.england, gap.id, year=newest.year),
        region=_amount(books.region, gap.id, year=newest.year),
        beside=group_gaps.mean_of(amounts),
        national_others=to_national_others(newest, england=nation, gap=gap),
        usual=gap_books.usual_change(gap, year=newest.year),
    )


def to_national_others(own: GapYear, *, england: GapYear | None, gap: Gap) -> Value:
    """Return the area's group less England's pupils outside the group, or why there is none.

    Where all pupils stand beside the group those outside it are worked out from their numbers; without
    numbers the group is held against all pupils of England, as `others_are_all` says.
    """
    if england is None:
        return _NONE
    other = england.other
    if gap.pair.against == ALL and not others_are_all(gap):
        value = within.others_of(england.group.value, every=other.value)
        other = Side(value, other.decimals)
    return GapYear(own.year, own.label, own.group, other).amount


def others_are_all(gap: Gap) -> bool:
    """Return whether all pupils of England stand for those outside the group, as no numbers are printed."""
    return gap.pair.against == ALL and file_gaps.pair_of(gap) is None


def year_of(years: Sequence[GapYear], year: int) -> GapYear | None:
    """Return the gap of one year, or None."""
    return next((one for one in years if one.year == year), None)


def amount_in(years: Sequence[GapYear], *, year: int) -> Value:
    """Return the gap of one year, or why there is none."""
    found = year_of(years, year)
    return found.amount if found else _NONE


def _amount(book: Mapping[str, Sequence[GapYear]], gap_id: str, *, year: int) -> Value:
    return amount_in(book.get(gap_id, ()), year=year)


SORTS: Mapping[str, Callable[[AreaGap], object]] = {
    "group": lambda one: (one.gap.name, one.gap.measure.title),
    "measure": lambda one: (one.gap.measure.stage.label, one.gap.measure.title, -one.wide),
    "gap": lambda one: (one.gap.measure.unit == "percent", one.wide),
    "change": lambda one: (one.change is None or one.change.amount is None, _signed(one)),
    "england": lambda one: (one.gap.measure.unit == "percent", _beyond_england(one)),
}
"""How a list of gaps may be sorted, by the key in the address."""


def _signed(one: AreaGap) -> float:
    return one.change.amount if one.change and one.change.amount is not None else 0.0


def _beyond_england(one: AreaGap) -> float:
    return beyond(one, other=one.england) or 0.0


def beyond(one: AreaGap, *, other: Value) -> float | None:
    """Return by how much the area's gap is wider than another area's, below zero where narrower."""
    if not isinstance(other, Known):
        return None
    return one.wide - group_gaps.width(other.value, polarity=one.gap.measure.polarity)
