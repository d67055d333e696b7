"""Census files of 2012-13 and 2013-14 and of 2015-16 to 2018-19, with England by phase at the foot."""

from collections.abc import Callable

import numpy as np

from steward.sample.arrays import Flags, Floats, Ints, Texts, texts
from steward.sample.england import England
from steward.sample.files import Row, Writer, header_names, rows_of
from steward.sample.intake import Intake
from steward.sample.kinds import INDEPENDENT_KINDS, PRIMARY_KINDS, SECONDARY_KINDS, Kind, is_one_of
from steward.sample.printing import fixed, marked, share, trimmed, whole
from steward.sample.timeline import school_numbers

SMALL_COUNT = 2
"""Counts of one and two pupils are suppressed in the files to 2014."""
_HEADERS = {2013: "census_2013", 2014: "census_2014", 2016: "census_2016", 2017: "census_2016",
            2018: "census_2016", 2019: "census_2019"}  # fmt: skip
_LINE_ENDS = {2018: "\r\n", 2019: "\r\n"}
_KINDS_OF_SCHOOL = {
    "State-funded primary": PRIMARY_KINDS,
    "State-funded secondary": SECONDARY_KINDS,
    "State-funded special school": (Kind.SPECIAL,),
    "State-funded nursery": (Kind.NURSERY,),
    "Pupil referral unit": (Kind.ALTERNATIVE,),
    "Independent school": INDEPENDENT_KINDS,
}
_FOOTERS = (
    ("PRI", "State-funded primary"),
    ("SEC", "State-funded secondary"),
    ("SPE", "State-funded special school"),
)


def write_census(writer: Writer, england: England) -> None:
    """Write the census files, independent schools and their marks for what is not published included."""
    for year, header in _HEADERS.items():
        chosen = england.teaching(year, np.ones(len(england.sites), dtype=bool))
        rows = rows_of(header, _columns(england, chosen=chosen, year=year))
        if year == 2014:
            rows.append([""] * len(header_names(header)))
        writer.write(
            f"{year - 1}-{year}/england_census.csv",
            header=header,
            rows=[*rows, *_footers(england, chosen=chosen, year=year, header=header)],
            encoding="utf-8" if year < 2017 else "utf-8-sig",
            line_end=_LINE_ENDS.get(year, "\n"),
        )


def _columns(england: England, *, chosen: Ints, year: int) -> dict[str, Texts]:
    all_, site = england.establishments, england.establishments.site[chosen]
    kind = england.sites.kind[site]
    number = fixed if year < 2015 else trimmed
    counts = _counts(england.intakes[year], site)
    columns = {name: whole(count) for name, count in counts.items()}
    roll = counts["NOR"]
    columns |= {_share_name(name): number(share(count, roll), places=1) for name, count in counts.items()}
    independent = is_one_of(kind, INDEPENDENT_KINDS)
    early = is_one_of(kind, (Kind.NURSERY, *INDEPENDENT_KINDS))
    columns = _not_published(columns, early=early, independent=independent, year=year)
    if year < 2015:
        columns = _suppressed(columns, counts)
    return columns | {
        "URN": whole(all_.urn[chosen]),
        "LA": whole(england.authority_codes[site]),
        "ESTAB": school_numbers(all_.number[chosen]),
        "SCHOOLTYPE": _kinds_of_school(kind),
    }


def _counts(of_year: Intake, site: Ints) -> dict[str, Ints]:
    """Return counts of pupils by the name of their column, in every layout."""
    roll, plan, support = of_year.roll[site], of_year.plan[site], of_year.support[site]
    other, unknown = of_year.other_language[site], of_year.language_unknown[site]
    plus = support * 4 // 10
    return {
        "NOR": roll,
        "TOTPUPSENDN": roll,
        "TOTPUPFSMDN": roll,
        "NORG": of_year.girls[site],
        "NORB": of_year.boys[site],
        "TSENELSE": plan,
        "TSENELK": support,
        "TSENSAP": plan + plus,
        "TSENA": support - plus,
        "TOTSENST": plan,
        "TOTSENAP": plus,
        "NUMEAL": other,
        "NUMENGFL": roll - other - unknown,
        "NUMUNCFL": unknown,
        "NUMFSM": of_year.meals[site],
        "NUMNOFSM": roll - of_year.meals[site],
        "NUMFSMEVER": of_year.meals_ever[site],
    }


def _not_published(
    columns: dict[str, Texts], *, early: Flags, independent: Flags, year: int
) -> dict[str, Texts]:
    """Return the columns with the mark of what a kind of school does not report."""
    mark = "NA" if year == 2019 else "NP"
    changed = dict(columns)
    for name in columns:
        if "FSMEVER" in name:
            changed[name] = marked(columns[name], where=early, mark=mark)
        elif year == 2019 and ("FSM" in name or "EAL" in name or "FL" in name):
            changed[name] = marked(columns[name], where=independent, mark=mark)
        elif "FSM" in name or "EAL" in name or "FL" in name:
            changed[name] = marked(columns[name], where=independent, mark="0" if year > 2014 else "0.0")
    return changed


def _suppressed(columns: dict[str, Texts], counts: dict[str, Ints]) -> dict[str, Texts]:
    """Return the columns with counts of one and two, and their shares, hidden."""
    changed = dict(columns)
    for name, count in counts.items():
        few = (count > 0) & (count <= SMALL_COUNT)
        for column in (name, _share_name(name)):
            if column in changed:
                changed[column] = marked(changed[column], where=few & (changed[column] != "NP"), mark="SUPP")
    return changed


def _share_name(count: str) -> str:
    """Return the name of the share that goes with a count: TSENA and PSENA, NUMEAL and PNUMEAL."""
    return f"P{count[1:]}" if count.startswith("TSEN") else f"P{count}"


def _kinds_of_school(kind: Ints) -> Texts:
    names = [next(name for name, kinds in _KINDS_OF_SCHOOL.items() if each in kinds) for each in Kind]
    return texts(names)[kind]


def _footers(england: England, *, chosen: Ints, year: int, header: str) -> list[Row]:
    site = england.establishments.site[chosen]
    rows: list[Row] = []
    for code, name in _FOOTERS[: 3 if year == 2019 else 2]:
        of_phase = site[is_one_of(england.sites.kind[site], _KINDS_OF_SCHOOL[name])]
        totals = {
            column: np.array([int(count.sum())])
            for column, count in _counts(england.intakes[year], of_phase).items()
        }
        cells = {column: str(int(total[0])) for column, total in totals.items()}
        shares = {_share_name(column): share(total, totals["NOR"]) for column, total in totals.items()}
        cells |= {
            column: _printed(value, fixed if year < 2015 else trimmed) for column, value in shares.items()
        }
        place = ("ESTAB", "LA") if year in (2017, 2018, 2019) else ("LA", "ESTAB")
        cells |= {"URN": "NAT", place[0]: code, place[1]: "", "SCHOOLTYPE": name}
        rows.append([cells[column] for column in header_names(header)])
    return rows


def _printed(value: Floats, number: Callable[..., Texts]) -> str:
    return str(number(value, places=1)[0])
