"""The disadvantage gap index of an authority as a table."""

from steward.evidence.queries.gap_indices import AreaGapIndex
from steward.interface import words
from steward.interface.parts import Column, Table
from steward.vocabulary.academic_year import AcademicYear

_MEASURES = {
    "reading_maths": "Key stage 2: reading and mathematics",
    "english_maths": "Key stage 4: English and mathematics",
}


def index_table(found: tuple[AreaGapIndex, ...]) -> Table | None:
    """Return the indices newest first, or None where there are none."""
    if not found:
        return None
    newest_first = sorted(found, key=lambda one: (one.measure, -one.period))
    return Table(
        "Disadvantage gap index from the authority's own pupil files",
        (Column("Measure"), Column("School year"), Column("Index", numeric=True), Column("95% interval")),
        tuple(_row(one) for one in newest_first),
    )


def _row(one: AreaGapIndex) -> tuple[str, ...]:
    low, high = (words.number(end, decimals=2) for end in (one.lower, one.upper))
    return (
        _MEASURES.get(one.measure, one.measure),
        str(AcademicYear(one.period)),
        words.number(one.index, decimals=2),
        f"{low} to {high}",
    )
