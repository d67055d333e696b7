"""Tests of who each row is about: URNs, authorities, levels, and the year."""

from collections import Counter
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from steward.analysis.sources import dates
from steward.analysis.sources.definition import Holds
from steward.analysis.sources.screening.cells import Cells, count_of
from steward.analysis.sources.screening.report import Finding, Verdict, counted, passed

_MANY = 0.2
_TENTH = 0.1
_HALF = 0.5
_WHERE_SCHOOLS_ARE_NAMED = (Holds.REGISTER, Holds.LINKS)
_AUTHORITY = "^[0-9]{3}$"
_NOT_ENGLISH = "^(6[678][0-9]|[01][0-9][0-9])$"
"""Welsh authorities are 660 to 681; English codes begin at 201."""
_SWAPPED = "Columns may be swapped: compare the header with the file as published."


def levels(cells: Cells) -> Iterator[Finding]:
    """Yield how many rows are about schools, authorities, regions and England."""
    if cells.layout.levels is None and "urn" not in cells.layout.keys:
        yield passed(
            "levels", f"{counted(cells.table.num_rows, 'row', 'rows')}, none of them about one school."
        )
        return
    by_level = Counter(cells.levels.to_pylist())
    neither = by_level.pop(None, 0)
    told = ", ".join(f"{number:,} {level}" for level, number in sorted(by_level.items()))
    left_out = (
        f"; {counted(neither, 'row of another kind is', 'rows of other kinds are')} left out"
        if neither
        else ""
    )
    yield passed("levels", f"Rows by level: {told or 'none of schools'}{left_out}.")


def _have(count: int) -> str:
    return "has" if count == 1 else "have"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def urns(cells: Cells) -> Iterator[Finding]:
    """Yield the rows of schools that print no URN; many of them mean that columns are swapped."""
    if cells.is_urn is None:
        return
    column = cells.layout.keys["urn"]
    without = pc.and_(cells.is_school, pc.invert(cells.is_urn))
    count, schools = count_of(without), count_of(cells.is_school)
    if not schools:
        yield Finding(
            "urns",
            Verdict.FAIL,
            f"No row of the file is about a school: the column {column} is blank.",
            "Check that it is the national file with its schools.",
        )
    elif not count:
        yield passed("urns")
    else:
        places = cells.places(without, column=column)
        grave = count > _MANY * schools
        yield Finding(
            "urns",
            Verdict.FAIL if grave else Verdict.WARNING,
            f"{count:,} of {counted(schools, 'row', 'rows')} {_have(count)} no URN in the column {column}: "
            f"row {places[0].row} says '{places[0].value}'.",
            _SWAPPED if grave else "Such rows are kept, but no school is shown for them.",
            count,
            places,
        )


def register(cells: Cells) -> Iterator[Finding]:
    """Yield the schools that are in no register; they are kept and listed, never dropped."""
    known = cells.context.known_urns
    if cells.urns is None or cells.recognised.source.holds in _WHERE_SCHOOLS_ARE_NAMED:
        return
    if known is None:
        yield passed("register", "No register is loaded yet, so schools were not looked up in it.")
        return
    found = pc.is_in(cells.urns, value_set=pa.array(sorted(known), pa.int64()))
    unknown = pc.and_(cells.is_urn, pc.invert(found))
    count, all_urns = count_of(unknown), count_of(cells.is_urn)
    if not count:
        yield passed("register")
        return
    if count == all_urns:
        yield Finding(
            "register",
            Verdict.FAIL,
            f"None of the {counted(all_urns, 'school', 'schools')} of the file is in a register "
            "of schools in England.",
            "Check that it is a file for England, and load the register of its year.",
            count,
            cells.places(unknown, column=cells.layout.keys["urn"]),
        )
        return
    yield Finding(
        "register",
        Verdict.WARNING,
        f"{count:,} of {counted(all_urns, 'school', 'schools')} {_are(count)} in no register that is loaded.",
        "Such schools are kept and listed; load a register of the year to give them a name.",
        count,
        cells.places(unknown, column=cells.layout.keys["urn"]),
    )


def authorities(cells: Cells) -> Iterator[Finding]:
    """Yield authority codes that are no codes, are not in England, or are in no register."""
    codes = cells.authorities
    if codes is None:
        return
    of_schools = pc.and_(cells.is_school, pc.not_equal(codes, ""))
    faults = [*_not_codes(cells, codes=codes, of_schools=of_schools)]
    faults += [*_abroad(cells, codes=codes, of_schools=of_schools)]
    yield from faults or _in_register(cells, codes=codes, of_schools=of_schools)


