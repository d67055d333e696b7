"""The gaps of Leeds are those of the published cells: both sides and the difference, of every year."""

import csv
import io
import math
import re

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from steward.access.roles import Role
from steward.analysis.comparison import group_gaps
from steward.equality.queries import area_gaps, comparisons, gap_books, one_gap
from steward.vocabulary.values import Known

LEEDS = "383"
pytestmark = pytest.mark.real


@pytest.fixture(scope="session")
def cells(published_data):
    """Read Leeds' and England's cells with nothing of ours: by measure, area and year of one-year labels."""
    table = pq.read_table(published_data / "lait" / "bds_long_0.parquet")
    found = {}
    for area, number in ((LEEDS, 383), ("england", 970)):
        for row in table.filter(pc.equal(table["LA Number"], number)).to_pylist():
            label = re.sub(r"\s*\(\w+\)$", "", row["Years"].strip())
            year = re.fullmatch(r"(\d{4})|(\d{4})[-/](\d{2})", label)
            if year is None or (year[3] and (int(year[2]) + 1) % 100 != int(year[3])):
                continue
            ends = int(year[1]) if year[1] else int(year[2]) + 1
            try:
                found[row["Short Desc"], area, ends] = float(row["Values"])
            except ValueError:
                continue
    return found


def test_every_gap_of_every_year_is_that_of_the_published_cells(series_home, cells):
    gaps, compared = gap_books.published_gaps(), 0
    book = gap_books.book_of(LEEDS)
    for gap in gaps.values():
        shown = {year.year: year for year in book.get(gap.id, ())}
        for code, side in ((gap.pair.value, "group"), (gap.pair.other, "other")):
            published = {year for measure, area, year in cells if measure == code and area == LEEDS}
            known = {year for year, one in shown.items() if isinstance(getattr(one, side).value, Known)}
            assert known == published, (gap.id, side)
        for year, one in shown.items():
            pair = [cells.get((code, LEEDS, year)) for code in (gap.pair.value, gap.pair.other)]
            if None in pair:
                assert not isinstance(one.amount, Known), (gap.id, year)
                continue
            assert (one.group.value.value, one.other.value.value) == tuple(pair), (gap.id, year)
            assert math.isclose(one.amount.value, pair[0] - pair[1], abs_tol=0.0051), (gap.id, year)
            compared += 1
    assert len(gaps) >= 100
    assert compared >= 750


def test_the_gap_the_department_publishes_itself_is_ours(series_home, cells):
    """The series prints the gap by free school meals at 19 as a measure of its own."""
    for gap_id, published in (
        ("level_2_at_19-free-school-meals", "L2Age19Gap"),
        ("level_3_at_19-free-school-meals", "L3Age19Gap"),
    ):
        years = gap_books.book_of(LEEDS)[gap_id]
        same = [
            abs(-one.amount.value - cells[published, LEEDS, one.year]) <= one.rounding + 0.005 + 1e-9
            for one in years
            if isinstance(one.amount, Known)
        ]
        assert len(same) == 9
        assert sum(same) >= 8, gap_id


def test_the_disadvantage_gap_of_leeds_at_key_stage_2(series_home):
    """Source: methods 1.2, golden rows of the series."""
    years = {one.year: one for one in gap_books.book_of(LEEDS)["ks2_rwm_expected-disadvantaged"]}
    shown = [
        (years[year].group.value.value, years[year].other.value.value)
        for year in (2016, 2017, 2018, 2019, 2022, 2023, 2024, 2025)
    ]
    assert shown == [(31, 58), (39, 66), (45, 70), (45, 71), (39, 67), (41, 67), (42, 68), (44, 71)]


def test_england_and_national_others_stand_beside(series_home):
    found = one_gap.one_gap(LEEDS, "ks2_rwm_expected-disadvantaged")
    newest = found.newest
    assert newest.own.amount == Known(-27.0)
    assert newest.england.amount == Known(-22.0)
    assert newest.national_others == Known(44.0 - 70.0)
    assert found.beside.id == "dfe-2025"
    assert found.position.of > 140
    assert found.position.low <= found.position.place <= found.position.high


def test_authorities_alike_in_first_language_are_alike(series_home):
    alike = next(one for one in comparisons.sets_for(LEEDS) if one.id == comparisons.EAL_ALIKE)
    shares = comparisons.first_language_shares()
    own = shares[LEEDS]
    assert len(alike.authorities) == 10
    assert LEEDS not in alike.authorities
    furthest = max(math.dist(own, shares[one]) for one in alike.authorities)
    others = set(shares) - {LEEDS, *alike.authorities}
    assert all(math.dist(own, shares[one]) >= furthest for one in others)


def test_the_page_and_its_file_say_what_the_cells_say(series_home, client_of, cells):
    client = client_of(Role.SCRUTINY_MEMBER)
    assert client.get(f"/equality/{LEEDS}/").status_code == 200
    written = client.get(f"/equality/{LEEDS}/gaps.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(written)))
    gaps = gap_books.published_gaps()
    assert {row["gap"] for row in rows} == set(gap_books.book_of(LEEDS)) & {
        one.gap.id for one in area_gaps.area_gaps(LEEDS).gaps
    }
    for row in rows:
        newest = group_gaps.latest(gap_books.book_of(LEEDS)[row["gap"]]).year
        pair = gaps[row["gap"]].pair
        assert math.isclose(float(row["group_value"]), cells[pair.value, LEEDS, newest], abs_tol=0.0051)
        assert math.isclose(float(row["other_value"]), cells[pair.other, LEEDS, newest], abs_tol=0.0051)


@pytest.mark.parametrize(
    "gap_id", ["attainment_8-disadvantaged", "phonics-ehc-plan", "overall_absence-looked-after"]
)
def test_the_page_of_a_gap_tells_breaks_and_no_bare_rank(series_home, client_of, gap_id):
    client = client_of(Role.ADVISER)
    text = client.get(f"/equality/{LEEDS}/{gap_id}/").content.decode()
    assert "authorities, from the narrowest gap to the widest" in text
    assert "Chance is not allowed for" in text
    found = one_gap.one_gap(LEEDS, gap_id)
    assert all(one.change.why in text.replace("&#x27;", "'") for one in found.breaks)


def test_an_unknown_authority_or_gap_is_not_found(series_home, client_of):
    client = client_of(Role.ADVISER)
    assert client.get("/equality/000/").status_code == 404
    assert client.get(f"/equality/{LEEDS}/nothing-such/").status_code == 404
    assert client.get(f"/equality/{LEEDS}/attainment_8-boys/").status_code == 404
