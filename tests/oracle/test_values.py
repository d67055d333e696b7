"""Values and area figures held against slow plain Python on a seeded sample of the real files."""

import csv
import gzip
import io
import math
import random
from collections import defaultdict
from itertools import product
from pathlib import Path

import pytest

from factories.small_releases import rows_in
from steward.analysis.indicators.catalogue import read_indicators
from steward.analysis.indicators.computed_areas import computed
from steward.analysis.indicators.definition import IndicatorDefinition
from steward.analysis.indicators.places import places_of, rolls_of
from steward.analysis.indicators.stacks import OpenRelease
from steward.analysis.indicators.values import values_of_all
from steward.analysis.sources import reading, recognition, tables
from steward.analysis.sources.catalogue import read_sources
from steward.vocabulary.values import PUBLISHED_MARKS

pytestmark = pytest.mark.real

FILES = (
    "finance/financials_2016.csv.gz",
    "performance_tables/2012-2013/england_census.csv.gz",
    "performance_tables/2012-2013/england_ks2_subset.csv.gz",
    "performance_tables/2015-2016/england_swf.csv.gz",
    "performance_tables/2016-2017/england_ks4-pupdest.csv.gz",
    "performance_tables/2017-2018/england_abs.csv.gz",
    "performance_tables/2018-2019/england_census.csv.gz",
    "performance_tables/2018-2019/england_ks4provisional.csv.gz",
)
SAMPLE = 200
SCHOOL_RECORDS = ("1", "2")


def _release(folder: Path, path: str) -> OpenRelease:
    import ibis  # noqa: PLC0415 (only where an engine is asked for)

    peek = reading.peek(folder / path)
    found = recognition.recognise(peek, sources=read_sources())
    assert found.period is not None
    raw = ibis.memtable(reading.read(peek, layout=found.layout).table)
    return OpenRelease(path, raw, found.source.id, found.layout, found.period.ends, found.version)


def _plain_rows(path: Path) -> list[dict[str, str]]:
    text = gzip.decompress(path.read_bytes())
    try:
        decoded = text.decode("utf-8-sig")
    except UnicodeDecodeError:
        decoded = text.decode("cp1252")
    return list(csv.DictReader(io.StringIO(decoded)))


def _plain_number(text: str | None) -> tuple[float | None, str]:
    """Read one cell the slow way: strip what publications print around numbers, then try."""
    printed = (text or "").strip()
    for sign in ("%", "£", ",", " "):
        printed = printed.replace(sign, "")
    try:
        number = float(printed)
    except ValueError:
        number = math.nan
    if math.isfinite(number):
        return number, "known"
    reason = PUBLISHED_MARKS.get((text or "").strip().upper())
    return None, reason.value if reason else "unreadable"


def _plain_values(
    folder: Path, path: str, *, indicators: dict[str, IndicatorDefinition], year: int, source: str
) -> dict[tuple[int, str, int], tuple[float | None, str, float | None]]:
    found = {}
    for number, row in enumerate(_plain_rows(folder / path), start=2):
        urn = (row.get("URN") or "").strip()
        if not urn.isdigit() or ("RECTYPE" in row and row["RECTYPE"].strip() not in SCHOOL_RECORDS):
            continue
        for indicator in indicators.values():
            for way in indicator.readings:
                names = [name for name in (way.value, way.numerator, way.denominator) if name]
                names += way.cohort_columns
                fits = way.source == source and way.from_year <= year <= way.to_year
                if not fits or way.series or any(name not in row for name in names):
                    continue
                if way.numerator:
                    above, why = _plain_number(row[way.numerator])
                    below, why_below = _plain_number(row[way.denominator])
                    value, status = None, why if above is None else why_below
                    if above is not None and below is not None:
                        value = above / below * way.times if below else None
                        status = "known" if below else "not_applicable"
                else:
                    value, status = _plain_number(row[way.value])
                    value = value * way.times if value is not None else None
                parts = [_plain_number(row[name])[0] for name in way.cohort_columns]
                cohort = sum(filter(None, parts)) if parts and None not in parts else None
                found[int(urn), indicator.id, number] = (value, status, cohort)
                break
    return found


