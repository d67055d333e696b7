"""The series of measures of authorities, regions and England, and the dictionary of its measures.

Each measure has a level and a spread of its own; an authority lies above or below by its hardship, the
quality of its schools and its own luck, drifts a little from year to year, and lies where the key stage 4
files have it in the years of those. England and regions are means weighted by schools. Every value is
invented; which measures there are, and in which years, is as published.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources

import numpy as np

from steward.sample.arrays import Floats, texts
from steward.sample.england import England
from steward.sample.files import Row, Writer, rows_of
from steward.sample.kinds import Kind, is_one_of
from steward.sample.names import REGIONS

_ENGLAND, _FIRST_REGION = 970, 980
_YEARS = range(2016, 2026)
_KEY_STAGE_4 = {
    "AVG_Attain8_Score": "ATT8SCR",
    "AVG_Prog8_Score": "P8MEA",
    "EngMaths9-5": "PTL2BASICS_95",
    "EngMaths9-4": "PTL2BASICS_94",
}
_OTHER_LANGUAGE = {"EALPri": (Kind.PRIMARY,), "EALSec": (Kind.SECONDARY,)}
"""Shares of pupils with another first language, which follow from the rolls, by kind of school."""
_LAST_ROLL = 2019
_LANGUAGE_RISE = 0.3
"""By how many percentage points a year those shares rise after the last rolls."""
_PROVISIONAL = {2017: "ks4provisional", 2018: "ks4provisional", 2019: "ks4provisional"}
_SMALL_SHARE = 0.004
"""Share of the cells of authorities that are not published, as where few pupils could be recognised."""
_DRIFT, _LUCK, _HARDSHIP, _QUALITY = 0.25, 0.55, 0.6, 0.5
_RISE = 0.06
"""How far a measure moves towards the good end each year, in its spread."""


@dataclass(frozen=True, slots=True)
class _Measure:
    """A measure of the dictionary with the level and spread of its values."""

    described: dict[str, str]
    decimals: int
    level: float
    spread: float
    labels: str
    years: frozenset[int]

    @property
    def code(self) -> str:
        return self.described["code"]

    @property
    def good(self) -> float:
        """1 where more is better, -1 where less is, 0 where neither."""
        return {"High": 1.0, "Low": -1.0}.get(self.described["polarity"], 0.0)

    @property
    def bounds(self) -> tuple[float, float]:
        """The least and the greatest value that there can be."""
        if "Prog" in self.code:
            return -8.0, 8.0
        share = "%" in self.described["axis"]
        return 0.0, 100.0 if share else 1e12

    def label(self, year: int) -> str:
        """Return a year as the series prints it."""
        if self.labels == "year":
            return str(year)
        return f"{year - 1}{'/' if self.labels == 'slash' else '-'}{year % 100:02d}"


def write_area_series(writer: Writer, england: England) -> None:
    """Write the series and its dictionary."""
    measures = list(_measures())
    rows = [row for measure in measures for row in _rows(writer, england, measure=measure)]
    columns = [texts(list(column)) for column in zip(*rows, strict=True)]
    names = ("Short Desc", "Years", "LA and Regions", "Values", "LA Number", "Region")
    table = dict(zip(names, columns, strict=True)) | {"Data item": texts([""] * len(rows))}
    writer.write(
        "lait/bds_long_0.csv",
        header="lait_series",
        rows=rows_of("lait_series", table),
        encoding="utf-8",
        line_end="\n",
    )
    writer.write(
        "lait/lait_data_dictionary.csv",
        header="lait_data_dictionary",
        rows=_dictionary(measures),
        encoding="utf-8",
        line_end="\n",
    )


def _measures() -> Iterator[_Measure]:
    listed = resources.files(__package__).joinpath("area_measures.csv").read_text("utf-8")
    for row in csv.DictReader(listed.splitlines()):
        yield _Measure(
            described=row,
            decimals=int(row["decimals"]),
            level=float(row["level"]),
            spread=float(row["spread"]),
            labels=row["labels"],
            years=frozenset(map(int, row["years"].split())),
        )


def _dictionary(measures: list[_Measure]) -> list[Row]:
    given = {
        "Topic": "topic",
        "Measure": "title",
        "Chart_title": "title",
        "Measure_short": "code",
        "Polarity": "polarity",
        "y_axis_name": "axis",
        "dps": "dps",
        "Year_Type": "year_type",
        "No_Quartile": "no_quartile",
    }
    named = {name: texts([one.described[key] for one in measures]) for name, key in given.items()}
    named["Measure_code"] = texts([str(number) for number in range(1, len(measures) + 1)])
    named["Description"] = texts(["An invented measure of the sample."] * len(measures))
    rest = (
        "state_funded_flag",
        "Table_status",
        "Last Update",
        "Next Update",
        "Data Owner (DO) /Supplier and Contact Details",
        "Methodology",
        "Hyperlink(s)",
    )
    named |= {name: texts(["NA"] * len(measures)) for name in rest}
    return rows_of("lait_data_dictionary", named)


def _rows(writer: Writer, england: England, *, measure: _Measure) -> Iterator[tuple[str, ...]]:
    """Yield the rows of a measure: each year, every authority, then England and the regions."""
    values = _values(england, measure=measure)
    chance = england.chance.of(f"area series unpublished {measure.code}")
    areas = england.authorities
    places = [
        (areas.names[number], str(areas.codes[number]), REGIONS[int(areas.regions[number])])
        for number in range(len(areas.names))
    ]
    for place, year in enumerate(_YEARS):
        known = (
            _other_language(england, kinds=_OTHER_LANGUAGE[measure.code], year=year)
            if measure.code in _OTHER_LANGUAGE
            else _anchored(writer, measure=measure, year=year, codes=[code for _, code, _ in places])
        )
        numbers = np.where(np.isnan(known), values[:, place], known)
        hidden = chance.random(len(numbers)) < _SMALL_SHARE
        told = year in measure.years
        for number, (name, code, region) in enumerate(places):
            shown = _printed(numbers[number], measure=measure) if told and not hidden[number] else "-"
            yield measure.code, measure.label(year), name, shown, code, region
        yield from _means(england, measure=measure, year=year, numbers=numbers)


def _means(england: England, *, measure: _Measure, year: int, numbers: Floats) -> Iterator[tuple[str, ...]]:
    areas, label = england.authorities, measure.label(year)
    told = year in measure.years
    whole = _printed(float(np.average(numbers, weights=areas.sizes)), measure=measure)
    yield measure.code, label, "England", whole if told else "-", str(_ENGLAND), "NA"
    for number, name in enumerate(REGIONS):
        inside = areas.regions == number
        if not inside.any():
            continue
        mean = float(np.average(numbers[inside], weights=areas.sizes[inside]))
        shown = _printed(mean, measure=measure) if told else "-"
        yield measure.code, label, name, shown, str(_FIRST_REGION + number), "NA"


def _values(england: England, *, measure: _Measure) -> Floats:
    """Return the values of a measure by authority and year."""
    areas = england.authorities
    many = len(areas.names)
    luck = england.chance.of(f"area series luck {measure.described['topic']}").normal(size=many)
    own = england.chance.of(f"area series {measure.code}")
    drift = np.cumsum(own.normal(scale=_DRIFT, size=(many, len(_YEARS))), axis=1)
    better = _QUALITY * _mean_quality(england) - _HARDSHIP * areas.hardship + _LUCK * luck
    place = (measure.good or 1.0) * better[:, None] + drift
    years = np.array(list(_YEARS)) - _YEARS[-1]
    level = measure.level + measure.good * _RISE * measure.spread * years[None, :]
    least, most = measure.bounds
    return np.clip(level + measure.spread * place, least, most)


def _mean_quality(england: England) -> Floats:
    """Return the mean quality of the schools of each authority, in spreads of authorities."""
    sites, areas = england.sites, england.authorities
    totals = np.bincount(sites.authority, weights=sites.quality, minlength=len(areas.names))
    means = totals / np.maximum(np.bincount(sites.authority, minlength=len(areas.names)), 1)
    scored: Floats = (means - means.mean()) / (means.std() or 1.0)
    return scored


def _other_language(england: England, *, kinds: tuple[Kind, ...], year: int) -> Floats:
    """Return shares of pupils with another first language by authority, in percent, NaN without schools."""
    intake, sites = england.intakes[min(year, _LAST_ROLL)], england.sites
    inside = is_one_of(sites.kind, kinds)
    many = len(england.authorities.names)
    speaking, every = (
        np.bincount(sites.authority[inside], weights=counts[inside], minlength=many)
        for counts in (intake.other_language, intake.roll)
    )
    shares: Floats = np.where(every > 0, 100.0 * speaking / np.maximum(every, 1), np.nan)
    return shares + _LANGUAGE_RISE * max(0, year - _LAST_ROLL)


def _anchored(writer: Writer, *, measure: _Measure, year: int, codes: list[str]) -> Floats:
    """Return the values that the key stage 4 files print for authorities in a year, NaN where none."""
    found = np.full(len(codes), np.nan)
    column, name = _KEY_STAGE_4.get(measure.code), _PROVISIONAL.get(year)
    if column is None or name is None:
        return found
    path = writer.folder / f"{year - 1}-{year}/england_{name}.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = {row["LEA"].strip(): row for row in csv.DictReader(file) if row["RECTYPE"] == "4"}
    for number, code in enumerate(codes):
        text = (rows.get(code, {}).get(column) or "").strip().removesuffix("%")
        if text:
            found[number] = float(text)
    return found


def _printed(value: float, *, measure: _Measure) -> str:
    return f"{value:.{measure.decimals}f}".replace("-0.00", "0.00") if measure.decimals else f"{value:.0f}"
