"""Withholding more, until each small count was seen to vary by what it needs.

A few schools are looked at together first, since small programmes are quick; all schools at once only for
what is left. Whatever was seen is a set of counts that is checked by adding up.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from steward.analysis.disclosure import neighbours
from steward.analysis.disclosure.attack import AttackFailed, Push, Reader
from steward.analysis.disclosure.covering import Covering
from steward.analysis.disclosure.moving import Mover
from steward.analysis.disclosure.seen import Seen
from steward.analysis.disclosure.tables import LinkedTables

_LESSONS = 8
"""How often a good choice asks the programme again; then counts are moved one by one."""
_LESSONS_OF_ALL = 1
"""How often with what a reader of all schools tells, which takes longer."""
_BESIDE = 12
"""Among how many schools a count is moved."""
_NEAR = 1e-6


class Mending:
    """Withholds more, one count after another, until each was seen to vary by what it needs."""

    def __init__(self, tables: LinkedTables, *, hidden: frozenset[int]) -> None:
        self.tables, self.hidden = tables, hidden
        self.settled: dict[int, int] = {}
        """Cells that need more than withholding everything gives, with what it gives at the most."""
        self._everything = tables.closed(frozenset(range(len(tables.costs))) - tables.known)
        self._seen, self._could_be = Seen(tables), Seen(tables)
        self._whole: Reader | None = None
        self._asked: set[int] = set()
        """Cells of which schools and measures were asked whether there can be as much as they need."""
        self._unknown: set[tuple[str, int]] = set()
        """Readers of a part with cells that they were seen not to know."""
        self._widths: dict[int, tuple[int, int]] = {}

    def done(self, covering: Covering) -> frozenset[int]:
        """Return what is withheld at the end; the programme learns on the way."""
        self._be_taught(covering, by=self._readers, times=_LESSONS)
        self._look_at_all()
        self._settle_for_all()
        self._be_taught(covering, by=self._reader_of_all, times=_LESSONS_OF_ALL)
        self._move_among_neighbours()
        self._move_among_all()
        if self._short():
            self._withhold_all()
        return self.hidden

    def _be_taught(
        self, covering: Covering, *, by: Callable[[], Iterator[tuple[str, Reader]]], times: int
    ) -> None:
        """Ask the programme again with what readers tell, until they tell nothing or it answers the same."""
        for _ in range(times):
            self._look()
            self._settle()
            if not self._short() or not self._learn(covering, readers=dict(by())):
                return
            more = covering.solve(with_these=self.hidden).hidden
            if more == self.hidden:
                return
            self.hidden = self.tables.closed(more)

    def _learn(self, covering: Covering, *, readers: Mapping[str, Reader]) -> int:
        """Tell the programme why the cells are known that still are; return how many."""
        known = 0
        for cell in self._short():
            pushed = self._pushed(cell, readers=readers)
            if pushed is not None:
                covering.learn(pushed, cell=cell, need=self._need(cell))
                known += 1
        return known

    def _look(self) -> None:
        """See how far counts vary, among a few schools first."""
        neighbours.look(self.tables, hidden=self.hidden, seen=self._seen, cells=self._short())

    def _look_at_all(self) -> None:
        Reader(self.tables, hidden=self.hidden, seen=self._seen).try_all(self._short())

    def _settle(self) -> None:
        """Settle for less where a school or a measure alone tells that there cannot be more.

        So it is where results of all pupils, which readers know, leave too little room.
        """
        new = set(self._short()) - self._asked
        neighbours.look(self.tables, hidden=self._everything, seen=self._could_be, cells=new)
        unsure = sorted(cell for cell in new if self._could_be.width_of(cell) < self._need(cell))
        for _, reader in self._partly(self._everything, cells=unsure):
            for cell in filter(reader.looks_at, unsure):
                width = reader.interval(cell).width
                if width < self._need(cell):
                    self.settled[cell] = width
        self._asked |= new

    def _settle_for_all(self) -> None:
        """Settle for less where all that readers know, with everything withheld, leaves too little room."""
        for cell in self._short():
            if self._could_be.width_of(cell) < self._need(cell):
                self._widest(cell)

    def _partly(self, hidden: frozenset[int], *, cells: Sequence[int]) -> Iterator[tuple[str, Reader]]:
        """Give readers of one school or one measure with a cell: quick, and all know as much."""
        yield from neighbours.alone(self.tables, hidden=hidden, cells=cells)
        for number, of_measure in enumerate(self.tables.measures):
            if not of_measure.isdisjoint(cells):
                yield f"measure {number}", Reader(self.tables, hidden=hidden, looks_at=of_measure)

    def _readers(self) -> Iterator[tuple[str, Reader]]:
        return self._partly(self.hidden, cells=self._short())

    def _reader_of_all(self) -> Iterator[tuple[str, Reader]]:
        yield "all", Reader(self.tables, hidden=self.hidden, seen=self._seen)

    def _pushed(self, cell: int, *, readers: Mapping[str, Reader]) -> tuple[Push, Push] | None:
        """Return why the cell is known, as the first reader tells who knows it; None where none does.

        Who was seen not to know it is not asked again, since he knows no more where more is withheld.
        """
        for name, reader in readers.items():
            if not self._lacks(cell) or (name, cell) in self._unknown or not reader.looks_at(cell):
                continue
            high, least = reader.push(cell, sign=-1.0), self._need(cell) - _NEAR
            if high.reached - self._seen.least[cell] < least:
                low = reader.push(cell, sign=1.0)
                if high.reached - low.reached < least:
                    return low, high
            self._unknown.add((name, cell))
        return None

    def _withhold_all(self) -> None:
        self.hidden = self._everything
        reader = Reader(self.tables, hidden=self.hidden, seen=self._seen)
        for cell in self._short():
            if reader.interval(cell).width < self._need(cell):
                raise AttackFailed(
                    "Some small counts could still be worked out, so nothing of these is released."
                )

    def _need(self, cell: int) -> int:
        return self.settled.get(cell, self.tables.cells[cell].need)

    def _lacks(self, cell: int) -> bool:
        return bool(self._seen.width_of(cell) < self._need(cell))

    def _short(self) -> list[int]:
        """Return the cells that were not yet seen to vary enough, those nearest to being known first."""
        lack = self.tables.needs - self._seen.widths
        for cell, need in self.settled.items():
            lack[cell] = need - self._seen.widths[cell]
        return sorted(np.flatnonzero(lack > 0).tolist(), key=lambda cell: (-lack[cell], cell))

    def _move_among_neighbours(self) -> None:
        """Make room for each cell that has too little, among the schools beside its own."""
        short = self._short()
        for place in sorted({int(self.tables.place_of[cell]) for cell in short} - {-1}):
            inside = neighbours.around(self.tables, place=place, many=_BESIDE)
            mover = Mover(self.tables, hidden=self.hidden, inside=inside)
            for cell in short:
                if self.tables.place_of[cell] == place and self._lacks(cell):
                    self._moved(cell, to=self._lowest(cell) + self._need(cell), mover=mover)

    def _move_among_all(self) -> None:
        """Make room for what is left, among all schools and areas."""
        short = [cell for cell in self._short() if self._widest(cell) and self._lacks(cell)]
        mover = Mover(self.tables, hidden=self.hidden) if short else None
        for cell in short:
            if mover is not None and self._lacks(cell):
                self._make_room(cell, mover=mover)

    def _make_room(self, cell: int, *, mover: Mover) -> None:
        """Withhold what it takes to see the cell vary enough: more than it is, or else less and more."""
        if self._moved(cell, to=self._lowest(cell) + self._need(cell), mover=mover):
            return
        low, high = self._widest(cell)
        self._moved(cell, to=max(low, high - self._need(cell)), mover=mover)
        self._moved(cell, to=min(high, self._lowest(cell) + self._need(cell)), mover=mover)

    def _lowest(self, cell: int) -> int:
        return int(np.ceil(self._seen.least[cell] - _NEAR))

    def _widest(self, cell: int) -> tuple[int, int]:
        """Return between what the cell lies for a reader who is shown nothing that can be withheld."""
        if cell not in self._widths:
            found = self._with_everything().interval(cell)
            self._widths[cell] = found.low, found.high
            if found.width < self._need(cell):
                self.settled[cell] = found.width
        return self._widths[cell]

    def _with_everything(self) -> Reader:
        if self._whole is None:
            self._whole = Reader(self.tables, hidden=self._everything, seen=self._could_be)
        return self._whole

    def _moved(self, cell: int, *, to: int, mover: Mover) -> bool:
        counts = mover.moved(cell, by=float(to - self.tables.cells[cell].count))
        if counts is None:
            return False
        changed = np.flatnonzero(counts != self.tables.counts)
        more = frozenset(int(figure) for figure in self.tables.figure_of[changed])
        self.hidden = self.tables.closed(self.hidden | more)
        mover.withhold(self.hidden)
        self._seen.add(counts)
        return not self._lacks(cell)
