"""The ways in which pupils are divided into groups."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import ibis
from ibis.expr.types import StringValue, Table

ALL = "all"
"""The dimension, and the member, of every pupil."""
BOTH = "+"
"""Joins the names of two dimensions, and of two members, where pupils are in both groups at once."""


UNKNOWN = "unknown"
"""The member of every dimension that takes the pupils whose code is missing or in no member."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """A way of dividing pupils: a column of theirs, and which of its codes make each member.

    Without `members` every value of the column is a member, as with wards. The members, UNKNOWN among
    them, take every pupil once, so that their counts add up to that of `all`.
    """

    id: str
    column: str
    members: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def member_of(self, table: Table) -> StringValue:
        """Return the member that a value of the column belongs to."""
        code = table[self.column]
        if not self.members:
            return code.fill_null(UNKNOWN)
        return ibis.cases(
            *((code.isin(codes), member) for member, codes in self.members.items()),
            else_=UNKNOWN,
        )

    @property
    def size(self) -> int:
        """How many values the column may have, the missing one among them."""
        return 1 + len({code for codes in self.members.values() for code in codes})


PERSISTENT = "persistent_absence"
"""The one characteristic that is worked out and not read: Y, N or null where attendance is not known."""


def derived(pupils: Table) -> Table:
    """Return pupils with the columns that groups and measures need and files do not have.

    `persistent_absence` is Y, N or null where attendance is not known; `attainment_8` is the sum of its
    slots, null when any of them is missing.
    """
    known = pupils.sessions_missed.notnull() & (pupils.sessions_possible > 0)
    persistent = ibis.ifelse(pupils.sessions_missed * 10 >= pupils.sessions_possible, "Y", "N")
    slots = pupils.english_points + pupils.maths_points + pupils.ebacc_points + pupils.open_points
    return pupils.mutate(
        attainment_8=slots, **{PERSISTENT: ibis.ifelse(known, persistent, ibis.null("string"))}
    )
