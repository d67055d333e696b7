"""Registers of schools as the performance tables carry them: spine and school information."""

from collections.abc import Mapping

import numpy as np

from steward.sample.arrays import ALWAYS, NEVER, NO_ROW, Flags, Ints, Texts, day, texts, worded
from steward.sample.england import England
from steward.sample.files import Row, Writer, rows_of
from steward.sample.inspections import Found
from steward.sample.kinds import (
    ACADEMY_TYPES,
    INDEPENDENT_KINDS,
    SPONSORED_TYPES,
    Kind,
    Type,
    is_one_of,
    words,
)
from steward.sample.printing import days, marked, same, whole
from steward.sample.sites import ANGLICAN, CATHOLIC, NO_FAITH
from steward.sample.timeline import school_numbers
from steward.sample.trusts import Trusts

_CONVERTED, _CONVERTING, _SPONSORED, _TAKEN_OVER, _CLOSED, _UNCHANGED, _NEW = "1234567"
_INFORMATION_DAY = day(2022, 4, 21)
_SPINE_DAYS = {2016: day(2016, 11, 11), 2017: day(2018, 9, 4), 2018: day(2019, 11, 7)}
"""The days that the published files turn out to describe: later than the year of their folder."""
_REMEMBERED = 800
"""Days for which a closed school is still named, and an opening still dated."""
_GRADES = ("", "Outstanding", "Good", "Requires improvement", "Inadequate")


def write_registers(writer: Writer, *, england: England, trusts: Trusts) -> None:
    """Write the spines of 2015-16 to 2017-18 and the school information of 2018-19."""
    for year, pattern in ((2016, "%Y%m%d"), (2017, "%Y-%m-%d"), (2018, "%Y-%m-%d")):
        chosen = _listed(england, _SPINE_DAYS[year])
        columns = _spine(england, chosen=chosen, trusts=trusts, year=year)
        columns |= {
            "OPENDATE": _dates(england.establishments.opened[chosen], year=year, pattern=pattern),
            "CLOSEDATE": _dates(england.establishments.closed[chosen], year=year, pattern=pattern),
        }
        rows = rows_of(f"spine_{year}", columns)
        writer.write(
            f"{year - 1}-{year}/england_spine.csv",
            header=f"spine_{year}",
            rows=_repeated(rows) if year == 2017 else rows,
            encoding="utf-8" if year == 2016 else "utf-8-sig",
            line_end="\r\n",
        )
    _write_information(writer, england)


def _listed(england: England, on: int) -> Ints:
    """Return the establishments that a register of that day names: open, or closed not long before."""
    all_ = england.establishments
    known = (all_.opened <= on) & (all_.closed > on - _REMEMBERED) & ~all_.unlisted
    tabled = ~is_one_of(england.sites.kind[all_.site], (Kind.NURSERY, Kind.ALTERNATIVE))
    return np.flatnonzero(known & tabled)


def _repeated(rows: list[Row]) -> list[Row]:
    """Return the rows with one URN named twice, as the published file of 2016-17 has it."""
    return [*rows[:12], rows[11], *rows[12:]]


def _dates(values: Ints, *, year: int, pattern: str) -> Texts:
    """Return the dates that the file names: those of the last two years."""
    recent = np.where(
        values < _SPINE_DAYS[year] - _REMEMBERED, ALWAYS, np.where(values > _SPINE_DAYS[year], NEVER, values)
    )
    printed = days(recent, pattern)
    return marked(printed, where=printed == "", mark=" ") if year == 2016 else printed


