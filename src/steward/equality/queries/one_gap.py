"""One gap of one authority over the years, beside England, its region and authorities like it."""

from dataclasses import dataclass

from steward.analysis.comparison import group_gaps
from steward.analysis.comparison.gap_measures import Gap
from steward.analysis.comparison.group_gaps import GapChange, GapYear, Movement, Position
from steward.analysis.indicators.definition import IndicatorDefinition
from steward.equality.queries import area_gaps, comparisons, file_gaps, gap_books
from steward.equality.queries.comparisons import ComparisonSet
from steward.evidence import catalogues
from steward.vocabulary.areas import ENGLAND
from steward.vocabulary.values import Known, Missing, Reason, Value

_NONE = Missing(Reason.NOT_AVAILABLE)


class NoSuchGap(LookupError):
    """There is no gap by this name, or the authority has no figure of it; the message says which."""


@dataclass(frozen=True, slots=True)
class YearBeside:
    """A year of a gap, how it moved into it, and the same year elsewhere."""

    own: GapYear
    change: GapChange | None
    usual: float | None
    england: GapYear | None
    region: Value
    beside: Value
    national_others: Value

    @property
    def movement(self) -> Movement:
        """Whether it narrowed or widened into the year by more than such gaps usually move."""
        return group_gaps.movement_of(self.change, usual=self.usual)

    @property
    def england_gap(self) -> Value:
        """England's gap of the year."""
        return self.england.amount if self.england else _NONE


@dataclass(frozen=True, slots=True)
class OneGap:
    """A gap of an authority, oldest year first; `position` is None where too few authorities have it."""

    gap: Gap
    area: str
    name: str
    years: tuple[YearBeside, ...]
    beside: ComparisonSet | None
    position: Position | None
    run: GapChange | None
    usual: float | None

    @property
    def definition(self) -> IndicatorDefinition | None:
        """The indicator of the group's figure where the gap is of files, else None."""
        pair = file_gaps.pair_of(self.gap)
        return catalogues.indicators()[pair.value] if pair else None

    @property
    def of_files(self) -> bool:
        """Whether it is of files that print numbers of pupils, and not of the series, which prints none."""
        return file_gaps.pair_of(self.gap) is not None

    @property
    def newest(self) -> YearBeside | None:
        """The newest year of which both figures are known."""
        return next((one for one in reversed(self.years) if isinstance(one.own.amount, Known)), None)

    @property
    def breaks(self) -> tuple[YearBeside, ...]:
        """The years that cannot be compared with the year before, though both have figures."""
        found = []
        for before, one in zip(self.years, self.years[1:], strict=False):
            known = isinstance(before.own.amount, Known) and isinstance(one.own.amount, Known)
            if known and one.change is not None and one.change.movement is Movement.UNKNOWN:
                found.append(one)
        return tuple(found)


def one_gap(area: str, gap_id: str, *, beside: str = "") -> OneGap:
    """Return a gap of an authority. Raises NoSuchArea, NoSuchGap or NothingLoaded."""
    name = area_gaps.check_area(area)
    gap = gap_books.published_gaps().get(gap_id)
    if gap is None:
        raise NoSuchGap(
            f"There is no gap called {gap_id} in the series of authorities. Choose one from the list."
        )
    years = gap_books.book_of(area).get(gap_id, ())
    if not years:
        raise NoSuchGap(f"{name} has no figure of “{gap.title}” in the series of authorities.")
    chosen = comparisons.chosen_set(area, wanted=beside)
    newest = group_gaps.latest(years)
    return OneGap(
        gap=gap,
        area=area,
        name=name,
        years=_years(gap, area, years=years, chosen=chosen),
        beside=chosen,
        position=_position(gap, area, newest=newest),
        run=group_gaps.run_change(years, gap=gap),
        usual=gap_books.usual_change(gap, year=newest.year) if newest else None,
    )


def _years(
    gap: Gap, area: str, *, years: tuple[GapYear, ...], chosen: ComparisonSet | None
) -> tuple[YearBeside, ...]:
    england = gap_books.book_of(ENGLAND).get(gap.id, ())
    region = gap_books.book_of(comparisons.region_of(area)).get(gap.id, ())
    beside = [gap_books.book_of(code).get(gap.id, ()) for code in (chosen.authorities if chosen else ())]
    found = []
    for place, own in enumerate(years):
        nation = area_gaps.year_of(england, own.year)
        amounts = [area_gaps.amount_in(one, year=own.year) for one in beside]
        found.append(
            YearBeside(
                own=own,
                change=group_gaps.change_between(years[place - 1], own, gap=gap) if place else None,
                usual=gap_books.usual_change(gap, year=own.year) if place else None,
                england=nation,
                region=area_gaps.amount_in(region, year=own.year),
                beside=group_gaps.mean_of(amounts),
                national_others=area_gaps.to_national_others(own, england=nation, gap=gap),
            )
        )
    return tuple(found)


def _position(gap: Gap, area: str, *, newest: GapYear | None) -> Position | None:
    if newest is None:
        return None
    amounts = gap_books.amounts_in(gap, year=newest.year)
    widths = {
        code: group_gaps.width(amount, polarity=gap.measure.polarity) for code, amount in amounts.items()
    }
    return group_gaps.position(area, widths=widths, rounding=newest.rounding)
