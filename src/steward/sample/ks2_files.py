"""Key stage 2 files: the subsets of 2016 to 2019, and that of 2013 with its authority and national rows."""

import numpy as np

from steward.sample.arrays import Flags, Floats, Ints, Texts, day, texts
from steward.sample.england import England
from steward.sample.files import Row, Writer, after_each, rows_of
from steward.sample.inspection_files import establishment_then
from steward.sample.kinds import WITH_KS2, Kind, is_one_of, words
from steward.sample.ks2 import KeyStage2, KeyStage2Levels, interval, level_results, scaled_results
from steward.sample.printing import days, fixed, marked, percent, rounded, same, share, trimmed, whole
from steward.sample.register_files import religious_character

SMALL_COHORT = 5
"""Results of so few pupils or fewer are suppressed."""
_SMALL_GROUP = 5
_CUTS = {"READ": (3.2, -2.9), "WRIT": (2.6, -2.6), "MAT": (3.0, -3.2)}
"""Least of well above average and most of well below average. Source: methods 1.2."""
_BANDS = ("", "Well Above Average", "Above Average", "Average", "Below Average", "Well Below Average")
_LEVELS = ("2", "3C", "3B", "3A", "4C", "4B", "4A", "5C", "5B", "5A")
_LEVEL_POINTS = np.array([19.0, 20.5, 22.0, 24.0, 26.0, 27.5, 29.0, 31.0, 32.5])
_INSPECTED_BY = day(2021, 6, 1)


def write_key_stage_2(writer: Writer, england: England) -> None:
    """Write the files of 2013, and of 2016 to 2019."""
    _write_2013(writer, england)
    for year in (2016, 2017, 2018):
        chosen = tested(england, year)
        rows = rows_of(
            "ks2_final",
            final_columns(england, chosen=chosen, results=scaled_results(england, year), year=year),
        )
        _write(writer, year=year, header="ks2_final", rows=rows, line_end="\r\n")
    chosen = tested(england, 2019)
    rows = rows_of("ks2_2019", _columns_2019(england, chosen=chosen, results=scaled_results(england, 2019)))
    _write(writer, year=2019, header="ks2_2019", rows=rows, line_end="\r\n")


def progress_bands(subject: str, *, progress: Floats, pupils: Ints) -> Ints:
    """Return bands 1 to 5 of printed progress scores: average where the interval spans nought."""
    half = rounded(interval(subject, pupils), 1)
    high, low = _CUTS[subject]
    return np.select(
        [progress - half > 0, progress + half < 0],
        [np.where(progress >= high, 1, 2), np.where(progress <= low, 5, 4)],
        3,
    ).astype(np.int64)


def _write(writer: Writer, *, year: int, header: str, rows: list[Row], line_end: str) -> None:
    name = "england_ks2_subset.csv" if year == 2013 else "england_ks2final_subset.csv"
    encoding = "utf-8" if year < 2017 else "utf-8-sig"
    path = f"{year - 1}-{year}/{name}"
    writer.write(path, header=header, rows=rows, encoding=encoding, line_end=line_end)


def tested(england: England, year: int) -> Ints:
    return england.teaching(year, is_one_of(england.sites.kind, WITH_KS2))


def final_columns(england: England, *, chosen: Ints, results: KeyStage2, year: int) -> dict[str, Texts]:
    site = england.establishments.site[chosen]
    pupils = results.pupils[site]
    small = pupils <= SMALL_COHORT
    girls = england.chance.of(f"girls at eleven {year}").binomial(pupils, 0.49)
    hidden = small & (site % 3 > 0)
    columns = {
        "URN": whole(england.establishments.urn[chosen]),
        "TELIG": marked(whole(pupils), where=hidden, mark=""),
        "BELIG": marked(whole(pupils - girls), where=small, mark=""),
        "GELIG": marked(whole(girls), where=small, mark=""),
        "PTRWM_EXP": percent(share(results.all_three[site], pupils)),
        "PTRWM_HIGH": percent(share(results.all_three_high[site], pupils)),
        "Academic Year": same(str(year), len(chosen)),
    }
    special = england.sites.kind[site] == Kind.SPECIAL
    for subject in ("READ", "GPS", "MAT"):
        columns |= _attainment(subject, results=results, site=site, special=special)
    shown = {"URN", "TELIG", "BELIG", "GELIG", "Academic Year"}
    columns = {
        name: column if name in shown else marked(column, where=small, mark="")
        for name, column in columns.items()
    }
    for subject in ("READ", "WRIT", "MAT"):
        columns |= _progress(subject, results=results, site=site, small=small, year=year)
    return columns