def _spine(england: England, *, chosen: Ints, trusts: Trusts, year: int) -> dict[str, Texts]:
    all_, words_of = england.establishments, "spine_2016" if year == 2016 else "spine"
    blank = " " if year == 2016 else ""
    flag = _academy_flag(england, chosen=chosen, year=year)
    linked = np.isin(flag, [_CONVERTED, _CONVERTING, _SPONSORED, _TAKEN_OVER])
    other = np.where(linked, all_.other[chosen], 0)
    site = all_.site[chosen]
    mixed = texts(["Mixed", "Girls", "Boys"])[england.sites.gender[site]]
    sponsor = trusts.sponsor_of(england, chosen)
    return _places(england, chosen) | {
        "OTHERSCHNAME": marked(all_.name[other], where=~linked, mark=blank),
        "TELNUM": england.sites.telephone[site],
        "ICLOSE": texts([
            "1" if value > _SPINE_DAYS[year] else "2" for value in all_.closed[chosen].tolist()
        ]),
        "ISNEW": np.where(np.isin(flag, [_CONVERTED, _SPONSORED, _NEW]), texts(["1"]), texts(["0"])),
        "MINORGROUP": texts([group.title() for group in words(all_.type[chosen], "group").tolist()]),
        "NFTYPE": words(all_.type[chosen], words_of),
        "OTHERNFTYPE": marked(words(all_.type[other], words_of), where=~linked, mark=""),
        "AGEL": whole(england.sites.age_low[site]),
        "AGEH": whole(england.sites.age_high[site]),
        "GENDER": mixed,
        "SFGENDER": mixed,
        "SIXFGENDER": mixed,
        "RELDENOM": religious_character(england, chosen),
        "ADMPOL": _admissions(england, site=site, year=year),
        "OTHERURN": marked(whole(all_.urn[other]), where=~linked, mark=blank),
        "NEWACFLAG": flag,
        "SPONSORCODE": sponsor[0],
        "SPONSORNAME": sponsor[1],
        "RE-BROKERED": same("0", len(chosen)),
        "CO-SPONSORED": same("0", len(chosen)),
    }  # fmt: skip


def _places(england: England, chosen: Ints) -> dict[str, Texts]:
    all_, sites, site = england.establishments, england.sites, england.establishments.site[chosen]
    numbers, codes = school_numbers(all_.number[chosen]), whole(england.authority_codes[site])
    return {
        "URN": whole(all_.urn[chosen]),
        "LA": codes,
        "ESTAB": numbers,
        "LAESTAB": codes + numbers,
        "SCHNAME": all_.name[chosen],
        "STREET": sites.street[site],
        "LOCALITY": marked(england.ward_names[site], where=site % 3 > 0, mark=""),
        "ADDRESS3": same("", len(chosen)),
        "TOWN": sites.town[site],
        "POSTCODE": sites.postcode[site],
        **_stages(sites.kind[site], sites.sixth_form[site]),
    }


def _stages(kind: Ints, sixth_form: Flags) -> dict[str, Texts]:
    needs = is_one_of(kind, (Kind.SPECIAL, Kind.INDEPENDENT_SPECIAL))
    independent = kind == Kind.INDEPENDENT
    primary = (kind <= Kind.MIDDLE) | (kind == Kind.ALL_THROUGH) | needs | independent
    secondary = is_one_of(kind, (Kind.MIDDLE, Kind.SECONDARY, Kind.ALL_THROUGH)) | needs | independent
    stages = (("ISPRIMARY", primary), ("ISSECONDARY", secondary), ("ISPOST16", sixth_form | needs))
    return {name: whole(flags.astype(np.int64)) for name, flags in stages}


def _academy_flag(england: England, *, chosen: Ints, year: int) -> Texts:
    """Return NEWACFLAG: what happened in the last two years between a school and its successor."""
    all_ = england.establishments
    since, until = _SPINE_DAYS[year] - _REMEMBERED, _SPINE_DAYS[year]
    opened, closed = all_.opened[chosen], all_.closed[chosen]
    is_new, is_gone = opened >= since, closed <= until
    has_other = all_.other[chosen] != NO_ROW
    sponsored = is_one_of(all_.type[chosen], SPONSORED_TYPES)
    by_sponsor = has_other & is_one_of(all_.type[all_.other[chosen]], SPONSORED_TYPES)
    flags = np.select(
        [
            is_new & has_other & sponsored,
            is_new & has_other,
            is_gone & by_sponsor,
            is_gone & has_other,
            is_gone,
            is_new,
        ],
        [3, 1, 4, 2, 5, 7],
        6,
    )
    return whole(flags)


