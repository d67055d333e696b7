"""Authority and national rows of the key stage 4 files: schools and alternative provision together."""

import numpy as np

from steward.sample.arrays import Ints
from steward.sample.england import England
from steward.sample.files import Row, header_names
from steward.sample.kinds import INDEPENDENT_KINDS, WITH_KS4, Kind, is_one_of
from steward.sample.ks4 import PUPIL_SPREAD, KeyStage4, bands
from steward.sample.printing import rounded

_ALTERNATIVE_ATTAINMENT, _ALTERNATIVE_PROGRESS, _ALTERNATIVE_POINTS = 7.5, -2.6, 0.5
_ALTERNATIVE_SHARE = 0.012
"""Pupils of an authority in alternative provision that no school row counts."""
_SHARES = {
    "PTL2BASICS_94": "basics_4", "PTL2BASICS_95": "basics_5", "PTEBACC_E_PTQ_EE": "entered",
    "PTEBACC_94": "baccalaureate_4", "PTEBACC_95": "baccalaureate_5", "PT5EM_94": "five_with_basics",
    "PTEBACC_PTQ_EE": "baccalaureate_4", "PTL2BASICS_LL_PTQ_EE": "basics_4",
    "PTAC5EM_PTQ_EE": "five_with_basics",
}  # fmt: skip
_NUMBERS = {
    "TPUP": 0, "ATT8SCR": 1, "P8PUP": 0, "TP8ADJ": 0, "P8MEA": 2, "P8CILOW": 2, "P8CIUPP": 2, "P8MEA_ORIG": 2,
    "P8CILOW_ORIG": 2, "P8CIUPP_ORIG": 2, "EBACCAPS": 2, "P8_BANDING": 0,
}  # fmt: skip
_ENGLAND_HAS_NO = ("P8CILOW", "P8CIUPP", "P8CILOW_ORIG", "P8CIUPP_ORIG", "P8_BANDING")
_ALL_SCHOOLS_HAVE_NO = ("P8PUP", "TP8ADJ", "P8MEA", "P8MEA_ORIG")


def area_rows(
    england: England, *, results: KeyStage4, year: int, header: str
) -> tuple[dict[int, Row], list[Row]]:
    """Return the row of each authority by its number, and the rows of England: all schools, state-funded.

    The smallest authority has a row with no figures, as the published files have one.
    """
    teaching = england.establishments.site[england.teaching(year, is_one_of(england.sites.kind, WITH_KS4))]
    authority = england.sites.authority[teaching]
    smallest = int(np.argmin(england.authorities.sizes))
    blank = " " if year == 2017 else ""
    areas: dict[int, Row] = {}
    for number in np.unique(authority).tolist():
        figures = _figures(england, results=results, site=teaching[authority == number], year=year)
        if number == smallest and len(england.authorities.names) > 1:
            figures = {}
        code = str(england.authorities.codes[number])
        areas[number] = _row(header, figures={"RECTYPE": "4", "LEA": code} | figures, blank=blank)
    all_teaching = england.establishments.site[
        england.teaching(year, is_one_of(england.sites.kind, (*WITH_KS4, *INDEPENDENT_KINDS)))
    ]
    state = _without(_figures(england, results=results, site=teaching, year=year), _ENGLAND_HAS_NO)
    everyone = _without(
        _figures(england, results=results, site=all_teaching, year=year),
        (*_ENGLAND_HAS_NO, *_ALL_SCHOOLS_HAVE_NO),
    )
    national = []
    for record, figures in (("5", everyone), ("7", state)):
        code = record if year == 2016 else blank
        national.append(_row(header, figures={"RECTYPE": record, "LEA": code} | figures, blank=blank))
    return areas, _shortened(national, year)


def _shortened(national: list[Row], year: int) -> list[Row]:
    """Return national rows without their last field, as the files of 2018 and 2019 have them."""
    return [row[:-1] if year >= 2018 else row for row in national]


def _row(header: str, *, figures: dict[str, str], blank: str) -> Row:
    return [figures.get(name, blank) for name in header_names(header)]


def _without(figures: dict[str, str], names: tuple[str, ...]) -> dict[str, str]:
    return {name: text for name, text in figures.items() if name not in names}


def _figures(england: England, *, results: KeyStage4, site: Ints, year: int) -> dict[str, str]:
    """Return the printed figures of an area: pupils of its schools, suppressed or not, and of no school."""
    of_area = results.take(site)
    independent = is_one_of(england.sites.kind[site], INDEPENDENT_KINDS)
    pupils = int(of_area.pupils.sum())
    elsewhere = round(_ALTERNATIVE_SHARE * pupils * (1 + 0.5 * (int(site[0]) % 3)))
    elsewhere += int((england.sites.kind[site] == Kind.ALTERNATIVE).sum())
    everyone = pupils + elsewhere
    sat = np.where(independent, 0.6, 1.0)
    attainment = float((of_area.attainment * of_area.pupils * sat).sum())
    points = float((of_area.points * of_area.pupils * sat).sum())
    counted = int(of_area.progress_pupils.sum()) + elsewhere // 2
    progress = float((of_area.progress * of_area.progress_pupils).sum())
    mean = _rounded((progress + _ALTERNATIVE_PROGRESS * (elsewhere // 2)) / counted, 2)
    half = 1.96 * PUPIL_SPREAD[year] / np.sqrt(counted)
    low, high = _rounded(mean - half, 2), _rounded(mean + half, 2)
    numbers = {
        "TPUP": everyone,
        "ATT8SCR": (attainment + _ALTERNATIVE_ATTAINMENT * elsewhere) / everyone,
        "P8PUP": counted,
        "TP8ADJ": int(of_area.adjusted.sum()),
        "P8MEA": mean,
        "P8CILOW": low,
        "P8CIUPP": high,
        "P8MEA_ORIG": mean - 0.01,
        "P8CILOW_ORIG": low - 0.01,
        "P8CIUPP_ORIG": high - 0.01,
        "EBACCAPS": (points + _ALTERNATIVE_POINTS * elsewhere) / everyone,
        "P8_BANDING": int(bands(np.array([mean]), low=np.array([low]), high=np.array([high]))[0]),
    }
    printed = {name: f"{_rounded(float(value), _NUMBERS[name]):.10g}" for name, value in numbers.items()}
    return printed | {
        name: f"{_rounded(100.0 * float((getattr(of_area, count) * sat).sum()) / everyone, 1):.1f}%"
        for name, count in _SHARES.items()
    }


def _rounded(value: float, places: int) -> float:
    return float(rounded(np.array([value]), places)[0])
