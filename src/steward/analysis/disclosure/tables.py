"""Linked tables of counts: cells, the sums that tie them together, and the figures they are shown in."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Cell:
    """A count of pupils. `figure` is the number that shows it: cells of one figure are hidden together."""

    count: int
    figure: int
    need: int = 0
    """How wide an interval a reader must be left with; 0 for a count that need not be protected."""


@dataclass(frozen=True, slots=True)
class Sum:
    """Cells that add up: the count of `total` is that of `parts`, and `rest` that no cell shows."""

    total: int
    parts: tuple[int, ...]
    rest: int = 0
    implied: bool = False
    """Whether it follows from the other sums, so that a reader learns nothing from it."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """A printed share: `part` lies between `low` and `high` (shares of 1) of `whole`."""

    part: int
    whole: int
    low: float
    high: float


@dataclass(frozen=True)
class LinkedTables:
    """Counts of one release that are known together.

    `costs` has for each figure what withholding it loses; `known` are figures that readers know whatever
    is withheld; `follows` are pairs (a, b): a figure b that cannot be shown where a is not.
    """

    cells: tuple[Cell, ...]
    sums: tuple[Sum, ...]
    costs: tuple[float, ...]
    known: frozenset[int] = frozenset()
    follows: tuple[tuple[int, int], ...] = ()
    ratios: tuple[Ratio, ...] = ()
    withheld: frozenset[int] = frozenset()
    """Figures that are withheld already."""
    measures: tuple[frozenset[int], ...] = ()
    """Cells of each measure, with the numbers of pupils that they are parts of."""
    places: tuple[frozenset[int], ...] = ()
    """Cells of each school, like schools beside each other; a cell in none of them is of an area."""

    @cached_property
    def counts(self) -> Floats:
        """The true counts."""
        return np.array([cell.count for cell in self.cells], dtype=np.float64)

    @cached_property
    def needs(self) -> Floats:
        """The width each cell needs."""
        return np.array([cell.need for cell in self.cells], dtype=np.float64)

    @cached_property
    def figure_of(self) -> NDArray[np.int64]:
        """The figure of each cell."""
        return np.array([cell.figure for cell in self.cells], dtype=np.int64)

    @cached_property
    def rests(self) -> Floats:
        """What of each of `ties` no cell shows."""
        return np.array([one.rest for one in self.ties], dtype=np.float64)

    @cached_property
    def leaders(self) -> NDArray[np.int64]:
        """For each figure the first cell of the one that it follows, or -1."""
        _, first = np.unique(self.figure_of, return_index=True)
        found = np.full(len(self.costs), -1)
        for before, after in self.follows:
            found[after] = first[before]
        return found

    @cached_property
    def are_second(self) -> Flags:
        """Whether each cell is not the first of its figure."""
        _, first = np.unique(self.figure_of, return_index=True)
        second = np.ones(len(self.cells), dtype=bool)
        second[first] = False
        return second

    @cached_property
    def place_of(self) -> NDArray[np.int64]:
        """The place in `places` of each cell, or -1 for a cell of an area."""
        found = np.full(len(self.cells), -1)
        for place, cells in enumerate(self.places):
            found[sorted(cells)] = place
        return found

    @cached_property
    def primary(self) -> frozenset[int]:
        """The figures that are withheld to begin with: those with a cell that has to be protected."""
        return self.withheld | {cell.figure for cell in self.cells if cell.need}

    @cached_property
    def most(self) -> float:
        """The most a reader takes any hidden count to be: the largest count there is, and some room."""
        return float(self.counts.max(initial=0.0) + self.needs.max(initial=0.0))

    @cached_property
    def ties(self) -> tuple[Sum, ...]:
        """The sums that tell a reader something."""
        return tuple(one for one in self.sums if not one.implied)

    @cached_property
    def equations(self) -> csr_matrix:
        """One row for each of `ties`: the total counts 1, each part -1."""
        rows = [row for row, one in enumerate(self.ties) for _ in range(1 + len(one.parts))]
        places = [cell for one in self.ties for cell in (one.total, *one.parts)]
        signs = [sign for one in self.ties for sign in (1.0, *(-1.0 for _ in one.parts))]
        return csr_matrix((signs, (rows, places)), shape=(len(self.ties), len(self.cells)))

    @cached_property
    def inequalities(self) -> csr_matrix:
        """Two rows for each ratio, each at most zero for counts that agree with what is printed."""
        rows = [row for row in range(2 * len(self.ratios)) for _ in range(2)]
        places = [cell for one in self.ratios for cell in (one.part, one.whole) * 2]
        signs = [sign for one in self.ratios for sign in (1.0, -one.high, -1.0, one.low)]
        return csr_matrix((signs, (rows, places)), shape=(2 * len(self.ratios), len(self.cells)))

    def closed(self, hidden: frozenset[int]) -> frozenset[int]:
        """Return the figures that cannot be shown where `hidden` are not."""
        found = set(hidden)
        while True:
            more = {after for before, after in self.follows if before in found} - found
            if not more:
                return frozenset(found)
            found |= more

    def hidden_cells(self, hidden: frozenset[int]) -> Flags:
        """Return for each cell whether it is hidden where the figures `hidden` are."""
        flags = np.zeros(len(self.costs), dtype=bool)
        flags[sorted(hidden)] = True
        return np.asarray(flags[self.figure_of])

    def cost_of(self, hidden: frozenset[int]) -> float:
        """Return what withholding the figures loses."""
        return float(sum(self.costs[figure] for figure in hidden))
