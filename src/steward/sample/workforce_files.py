"""Workforce files of 2015-16 to 2018-19: teachers, support staff, ratio and mean salary."""

from dataclasses import dataclass

import numpy as np

from steward.sample.arrays import Flags, Floats, Ints, Texts, bounded, texts
from steward.sample.england import England
from steward.sample.files import Row, Writer, header_names, rows_of
from steward.sample.kinds import PRIMARY_KINDS, SECONDARY_KINDS, Kind, is_one_of
from steward.sample.printing import fixed, marked, thousands, whole
from steward.sample.timeline import school_numbers

SMALL_STAFF = 3
"""The mean salary of so few teachers, or fewer, is suppressed."""
_PHASES = {
    Kind.INFANT: "Primary", Kind.JUNIOR: "Primary", Kind.PRIMARY: "Primary", Kind.SECONDARY: "Secondary",
    Kind.MIDDLE: "Middle deemed secondary", Kind.ALL_THROUGH: "All through",
}  # fmt: skip
_PAY = {2016: 0.955, 2017: 0.965, 2018: 0.985, 2019: 1.0}


@dataclass(frozen=True, slots=True)
class Staff:
    """Staff of some schools; arrays of equal length."""

    teachers: Floats
    assistants: Floats
    others: Floats
    ratio: Floats
    salary: Floats


def write_workforce(writer: Writer, england: England) -> None:
    """Write the workforce files, some schools without a return and some with a suppressed salary."""
    for year in (2016, 2017, 2018, 2019):
        chosen = england.teaching(year, is_one_of(england.sites.kind, (*PRIMARY_KINDS, *SECONDARY_KINDS)))
        site = england.establishments.site[chosen]
        staff = _staff(england, site=site, year=year)
        header = f"workforce_{year}"
        columns = _columns(england, chosen=chosen, staff=staff, year=year)
        writer.write(
            f"{year - 1}-{year}/england_swf.csv",
            header=header,
            rows=[*rows_of(header, columns), *_footers(england, site=site, staff=staff, header=header)],
            encoding="utf-8" if year < 2017 else "utf-8-sig",
            line_end="\n" if year < 2018 else "\r\n",
        )


def _staff(england: England, *, site: Ints, year: int) -> Staff:
    sites, roll = england.sites, england.intakes[year].roll[site]
    draw = england.chance.of(f"workforce {year}")
    old = is_one_of(sites.kind, SECONDARY_KINDS)
    lasting = england.chance.of("workforce").normal(0.0, 1.0, (2, len(sites)))
    ratio = np.where(old, 16.2, 21.0) + np.where(old, 1.7, 2.7) * lasting[0] - 0.5 * sites.hardship
    ratio = bounded(ratio + 0.2 * (year - 2018) + draw.normal(0, 0.5, len(sites)), least=8.0, most=34.0)[site]
    salary = np.where(old, 40_300.0, 38_100.0) * _PAY[year] + 2_100.0 * lasting[1]
    teachers = roll / ratio
    return Staff(
        teachers=teachers,
        assistants=teachers * np.where(old, 0.28, 0.72)[site] * np.exp(draw.normal(0, 0.15, len(site))),
        others=teachers * np.where(old, 0.37, 0.26)[site] * np.exp(draw.normal(0, 0.15, len(site))),
        ratio=ratio,
        salary=(salary + draw.normal(0, 500.0, len(sites)))[site],
    )


def _columns(england: England, *, chosen: Ints, staff: Staff, year: int) -> dict[str, Texts]:
    all_, site = england.establishments, england.establishments.site[chosen]
    salary = whole(staff.salary) if year == 2016 else thousands(staff.salary, sign="\N{POUND SIGN}")
    full_time = [fixed(np.maximum(part, 0.4), places=1) for part in _parts(staff)]
    heads = [whole(np.ceil(part * 1.12)) for part in _parts(staff)]
    few: Flags = np.ceil(staff.teachers * 1.12) <= SMALL_STAFF
    salary = marked(salary, where=few, mark="SUPP")
    cells = [*heads, *full_time, fixed(staff.ratio, places=1), salary]
    silent = site % 170 == 3
    cells = [marked(cell, where=silent, mark="DNS" if year == 2016 else "NA") for cell in cells]
    phases = texts([_PHASES.get(kind, "") for kind in Kind])[england.sites.kind[site]]
    columns = {
        "LA Number": whole(england.authority_codes[site]),
        "Establishment Number": school_numbers(all_.number[chosen]),
        "URN": whole(all_.urn[chosen]),
        "School Phase": phases,
    }
    return columns | dict(zip(_staff_names(year), cells, strict=True))


def _parts(staff: Staff) -> tuple[Floats, Floats, Floats]:
    return staff.teachers, staff.assistants, staff.others


def _staff_names(year: int) -> list[str]:
    return header_names(f"workforce_{year}")[4 if year == 2019 else 3 :]


def _footers(england: England, *, site: Ints, staff: Staff, header: str) -> list[Row]:
    rows: list[Row] = []
    for code, kinds in (("PRI", PRIMARY_KINDS), ("SEC", SECONDARY_KINDS)):
        of_phase = is_one_of(england.sites.kind[site], kinds)
        totals = [float(part[of_phase].sum()) for part in _parts(staff)]
        weights = staff.teachers[of_phase]
        ratio = float((staff.ratio[of_phase] * weights).sum() / weights.sum())
        salary = float((staff.salary[of_phase] * weights).sum() / weights.sum())
        year = int(header[-4:])
        if year == 2016:
            cells = [f"{number:.9f}" for number in (*(1.12 * t for t in totals), *totals, ratio, salary)]
        else:
            cells = [f'"{number:,.0f}"' for number in (*(1.12 * t for t in totals), *totals)]
            cells += [f"{ratio:.1f}", f'"\N{POUND SIGN}{salary:,.0f}"']
        rows.append(["NAT", code, "", *([""] if year == 2019 else []), *cells])
    return rows
