"""Which further figures to withhold so that none of the small counts can be worked out, at the least loss.

The exact choice takes an integer programme that is told, round by round, what a reader could still work
out. Source: Fischetti and Salazar, Solving the cell suppression problem on tabular data with linear
constraints, Management Science 47 (2001), 1008-1027. The good choice begins from the programme's first
answer and learns on. Nothing here looks at a clock: the same counts give the same choice.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from steward.analysis.disclosure.attack import AttackFailed, Push, Reader, unprotected
from steward.analysis.disclosure.covering import Cover, Covering
from steward.analysis.disclosure.moving import Mover
from steward.analysis.disclosure.seen import Seen
from steward.analysis.disclosure.tables import LinkedTables

_ROUNDS = 60
_FEW_CELLS = 1_000
"""Up to this size the cheapest choice is looked for; beyond it a good one is taken."""
_LESSONS = 8
"""How often a good choice asks the programme again; then counts are moved one by one."""
_TRIED_AGAIN = 200
"""How many figures a good choice tries to show again."""
_NEAR = 1e-6


@dataclass(frozen=True, slots=True)
class Choice:
    """The figures to withhold, what that loses, and what is proved to be lost by any safe choice."""

    hidden: frozenset[int]
    cost: float
    least: float
    exact: bool
    """Whether no choice loses less."""


def attainable(tables: LinkedTables) -> LinkedTables:
    """Return the tables with no need beyond what withholding every figure would give.

    What readers know whatever is withheld, such as results of all pupils, can leave less room than asked.
    """
    everything = frozenset(range(len(tables.costs))) - tables.known
    tables = within_totals(tables)
    if len(tables.cells) > _FEW_CELLS and not tables.ratios:
        return tables
    reader = Reader(tables, hidden=everything)
    reader.try_all([place for place, cell in enumerate(tables.cells) if cell.need])
    cells = list(tables.cells)
    for place, cell in enumerate(cells):
        if cell.need and reader.proven(place) < cell.need:
            cells[place] = replace(cell, need=max(0, min(cell.need, reader.interval(place).width)))
    return replace(tables, cells=tuple(cells))


def within_totals(tables: LinkedTables) -> LinkedTables:
    """Return the tables with no need beyond a total that readers know, of which the cell is a part."""
    cells = list(tables.cells)
    for one in tables.sums:
        if cells[one.total].figure in tables.known:
            most = cells[one.total].count - one.rest if len(one.parts) > 1 else 0
            for part in one.parts:
                if cells[part].need > most:
                    cells[part] = replace(cells[part], need=most)
    return replace(tables, cells=tuple(cells))


def choose(tables: LinkedTables) -> Choice:
    """Return the figures to withhold: the cheapest choice in small tables, a good one in large ones.

    The good choice begins from the cheapest that keeps every rule known from the first.
    """
    if not tables.primary:
        return Choice(frozenset(), 0.0, 0.0, exact=True)
    if len(tables.cells) <= _FEW_CELLS:
        found = exact_choice(tables)
        if found.exact:
            return found
        hidden = _given_back(tables, hidden=made_safe(tables, hidden=found.hidden | tables.primary))
        return Choice(hidden, tables.cost_of(hidden), found.least, exact=False)
    return _good_choice(tables)


def _good_choice(tables: LinkedTables) -> Choice:
    covering = Covering(tables)
    mending = _Mending(tables, hidden=tables.closed(covering.solve().hidden | tables.primary))
    hidden = mending.done(covering)
    covering.forget(mending.settled)
    least, cost = covering.solve().bound, tables.cost_of(hidden)
    return Choice(hidden, cost, least, exact=cost <= least + _NEAR)


def exact_choice(tables: LinkedTables) -> Choice:
    """Return the cheapest choice; where it is not found, the nearest one, which is not safe yet."""
    covering, found, least = Covering(tables), Cover(frozenset(), 0.0, solved=False), 0.0
    for _ in range(_ROUNDS):
        found = covering.solve()
        least = max(least, found.bound)
        if not found.solved:
            break
        known = unprotected(tables, hidden=found.hidden)
        if not known:
            return Choice(found.hidden, tables.cost_of(found.hidden), least, exact=True)
        reader = Reader(tables, hidden=found.hidden)
        for cell in known:
            covering.learn(reader.pushed(cell), need=tables.cells[cell].need)
    return Choice(found.hidden, tables.cost_of(found.hidden), least, exact=False)


def good_choice(tables: LinkedTables) -> Choice:
    """Return a choice that leaves nothing to be worked out, near the cheapest but not always it."""
    found = _good_choice(tables)
    hidden = _given_back(tables, hidden=found.hidden)
    return Choice(hidden, tables.cost_of(hidden), found.least, exact=False)


def made_safe(tables: LinkedTables, *, hidden: frozenset[int]) -> frozenset[int]:
    """Return the figures with as many more as it takes that nothing can be worked out.

    A count that needs more room than withholding everything gives is left with what that gives. Raises
    AttackFailed where it cannot be told that nothing can be worked out.
    """
    return _Mending(tables, hidden=tables.closed(hidden)).done(Covering(tables))


class _Mending:
    """Withholds more, one count after another, until each was seen to vary by what it needs."""

    def __init__(self, tables: LinkedTables, *, hidden: frozenset[int]) -> None:
        self.tables, self.hidden = tables, hidden
        self.settled: dict[int, int] = {}
        """Cells that need more than withholding everything gives, with what it gives."""
        self._everything = tables.closed(frozenset(range(len(tables.costs))) - tables.known)
        self._seen = Seen(tables)
        self._whole: Reader | None = None
        self._widths: dict[int, tuple[int, int]] = {}

    def done(self, covering: Covering) -> frozenset[int]:
        """Return what is withheld at the end; the programme learns on the way."""
        for _ in range(_LESSONS):
            if not self._learn(covering):
                break
            more = covering.solve(with_these=self.hidden).hidden
            if more == self.hidden:
                break
            self.hidden = self.tables.closed(more)
        short = self._short()
        mover = Mover(self.tables, hidden=self.hidden) if short else None
        for cell in short:
            if mover is not None and self._lacks(cell):
                self._make_room(cell, mover=mover)
        if self._short():
            self._withhold_all()
        return self.hidden

    def _learn(self, covering: Covering) -> int:
        """Tell the programme why the cells are known that still are; return how many."""
        reader, known = Reader(self.tables, hidden=self.hidden, seen=self._seen), 0
        reader.try_all(self._short())
        readers = (*self._narrow(), reader)
        for cell in self._short():
            if self._with_everything().proven(cell) < self._need(cell):
                self._widest(cell)
            pushed = self._pushed(cell, readers=readers)
            if pushed is not None:
                covering.learn(pushed, need=self._need(cell))
                known += 1
        return known

    def _narrow(self) -> Iterator[Reader]:
        """Give readers who look at one measure only: quick to ask, and what they know all readers know."""
        for cells in self.tables.measures:
            yield Reader(self.tables, hidden=self.hidden, looks_at=cells)

    def _pushed(self, cell: int, *, readers: Iterable[Reader]) -> tuple[Push, Push] | None:
        """Return why the cell is known, as the first reader tells who knows it; None where none does."""
        for reader in readers:
            if self._lacks(cell) and reader.looks_at(cell):
                low, high = reader.pushed(cell)
                if high.reached - low.reached < self._need(cell) - _NEAR:
                    return low, high
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
        return bool(self._seen.widths[cell] < self._need(cell))

    def _short(self) -> list[int]:
        """Return the cells that were not yet seen to vary enough, those nearest to being known first."""
        lack = self.tables.needs - self._seen.widths
        for cell, need in self.settled.items():
            lack[cell] = need - self._seen.widths[cell]
        return sorted(np.flatnonzero(lack > 0).tolist(), key=lambda cell: (-lack[cell], cell))

    def _make_room(self, cell: int, *, mover: Mover) -> None:
        """Withhold what it takes to see the cell vary enough: more than it is, or else less and more."""
        count = self.tables.cells[cell].count
        if self._moved(cell, by=self._lowest(cell) + self._need(cell) - count, mover=mover):
            return
        low, high = self._widest(cell)
        self._moved(cell, by=max(low, high - self._need(cell)) - count, mover=mover)
        self._moved(cell, by=min(high, self._lowest(cell) + self._need(cell)) - count, mover=mover)

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
            self._whole = Reader(self.tables, hidden=self._everything)
            self._whole.try_all(self._short())
        return self._whole

    def _moved(self, cell: int, *, by: int, mover: Mover) -> bool:
        counts = mover.moved(cell, by=float(by))
        if counts is None:
            return False
        changed = np.flatnonzero(counts != self.tables.counts)
        more = frozenset(int(figure) for figure in self.tables.figure_of[changed])
        self.hidden = self.tables.closed(self.hidden | more)
        mover.withhold(self.hidden)
        self._seen.add(counts)
        return not self._lacks(cell)


def _given_back(tables: LinkedTables, *, hidden: frozenset[int]) -> frozenset[int]:
    """Show again, dearest first, each figure without which nothing can be worked out."""
    bound = tables.closed(tables.primary)
    dearest = sorted(hidden - bound, key=lambda one: (-tables.costs[one], one))
    for figure in dearest[:_TRIED_AGAIN]:
        fewer = hidden - {figure}
        if tables.closed(fewer) == fewer and not unprotected(tables, hidden=fewer):
            hidden = fewer
    return hidden