def _attainment(subject: str, *, results: KeyStage2, site: Ints, special: Flags) -> dict[str, Texts]:
    pupils, average = results.pupils[site], whole(results.score[subject][site])
    return {
        f"{subject}_AVERAGE": marked(average, where=special & (site % 2 == 0), mark=""),
        f"PT{subject}_EXP": percent(share(results.expected[subject][site], pupils)),
        f"PT{subject}_HIGH": percent(share(results.high[subject][site], pupils)),
    }


def _progress(subject: str, *, results: KeyStage2, site: Ints, small: Flags, year: int) -> dict[str, Texts]:
    pupils, names = results.pupils[site], {"READ": "Reading", "WRIT": "Writing", "MAT": "Maths"}
    progress = rounded(results.progress[subject][site], 1)
    low_cover = (site % 2_000 == 3) & ~small
    printed = marked(trimmed(progress, places=1), where=low_cover, mark="LOWCOV")
    bands = progress_bands(subject, progress=progress, pupils=pupils)
    described = texts(list(_BANDS))[bands]
    if year < 2018:
        described, codes = same("", len(site)), same("", len(site))
    else:
        codes = marked(whole(bands), where=low_cover, mark="")
        described = marked(described, where=(site % 67 == 5), mark="NOT AVAIL")
    return {
        f"{subject}PROG": marked(printed, where=small, mark=""),
        f"{subject}PROG_DESCR": marked(codes, where=small, mark=""),
        f"{names[subject]} Progress Desc": marked(described, where=small | low_cover, mark=""),
    }


def _columns_2019(england: England, *, chosen: Ints, results: KeyStage2) -> dict[str, Texts]:
    all_, site = england.establishments, england.establishments.site[chosen]
    pupils, small = results.pupils[site], results.pupils[site] <= SMALL_COHORT
    columns = described_school(england, chosen) | {
        "RECTYPE": np.where(england.sites.kind[site] == Kind.SPECIAL, texts(["2"]), texts(["1"])),
        "URN": whole(all_.urn[chosen]),
        "PHASE": same("Primary", len(chosen)),
    }
    for subject in ("READ", "WRIT", "MAT"):
        progress = rounded(results.progress[subject][site], 1)
        bands = whole(progress_bands(subject, progress=progress, pupils=pupils))
        columns |= {
            f"{subject}PROG": marked(trimmed(progress, places=1), where=small, mark="SUPP"),
            f"{subject}PROG_DESCR": marked(bands, where=small, mark="SUPP"),
        }
    return columns


def described_school(england: England, chosen: Ints) -> dict[str, Texts]:
    """Return the columns about the school that the files of 2018-19 carry beside the results."""
    all_, sites, site = england.establishments, england.sites, england.establishments.site[chosen]
    found = england.inspections.at(england.inspections.latest(_INSPECTED_BY)).take(site)
    own = establishment_then(england, site=site, on=np.minimum(found.day, _INSPECTED_BY)) == chosen
    shown = own & (found.grade > 0)
    rating = texts(["", "Outstanding", "Good", "Requires Improvement", "Inadequate"])[found.grade]
    return {
        "SCHNAME": all_.name[chosen],
        "PCODE": sites.postcode[site],
        "TOWN": sites.town[site],
        "OFSTEDRATING": marked(rating, where=~shown, mark=""),
        "INSPECTIONDT": marked(days(found.day, "%Y%m%d"), where=~shown, mark=""),
        "SCHTYPE": words(all_.type[chosen], "group"),
        "GENDER": texts(["Mixed", "Girls", "Boys"])[sites.gender[site]],
        "RELIGION": religious_character(england, chosen),
    }


def _write_2013(writer: Writer, england: England) -> None:
    chosen, results = tested(england, 2013), level_results(england)
    site = england.establishments.site[chosen]
    authority = england.sites.authority[site]
    special = england.sites.kind[site] == Kind.SPECIAL
    order = np.lexsort((special, authority))
    chosen, site, authority = chosen[order], site[order], authority[order]
    columns = _columns_2013(england, chosen=chosen, results=results)
    rows = rows_of("ks2_2013", columns)
    closing = {
        each: _area_row("3", results=results, site=site[authority == each])
        for each in np.unique(authority).tolist()
    }
    ordered = after_each(rows, groups=authority, closing=closing)
    national = [_area_row(record, results=results, site=site) for record in ("4", "5")]
    _write(writer, year=2013, header="ks2_2013", rows=[*ordered, *national], line_end="\n")


