"""Counts of groups of pupils, and the linked tables that one authority's counts of a year make together."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from steward.analysis.disclosure.policy import SCHOOL, DisclosurePolicy
from steward.analysis.disclosure.tables import Cell, LinkedTables, Ratio, Sum

ALL = "all"
BOTH = "+"
"""Joins the names of two dimensions, and of two members, for pupils who are in both groups."""

_SCHOOL_COST, _AREA_COST, _RESULT_COST = 1.0, 20.0, 2.0
"""What withholding loses: a number of pupils of a school is 1, of an area 20; a result twice as much."""

Place = tuple[str, str, str]
"""Level, area and phase."""
Group = tuple[Place, str, str]
"""Of a place, the dimension and the member."""


@dataclass(frozen=True, slots=True)
class GroupCount:
    """How many pupils are in a figure of a group and how many of them achieved; a row of columns.GROUPS.

    `achieved` is None for a mean. `value` is a share in percent or a mean.
    """

    level: str
    area: str
    phase: str
    indicator: str
    period: int
    dimension: str
    member: str
    pupils: int
    achieved: int | None
    value: float | None

    @property
    def place(self) -> Place:
        """Where the pupils are."""
        return self.level, self.area, self.phase

    @property
    def group(self) -> Group:
        """Which pupils they are."""
        return self.place, self.dimension, self.member

    @property
    def is_of_everybody(self) -> bool:
        """Whether it is of all pupils of the place, in no group."""
        return self.dimension == ALL


@dataclass(frozen=True, slots=True)
class PublishedShare:
    """A share of the same pupils that another publication prints: between `low` and `high`, shares of 1."""

    group: Group
    indicator: str
    low: float
    high: float


@dataclass
class Draft:
    """Linked tables while they are made; gives each count a cell, the same count of a group one cell."""

    policy: DisclosurePolicy
    given: frozenset[str] = frozenset()
    """Dimensions whose counts a reader is taken to know, whatever was shown of them."""
    cells: list[Cell] = field(default_factory=list)
    costs: list[float] = field(default_factory=list)
    known: set[int] = field(default_factory=set)
    follows: list[tuple[int, int]] = field(default_factory=list)
    sums: dict[tuple[int, tuple[int, ...]], Sum] = field(default_factory=dict)
    ratios: list[Ratio] = field(default_factory=list)
    pupils: dict[tuple[Group, int], int] = field(default_factory=dict)
    """Cell by group and number: figures of several measures on the same pupils share it."""
    achieved: dict[tuple[Group, str], tuple[int, int]] = field(default_factory=dict)
    """Cells of those with and without the result, by group and indicator."""
    measures: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    """Cells by indicator: those of results, and the numbers of pupils they are parts of."""

    def add_pupils(self, row: GroupCount) -> int:
        """Return the cell of the number of pupils of a row."""
        key = row.group, row.pupils
        if key not in self.pupils:
            least = self.policy.limits_of(row.level).pupils
            small = 0 < row.pupils < least and row.dimension not in self.given
            cost = _cost(row.level)
            self.pupils[key] = self._add(row.pupils, figure=self._figure(cost), need=least if small else 0)
            if self._is_given(row) and not small:
                self.known.add(self.cells[self.pupils[key]].figure)
        return self.pupils[key]

    def add_results(self, row: GroupCount) -> None:
        """Add the cells of those with and without the result, which one figure shows."""
        achieved = row.achieved or 0
        whole, rest = self.add_pupils(row), row.pupils - achieved
        figure = self._figure(_RESULT_COST * _cost(row.level))
        need = 0 if self._is_given(row) else self.policy.limits_of(row.level).results
        pair = tuple(
            self._add(count, figure=figure, need=need if self._is_small(count, need) else 0)
            for count in (achieved, rest)
        )
        self.achieved[row.group, row.indicator] = pair[0], pair[1]
        self.add_sum(whole, pair)
        self.measures[row.indicator] |= {whole, *pair}
        shown_as = self.cells[whole].figure
        self.follows.append((shown_as, figure))
        if self._is_given(row) and shown_as in self.known:
            self.known.add(figure)

    def add_sum(self, total: int, parts: tuple[int, ...], *, implied: bool = False) -> None:
        """Say that cells add up, whatever is in no cell being known; `implied` where other sums say it."""
        rest = self.cells[total].count - sum(self.cells[part].count for part in parts)
        self.sums[total, parts] = Sum(total, parts, rest, implied)

    def linked(self) -> LinkedTables:
        """Return the tables."""
        return LinkedTables(
            tuple(self.cells),
            tuple(self.sums.values()),
            tuple(self.costs),
            frozenset(self.known),
            tuple(self.follows),
            tuple(self.ratios),
            measures=tuple(frozenset(self.measures[name]) for name in sorted(self.measures)),
            places=self._schools(),
        )

    def _schools(self) -> tuple[frozenset[int], ...]:
        """Return the cells of each school, those of a phase beside each other."""
        found: dict[Place, set[int]] = defaultdict(set)
        for ((place, _, _), _), cell in self.pupils.items():
            found[place].add(cell)
        for ((place, _, _), _), pair in self.achieved.items():
            found[place] |= set(pair)
        schools = sorted((place for place in found if place[0] == SCHOOL), key=lambda one: (one[2], one[1]))
        return tuple(frozenset(found[place]) for place in schools)

    def _is_given(self, row: GroupCount) -> bool:
        return row.is_of_everybody or row.dimension in self.given

    def _is_small(self, count: int, least: int) -> bool:
        return count < least and (count > 0 or self.policy.none_or_all_is_small)

    def _figure(self, cost: float) -> int:
        self.costs.append(cost)
        return len(self.costs) - 1

    def _add(self, count: int, *, figure: int, need: int) -> int:
        self.cells.append(Cell(count, figure, need))
        return len(self.cells) - 1


def drafted(
    rows: Sequence[GroupCount],
    *,
    policy: DisclosurePolicy,
    results: bool,
    published: Iterable[PublishedShare] = (),
    given: frozenset[str] = frozenset(),
) -> Draft:
    """Return the linked tables of rows of one year: numbers of pupils, and results where asked for."""
    draft = Draft(policy, given)
    for row in rows:
        draft.add_pupils(row)
        if results and row.achieved is not None:
            draft.add_results(row)
    for total, parts in _ties(rows):
        draft.add_sum(draft.add_pupils(total), tuple(draft.add_pupils(part) for part in parts))
        if results and total.achieved is not None:
            _tie_results(draft, total=total, parts=parts)
    for share in published:
        _tie_share(draft, share=share, rows=rows)
    return draft


def _tie_results(draft: Draft, *, total: GroupCount, parts: Sequence[GroupCount]) -> None:
    whole = draft.achieved[total.group, total.indicator]
    each = [draft.achieved[part.group, part.indicator] for part in parts]
    draft.add_sum(whole[0], tuple(pair[0] for pair in each))
    without = tuple(pair[1] for pair in each)
    draft.add_sum(whole[1], without, implied=True)  # it is what the pupils and those with the result leave


def _tie_share(draft: Draft, *, share: PublishedShare, rows: Sequence[GroupCount]) -> None:
    pair = draft.achieved.get((share.group, share.indicator))
    if pair is None:
        return
    row = next(row for row in rows if (row.group, row.indicator) == (share.group, share.indicator))
    draft.ratios.append(Ratio(pair[0], draft.add_pupils(row), share.low, share.high))


def _ties(rows: Sequence[GroupCount]) -> Iterator[tuple[GroupCount, list[GroupCount]]]:
    """Give each row with the rows that add up to it: members of a dimension, and schools of an area."""
    by_key = {(row.indicator, row.group): row for row in rows}
    yield from _ties_of_members(rows, by_key=by_key)
    yield from _ties_of_schools(rows)


def _ties_of_members(
    rows: Sequence[GroupCount], *, by_key: Mapping[tuple[str, Group], GroupCount]
) -> Iterator[tuple[GroupCount, list[GroupCount]]]:
    found: dict[tuple[str, Group, str], list[GroupCount]] = defaultdict(list)
    for row in rows:
        for dimension, member in _larger(row):
            found[row.indicator, (row.place, dimension, member), row.dimension].append(row)
    for (indicator, group, _), parts in found.items():
        total = by_key.get((indicator, group))
        if total is not None:
            yield total, parts


def _larger(row: GroupCount) -> Iterator[tuple[str, str]]:
    """Give the groups in which a group lies: everybody, or each of two where it is of both."""
    if BOTH in row.dimension:
        yield from zip(row.dimension.split(BOTH), row.member.split(BOTH), strict=True)
    elif not row.is_of_everybody:
        yield ALL, ALL


def _ties_of_schools(rows: Sequence[GroupCount]) -> Iterator[tuple[GroupCount, list[GroupCount]]]:
    schools: dict[tuple[str, str, str], list[GroupCount]] = defaultdict(list)
    for row in rows:
        if row.level == SCHOOL:
            schools[row.indicator, row.dimension, row.member].append(row)
    for row in rows:
        if row.level != SCHOOL:
            every = schools[row.indicator, row.dimension, row.member]
            parts = [one for one in every if row.phase in (ALL, one.phase)]
            if parts:
                yield row, parts


def _cost(level: str) -> float:
    return _SCHOOL_COST if level == SCHOOL else _AREA_COST
