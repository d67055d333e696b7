"""Changes to proposals and decisions."""

from steward.categorisation.operations.proposing import CannotPropose, propose

__all__ = ["CannotPropose", "propose"]