def _authority_column(cells: Cells) -> str:
    return cells.layout.keys.get("authority") or cells.layout.keys["laestab"]


def _not_codes(cells: Cells, *, codes: pa.ChunkedArray, of_schools: pa.ChunkedArray) -> Iterator[Finding]:
    column = _authority_column(cells)
    without = pc.and_(of_schools, pc.invert(pc.match_substring_regex(codes, _AUTHORITY)))
    count, schools = count_of(without), count_of(of_schools)
    if not count:
        return
    grave = count > _MANY * schools
    yield Finding(
        "authorities",
        Verdict.FAIL if grave else Verdict.WARNING,
        f"{count:,} of {counted(schools, 'row', 'rows')} {_have(count)} no three-digit authority "
        f"in the column {column}.",
        _SWAPPED if grave else "Such rows are kept, but belong to no authority.",
        count,
        cells.places(without, column=column),
    )


def _abroad(cells: Cells, *, codes: pa.ChunkedArray, of_schools: pa.ChunkedArray) -> Iterator[Finding]:
    abroad = pc.and_(of_schools, pc.match_substring_regex(codes, _NOT_ENGLISH))
    count, schools = count_of(abroad), count_of(of_schools)
    if not count:
        return
    grave = count > _HALF * schools
    yield Finding(
        "authorities",
        Verdict.FAIL if grave else Verdict.WARNING,
        f"{count:,} of {counted(schools, 'row', 'rows')} {_are(count)} of authorities outside England.",
        "Give the file for England."
        if grave
        else "Such rows are kept, but England's figures leave them out.",
        count,
        cells.places(abroad, column=_authority_column(cells)),
    )


def _in_register(cells: Cells, *, codes: pa.ChunkedArray, of_schools: pa.ChunkedArray) -> Iterator[Finding]:
    known = cells.context.known_authorities
    if known is None:
        yield passed("authorities")
        return
    unknown = pc.and_(of_schools, pc.invert(pc.is_in(codes, value_set=pa.array(sorted(known), pa.string()))))
    count = count_of(unknown)
    if not count:
        yield passed("authorities")
        return
    names = sorted(set(codes.filter(unknown).to_pylist()))
    yield Finding(
        "authorities",
        Verdict.WARNING,
        f"{counted(count, 'row is', 'rows are')} of authorities that no register has: "
        f"{', '.join(names[:8])}.",
        "Load the register of the year of the file.",
        count,
        cells.places(unknown, column=_authority_column(cells)),
    )


def year(cells: Cells) -> Iterator[Finding]:
    """Yield rows whose column says another year than the file, or an inspection after the file's day."""
    yield from _year_of_column(cells)
    yield from _after_its_day(cells)


def _year_of_column(cells: Cells) -> Iterator[Finding]:
    period, column = cells.recognised.period, cells.layout.period.column
    if cells.layout.period.place != "column" or period is None or column not in cells.table.column_names:
        return
    lone_begins = cells.layout.period.value == "begins"
    said = pc.value_counts(cells.text(column)).to_pylist()
    others = [
        one["values"] for one in said if dates.year_in(one["values"], lone_begins=lone_begins) != period
    ]
    if not others:
        yield passed("year")
        return
    other = pc.is_in(cells.text(column), value_set=pa.array(others, pa.string()))
    count = count_of(other)
    yield Finding(
        "year",
        Verdict.FAIL if count > _TENTH * cells.table.num_rows else Verdict.WARNING,
        f"{counted(count, 'row says', 'rows say')} another year than {period} in the column {column}, "
        f"such as '{others[0]}'.",
        "Load one file for each year.",
        count,
        cells.places(other, column=column),
    )


def _after_its_day(cells: Cells) -> Iterator[Finding]:
    day, column = cells.recognised.as_at, cells.layout.fields.get("inspected_on", "")
    if cells.recognised.source.holds is not Holds.INSPECTIONS or day is None or not column:
        return
    printed = pc.unique(cells.text(column)).to_pylist()
    late = [text for text in printed if (dates.day_in(text) or day) > day]
    later = pc.is_in(cells.text(column), value_set=pa.array(late, pa.string()))
    count = count_of(later)
    if not count:
        yield passed("year")
        return
    yield Finding(
        "year",
        Verdict.FAIL if count > _TENTH * cells.table.num_rows else Verdict.WARNING,
        f"{counted(count, 'inspection is', 'inspections are')} later than {day.day} {day:%B %Y}, "
        "the day the file says it describes.",
        "Check the day in the name of the file.",
        count,
        cells.places(later, column=column),
    )
