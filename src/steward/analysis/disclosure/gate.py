"""The gate: counts of groups of pupils go in, values that may be shown come out.

All counts of one authority go in together, since what is shown of one school, group or measure can tell
another. What is known of all pupils is taken as known, because the department publishes it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields

import pyarrow as pa

from steward.analysis.disclosure.groups import ALL, BOTH, Draft, GroupCount, PublishedShare, drafted
from steward.analysis.disclosure.loss import Loss
from steward.analysis.disclosure.policy import DisclosurePolicy
from steward.analysis.disclosure.secondary import Choice, attainable, choose
from steward.vocabulary.opening import opened
from steward.vocabulary.protection import Protected
from steward.vocabulary.values import Known, Missing, Reason, Value


@dataclass(frozen=True, slots=True)
class ReleasedGroup:
    """A figure of a group of pupils that may be shown, or the words for why it may not."""

    level: str
    area: str
    phase: str
    indicator: str
    period: int
    dimension: str
    member: str
    value: Value


@dataclass(frozen=True, slots=True)
class Release:
    """What came out of the gate, in the order in which it went in, and what was lost."""

    figures: tuple[ReleasedGroup, ...]
    loss: Loss


def release(
    counts: Protected[Sequence[GroupCount]],
    *,
    policy: DisclosurePolicy,
    published: Sequence[PublishedShare] = (),
) -> Release:
    """Return what may be shown of the counts of one authority: its schools' rows and its own together.

    A figure is Known with its number of pupils, or Missing with Reason.WITHHELD, with the number of pupils
    where that may be shown. Rows of the same group, measure and year must not be there twice. Raises
    AttackFailed when it cannot be told what a reader could work out; then nothing may be shown.
    """
    rows = opened(counts)
    shown: dict[int, Value] = {}
    loss = Loss.none()
    places = {id(row): place for place, row in enumerate(rows)}
    for problem in _problems(sorted(rows, key=_in_order)):
        decided = _decide(problem, policy=policy, published=published)
        shown |= {places[id(row)]: decided.value_of(row) for row in problem}
        loss += decided.loss(problem)
    return Release(tuple(_released(row, value=shown[place]) for place, row in enumerate(rows)), loss)


def release_tables(
    tables: Sequence[Protected[pa.Table]],
    *,
    policy: DisclosurePolicy,
    published: Sequence[PublishedShare] = (),
) -> Release:
    """Return what `release` returns, from tables in the shape columns.GROUPS: schools' rows and the area's.

    The tables together must be all of one authority's rows of the years, measures and dimensions asked for.
    """
    names = [field.name for field in fields(GroupCount)]
    rows = [row for table in tables for row in opened(table).select(names).to_pylist()]
    return release(Protected([GroupCount(**row) for row in rows]), policy=policy, published=published)


def release_crossing(
    counts: Protected[Sequence[GroupCount]], *, singles: Sequence[ReleasedGroup], policy: DisclosurePolicy
) -> Release:
    """Return what may be shown of pupils in two groups at once, of one year and one pair of dimensions.

    `counts` are the rows of one area: of all pupils, of each of the two dimensions and of both at once;
    `singles` is what was released of the two before. A reader is taken to know every count of one dimension.
    What was withheld of a group is withheld of every pair it is in; and where it is the only such group of
    its dimension, of all pairs. Only figures of pairs and of all pupils come out. Raises AttackFailed as
    `release`.
    """
    rows = opened(counts)
    given = frozenset(row.dimension for row in rows if not row.is_of_everybody and BOTH not in row.dimension)
    decided = _decide(rows, policy=policy, published=(), given=given)
    before = Withheld.of(singles)
    figures = tuple(
        _released(row, value=before.kept_back(row, value=decided.value_of(row)))
        for row in rows
        if row.dimension not in given
    )
    return Release(figures, decided.loss([row for row in rows if row.dimension not in given]))


@dataclass(frozen=True)
class _Decided:
    """Which numbers of pupils and which results of a problem are withheld."""

    draft: Draft
    choice: Choice
    primary: frozenset[int]

    @property
    def hidden(self) -> frozenset[int]:
        return self.choice.hidden

    def value_of(self, row: GroupCount) -> Value:
        pupils = self.draft.cells[self.draft.pupils[row.group, row.pupils]].figure
        cohort = None if pupils in self.hidden else float(row.pupils)
        if cohort is None or row.value is None or self._result_of(row) in self.hidden:
            reason = Reason.NOT_AVAILABLE if cohort is not None and row.value is None else Reason.WITHHELD
            return Missing(reason, cohort=cohort)
        return Known(row.value, cohort)

    def loss(self, rows: Iterable[GroupCount]) -> Loss:
        figures = {one for row in rows if not row.is_of_everybody for one in self._figures_of(row)}
        forced = sum(self.draft.costs[one] for one in self.hidden - figures)
        return Loss(
            figures=len(figures),
            small=len(self.primary & figures),
            beside=len((self.hidden - self.primary) & figures),
            cost=sum(self.draft.costs[one] for one in self.hidden & figures),
            least=max(0.0, self.choice.least - forced),
            exact=self.choice.exact,
        )

    def _result_of(self, row: GroupCount) -> int | None:
        pair = self.draft.achieved.get((row.group, row.indicator))
        return None if pair is None else self.draft.cells[pair[0]].figure

    def _figures_of(self, row: GroupCount) -> Iterator[int]:
        yield self.draft.cells[self.draft.pupils[row.group, row.pupils]].figure
        result = self._result_of(row)
        if result is not None:
            yield result


def _decide(
    rows: Sequence[GroupCount],
    *,
    policy: DisclosurePolicy,
    published: Sequence[PublishedShare],
    given: frozenset[str] = frozenset(),
) -> _Decided:
    """Choose the numbers of pupils and the results to withhold, of all measures together.

    Counts of the dimensions `given` are known to a reader.
    """
    whole = drafted(rows, policy=policy, results=True, published=published, given=given)
    choice = choose(attainable(whole.linked()))
    primary = whole.linked()
    return _Decided(whole, choice, primary.closed(primary.primary))


def _in_order(row: GroupCount) -> tuple[str | int, ...]:
    """The order in which rows are decided, so that the order in which they come tells nothing."""
    return row.period, *row.place, row.indicator, row.dimension, row.member, row.pupils


def _problems(rows: Sequence[GroupCount]) -> Iterator[list[GroupCount]]:
    """Give the rows that have to be decided together: of a year, the dimensions that meet in two groups.

    The rows of everybody are known, or withheld, whatever the dimension, and go with each.
    """
    by_year: dict[int, list[GroupCount]] = defaultdict(list)
    for row in rows:
        by_year[row.period].append(row)
    for of_year in by_year.values():
        everybody = [row for row in of_year if row.is_of_everybody]
        for names in _together({row.dimension for row in of_year if not row.is_of_everybody}) or [{ALL}]:
            yield everybody + [row for row in of_year if row.dimension in names]


def _together(dimensions: set[str]) -> list[set[str]]:
    """Return the dimensions in sets, those that are met in two groups at once in one."""
    sets: list[set[str]] = []
    for dimension in sorted(dimensions):
        names = {dimension, *dimension.split(BOTH)}
        apart = [one for one in sets if not one & names]
        sets = [*apart, names.union(*(one for one in sets if one & names))]
    return sets


@dataclass(frozen=True, slots=True)
class Withheld:
    """What was withheld of single groups: of pupils by dimension and member, of results by measure too."""

    pupils: frozenset[tuple[str, str]]
    results: frozenset[tuple[str, str, str]]
    alone: frozenset[tuple[str, str]]
    """Dimension and measure of which one group only was withheld, so that pairs would add up to it."""

    @classmethod
    def of(cls, singles: Iterable[ReleasedGroup]) -> "Withheld":
        """Return what was withheld of the groups that were released."""
        hidden = [one for one in singles if one.dimension != ALL and _is_withheld(one.value)]
        pupils = frozenset((one.dimension, one.member) for one in hidden if one.value.cohort is None)
        results = frozenset((one.dimension, one.member, one.indicator) for one in hidden)
        counted = Counter((dimension, indicator) for dimension, _, indicator in results)
        return cls(pupils, results, frozenset(key for key, number in counted.items() if number == 1))

    def kept_back(self, row: GroupCount, *, value: Value) -> Value:
        """Return the value of a pair of groups, or nothing of it that would tell what was withheld of one."""
        if BOTH not in row.dimension:
            return value
        members = list(zip(row.dimension.split(BOTH), row.member.split(BOTH), strict=True))
        alone = any((dimension, row.indicator) in self.alone for dimension, _ in members)
        if alone or any(one in self.pupils for one in members):
            return Missing(Reason.WITHHELD)
        if any((*one, row.indicator) in self.results for one in members):
            return Missing(Reason.WITHHELD, cohort=value.cohort)
        return value


def _is_withheld(value: Value) -> bool:
    return isinstance(value, Missing) and value.reason is Reason.WITHHELD


def _released(row: GroupCount, *, value: Value) -> ReleasedGroup:
    return ReleasedGroup(
        row.level, row.area, row.phase, row.indicator, row.period, row.dimension, row.member, value
    )