@pytest.mark.parametrize("path", FILES)
def test_values_equal_plain_python(path: str, published_data: Path) -> None:
    indicators = read_indicators()
    release = _release(published_data, path)
    assert release.period is not None
    figures = values_of_all([release], indicators=indicators)
    assert figures is not None
    fast = {(row["urn"], row["indicator"], row["row"]): row for row in rows_in(figures)}

    slow = _plain_values(
        published_data, path, indicators=indicators, year=release.period, source=release.source
    )

    assert set(fast) == set(slow)
    for key in random.Random(20261124).sample(sorted(slow), SAMPLE):
        value, status, cohort = slow[key]
        row = fast[key]
        assert row["status"] == status, key
        assert row["value"] == (None if value is None else pytest.approx(value)), key
        assert row["cohort"] == (None if cohort is None else pytest.approx(cohort)), key


Key = tuple[str, str, str]
Places = dict[object, dict[str, object]]


def _keys(place: dict[str, object], indicator: IndicatorDefinition) -> list[Key]:
    """The figures of authority and England that a school of this place counts in."""
    if place["phase"] not in {phase.value for phase in indicator.phases}:
        return []
    return [
        (str(area), str(phase), indicator.id)
        for area, phase in product((place["authority"], "england"), (place["phase"], "all"))
    ]


def _plain_areas(
    rows: list[dict[str, object]], *, places: Places, indicators: dict[str, IndicatorDefinition]
) -> dict[Key, tuple[float, float, int]]:
    """Value, cohort and schools of each figure whose schools have enough of the pupils on roll."""
    expected: dict[Key, float] = defaultdict(float)
    for place, indicator in product(places.values(), indicators.values()):
        for key in _keys(place, indicator):
            expected[key] += place["pupils"] or 0.0
    held: dict[Key, list[tuple[float, float, float]]] = defaultdict(list)
    for row in rows:
        place = places.get(row["urn"])
        if place is not None and row["status"] == "known" and row["cohort"]:
            for key in _keys(place, indicators[row["indicator"]]):
                held[key].append((row["value"] * row["cohort"], row["cohort"], place["pupils"] or 0.0))
    found = {}
    for key, parts in held.items():
        above, below, pupils = (math.fsum(part) for part in zip(*parts, strict=True))
        if expected[key] and pupils / expected[key] >= (0.75 if key[0] == "england" else 0.5):
            found[key] = (above / below, below, len(parts))
    return found


def test_area_figures_equal_plain_python(published_data: Path) -> None:
    indicators = {
        name: one for name, one in read_indicators().items() if name in ("progress_8", "ebacc_entry")
    }
    figures = values_of_all([_release(published_data, FILES[-1])], indicators=indicators)
    census = values_of_all([_release(published_data, FILES[-2])], indicators=read_indicators())
    assert figures is not None
    assert census is not None
    register_path = "performance_tables/2018-2019/england_school_information.csv.gz"
    peek = reading.peek(published_data / register_path)
    found = recognition.recognise(peek, sources=read_sources())
    release = _release(published_data, register_path)
    register = tables.establishments(release.raw, found, release=register_path)
    roll = rolls_of(census)

    fast = {
        (row["area"], row["phase"], row["indicator"]): row
        for row in rows_in(computed(figures, establishments=register, roll=roll, indicators=indicators))
    }

    places = {
        row["urn"]: row
        for row in rows_in(places_of(register, roll=roll, periods=figures.select("period").distinct()))
    }
    slow = _plain_areas(rows_in(figures), places=places, indicators=indicators)
    without_regions = {key: row for key, row in fast.items() if row["level"] != "region"}

    assert set(without_regions) == set(slow)
    for key, (value, cohort, schools) in slow.items():
        assert fast[key]["value"] == pytest.approx(value), key
        assert (fast[key]["cohort"], fast[key]["schools"]) == (pytest.approx(cohort), schools), key
