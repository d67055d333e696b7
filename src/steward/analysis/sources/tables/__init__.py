"""Published rows in the shapes of analysis.columns, as expressions any engine can run."""

from steward.analysis.sources.tables.connections import MEMBERSHIPS, links, memberships
from steward.analysis.sources.tables.lookups import NEIGHBOURS, lookup, neighbours
from steward.analysis.sources.tables.outcomes import inspections
from steward.analysis.sources.tables.registers import establishments

__all__ = [
    "MEMBERSHIPS",
    "NEIGHBOURS",
    "establishments",
    "inspections",
    "links",
    "lookup",
    "memberships",
    "neighbours",
]
