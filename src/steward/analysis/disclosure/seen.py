"""Between which counts each cell was seen to vary: sets of counts that agree with all that is shown."""

import numpy as np

from steward.analysis.disclosure.tables import Flags, Floats, LinkedTables

_NEAR = 1e-6
_AGREES = 1e-4
"""How far a sum of what a solver found may be from what it has to be."""


class Seen:
    """The least and the greatest of each cell over sets of counts that a reader cannot tell from the truth.

    Whatever finds such a set, it is checked here by adding up, and left out where it does not agree. What
    was seen stays true where more is withheld.
    """

    def __init__(self, tables: LinkedTables) -> None:
        self.tables = tables
        self.least, self.greatest = tables.counts.copy(), tables.counts.copy()

    @property
    def widths(self) -> Floats:
        """How many steps of one pupil each cell was seen to go."""
        return np.floor(self.greatest + _NEAR) - np.ceil(self.least - _NEAR)

    def width_of(self, cell: int) -> float:
        """How many steps of one pupil a cell was seen to go."""
        return float(np.floor(self.greatest[cell] + _NEAR) - np.ceil(self.least[cell] - _NEAR))

    @property
    def are_short(self) -> Flags:
        """Which cells were not yet seen to vary by what they need."""
        return np.asarray(self.widths < self.tables.needs)

    def add(self, counts: Floats) -> None:
        """Take in a set of counts, one for each cell, if it agrees with the sums and with what is printed."""
        tables = self.tables
        sums = np.abs(tables.equations @ counts - tables.rests).max(initial=0.0)
        ratios = (tables.inequalities @ counts).max(initial=0.0)
        if max(sums, ratios, -counts.min(initial=0.0)) <= _AGREES:
            self.least, self.greatest = np.minimum(self.least, counts), np.maximum(self.greatest, counts)
