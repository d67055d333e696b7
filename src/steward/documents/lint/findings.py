"""What a check finds: where, what, and what to do, in sentences."""

from dataclasses import dataclass

from steward.documents.lint.rules import Weight


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: the check that found it, where it is, a sentence on it, and one on what to do."""

    check: str
    weight: Weight
    where: str
    what: str
    mend: str


def blocking(check: str, *, where: str, what: str, mend: str) -> Finding:
    """Return a finding that stops the report."""
    return Finding(check, Weight.BLOCKING, where, what, mend)


def warning(check: str, *, where: str, what: str, mend: str) -> Finding:
    """Return a finding that a person weighs."""
    return Finding(check, Weight.WARNING, where, what, mend)
