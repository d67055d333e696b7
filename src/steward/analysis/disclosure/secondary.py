"""Which further figures to withhold so that none of the small counts can be worked out, at the least loss.

The exact choice takes an integer programme that is told, round by round, what a reader could still work
out. Source: Fischetti and Salazar, Solving the cell suppression problem on tabular data with linear
constraints, Management Science 47 (2001), 1008-1027. The good choice begins from the programme's first
answer and learns on. Nothing here looks at a clock: the same counts give the same choice.
"""

from dataclasses import dataclass, replace

from steward.analysis.disclosure.attack import Reader, unprotected
from steward.analysis.disclosure.covering import Cover, Covering
from steward.analysis.disclosure.mending import Mending
from steward.analysis.disclosure.tables import LinkedTables

_ROUNDS = 60
_FEW_CELLS = 1_000
"""Up to this size the cheapest choice is looked for; beyond it a good one is taken."""
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
    mending = Mending(tables, hidden=tables.closed(covering.solve().hidden | tables.primary))
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
            covering.learn(reader.pushed(cell), cell=cell, need=tables.cells[cell].need)
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
    return Mending(tables, hidden=tables.closed(hidden)).done(Covering(tables))


def _given_back(tables: LinkedTables, *, hidden: frozenset[int]) -> frozenset[int]:
    """Show again, dearest first, each figure without which nothing can be worked out."""
    bound = tables.closed(tables.primary)
    dearest = sorted(hidden - bound, key=lambda one: (-tables.costs[one], one))
    for figure in dearest[:_TRIED_AGAIN]:
        fewer = hidden - {figure}
        if tables.closed(fewer) == fewer and not unprotected(tables, hidden=fewer):
            hidden = fewer
    return hidden
