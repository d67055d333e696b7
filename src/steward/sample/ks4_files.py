"""Key stage 4 files of schools: provisional 2016 to 2019, with authority and national rows, and final."""

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from steward.sample.arrays import Flags, Floats, Ints, Texts, day, texts, worded
from steward.sample.england import England
from steward.sample.files import Row, Writer, after_each, header_names, rows_of
from steward.sample.kinds import INDEPENDENT_KINDS, WITH_KS4, Kind, Type, is_one_of, words
from steward.sample.ks2_files import described_school
from steward.sample.ks4 import PUPIL_SPREAD, KeyStage4, bands, results_at_sixteen
from steward.sample.ks4_areas import area_rows
from steward.sample.printing import fixed, marked, percent, rounded, same, share, trimmed, whole
from steward.sample.timeline import school_numbers

SMALL_COHORT = 5
_OF_PROGRESS = ("P8MEA", "P8CI", "P8_BANDING")
_BAND_WORDS = ("", "Well Above Average", "Above Average", "Average", "Below Average", "Well Below Average")
_UNBANDED = (Type.STUDIO, Type.TECHNICAL)
_BLANK_FROM = {2018: 7, 2019: 7}
"""Fields of a row of a school too new to have results: the file leaves the rest off."""


class _Layout(NamedTuple):
    header: str
    path: str
    encoding: str
    line_end: str


_LAYOUTS = {
    2016: _Layout("ks4_provisional_2016", "2015-2016/england_ks4_provisional.csv", "utf-8", "\n"),
    2017: _Layout("ks4_provisional_2017", "2016-2017/england_ks4provisional.csv", "utf-8-sig", "\n"),
    2018: _Layout("ks4_provisional_2018", "2017-2018/england_ks4provisional.csv", "utf-8-sig", "\r\n"),
    2019: _Layout("ks4_provisional_2018", "2018-2019/england_ks4provisional.csv", "utf-8-sig", "\r\n"),
}


class SchoolRows(NamedTuple):
    """Establishments with what is known of each; arrays of equal length."""

    chosen: Ints
    results: KeyStage4
    small: Flags
    few_measured: Flags
    none_entered: Flags
    low_cover: Flags
    independent: Flags
    year: int


def write_key_stage_4(writer: Writer, england: England) -> None:
    """Write the provisional and the final files of 2016 to 2019."""
    for year in (2016, 2017, 2018, 2019):
        results = results_at_sixteen(england, year)
        rows = school_rows(england, results=results, year=year)
        _write_provisional(writer, england=england, rows=rows, all_results=results)
        if year < 2019:
            path, header = f"{year - 1}-{year}/england_ks4final_subset.csv", "ks4_final"
            final = rows_of(header, _final_columns(england, rows))
        else:
            path, header = "2018-2019/england_ks4final_subset.csv", "ks4_2019"
            final = [*rows_of(header, _columns_2019(england, rows)), *_too_new_2019(england)]
        _write(writer, path=path, header=header, rows=final, year=year)


def _write(writer: Writer, *, path: str, header: str, rows: list[Row], year: int) -> None:
    encoding = "utf-8" if year < 2017 else "utf-8-sig"
    writer.write(path, header=header, rows=rows, encoding=encoding, line_end="\r\n")


def school_rows(england: England, *, results: KeyStage4, year: int) -> SchoolRows:
    chosen = england.teaching(year, is_one_of(england.sites.kind, (*WITH_KS4, *INDEPENDENT_KINDS)))
    site = england.establishments.site[chosen]
    kind, of_site = england.sites.kind[site], results.take(site)
    small = of_site.pupils <= SMALL_COHORT
    return SchoolRows(
        chosen=chosen,
        results=of_site,
        small=small,
        few_measured=of_site.progress_pupils <= SMALL_COHORT,
        none_entered=(kind == Kind.SPECIAL) & (site % 5 < 2) & ~small,
        low_cover=(kind == Kind.SECONDARY) & (site % 400 == 9) & ~small,
        independent=is_one_of(kind, INDEPENDENT_KINDS),
        year=year,
    )


def with_marks(columns: dict[str, Texts], rows: SchoolRows) -> dict[str, Texts]:
    """Return provisional columns with the marks of missing results."""
    hidden = {}
    for name, column in columns.items():
        printed = marked(column, where=rows.none_entered, mark="NE")
        if name.startswith(_OF_PROGRESS):
            printed = marked(printed, where=rows.low_cover, mark="LOWCOV")
            printed = marked(printed, where=rows.few_measured, mark="SUPP")
        printed = marked(printed, where=rows.small, mark="SUPP")
        hidden[name] = marked(printed, where=rows.independent, mark="NA")
    return hidden


