"""Other counts that agree with what is shown, found by moving pupils between two schools and two groups.

A pupil more of a group in one school is one fewer of another group there; a second school has it the other
way round, so that no total changes. What is reached so is proof that a reader cannot tell, at a small part
of what a linear programme costs. Source: the cycles of Kelly, Golden and Assad, Networks 22 (1992), 397-417.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]

NO_CELL = -1
_WITH, _WITHOUT = 0, 1
_LARGE = 1_000_000
_PARTNERS = 40
"""Among how many schools a second one is looked for."""


@dataclass(frozen=True)
class Sheet:
    """Of one measure the cells by school and member: the pupils, and those with and without the result.

    Schools of one sheet lie in the same areas, so that what moves between two of them changes no area. The
    last column is of all pupils of the school. It is reckoned downwards from a large number: one pupil more
    in all is one fewer to come, so that a move takes from it as from any other group.
    NO_CELL stands where a group has no pupils; a mean has no cells with and without.
    """

    pupils: Numbers
    parts: Numbers
    """Twice schools by members: with the result, then without."""

    @cached_property
    def is_mean(self) -> bool:
        """Whether nobody has a result or lacks it."""
        return bool((self.parts == NO_CELL).all())


class Moves:
    """How much more and how much less each hidden cell can be, so far as moves have shown."""

    def __init__(self, sheets: Sequence[Sheet], *, counts: NDArray[np.float64], hidden: Flags) -> None:
        self.up = np.zeros(len(counts), dtype=np.int64)
        self.down = np.zeros(len(counts), dtype=np.int64)
        self._counts, self._hidden = np.rint(counts).astype(np.int64), hidden
        self._sheets = tuple(sheets)

    def try_all(self, needs: Numbers) -> None:
        """Move pupils until each cell that needs room has it, or no move is found that gives more."""
        for sheet in self._sheets:
            if not sheet.is_mean:
                self._swap(sheet)
        for chosen in _families(self._sheets):
            self._move([self._sheets[one] for one in chosen], needs=needs)

    def _of(self, cells: Numbers) -> Numbers:
        found = np.where(cells == NO_CELL, 0, self._counts[cells])
        found[..., -1] = np.where(cells[..., -1] == NO_CELL, 0, _LARGE - found[..., -1])
        return found

    def _is_hidden(self, cells: Numbers) -> Flags:
        return np.asarray((cells != NO_CELL) & self._hidden[cells])

    def _swap(self, sheet: Sheet) -> None:
        """Exchange a pupil with the result for one without, where only results are hidden."""
        have = self._of(sheet.parts)
        may = self._is_hidden(sheet.parts[_WITH])
        for member in range(have.shape[2]):
            for other in range(have.shape[2]):
                if member == other:
                    continue
                both = may[:, member] & may[:, other]
                more = np.minimum(have[_WITHOUT, :, member], have[_WITH, :, other]) * both
                less = np.minimum(have[_WITH, :, member], have[_WITHOUT, :, other]) * both
                up = np.minimum(more, less.sum() - less)
                down = np.minimum(less, more.sum() - more)
                if member == have.shape[2] - 1:
                    up, down = down, up
                self._reach(sheet.parts[_WITH, both, member], up=up[both], down=down[both])
                self._reach(sheet.parts[_WITHOUT, both, member], up=down[both], down=up[both])

    def _reach(self, cells: Numbers, *, up: Numbers, down: Numbers) -> None:
        self.up[cells] = np.maximum(self.up[cells], up)
        self.down[cells] = np.maximum(self.down[cells], down)

    def _move(self, sheets: Sequence[Sheet], *, needs: Numbers) -> None:
        """Move whole pupils of groups of hidden number, in all measures of the same pupils at once."""
        table = _Table(sheets, moves=self)
        for school, member in np.argwhere(table.may):
            cells = table.cells_at(school, member)
            for way, first in ((1, _WITH), (1, _WITHOUT), (-1, _WITH), (-1, _WITHOUT)):
                short = needs[cells] - self.up[cells] - self.down[cells]
                if (short <= 0).all():
                    break
                self._walk(table, at=(school, member), way=way, first=first, most=int(needs[cells].max()))

    def _walk(self, table: "_Table", *, at: tuple[int, int], way: int, first: int, most: int) -> None:
        have = table.have.copy()
        for _ in range(most):
            if not table.step(have, at=at, way=way, first=first):
                break
        changed = have - table.have
        changed[..., -1] *= -1
        which = np.nonzero(changed)
        cells, by = table.parts[which], changed[which]
        self._reach(cells, up=np.maximum(by, 0), down=np.maximum(-by, 0))
        pupils = changed.sum(axis=0)
        where = np.nonzero(pupils)
        cells, by = table.pupils[where], pupils[where]
        self._reach(cells, up=np.maximum(by, 0), down=np.maximum(-by, 0))


class _Table:
    """Sheets of the same pupils, and where pupils may be moved in all of them at once."""

    def __init__(self, sheets: Sequence[Sheet], *, moves: Moves) -> None:
        self.pupils = np.stack([sheet.pupils for sheet in sheets])
        means = [sheet.is_mean for sheet in sheets]
        self.parts = np.stack([sheet.parts for sheet in sheets], axis=1)
        self.parts[_WITH, means] = self.pupils[means]
        self.have = moves._of(self.parts)
        inside = np.bincount(self.pupils[self.pupils != NO_CELL], minlength=len(moves._counts))
        every = [sheet.pupils[sheet.pupils != NO_CELL] for sheet in moves._sheets]
        total = np.bincount(np.concatenate(every), minlength=len(moves._counts))
        alone = moves._is_hidden(self.pupils) & (inside[self.pupils] == total[self.pupils])
        self.may = alone.all(axis=0)

    def cells_at(self, school: int, member: int) -> Numbers:
        found = np.concatenate([self.pupils[:, school, member], self.parts[:, :, school, member].ravel()])
        return np.unique(found[found != NO_CELL])

    def step(self, have: Numbers, *, at: tuple[int, int], way: int, first: int) -> bool:
        """Move one pupil; say whether one could be moved."""
        school, member = at
        rows = self._partners(have, at=at)
        columns = np.flatnonzero(self.may[school])
        columns = columns[columns != member]
        if not len(rows) or not len(columns):
            return False
        across = have[:, :, rows[:, None], columns[None, :]] > 0
        if way > 0:
            given, taken = have[:, :, school, columns] > 0, have[:, :, rows, member] > 0
            able = given[:, :, None, :] & taken[..., None]
        else:
            able = (have[:, :, school, member] > 0)[:, :, None, None] & across
        carried = able.any(axis=0).all(axis=0) & self.may[rows[:, None], columns[None, :]]
        if not carried.any():
            return False
        liked = np.where(carried, 1 + able[first].sum(axis=0), 0)
        row, column = np.unravel_index(int(liked.argmax()), liked.shape)
        part = np.where(able[first, :, row, column], first, 1 - first)
        corners = (school, member, int(rows[row]), int(columns[column]))
        self._apply(have, part=part, corners=corners, way=way)
        return True

    def _partners(self, have: Numbers, *, at: tuple[int, int]) -> Numbers:
        school, member = at
        rows = np.flatnonzero(self.may[:, member])
        rows = rows[rows != school]
        size = have[:, 0, rows, member].sum(axis=0)
        return np.asarray(rows[np.argsort(-size, kind="stable")[:_PARTNERS]])

    def _apply(self, have: Numbers, *, part: Numbers, corners: tuple[int, int, int, int], way: int) -> None:
        school, member, other_school, other = corners
        each = np.arange(have.shape[1])
        for row, column, by in (
            (school, member, way),
            (school, other, -way),
            (other_school, member, -way),
            (other_school, other, way),
        ):
            have[part, each, row, column] += by


def _families(sheets: Sequence[Sheet]) -> Iterator[tuple[int, ...]]:
    """Give sets of sheets of the same pupils: those that share most cells, then such sets that share any."""
    shared = np.zeros((len(sheets), len(sheets)))
    held = [set(sheet.pupils[:, :-1][sheet.pupils[:, :-1] != NO_CELL].tolist()) for sheet in sheets]
    for one, mine in enumerate(held):
        for other, theirs in enumerate(held):
            shared[one, other] = len(mine & theirs) / max(1, min(len(mine), len(theirs)))
    alike = _joined(shared > 0.5)
    yield from alike
    for place, first in enumerate(alike):
        for second in alike[place + 1 :]:
            if shared[np.ix_(first, second)].any():
                yield tuple(sorted((*first, *second)))


def _joined(ties: Flags) -> list[tuple[int, ...]]:
    """Return the places in sets, those that are tied in one."""
    sets: list[set[int]] = []
    for one in range(len(ties)):
        names = {one, *np.flatnonzero(ties[one]).tolist()}
        apart = [held for held in sets if not held & names]
        sets = [*apart, names.union(*(held for held in sets if held & names))]
    return [tuple(sorted(held)) for held in sets]
