"""Absence files of 2012-13 and 2013-14 and of 2016-17 to 2018-19, with England by phase at the foot."""

import numpy as np

from steward.sample.arrays import Flags, Floats, Ints, Texts, bounded
from steward.sample.england import England
from steward.sample.files import Row, Writer, rows_of
from steward.sample.kinds import PRIMARY_KINDS, SECONDARY_KINDS, Kind, is_one_of
from steward.sample.printing import fixed, marked, trimmed, whole
from steward.sample.standing import standing
from steward.sample.timeline import school_numbers

_LEVEL = {2013: 1.13, 2014: 0.98, 2017: 0.99, 2018: 1.03, 2019: 1.0}
"""How much higher absence was in a year than in 2018-19."""
SMALL_PERSISTENT = 3
"""A share that rests on so few pupils, or fewer, is suppressed."""
_PHASES = (("PRI", PRIMARY_KINDS), ("SEC", SECONDARY_KINDS), ("SPE", (Kind.SPECIAL,)))


def write_absence(writer: Writer, england: England) -> None:
    """Write the absence files; that of 2012-13 has no row for special schools of England."""
    for year in (2013, 2014, 2017, 2018, 2019):
        kinds = (*PRIMARY_KINDS, *SECONDARY_KINDS, Kind.SPECIAL)
        chosen = england.teaching(year, is_one_of(england.sites.kind, kinds))
        overall, persistent = absence(england, year)
        columns = _columns(england, chosen=chosen, overall=overall, persistent=persistent, year=year)
        header = "absence_2013" if year < 2016 else "absence_2017"
        writer.write(
            f"{year - 1}-{year}/england_abs.csv",
            header=header,
            rows=[
                *rows_of(header, columns),
                *_footers(england, chosen=chosen, overall=overall, persistent=persistent, year=year),
            ],
            encoding="utf-8" if year < 2017 else "utf-8-sig",
            line_end="\n" if year < 2017 else "\r\n",
        )


def absence(england: England, year: int) -> tuple[Floats, Floats]:
    """Return overall absence and persistent absentees of each site, in percent.

    Persistent absentees missed 15% of sessions to 2014 and 10% from 2016.
    """
    sites, draw = england.sites, england.chance.of(f"absence {year}")
    special = is_one_of(sites.kind, (Kind.SPECIAL, Kind.ALTERNATIVE))
    middle = np.select([special, is_one_of(sites.kind, SECONDARY_KINDS)], [8.9, 5.3], 3.9)
    spread = np.where(special, 0.34, 0.14)
    rising = 0.05 * (year - 2013) * (sites.attendance > 1.5) * (sites.steadiness < 1.0)
    score = 0.10 * sites.hardship - 0.07 * standing(england, year) + spread * sites.attendance + rising
    turn = draw.normal(0.0, 0.35, len(sites)) * sites.steadiness / np.sqrt(england.intakes[year].roll / 60)
    overall = bounded(middle * _LEVEL[year] * np.exp(score + 0.2 * turn), least=1.2, most=42.0)
    at_four, steep = (2.6, 2.2) if year < 2016 else (8.1, 1.55)
    middling = at_four * (overall / 4.0) ** steep * np.where(special, 0.8, 1.0)
    turned = middling * np.exp(draw.normal(0.0, 0.22, len(sites)) * sites.steadiness)
    return overall, bounded(turned, least=0.0, most=92.0)


def _columns(
    england: England, *, chosen: Ints, overall: Floats, persistent: Floats, year: int
) -> dict[str, Texts]:
    all_, site = england.establishments, england.establishments.site[chosen]
    pupils = england.intakes[year].roll[site]
    few = np.round(persistent[site] / 100 * pupils)
    number = fixed if year < 2016 else trimmed
    share = np.where(few == 0, 0.0, persistent[site])
    printed = number(share, places=1)
    hidden: Flags = (few > 0) & (few <= SMALL_PERSISTENT)
    shown = marked(printed, where=hidden, mark="SUPP")
    return {
        "LA": whole(england.authority_codes[site]),
        "ESTAB": school_numbers(all_.number[chosen]),
        "URN": whole(all_.urn[chosen]),
        "PERCTOT": number(overall[site], places=1),
        "PPERSABS15": shown,
        "PPERSABS10": shown,
    }


def _footers(england: England, *, chosen: Ints, overall: Floats, persistent: Floats, year: int) -> list[Row]:
    site = england.establishments.site[chosen]
    rows: list[Row] = []
    for code, kinds in _PHASES[: 2 if year == 2013 else 3]:
        of_phase = site[is_one_of(england.sites.kind[site], kinds)]
        weights = england.intakes[year].roll[of_phase]
        means = [
            float((values[of_phase] * weights).sum() / weights.sum()) for values in (overall, persistent)
        ]
        number = fixed if year < 2018 else trimmed
        printed = number(np.array(means), places=1).tolist()
        rows.append(["NAT", code, "", *printed])
    return rows
