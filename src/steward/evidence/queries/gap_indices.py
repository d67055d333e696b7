"""The disadvantage gap index of an authority, where both groups are large enough for the policy."""

from dataclasses import dataclass

from steward.analysis.rebuild.gap_indices import GAP_INDICES
from steward.evidence import catalogues, engine
from steward.evidence.queries import releases
from steward.vocabulary.areas import Level

LEAST_PUPILS = 30
"""Fewest pupils of each group of whom an index is told."""


@dataclass(frozen=True, slots=True)
class AreaGapIndex:
    """The index of a year with the limits of its 95% interval; 0 is no gap, 10 the widest there can be."""

    measure: str
    """reading_maths (key stage 2) or english_maths (key stage 4)"""
    period: int
    index: float
    lower: float
    upper: float


def gap_indices(authority: str) -> tuple[AreaGapIndex, ...]:
    """Return the indices of an authority by measure and year, from the pupil files that are held.

    A year in which either group has fewer pupils than LEAST_PUPILS, or than the policy of small numbers
    allows, is left out: an index of a few would tell in which order they stand, and its interval would be
    too short. How many pupils there are is not told, since other tables may withhold it. Raises
    NothingLoaded when there are no tables.
    """
    path = releases.current_folder() / GAP_INDICES
    if not path.exists():
        return ()
    limit = max(LEAST_PUPILS, catalogues.disclosure_policy().limits_of(Level.AUTHORITY.value).pupils)
    table = engine.table(path)
    wanted = table.filter(
        table.area == authority, table.disadvantaged >= limit, table.others >= limit
    ).order_by("measure", "period")
    rows = engine.connection().to_pyarrow(wanted).to_pylist()
    return tuple(
        AreaGapIndex(
            measure=row["measure"],
            period=row["period"],
            index=row["gap_index"],
            lower=row["lower"],
            upper=row["upper"],
        )
        for row in rows
    )