def _columns_2013(england: England, *, chosen: Ints, results: KeyStage2Levels) -> dict[str, Texts]:
    site, sites = england.establishments.site[chosen], england.sites
    pupils = results.pupils[site]
    measured = _measures_2013(results, site)
    small, blank = pupils <= SMALL_COHORT, site % 27 == 4
    boycott = (site % 450 == 9) & ~small
    columns = {}
    for name, column in measured.items():
        tested = name.startswith(("PT2MATH12", "TAPS", "AVGLEVEL"))
        printed = marked(column, where=boycott, mark="NA") if tested else column
        columns[name] = marked(marked(printed, where=small, mark="SUPP"), where=blank, mark="")
    special = sites.kind[site] == Kind.SPECIAL
    return columns | {
        "RECTYPE": np.where(special, texts(["2"]), texts(["1"])),
        "URN": whole(england.establishments.urn[chosen]),
        "PCODE": sites.postcode[site],
        "TELNUM": sites.telephone[site],
    }


def _measures_2013(results: KeyStage2Levels, site: Ints) -> dict[str, Texts]:
    pupils, made = results.pupils[site], results.two_levels
    maths = made["MATH"][site]
    columns = {
        "TFSMCLA": whole(results.disadvantaged[site]),
        "PTFSMCLA": percent(share(results.disadvantaged[site], pupils)),
        "PT2MATH12": percent(share(maths, pupils)),
        "PT2READ12": percent(share(made["READ"][site], pupils)),
        "PT2WRITTA12": percent(share(made["WRIT"][site], pupils)),
        "TAPS": fixed(results.points[site], places=1),
        "AVGLEVEL": _levels(results.points[site]),
        "PTREADX": percent(share(results.reading[site], pupils)),
        "PTREADAT": percent(np.where(site % 7 == 0, share(np.minimum(pupils, 1), pupils), 0.0)),
        "GAPN_3YR_RWMX_FSMCLA": whole(results.gap[site]),
        "GAPN_2YR_PRREAD_NOTFSMCLA": whole(results.gap[site] - 14.0),
        "GAPN_2YR_PRWRIT_NOTFSMCLA": whole((results.gap[site] - 14.0) * 0.7),
        "GAPN_3YR_PRMAT_NOTFSMCLA": whole((results.gap[site] - 14.0) * 0.8),
    }
    for band, prior in results.prior.items():
        of_band = prior[site]
        columns[f"TKS1EXP_{band}"] = whole(of_band)
        columns[f"PKS1EXP_{band}"] = percent(share(of_band, pupils))
        reached = np.minimum(of_band, np.round(maths * of_band / np.maximum(pupils, 1)).astype(np.int64))
        part = percent(share(reached, of_band))
        columns[f"PT2MATH12_{band}"] = marked(part, where=of_band <= _SMALL_GROUP, mark="SUPP")
    for half, letter in ((pupils // 2, "B"), (pupils - pupils // 2, "G")):
        reached = np.minimum(half, np.round(maths * half / np.maximum(pupils, 1)).astype(np.int64))
        part = percent(share(reached, half))
        columns[f"PT2MATH12_{letter}"] = marked(part, where=half <= _SMALL_GROUP, mark="SUPP")
    return columns


def _levels(points: Floats) -> Texts:
    return texts(list(_LEVELS))[np.searchsorted(_LEVEL_POINTS, points)]


def _area_row(record: str, *, results: KeyStage2Levels, site: Ints) -> Row:
    """Return the row of an authority or of England: of all its pupils, also those suppressed by school."""
    total = KeyStage2Levels(
        pupils=_sum(results.pupils, site),
        prior={band: _sum(values, site) for band, values in results.prior.items()},
        disadvantaged=_sum(results.disadvantaged, site),
        two_levels={name: _sum(values, site) for name, values in results.two_levels.items()},
        points=_mean(results.points, weights=results.pupils, site=site),
        reading=_sum(results.reading, site),
        gap=_mean(results.gap, weights=results.pupils, site=site),
    )
    columns = _measures_2013(total, np.zeros(1, dtype=np.int64))
    blank = same("", 1)
    columns |= {"RECTYPE": same(record, 1), "URN": blank, "PCODE": blank, "TELNUM": blank, "PTREADAT": blank}
    if record != "3":
        columns |= {name: blank for name in columns if name.startswith("GAPN")}
    return rows_of("ks2_2013", columns)[0]


def _sum(values: Ints, site: Ints) -> Ints:
    return np.array([int(values[site].sum())])


def _mean(values: Floats, *, weights: Ints, site: Ints) -> Floats:
    return np.array([float((values[site] * weights[site]).sum() / max(int(weights[site].sum()), 1))])
