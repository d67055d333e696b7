"""The real tables: every band, interval and count that the Department for Education printed, made again."""

import csv
import gzip
import io
import math
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from steward.analysis.accountability import key_stage_2, progress8
from steward.analysis.accountability.catalogue import key_stage_2_tables, standards
from steward.analysis.accountability.key_stage_2 import Limits
from steward.analysis.accountability.standards import Answer, judge
from steward.vocabulary.values import PUBLISHED_MARKS, Known, Missing, Reason, Value

pytestmark = pytest.mark.real

Row = Mapping[str, str]
KS4 = {
    2016: "performance_tables/2015-2016/england_ks4_provisional.csv.gz",
    2017: "performance_tables/2016-2017/england_ks4provisional.csv.gz",
    2018: "performance_tables/2017-2018/england_ks4provisional.csv.gz",
    2019: "performance_tables/2018-2019/england_ks4provisional.csv.gz",
}
KS2 = {
    2018: "performance_tables/2017-2018/england_ks2final_subset.csv.gz",
    2019: "performance_tables/2018-2019/england_ks2final_subset.csv.gz",
}
WHOLE_KS2 = {
    2018: ("layout_fixtures/2017-850-ks2.csv.gz", "layout_fixtures/2017-936-ks2.csv.gz"),
    2019: ("layout_fixtures/2018-850-ks2.csv.gz", "layout_fixtures/2018-936-ks2.csv.gz"),
}
SUBJECTS = {"reading": "READ", "writing": "WRIT", "maths": "MAT"}
RECOVERED = {2018: 1.2642, 2019: 1.2828}
"""Spread of pupils that gives the printed limits; no document with the spread of those years is at hand."""
BANDS = {"1", "2", "3", "4", "5"}


def schools(folder: Path, name: str, *, of: tuple[str, ...] = ("1", "2")) -> Iterator[Row]:
    path = folder / name
    if not path.is_file():
        pytest.skip(f"{path} is not there.")
    with gzip.open(path) as packed, io.TextIOWrapper(packed, encoding="utf-8-sig", newline="") as stream:
        yield from (row for row in csv.DictReader(stream) if row.get("RECTYPE", "1") in of and row["URN"])


def value(text: str | None, *, pupils: float | None = None) -> Value:
    printed = (text or "").strip().rstrip("%")
    try:
        return Known(float(printed), pupils)
    except ValueError:
        return Missing(PUBLISHED_MARKS.get(printed, Reason.UNREADABLE), printed)


def number(text: str | None) -> float | None:
    found = value(text)
    return found.value if isinstance(found, Known) else None


def numbers(row: Row, *columns: str) -> list[float] | None:
    found = [number(row.get(column)) for column in columns]
    return None if None in found else found  # type: ignore[return-value]


@pytest.mark.parametrize("year", [2018, 2019])
def test_every_band_of_progress_8(year: int, published_data: Path) -> None:
    agreed = Counter[bool]()
    for row in schools(published_data, KS4[year]):
        found = numbers(row, "P8MEA", "P8CILOW", "P8CIUPP")
        if found and row["P8_BANDING"] in BANDS:
            score, lower, upper = found
            agreed[progress8.band_of(score, lower=lower, upper=upper) == int(row["P8_BANDING"])] += 1
    assert agreed[True] > 3300
    assert agreed[False] == 0


@pytest.mark.parametrize("year", [2018, 2019])
def test_the_limits_of_progress_8_of_every_school(year: int, published_data: Path) -> None:
    near = Counter[bool]()
    for row in schools(published_data, KS4[year]):
        found = numbers(row, "P8MEA", "P8CILOW", "P8CIUPP", "P8PUP")
        if not found:
            continue
        score, lower, upper, pupils = found
        made = progress8.score_from(score, pupils=round(pupils), deviation=RECOVERED[year])
        near[abs(made.lower - lower) < 0.0101 and abs(made.upper - upper) < 0.0101] += 1
    assert sum(near.values()) > 3500
    assert near[True] >= 0.999 * sum(near.values())


