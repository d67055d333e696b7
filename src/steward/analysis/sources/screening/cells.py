"""The cells of a published table as screening sees them: levels, URNs, numbers and marks, in columns."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import pyarrow as pa
import pyarrow.compute as pc

from steward.analysis.columns import ROW
from steward.analysis.sources.definition import Layout, Levels
from steward.analysis.sources.marks import NUMBER
from steward.analysis.sources.reading import PublishedTable
from steward.analysis.sources.recognition import Recognised
from steward.analysis.sources.rows import ALL_PHASES, OTHERS, SCHOOL
from steward.analysis.sources.screening.report import MOST_PLACES, Place
from steward.vocabulary.areas import ENGLAND, Level
from steward.vocabulary.phases import Phase
from steward.vocabulary.values import PUBLISHED_MARKS

_URN = "^[1-9][0-9]{4,6}$"
_COHORTS = ("TPUP", "TELIG", "COHORT", "NOR", "TOTPUPSENDN")
_PROGRESS, _PROGRESS_COHORT = "P8", "P8PUP"
_PART_OF_DESTINATIONS = re.compile(r"((_DIS|_NONDIS)?(_[0-9]{2})?)$")
_MARKS = pa.array(sorted(PUBLISHED_MARKS), pa.string())


@dataclass(frozen=True, slots=True)
class Context:
    """What is known besides the file itself; each part is None where nothing is."""

    known_urns: frozenset[int] | None = None
    """URNs of every school in any register loaded."""
    known_authorities: frozenset[str] | None = None
    authority: str | None = None
    """The authority whose area figures are always listed, whether or not they are far off."""
    previous_rows: int | None = None
    """Rows of the release before of the same publication."""
    previous: Mapping[str, float] | None = None
    """`means` of the report on the release before."""


@dataclass(frozen=True)
class Cells:
    """A published table with what it is and what is known besides."""

    published: PublishedTable
    recognised: Recognised
    context: Context = field(default_factory=Context)

    @property
    def layout(self) -> Layout:
        """The layout of the file."""
        return self.recognised.layout

    @property
    def table(self) -> pa.Table:
        """The table as read."""
        return self.published.table

    @property
    def measures(self) -> tuple[str, ...]:
        """The columns with numbers whose range is known."""
        return tuple(name for name in self.layout.ranges if name in self.table.column_names)

    def text(self, column: str) -> pa.ChunkedArray:
        """Return the column as text."""
        return self.table.column(column)

    def key(self, name: str) -> pa.ChunkedArray | None:
        """Return the column of the key (urn, authority ...), or None where the file has none."""
        column = self.layout.keys.get(name, "")
        return self.table.column(column) if column in self.table.column_names else None

    def is_number(self, column: str) -> pa.ChunkedArray:
        """Return whether each cell prints a number."""
        return pc.match_substring_regex(self.text(column), NUMBER)

    def numbers(self, column: str) -> pa.ChunkedArray:
        """Return the numbers printed in the column, null elsewhere."""
        found = self._numbers.get(column)
        if found is None:
            digits = pc.replace_substring_regex(self.text(column), "[%£, ]", "")
            found = pc.cast(pc.if_else(self.is_number(column), digits, None), pa.float64())
            self._numbers[column] = found
        return found

    @cached_property
    def _numbers(self) -> dict[str, pa.ChunkedArray]:
        return {}

    def cohort_of(self, column: str) -> str:
        """Return the column with the pupils behind the measure in `column`, or nothing."""
        part = _PART_OF_DESTINATIONS.search(column)
        names = [f"COHORT{part[1]}"] if part else []
        if column.startswith(_PROGRESS):
            names.append(_PROGRESS_COHORT)
        return next((name for name in (*names, *_COHORTS) if name in self.table.column_names), "")

    def is_mark(self, column: str) -> pa.ChunkedArray:
        """Return whether each cell is a published mark or blank."""
        return pc.is_in(pc.utf8_upper(self.text(column)), value_set=_MARKS)

    @cached_property
    def levels(self) -> pa.ChunkedArray:
        """The level of each row: school, authority, region, england, or null for none of them."""
        if self.layout.levels is None:
            nothing = pa.scalar(None, pa.string())
            return pc.if_else(self.is_school, SCHOOL, nothing)
        return _levels(self.text(self.layout.levels.column), levels=self.layout.levels)

    @cached_property
    def is_school(self) -> pa.ChunkedArray:
        """Whether each row is about a school."""
        if self.layout.levels is not None:
            return pc.fill_null(pc.equal(self.levels, SCHOOL), fill_value=False)
        urn = self.key("urn")
        everywhere = pa.chunked_array([pa.array([True] * self.table.num_rows, pa.bool_())])
        return everywhere if urn is None else pc.not_equal(urn, "")

    @cached_property
    def is_urn(self) -> pa.ChunkedArray | None:
        """Whether each row prints a URN, or None where the file has no such column."""
        urn = self.key("urn")
        return None if urn is None else pc.match_substring_regex(urn, _URN)

    @cached_property
    def urns(self) -> pa.ChunkedArray | None:
        """The URN of each row, null where it prints none."""
        urn = self.key("urn")
        if urn is None or self.is_urn is None:
            return None
        return pc.cast(pc.if_else(self.is_urn, urn, None), pa.int64())

    @cached_property
    def authorities(self) -> pa.ChunkedArray | None:
        """The authority code of each row as printed, or the beginning of its LAESTAB."""
        code = self.key("authority")
        if code is not None:
            return code
        laestab = self.key("laestab")
        return None if laestab is None else pc.utf8_slice_codeunits(laestab, 0, 3)

    @cached_property
    def areas(self) -> pa.ChunkedArray:
        """The area of each row: "england", the name of a region, or the code of its authority."""
        nothing = pa.scalar(None, pa.string())
        regions, authorities = self.key("region"), self.authorities
        own = nothing if authorities is None else authorities
        named = pc.equal(self.levels, Level.REGION.value)
        areas = pc.if_else(named, nothing if regions is None else regions, own)
        return pc.if_else(pc.equal(self.levels, Level.ENGLAND.value), ENGLAND, areas)

    @cached_property
    def phases(self) -> pa.ChunkedArray:
        """The phase that each area row is about: "all", or the Phase that its column says."""
        levels = self.layout.levels
        if levels is None or not levels.phase_column:
            return pa.chunked_array([pa.array([ALL_PHASES] * self.table.num_rows, pa.string())])
        phases = {"": ALL_PHASES, **levels.phases}
        found = pc.index_in(self.text(levels.phase_column), value_set=_strings(tuple(phases)))
        named = pa.array(list(phases.values()), pa.string()).take(found.combine_chunks())
        return pa.chunked_array([pc.fill_null(named, Phase.UNKNOWN.value)])

    def places(self, where: pa.ChunkedArray, *, column: str = "") -> tuple[Place, ...]:
        """Return the first places at which `where` is true, with what `column` prints there."""
        marked = pc.fill_null(where, fill_value=False)
        names = [ROW, column] if column else [ROW]
        found = self.table.select(names).filter(marked).slice(0, MOST_PLACES)
        values = found.column(column).to_pylist() if column else [""] * found.num_rows
        return tuple(
            Place(row, column, value)
            for row, value in zip(found.column(ROW).to_pylist(), values, strict=True)
        )


def count_of(where: pa.ChunkedArray) -> int:
    """Return how many are true."""
    return int(pc.sum(pc.cast(pc.fill_null(where, fill_value=False), pa.int64())).as_py() or 0)


def _levels(values: pa.ChunkedArray, *, levels: Levels) -> pa.ChunkedArray:
    lists = {
        Level.ENGLAND.value: levels.england,
        Level.REGION.value: levels.region,
        Level.AUTHORITY.value: levels.authority,
        SCHOOL: levels.school,
    }
    others = next((level for level, values in lists.items() if OTHERS in values), None)
    named = {value: level for level, listed in lists.items() for value in listed if value != OTHERS}
    found = pc.index_in(values, value_set=_strings(tuple(named)))
    level = pa.array(list(named.values()), pa.string()).take(found.combine_chunks())
    filled = pc.fill_null(level, others) if others else level
    return pa.chunked_array([filled])


@lru_cache(maxsize=64)
def _strings(values: tuple[str, ...]) -> pa.Array:
    return pa.array(values, pa.string())