def religious_character(england: England, chosen: Ints) -> Texts:
    """Return the religious character of establishments in words."""
    faith = england.sites.faith[england.establishments.site[chosen]]
    academy = is_one_of(england.establishments.type[chosen], (*ACADEMY_TYPES, Type.INDEPENDENT))
    named = np.select(
        [faith == ANGLICAN, faith == CATHOLIC, (faith == NO_FAITH) & ~academy, faith == NO_FAITH],
        [0, 1, 2, 3],
        4,
    )
    return worded(["Church of England", "Roman Catholic", "Does not apply", "None", "Christian"], named)


def admissions(england: England, site: Ints) -> Texts:
    """Return the admissions policy of sites as school information words it."""
    kind = england.sites.kind[site]
    none = ~is_one_of(kind, (Kind.SECONDARY, Kind.ALL_THROUGH, Kind.MIDDLE, Kind.INDEPENDENT))
    policy = np.where(england.sites.selective[site], texts(["Selective"]), texts(["Non-selective"]))
    return marked(policy, where=none, mark="Not applicable")


def _admissions(england: England, *, site: Ints, year: int) -> Texts:
    policy, unknown = admissions(england, site), {2018: "Not recorded", 2017: "Unknown", 2016: "Unknown "}
    policy = marked(policy, where=policy == "Not applicable", mark=unknown[year])
    if year == 2018:
        return policy
    return marked(policy, where=policy == "Non-selective", mark="Comprehensive")


def _write_information(writer: Writer, england: England) -> None:
    all_, chosen = england.establishments, _listed(england, _INFORMATION_DAY)
    site = all_.site[chosen]
    closed = all_.closed[chosen]
    proposed = (site % 131 == 7) & (closed == NEVER)
    status = np.where(closed <= _INFORMATION_DAY, texts(["Closed"]), texts(["Open"]))
    found = england.inspections.at(england.inspections.latest(_INFORMATION_DAY)).take(site)
    columns: Mapping[str, Texts] = _places(england, chosen) | {
        "LANAME": england.authority_names[site],
        "SCHSTATUS": marked(status, where=proposed, mark="Open, but proposed to close"),
        "OPENDATE": days(all_.opened[chosen], "%d-%m-%Y"),
        "CLOSEDATE": days(np.where(closed > _INFORMATION_DAY, NEVER, closed), "%d-%m-%Y"),
        "MINORGROUP": words(all_.type[chosen], "group"),
        "SCHOOLTYPE": words(all_.type[chosen], "information"),
        "AGELOW": whole(england.sites.age_low[site]),
        "AGEHIGH": whole(england.sites.age_high[site]),
        "GENDER": texts(["Mixed", "Girls", "Boys"])[england.sites.gender[site]],
        "RELCHAR": religious_character(england, chosen),
        "ADMPOL": admissions(england, site),
        "OFSTEDRATING": marked(
            rating_words(found), where=~_own(england, chosen=chosen, found=found), mark=""
        ),
        "OFSTEDLASTINSP": marked(
            days(found.day, "%d-%m-%Y"), where=~_own(england, chosen=chosen, found=found), mark=""
        ),
    }
    writer.write(
        "2018-2019/england_school_information.csv",
        header="school_information",
        rows=rows_of("school_information", columns),
        encoding="utf-8-sig",
        line_end="\r\n",
    )


def _own(england: England, *, chosen: Ints, found: Found) -> Flags:
    """Return which were themselves inspected, or took over as they stood a school that had been."""
    all_ = england.establishments
    fresh = is_one_of(all_.type[chosen], SPONSORED_TYPES) & (found.day < all_.opened[chosen])
    independent = is_one_of(england.sites.kind[all_.site[chosen]], INDEPENDENT_KINDS)
    return (found.grade > 0) & ~fresh & ~independent & (found.day < all_.closed[chosen])


def rating_words(found: Found) -> Texts:
    """Return grades in words, schools in a category of concern by its name."""
    named = texts(list(_GRADES))[found.grade]
    named = marked(named, where=found.category == "SM", mark="Special Measures")
    return marked(named, where=found.category == "SWK", mark="Serious Weaknesses")
