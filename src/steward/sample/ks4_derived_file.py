"""Key stage 4 of 2013 to 2015 side by side, in the layout of the compilation that has those years."""

import numpy as np

from steward.sample.arrays import NEVER, Floats, Ints, Texts, bounded, day, texts
from steward.sample.england import England
from steward.sample.files import Writer, rows_of
from steward.sample.kinds import Kind, words
from steward.sample.ks4 import five_good_passes
from steward.sample.printing import same, trimmed, whole
from steward.sample.register_files import religious_character
from steward.sample.sites import degrees_of
from steward.sample.timeline import school_numbers

_YEARS = (13, 14, 15)
_ADDRESS_OF_LONDON = 5
"""The region that stands in for London."""


def write_key_stage_4_of_three_years(writer: Writer, england: England) -> None:
    """Write the mainstream secondary schools that had one URN throughout the three years."""
    all_ = england.establishments
    course = (all_.opened < day(2012, 9, 2)) & (all_.closed > day(2015, 9, 1))
    plain = (england.sites.kind == Kind.SECONDARY) & ~england.sites.selective
    chosen = np.flatnonzero(course & plain[all_.site] & (all_.closed <= NEVER))
    columns = _school(england, chosen) | _pupils(england, all_.site[chosen])
    columns |= _results(england, all_.site[chosen])
    writer.write(
        "ks4_2013-2015_mainstream_secondary_derived.csv",
        header="ks4_2015",
        rows=rows_of("ks4_2015", columns),
        encoding="utf-8",
        line_end="\r\n",
    )


def _school(england: England, chosen: Ints) -> dict[str, Texts]:
    all_, sites, site = england.establishments, england.sites, england.establishments.site[chosen]
    region = england.authorities.regions[sites.authority[site]]
    longitude, latitude = degrees_of(sites.easting[site], sites.northing[site])
    loneliness = np.exp(1.8 - 0.35 * sites.hardship[site])
    return {
        "ea": whole(england.authority_codes[site]),
        "estab": school_numbers(all_.number[chosen]),
        "London": np.where(region == _ADDRESS_OF_LONDON, texts(["TRUE"]), texts(["FALSE"])),
        "URN": whole(all_.urn[chosen]),
        "schname": all_.name[chosen],
        "pcode": sites.postcode[site],
        "lsoa": texts([f"E019{number:05d}" for number in site.tolist()]),
        "Lat": trimmed(latitude, places=6),
        "Long": trimmed(longitude, places=6),
        "ICLOSE": same("0", len(chosen)),
        "school.type": words(all_.type[chosen], "ks4"),
        "relig": religious_character(england, chosen),
        "admpol": same("COMP", len(chosen)),
        "gender": texts(["MIXED", "GIRLS", "BOYS"])[sites.gender[site]],
        "feeder": same("0", len(chosen)),
        "tab.ks2": same("0", len(chosen)),
        "tab.1618": whole(sites.sixth_form[site].astype(np.int64)),
        "confexam": same("1", len(chosen)),
        "IsoIndex": trimmed(loneliness, places=2),
        "avg10.tt.nid": trimmed(loneliness * 1.4, places=2),
        "IDACI": trimmed(0.15 * np.exp(0.7 * sites.hardship[site]), places=3),
    }


def _pupils(england: England, site: Ints) -> dict[str, Texts]:
    of = {year: england.intakes[2000 + year] for year in (13, 14)}
    of[15] = of[14]
    share = {
        "ever6fsm": ("EVER6FSM", {year: of[year].meals_ever / of[year].roll for year in _YEARS}),
        "eal": ("EAL", {year: of[year].other_language / of[year].roll for year in _YEARS}),
        "sen": ("SEN", {year: of[year].plan / of[year].roll for year in _YEARS}),
        "boys": ("boys.3y", {year: of[year].boys / of[year].roll for year in _YEARS}),
        "girls": ("GIRLS", {year: of[year].girls / of[year].roll for year in _YEARS}),
        "lpa": ("lpa.3y", {year: bounded(0.16 + 0.05 * england.sites.hardship, least=0.02, most=0.5)
                           for year in _YEARS}),
    }  # fmt: skip
    count = {
        "totpups": ("TOTPUPS", {year: of[year].roll.astype(np.float64) for year in _YEARS}),
        "tpup": ("TPUPS", {year: of[year].sixteen.astype(np.float64) for year in _YEARS}),
        "ks2aps": ("KS2APS", dict.fromkeys(_YEARS, 27.7 - 0.6 * england.sites.hardship)),
        "tever6fsm": ("TEVER6PUPS", {year: np.round(of[year].sixteen * of[year].meals_ever / of[year].roll)
                                     for year in _YEARS}),
    }  # fmt: skip
    columns: dict[str, Texts] = {}
    for places, group in ((3, share), (1, count)):
        for name, (mean, values) in group.items():
            columns |= _three_years(
                name, mean=mean, values={y: value[site] for y, value in values.items()}, places=places
            )
    return columns


def _results(england: England, site: Ints) -> dict[str, Texts]:
    passes = {13: 2013, 14: 2014, 15: 2015}
    columns: dict[str, Texts] = {}
    shares: dict[int, Floats] = {}
    for year, of_year in passes.items():
        pupils = np.maximum(england.intakes[min(of_year, 2014)].sixteen, 1)
        shares[year] = (five_good_passes(england, of_year) / pupils)[site]
    poor = {year: bounded(share - 0.19, least=0.0, most=1.0) for year, share in shares.items()}
    lowest = {year: bounded(share - 0.5, least=0.0, most=1.0) for year, share in shares.items()}
    level = {13: 315.0, 14: 271.0, 15: 253.0}
    points = {year: level[year] + 200.0 * (share - 0.58) for year, share in shares.items()}
    for name, mean, values, places in (
        ("ac.gcse.all", "AC.GCSE.ALL", shares, 2),
        ("ac.gcse.fsm", "AC.GCSE.FSM", poor, 2),
        ("ac.gcse.lpa", "ac.gcse.lpa.3y", lowest, 2),
        ("fsm.points", "fsm.points.3y", points, 1),
    ):
        columns |= _three_years(name, mean=mean, values=values, places=places)
    return columns


def _three_years(name: str, *, mean: str, values: dict[int, Floats], places: int) -> dict[str, Texts]:
    """Return one column a year, and that of their mean."""
    columns = {f"{name}{year}": trimmed(value, places=places) for year, value in values.items()}
    columns[mean] = trimmed((values[13] + values[14] + values[15]) / 3.0, places=places + 1)
    return columns
