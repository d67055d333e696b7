"""What withholding numbers loses, so that it can be said and compared."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Loss:
    """How many figures there were, how many were too small to show, and how many were withheld beside them.

    `cost` is what was lost (a number of pupils of a school is 1, a result 2, those of an area 20 and 40).
    `least` is a proved bound: no choice that leaves nothing to be worked out loses less, though the cheapest
    may lose more. `exact` says that no choice loses less than `cost`.
    """

    figures: int
    small: int
    beside: int
    cost: float
    least: float
    exact: bool

    @classmethod
    def none(cls) -> "Loss":
        """Return the loss of nothing."""
        return cls(0, 0, 0, 0.0, 0.0, exact=True)

    def __add__(self, other: "Loss") -> "Loss":
        return Loss(
            self.figures + other.figures,
            self.small + other.small,
            self.beside + other.beside,
            self.cost + other.cost,
            self.least + other.least,
            self.exact and other.exact,
        )

    @property
    def words(self) -> str:
        """A sentence for those who look after the figures; it names no figure."""
        if not self.small:
            return f"All {self.figures:,} numbers are shown: none is about few pupils."
        return (
            f"Of {self.figures:,} numbers {self.small:,} are withheld because they are about few pupils, and "
            f"{self.beside:,} more because with what is shown they would tell one of those."
        )