def measures_of(rows: SchoolRows) -> dict[str, Texts]:
    """Return the measures under every column name of the four provisional layouts."""
    results, year = rows.results, rows.year
    places = 1 if year == 2019 else 0
    number = fixed if year == 2018 else trimmed
    original = rounded(results.progress - 0.011 * (results.adjusted > 1), 2)
    low, high = _interval(results, year)
    return _shares(results, places) | {
        "ATT8SCR": number(results.attainment, places=1),
        "P8PUP": whole(results.progress_pupils),
        "TP8ADJ": number(results.adjusted.astype(np.float64), places=2),
        "P8MEA": number(results.progress, places=2),
        "P8CILOW": number(low, places=2),
        "P8CIUPP": number(high, places=2),
        "P8MEA_ORIG": number(original, places=2),
        "P8CILOW_ORIG": number(low + original - results.progress, places=2),
        "P8CIUPP_ORIG": number(high + original - results.progress, places=2),
        "EBACCAPS": number(results.points, places=2),
    }


def _interval(results: KeyStage4, year: int) -> tuple[Floats, Floats]:
    half = 1.96 * PUPIL_SPREAD[year] / np.sqrt(results.progress_pupils)
    return rounded(results.progress - half, 2), rounded(results.progress + half, 2)


def _bands(results: KeyStage4, year: int) -> Ints:
    low, high = _interval(results, year)
    return bands(results.progress, low=low, high=high)


def _shares(results: KeyStage4, places: int) -> dict[str, Texts]:
    counts = {
        "PTL2BASICS_94": results.basics_4,
        "PTL2BASICS_95": results.basics_5,
        "PTEBACC_E_PTQ_EE": results.entered,
        "PTEBACC_94": results.baccalaureate_4,
        "PTEBACC_95": results.baccalaureate_5,
        "PT5EM_94": results.five_with_basics,
        "PTEBACC_PTQ_EE": results.baccalaureate_4,
        "PTL2BASICS_LL_PTQ_EE": results.basics_4,
        "PTAC5EM_PTQ_EE": results.five_with_basics,
    }
    return {name: percent(share(count, results.pupils), places=places) for name, count in counts.items()}


def identity(england: England, *, chosen: Ints, year: int) -> dict[str, Texts]:
    all_, site = england.establishments, england.establishments.site[chosen]
    special = is_one_of(england.sites.kind[site], (Kind.SPECIAL, Kind.INDEPENDENT_SPECIAL))
    codes = words(all_.type[chosen], "ks4")
    if year == 2016:
        renamed = {"SS": "FSS", "UTC": "FUTC"}
        codes = texts([renamed.get(code, code) for code in codes.tolist()])
    closed = all_.closed[chosen] <= day(year, 9, 12)
    return {
        "RECTYPE": np.where(special, texts(["2"]), texts(["1"])),
        "LEA": whole(england.authority_codes[site]),
        "ESTAB": school_numbers(all_.number[chosen]),
        "URN": whole(all_.urn[chosen]),
        "SCHNAME": all_.name[chosen],
        "ICLOSE": whole(closed.astype(np.int64)),
        "NFTYPE": codes,
    }


def _write_provisional(writer: Writer, *, england: England, rows: SchoolRows, all_results: KeyStage4) -> None:
    layout = _LAYOUTS[rows.year]
    measures = measures_of(rows) | {"TPUP": whole(rows.results.pupils)}
    columns = with_marks(measures, rows)
    columns["TPUP"] = marked(measures["TPUP"], where=rows.independent, mark="NA")
    banded = _bands(rows.results, rows.year)
    site = england.establishments.site[rows.chosen]
    without = is_one_of(england.establishments.type[rows.chosen], _UNBANDED)
    band_mark = "SUPP" if rows.year == 2019 else "NA"
    columns["P8_BANDING"] = marked(
        with_marks({"P8_BANDING": whole(banded)}, rows)["P8_BANDING"], where=without, mark=band_mark
    )
    made = rows_of(layout.header, columns | identity(england, chosen=rows.chosen, year=rows.year))
    made = _ragged(made, none_entered=rows.none_entered, year=rows.year)
    fresh = _too_new(england, year=rows.year, header=layout.header)
    authority = np.concatenate([england.sites.authority[site], [entry[0] for entry in fresh]]).astype(
        np.int64
    )
    areas, national = area_rows(england, results=all_results, year=rows.year, header=layout.header)
    ordered = after_each([*made, *(entry[1] for entry in fresh)], groups=authority, closing=areas)
    writer.write(
        layout.path,
        header=layout.header,
        rows=[*ordered, *national],
        encoding=layout.encoding,
        line_end=layout.line_end,
    )


def _ragged(rows: list[Row], *, none_entered: Flags, year: int) -> list[Row]:
    """Return rows of schools without entries one field short, as the files of 2018 and 2019 have them."""
    if year < 2018:
        return rows
    return [row[:-1] if short else row for row, short in zip(rows, none_entered.tolist(), strict=True)]


def _too_new(england: England, *, year: int, header: str) -> list[tuple[int, Row]]:
    """Return authority and row of academies opened since the examinations: named, with no results."""
    all_, chosen = england.establishments, _opened_since(england, year)
    unknown = header_names(header)
    columns = dict.fromkeys(unknown, same(" " if year == 2017 else "", len(chosen)))
    made = rows_of(header, columns | identity(england, chosen=chosen, year=year))
    groups = england.sites.authority[all_.site[chosen]].tolist()
    return [(group, row[: _BLANK_FROM.get(year)]) for group, row in zip(groups, made, strict=True)]


