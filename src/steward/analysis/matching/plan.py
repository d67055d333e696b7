"""The allocation that the solver found, and what it proved about it."""

from dataclasses import dataclass

from steward.analysis.matching.pairs import Pair


@dataclass(frozen=True, slots=True)
class Limit:
    """Something that holds the plan back: what, in words, and the value one more unit of it would add."""

    what: str
    worth: float
    unit: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Chosen pairs, the value, the proved bound, and what could not be met.

    `gap` is how far, as a share, the value may lie below the best possible; 0 is proved to be the best.
    `uncovered` are schools that must be covered and cannot be.
    """

    pairs: tuple[Pair, ...]
    value: float
    bound: float
    gap: float
    seconds: float
    unmet: tuple[int, ...]
    uncovered: tuple[int, ...]
    limits: tuple[Limit, ...] = ()

    @property
    def proved(self) -> bool:
        """Whether no plan can be better."""
        return self.gap <= 1e-6


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another supporter for a school: what the whole plan would lose, and what else would change."""

    pair: Pair
    loss: float
    changes: tuple[str, ...]
