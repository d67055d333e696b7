"""Which row of a published file is a school and which is an area."""

import ibis
from ibis.expr.types import BooleanValue, IntegerValue, StringValue, Table

from steward.analysis.sources.definition import Layout, Levels
from steward.vocabulary.areas import ENGLAND, Level
from steward.vocabulary.phases import Phase

SCHOOL = "school"
"""The level of a row about one school; the others are those of vocabulary.areas.Level."""
ALL_PHASES = "all"
OTHERS = "*"
"""In a list of Levels: every value that is in none of the other lists."""

_CODES = 1_000
"""Authority codes have three digits, so a row and a code fit into one number."""
_ADDED = ("urn", "level", "area", "phase_of_row")


def rows_of(raw: Table, layout: Layout) -> Table:
    """Return `raw` with columns urn, level, area and phase_of_row.

    urn is int64, null where the row has none; level is "school", "authority", "region", "england",
    or null for a row that is none of them (left out of everything); area is the three-digit
    authority code of a school or authority, the name of a region, or "england"; phase_of_row is
    "all" or a Phase. Columns of `raw` whose names differ from these only in capitals are replaced,
    since engines do not tell them apart.
    """
    level = _level(raw, layout)
    added = {
        "urn": urn_of(raw, layout),
        "level": level,
        "area": _area(raw, layout=layout, level=level),
        "phase_of_row": _phase(raw, layout),
    }
    kept = [raw[name] for name in raw.columns if name.lower() not in _ADDED]
    return raw.select(*kept, **added)


def urn_of(raw: Table, layout: Layout) -> IntegerValue:
    """Return the URN of each row of `raw`, null where it is blank, a footer or not a URN."""
    if "urn" not in layout.keys:
        return ibis.null("int64")
    return whole_number(raw[layout.keys["urn"]], pattern="^[1-9][0-9]{4,6}$")


def whole_number(column: StringValue, *, pattern: str = "^[0-9]{1,9}$") -> IntegerValue:
    """Return the whole number in `column`, null where the text does not match `pattern`."""
    printed = column.strip()
    return ibis.ifelse(printed.re_search(pattern), printed, ibis.null("string")).cast("int64")


def authority_of(raw: Table, layout: Layout) -> StringValue:
    """Return the three-digit authority code of each row, from its own column or the LAESTAB, or null."""
    if "authority" in layout.keys:
        return _digits(raw[layout.keys["authority"]], pattern="^[0-9]{3}$")
    if "laestab" in layout.keys:
        return _digits(raw[layout.keys["laestab"]], pattern="^[0-9]{3}[/ ]?[0-9]{4}$").substr(0, 3)
    return ibis.null("string")


def establishment_number_of(raw: Table, layout: Layout) -> StringValue:
    """Return the four-digit establishment number of each row, zero-filled, or null."""
    if "establishment_number" in layout.keys:
        digits = _digits(raw[layout.keys["establishment_number"]], pattern="^[0-9]{1,4}$")
        return digits.lpad(4, "0")
    if "laestab" in layout.keys:
        return _digits(raw[layout.keys["laestab"]], pattern="^[0-9]{3}[/ ]?[0-9]{4}$").right(4)
    return ibis.null("string")


def _digits(column: StringValue, *, pattern: str) -> StringValue:
    printed = column.strip()
    return ibis.ifelse(printed.re_search(pattern), printed, ibis.null("string"))


def _level(raw: Table, layout: Layout) -> StringValue:
    if layout.levels is None:
        if "urn" not in layout.keys:
            return ibis.null("string")
        return ibis.ifelse(urn_of(raw, layout).notnull(), SCHOOL, ibis.null("string"))
    value = raw[layout.levels.column].strip().fill_null("")
    lists = _lists(layout.levels)
    branches = [(_listed(value, values), level) for level, values in lists.items() if values]
    others = next((level for level, values in lists.items() if OTHERS in values), None)
    return ibis.cases(*branches, else_=others if others else ibis.null("string"))


def _lists(levels: Levels) -> dict[str, tuple[str, ...]]:
    return {
        Level.ENGLAND.value: levels.england,
        Level.REGION.value: levels.region,
        Level.AUTHORITY.value: levels.authority,
        SCHOOL: levels.school,
    }


def _listed(value: StringValue, values: tuple[str, ...]) -> BooleanValue:
    return value.isin([one for one in values if one != OTHERS])


def _area(raw: Table, *, layout: Layout, level: StringValue) -> StringValue:
    region = raw[layout.keys["region"]].strip() if "region" in layout.keys else ibis.null("string")
    return ibis.cases(
        (level == Level.ENGLAND.value, ENGLAND),
        (level == Level.REGION.value, region),
        (level.notnull(), authority_of(raw, layout)),
        else_=ibis.null("string"),
    )


def _phase(raw: Table, layout: Layout) -> StringValue:
    levels = layout.levels
    if levels is None or not levels.phase_column:
        return ibis.literal(ALL_PHASES)
    printed = raw[levels.phase_column].strip().fill_null("")
    is_area = ~_listed(raw[levels.column].strip().fill_null(""), levels.school)
    if OTHERS in levels.school:
        is_area = _listed(
            raw[levels.column].strip().fill_null(""), levels.england + levels.region + levels.authority
        )
    return ibis.cases(
        (~is_area, ALL_PHASES),
        (printed == "", ALL_PHASES),
        *((printed == mark, phase) for mark, phase in levels.phases.items()),
        else_=Phase.UNKNOWN.value,
    )


def areas_by_position(table: Table, *, authorities: Table) -> Table:
    """Return `table` (of `rows_of`) with the code of each authority row that does not print its own.

    `authorities` has columns urn and authority, each URN once. Where a publication lists schools by
    authority, each authority's row stands below its schools, as in the key stage 2 file of 2012 to
    2013 whose columns were cut: the row is of the authority of the nearest known school above it. It
    stays without code when no school between it and the authority row before is known.
    """
    with_authority = table.left_join(
        authorities.select(known_urn="urn", known_authority="authority"), [("urn", "known_urn")]
    )
    is_school = (with_authority["level"] == SCHOOL) & with_authority["known_authority"].notnull()
    lacks_code = (with_authority["level"] == Level.AUTHORITY.value) & with_authority["area"].isnull()
    place = with_authority["row"] * _CODES + with_authority["known_authority"].cast("int64")
    told = with_authority.mutate(
        lacks_code=lacks_code, school_place=ibis.ifelse(is_school, place, ibis.null("int64"))
    )
    above = told.mutate(
        school_above=told["school_place"].max().over(ibis.window(order_by="row", preceding=None, following=0))
    )
    first = ibis.row_number().over(ibis.window(group_by=["lacks_code", "school_above"], order_by="row"))
    placed = above.mutate(first_below_school=first == 0)
    code = (placed["school_above"] % _CODES).cast("string").lpad(3, "0")
    area = ibis.ifelse(placed["lacks_code"] & placed["first_below_school"], code, placed["area"])
    return placed.mutate(area=area).select(table.columns)