def _opened_since(england: England, year: int) -> Ints:
    all_ = england.establishments
    fresh = all_.later & (all_.opened > day(year, 5, 16)) & (all_.opened <= day(year, 10, 1))
    return np.flatnonzero(fresh & is_one_of(england.sites.kind[all_.site], WITH_KS4))


def _too_new_2019(england: England) -> list[Row]:
    """Return rows of the final file for academies opened since the examinations: marked as new."""
    chosen = _opened_since(england, 2019)
    site = england.establishments.site[chosen]
    columns = dict.fromkeys(header_names("ks4_2019"), same("", len(chosen)))
    columns |= described_school(england, chosen) | {
        "RECTYPE": identity(england, chosen=chosen, year=2019)["RECTYPE"],
        "URN": whole(england.establishments.urn[chosen]),
        "P8MEA": same("NEW", len(chosen)),
        "ATT8SCR": same("NEW", len(chosen)),
        "GRAMMAR": worded(["No", "Yes"], england.sites.selective[site].astype(np.int64)),
        "PHASE": same("Secondary", len(chosen)),
    }
    return rows_of("ks4_2019", columns)


def _final_columns(england: England, rows: SchoolRows) -> dict[str, Texts]:
    """Return the columns of the final subsets, which leave blank what the publisher marks."""
    results, site = rows.results, england.establishments.site[rows.chosen]
    gone = rows.small | rows.none_entered
    hidden = rows.few_measured | rows.low_cover | rows.independent
    girls = england.chance.of(f"girls at sixteen {rows.year}").binomial(results.pupils, 0.49)
    girls = np.select(
        [england.sites.gender[site] == 1, england.sites.gender[site] == 2], [results.pupils, 0], girls
    )
    final = replace(results, attainment=results.attainment + 0.1)
    columns = _shares(final, 0) | {
        "URN": whole(england.establishments.urn[rows.chosen]),
        "TPUP": whole(results.pupils),
        "BPUP": marked(whole(results.pupils - girls), where=gone, mark=""),
        "GPUP": marked(whole(girls), where=gone, mark=""),
        "P8 Desc": same("", len(site)),
        "P8_BANDING": same("", len(site)),
        "Academic Year": same(str(rows.year), len(site)),
    }
    apart = england.chance.of("boys and girls").normal(0.2, 0.12, len(england.sites))[site]
    for half, plus in (("", 0.0 * apart), ("_BOYS", -apart), ("_GIRLS", apart)):
        of_half = {"": results.pupils, "_BOYS": results.pupils - girls, "_GIRLS": girls}[half]
        few = gone | (of_half <= SMALL_COHORT)
        columns |= {
            f"P8MEA{half}": marked(trimmed(results.progress + plus, places=2),
                                   where=few | hidden, mark=""),
            f"ATT8SCR{half}": marked(trimmed(final.attainment + 10 * plus, places=1), where=few, mark=""),
            f"EBACCAPS{half}": marked(trimmed(results.points + plus, places=2),
                                      where=few | (rows.year < 2018), mark=""),
        }  # fmt: skip
    for name in ("PTL2BASICS_95", "PTEBACC_E_PTQ_EE", "PTEBACC_95"):
        columns[name] = marked(columns[name], where=gone, mark="")
    if rows.year == 2018:
        band = _bands(results, rows.year)
        without = gone | hidden
        columns["P8_BANDING"] = marked(whole(band), where=without, mark="")
        columns["P8 Desc"] = marked(texts(list(_BAND_WORDS))[band], where=without, mark="")
    return columns


def _columns_2019(england: England, rows: SchoolRows) -> dict[str, Texts]:
    results, site = rows.results, england.establishments.site[rows.chosen]
    band = whole(_bands(results, rows.year))
    final = replace(results, attainment=results.attainment + 0.1)
    columns = with_marks(measures_of(rows._replace(results=final)), rows) | _shares(final, 0)
    for name in ("PTL2BASICS_95", "PTEBACC_E_PTQ_EE"):
        columns[name] = with_marks({name: columns[name]}, rows)[name]
    for name in ("ATT8SCR", "PTL2BASICS_95", "PTEBACC_E_PTQ_EE", "EBACCAPS"):
        columns[name] = marked(columns[name], where=rows.independent, mark="NE")
    columns["P8MEA"] = marked(columns["P8MEA"], where=rows.independent, mark="NP")
    without = rows.few_measured | rows.none_entered | rows.low_cover | rows.independent
    grammar = np.where(england.sites.selective[site], texts(["Yes"]), texts(["No"]))
    return (
        columns
        | described_school(england, rows.chosen)
        | {
            "RECTYPE": identity(england, chosen=rows.chosen, year=rows.year)["RECTYPE"],
            "URN": whole(england.establishments.urn[rows.chosen]),
            "P8_BANDING": marked(band, where=without, mark=""),
            "GRAMMAR": grammar,
            "PHASE": same("Secondary", len(site)),
        }
    )
