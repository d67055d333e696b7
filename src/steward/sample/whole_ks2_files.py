"""The whole key stage 2 files of 2017 to 2019: results of groups, for schools, authorities and England."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from steward.sample import groups
from steward.sample.arrays import Floats, Ints, Texts
from steward.sample.england import England
from steward.sample.files import Row, Writer, after_each, header_names, rows_of
from steward.sample.groups import GROUPS, Group
from steward.sample.ks2 import PUPIL_SPREAD, KeyStage2, scaled_results
from steward.sample.ks2_files import SMALL_COHORT, final_columns, tested
from steward.sample.ks4_files import identity
from steward.sample.printing import marked, percent, rounded, same, share, trimmed, whole

YEARS = (2017, 2018, 2019)
_SUBJECTS = ("READ", "WRIT", "MAT")
_AREA, _ENGLAND = "3", "5"


@dataclass(frozen=True, slots=True)
class _GroupResults:
    """Results of a group at each site."""

    pupils: Ints
    passed: Ints
    progress: Mapping[str, Floats]


def write_whole_key_stage_2(writer: Writer, england: England) -> None:
    """Write the whole files of 2017, 2018 and 2019; columns of which the sample knows nothing are blank."""
    for year in YEARS:
        header = f"ks2_whole_{year}"
        writer.write(
            f"{year - 1}-{year}/england_ks2final.csv",
            header=header,
            rows=_rows(england, header=header, year=year),
            encoding="utf-8-sig",
            line_end="\r\n",
        )


def _rows(england: England, *, header: str, year: int) -> list[Row]:
    chosen, results = tested(england, year), scaled_results(england, year)
    site = england.establishments.site[chosen]
    of_groups = _of_groups(england, results=results, year=year)
    columns = {name: same("", len(chosen)) for name in header_names(header)}
    columns |= final_columns(england, chosen=chosen, results=results, year=year)
    columns |= identity(england, chosen=chosen, year=year)
    small = results.pupils[site] <= SMALL_COHORT
    for suffix, found in of_groups.items():
        columns |= _printed(suffix, found=_taken(found, site), schools=True)
    for name in ("PTRWM_EXP", "PTRWM_HIGH", *(f"{each}PROG" for each in _SUBJECTS)):
        columns[name] = marked(columns[name], where=small, mark="SUPP")
    return _with_areas(england, header=header, columns=columns, results=results, site=site)


def _with_areas(
    england: England, *, header: str, columns: dict[str, Texts], results: KeyStage2, site: Ints
) -> list[Row]:
    year = int(header.rpartition("_")[2])
    of_groups = _of_groups(england, results=results, year=year)
    authority = england.sites.authority[site]
    closing = {}
    for number in np.unique(authority).tolist():
        inside = site[authority == number]
        figures = _figures(results, of_groups=of_groups, site=inside)
        named = {"RECTYPE": _AREA, "LEA": str(england.authorities.codes[number])}
        closing[number] = _area_row(header, figures=named | figures)
    rows = after_each(rows_of(header, columns), groups=authority, closing=closing)
    nation = _figures(results, of_groups=of_groups, site=site)
    return [*rows, _area_row(header, figures={"RECTYPE": _ENGLAND} | nation)]


def _of_groups(england: England, *, results: KeyStage2, year: int) -> dict[str, _GroupResults]:
    found = {
        one.suffix: _group_results(england, group=one, results=results, year=year)
        for one in GROUPS
        if one.counted[0]
    }
    girls = found["G"]
    found["B"] = _GroupResults(results.pupils - girls.pupils, results.all_three - girls.passed, {})
    return found


def _group_results(england: England, *, group: Group, results: KeyStage2, year: int) -> _GroupResults:
    pupils = groups.members(england, group=group, pupils=results.pupils, year=year)
    passed = groups.reached(
        england, group=group, year=year, inside=pupils, everybody=results.pupils, passed=results.all_three
    )
    progress = {
        each: groups.score(
            england,
            group=group,
            topic=f"{each} {year}",
            scores=results.progress[each],
            inside=pupils,
            lift=(lift, PUPIL_SPREAD[each]),
        )
        for each, lift in zip(_SUBJECTS, group.progress, strict=True)
    }
    return _GroupResults(pupils, passed, progress)


def _taken(found: _GroupResults, site: Ints) -> _GroupResults:
    progress = {each: values[site] for each, values in found.progress.items()}
    return _GroupResults(found.pupils[site], found.passed[site], progress)


_COUNTED = {one.suffix: one.counted[0] for one in GROUPS} | {"B": "BELIG"}


def _printed(suffix: str, *, found: _GroupResults, schools: bool) -> dict[str, Texts]:
    """Return the columns of a group; of schools with the marks of few pupils and of none."""
    few = (found.pupils <= SMALL_COHORT) & schools
    none = (found.pupils == 0) & schools

    def shown(column: Texts, *, where_none: str) -> Texts:
        return marked(marked(column, where=few, mark="SUPP"), where=none, mark=where_none)

    columns = {
        _COUNTED[suffix]: whole(found.pupils),
        f"PTRWM_EXP_{suffix}": shown(percent(share(found.passed, found.pupils)), where_none=""),
    }
    for each, values in found.progress.items():
        columns[f"{each}PROG_{suffix}"] = shown(trimmed(rounded(values, 1), places=1), where_none="NA")
    return columns


def _figures(results: KeyStage2, *, of_groups: Mapping[str, _GroupResults], site: Ints) -> dict[str, str]:
    """Return the printed figures of an area: of all its pupils, also those suppressed by school."""
    pupils = results.pupils[site]
    total = _sum(pupils)
    columns = {
        "TELIG": whole(total),
        "PTRWM_EXP": percent(share(_sum(results.all_three[site]), total)),
        "PTRWM_HIGH": percent(share(_sum(results.all_three_high[site]), total)),
    }
    for each in ("READ", "GPS", "MAT"):
        columns |= {
            f"PT{each}_EXP": percent(share(_sum(results.expected[each][site]), total)),
            f"PT{each}_HIGH": percent(share(_sum(results.high[each][site]), total)),
            f"{each}_AVERAGE": whole(_mean(results.score[each][site], pupils)),
        }
    for each in _SUBJECTS:
        mean = rounded(_mean(results.progress[each][site], pupils), 1)
        columns[f"{each}PROG"] = trimmed(mean, places=1)
    for suffix, found in of_groups.items():
        here = _taken(found, site)
        means = {each: _mean(values, here.pupils) for each, values in here.progress.items()}
        whole_area = _GroupResults(_sum(here.pupils), _sum(here.passed), means)
        columns |= _printed(suffix, found=whole_area, schools=False)
    return {name: str(column[0]) for name, column in columns.items()}


def _sum(values: Ints) -> Ints:
    return np.array([int(values.sum())])


def _mean(values: Floats, weights: Ints) -> Floats:
    return np.array([float((values * weights).sum() / max(int(weights.sum()), 1))])


def _area_row(header: str, *, figures: Mapping[str, str]) -> Row:
    return [figures.get(name, "") for name in header_names(header)]