@pytest.mark.parametrize("year", [2018, 2019])
@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_band_of_key_stage_2_with_printed_limits(subject: str, year: int, published_data: Path) -> None:
    tables, prefix = key_stage_2_tables()[year], SUBJECTS[subject]
    agreed, limits_agree = Counter[bool](), Counter[bool]()
    for row in (row for name in WHOLE_KS2[year] for row in schools(published_data, name)):
        found = numbers(
            row, *(f"{prefix}PROG{end}" for end in ("", "_LOWER", "_UPPER")), "TELIG", f"{prefix}COV"
        )
        printed = row[f"{prefix}PROG_DESCR"]
        if not found or printed not in BANDS:
            continue
        score, lower, upper = found[:3]
        chosen = tables.progress[subject]
        agreed[key_stage_2.band_of(score, limits=Limits(lower, upper), subject=chosen) == int(printed)] += 1
        limits_agree[_limits_agree(chosen, found=found, quantile=tables.quantile)] += 1
    assert agreed[False] == 0
    assert agreed[True] > 530
    if tables.progress[subject].deviation is not None:
        assert limits_agree[False] == 0


def _limits_agree(chosen: key_stage_2.ProgressSubject, *, found: list[float], quantile: float) -> bool:
    """Whether a number of pupils that the printed coverage allows gives the printed interval."""
    score, lower, upper, eligible, coverage = found
    fewest, most = (eligible * (coverage + way) / 100 for way in (-0.5, 0.5))
    for pupils in range(max(1, math.floor(fewest)), math.ceil(most) + 1):
        made = key_stage_2.limits_of(score, pupils=pupils, subject=chosen, quantile=quantile)
        if made and abs((made.upper - made.lower) - (upper - lower)) < 0.1001:
            return True
    return False


@pytest.mark.parametrize("year", [2018, 2019])
@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_band_of_key_stage_2_is_possible_for_its_score(
    subject: str, year: int, published_data: Path
) -> None:
    """The tables of all England print no limits: they show only that the cut-offs hold everywhere."""
    prefix, chosen = SUBJECTS[subject], key_stage_2_tables()[year].progress[subject]
    seen: dict[int, list[float]] = {}
    for row in schools(published_data, KS2[year]):
        score, printed = number(row[f"{prefix}PROG"]), row[f"{prefix}PROG_DESCR"]
        if score is not None and printed in BANDS:
            seen.setdefault(int(printed), []).append(score)
            assert int(printed) in key_stage_2.possible_bands(score, subject=chosen), row["URN"]
    assert sum(len(scores) for scores in seen.values()) > 14_700
    assert (min(seen[1]), min(seen[2])) == (chosen.well_above, chosen.above)
    assert (max(seen[4]), max(seen[5])) == (chosen.below, chosen.well_below)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_bands_of_2019_from_our_own_limits(subject: str, published_data: Path) -> None:
    """The file of 2019 prints no number of pupils; that of 2018 stands in, so near zero some bands differ."""
    prefix, tables = SUBJECTS[subject], key_stage_2_tables()[2019]
    before = {row["URN"]: number(row["TELIG"]) for row in schools(published_data, KS2[2018])}
    agreed = Counter[bool]()
    for row in schools(published_data, KS2[2019]):
        score, pupils = number(row[f"{prefix}PROG"]), before.get(row["URN"])
        if score is None or not pupils or row[f"{prefix}PROG_DESCR"] not in BANDS:
            continue
        limits = key_stage_2.limits_of(
            score, pupils=round(pupils), subject=tables.progress[subject], quantile=tables.quantile
        )
        assert limits is not None
        band = key_stage_2.band_of(score, limits=limits, subject=tables.progress[subject])
        agreed[band == int(row[f"{prefix}PROG_DESCR"])] += 1
    assert agreed[True] >= 0.95 * sum(agreed.values())


@pytest.mark.parametrize(("year", "official"), [(2016, 282), (2017, 365)])
def test_schools_below_the_secondary_floor(year: int, official: int, published_data: Path) -> None:
    """The official counts are of revised results; the tables at hand with limits are provisional."""
    standard = next(one for one in standards() if one.id == f"floor_secondary_{year}")
    answers = Counter[Answer]()
    for row in schools(published_data, KS4[year], of=("1",)):
        score = value(row["P8MEA"], pupils=number(row["TPUP"]))
        figures = {("progress_8", year): score, ("progress_8_upper", year): value(row["P8CIUPP"])}
        if not (isinstance(score, Missing) and score.reason is Reason.NOT_APPLICABLE):
            answers[judge(standard, figures=figures).answer] += 1
    assert abs(answers[Answer.BELOW] / official - 1) < 0.10
    assert answers[Answer.NOT_BELOW] > 2600
