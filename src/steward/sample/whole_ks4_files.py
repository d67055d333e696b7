"""The whole key stage 4 files of 2017 to 2019: results of groups, for schools, authorities and England."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from steward.sample import groups
from steward.sample.arrays import Floats, Ints, Texts
from steward.sample.england import England
from steward.sample.files import Row, Writer, after_each, header_names, rows_of
from steward.sample.groups import GROUPS, Group
from steward.sample.ks4 import PUPIL_SPREAD, KeyStage4, results_at_sixteen
from steward.sample.ks4_areas import area_rows
from steward.sample.ks4_files import SMALL_COHORT, SchoolRows, identity, measures_of, school_rows, with_marks
from steward.sample.printing import marked, percent, rounded, same, share, trimmed, whole

YEARS = (2017, 2018, 2019)
_POINTS_A_GRADE, _SPREAD_OF_POINTS = 4.0, 17.0
_STATE_FUNDED = "7"


@dataclass(frozen=True, slots=True)
class _GroupResults:
    """Results of a group at each site."""

    pupils: Ints
    progress_pupils: Ints
    basics: Ints
    attainment: Floats
    progress: Floats

    def take(self, site: Ints) -> "_GroupResults":
        return _GroupResults(*(getattr(self, name)[site] for name in self.__slots__))


def write_whole_key_stage_4(writer: Writer, england: England) -> None:
    """Write the whole files of 2017, 2018 and 2019; columns of which the sample knows nothing are blank."""
    for year in YEARS:
        header = f"ks4_whole_{min(year, 2018)}"
        writer.write(
            f"{year - 1}-{year}/england_ks4final.csv",
            header=header,
            rows=_rows(england, header=header, year=year),
            encoding="utf-8-sig",
            line_end="\r\n",
        )


def _rows(england: England, *, header: str, year: int) -> list[Row]:
    results = results_at_sixteen(england, year)
    rows = school_rows(england, results=results, year=year)
    site = england.establishments.site[rows.chosen]
    of_groups = {
        one.suffix: _group_results(england, group=one, results=results, year=year)
        for one in GROUPS
        if one.counted[1]
    }
    columns = {name: same("", len(rows.chosen)) for name in header_names(header)}
    columns |= with_marks(measures_of(rows), rows) | {"TPUP": whole(rows.results.pupils)}
    columns |= identity(england, chosen=rows.chosen, year=year)
    for suffix, found in of_groups.items():
        columns |= _of_schools(suffix, found=found.take(site), rows=rows)
    areas, national = area_rows(england, results=results, year=year, header=header)
    authority = england.sites.authority[site]
    state = ~rows.independent
    closing = {
        number: _filled(header, row=row, found=_whole(of_groups, site[state & (authority == number)]))
        for number, row in areas.items()
    }
    ordered = after_each(rows_of(header, columns), groups=authority, closing=closing)
    nation = _whole(of_groups, site[state])
    return [*ordered, *(_filled(header, row=row, found=nation) for row in national)]


def _group_results(england: England, *, group: Group, results: KeyStage4, year: int) -> _GroupResults:
    pupils = groups.members(england, group=group, pupils=results.pupils, year=year)
    counted = np.minimum(pupils, np.round(0.95 * pupils).astype(np.int64))
    basics = groups.reached(
        england, group=group, year=year, inside=pupils, everybody=results.pupils, passed=results.basics_4
    )

    def score(topic: str, *, scores: Floats, lift: tuple[float, float]) -> Floats:
        named = f"{topic} {year}"
        return groups.score(england, group=group, topic=named, scores=scores, inside=pupils, lift=lift)

    points = _POINTS_A_GRADE * group.odds_in(year)
    attainment = score("attainment 8", scores=results.attainment, lift=(points, _SPREAD_OF_POINTS))
    progress = score("progress 8", scores=results.progress, lift=(group.grades, PUPIL_SPREAD[year]))
    return _GroupResults(
        pupils, counted, basics, np.clip(attainment, 0.2, 86.0), rounded(np.clip(progress, -3.2, 2.2), 2)
    )


def _printed(suffix: str, found: _GroupResults) -> dict[str, Texts]:
    return {
        f"ATT8SCR_{suffix}": trimmed(found.attainment, places=1),
        f"P8PUP_{suffix}": whole(found.progress_pupils),
        f"P8MEA_{suffix}": trimmed(rounded(found.progress, 2), places=2),
        f"PTL2BASICS{suffix}_94": percent(share(found.basics, found.pupils), places=1),
    }


_COUNTED = {one.suffix: one.counted[1] for one in GROUPS}


def _of_schools(suffix: str, *, found: _GroupResults, rows: SchoolRows) -> dict[str, Texts]:
    """Return the columns of a group in schools, with the marks of few pupils and of no results."""
    few = found.pupils <= SMALL_COHORT
    shown = {
        name: marked(
            marked(marked(column, where=few, mark="SUPP"), where=rows.none_entered, mark="NE"),
            where=rows.independent,
            mark="NP",
        )
        for name, column in _printed(suffix, found).items()
    }
    counts = marked(whole(found.pupils), where=rows.independent, mark="NP")
    return shown | {_COUNTED[suffix]: counts}


def _whole(of_groups: Mapping[str, _GroupResults], site: Ints) -> dict[str, str]:
    """Return the printed figures of the groups of an area."""
    columns: dict[str, Texts] = {}
    for suffix, everywhere in of_groups.items():
        found = everywhere.take(site)
        total = _GroupResults(
            np.array([int(found.pupils.sum())]),
            np.array([int(found.progress_pupils.sum())]),
            np.array([int(found.basics.sum())]),
            _mean(found.attainment, found.pupils),
            _mean(found.progress, found.progress_pupils),
        )
        columns |= _printed(suffix, total) | {_COUNTED[suffix]: whole(total.pupils)}
    return {name: str(column[0]) for name, column in columns.items()}


def _mean(values: Floats, weights: Ints) -> Floats:
    return np.array([float((values * weights).sum() / max(int(weights.sum()), 1))])


def _filled(header: str, *, row: Row, found: Mapping[str, str]) -> Row:
    """Return the row of an area with what its groups reached; England's of all schools has none of it."""
    names = header_names(header)
    known = {name: text.strip() for name, text in zip(names, row, strict=False)}
    has_figures = bool(known.get("ATT8SCR")) and known["RECTYPE"] in ("4", _STATE_FUNDED)
    return [(found if has_figures and name in found else known).get(name, "") for name in names]
