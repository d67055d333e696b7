"""Which rows of a file of pupils can be used, and why the others cannot: by number, never by content."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from steward.analysis.pupils.cells import PERIOD, shape_of, stored, type_of, understand
from steward.analysis.pupils.layout import Kind, PupilColumn, PupilLayout
from steward.vocabulary.academic_year import AcademicYear

_ROWS_NAMED = 20
_MORE_MISSED = "sessions_missed is more than sessions_possible"
_WHY = {
    Kind.URN: "urn is not a school that a register lists",
    Kind.YEAR: "year is not an academic year",
    Kind.WARD: "ward is not an ONS ward code",
}


@dataclass(frozen=True, slots=True)
class RowsRefused:
    """Rows that cannot be used for one reason: how many, and the numbers of the first of them."""

    why: str
    rows: int
    first: tuple[int, ...]
    """The header is row 1, the first pupil row 2."""


@dataclass(frozen=True, slots=True)
class PupilScreening:
    """What a file of pupils holds that can be used, and what was refused."""

    read: int
    rows: int
    reasons: tuple[RowsRefused, ...]
    held: dict[tuple[int, str], int]
    """Rows by year and key stage."""
    columns: tuple[str, ...]

    @property
    def refused(self) -> int:
        """How many rows cannot be used."""
        return self.read - self.rows

    @property
    def sentence(self) -> str:
        """What is wrong with the rows refused, by reason; nothing when every row can be used."""
        return " ".join(
            f"{one.why[0].upper()}{one.why[1:]} in {one.rows:,} row{'s' if one.rows > 1 else ''} "
            f"({_numbers(one)})."
            for one in self.reasons
        )


def _numbers(one: RowsRefused) -> str:
    told = ", ".join(map(str, one.first))
    return f"row {told}" if one.rows == 1 else f"rows {told}{' ...' if one.rows > len(one.first) else ''}"


@dataclass
class Screener:
    """Reads batches of text one after another and keeps count of what is refused."""

    layout: PupilLayout
    names: Sequence[str]
    year: AcademicYear | None
    urns: Collection[int]
    _read: int = 0
    _counts: Counter[str] = field(default_factory=Counter)
    _first: dict[str, list[int]] = field(default_factory=dict)
    _held: Counter[tuple[int, str]] = field(default_factory=Counter)

    @property
    def schema(self) -> pa.Schema:
        """The Arrow shape of what is written."""
        return shape_of(self.layout).to_pyarrow()

    def screen(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Return the rows of a batch that can be used, in the stored shape."""
        usable = pa.repeat(True, batch.num_rows)  # noqa: FBT003
        columns: dict[str, pa.Array] = {}
        for column in self.layout.columns:
            values, faulty = self._column(batch, column)
            columns[stored(column)] = values
            usable = self._refuse(faulty, among=usable, why=_why(column))
        more = pc.greater(columns["sessions_missed"], columns["sessions_possible"])
        usable = self._refuse(pc.fill_null(more, False), among=usable, why=_MORE_MISSED)  # noqa: FBT003
        self._read += batch.num_rows
        kept = pa.RecordBatch.from_pydict(columns, schema=self.schema).filter(usable)
        counts = pa.Table.from_batches([kept]).group_by([PERIOD, "stage"]).aggregate([([], "count_all")])
        for pair in counts.to_pylist():
            self._held[pair[PERIOD], pair["stage"]] += pair["count_all"]
        return kept

    def found(self) -> PupilScreening:
        """Return what was found in all batches."""
        reasons = [
            RowsRefused(why, rows, tuple(self._first[why])) for why, rows in self._counts.most_common()
        ]
        columns = tuple(self.names)
        return PupilScreening(
            self._read, self._held.total(), tuple(reasons), dict(sorted(self._held.items())), columns
        )

    def _column(self, batch: pa.RecordBatch, column: PupilColumn) -> tuple[pa.Array, pa.Array]:
        if column.name in self.names:
            found = understand(batch[column.name], column=column, urns=self.urns)
            faulty = found.faulty
            if column.kind is Kind.YEAR:
                faulty = pc.or_(faulty, self._of_another_year(found.values))
            return found.values, faulty
        fixed = self.year.ends if self.year and column.kind is Kind.YEAR else None
        return pa.repeat(pa.scalar(fixed, type_of(column)), batch.num_rows), pa.repeat(False, batch.num_rows)  # noqa: FBT003

    def _of_another_year(self, periods: pa.Array) -> pa.Array:
        """Return which rows name no year, or another than the one that was said."""
        if self.year is None:
            return pc.is_null(periods)
        return pc.fill_null(pc.not_equal(periods, self.year.ends), True)  # noqa: FBT003

    def _refuse(self, faulty: pa.Array, *, among: pa.Array, why: str) -> pa.Array:
        refused = pc.and_(faulty, among)
        count = pc.sum(refused).as_py() or 0
        if not count:
            return among
        self._counts[why] += count
        first = self._first.setdefault(why, [])
        if len(first) < _ROWS_NAMED:
            places = pc.indices_nonzero(refused).slice(0, _ROWS_NAMED - len(first)).to_pylist()
            first.extend(self._read + place + 2 for place in places)
        return pc.and_(among, pc.invert(faulty))


def _why(column: PupilColumn) -> str:
    if column.kind is Kind.CODE:
        return f"{column.name} is not one of its codes"
    if column.kind is Kind.NUMBER:
        return f"{column.name} is not a number from {column.least:g} to {column.most:g}"
    return _WHY[column.kind]
