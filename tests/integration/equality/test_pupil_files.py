"""Gaps from pupil files: only what the gate released is shown, and nothing before it has passed."""

import csv
import io

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from steward.access.roles import Role
from steward.analysis.disclosure import gate
from steward.analysis.disclosure.groups import GroupCount
from steward.analysis.rebuild.pupils import GROUPS
from steward.equality.queries import school_gaps, school_sides
from steward.evidence import catalogues
from steward.evidence.queries import pupil_groups, releases
from steward.vocabulary.protection import Protected
from steward.vocabulary.values import KNOWN, Known, Missing, Reason

_PLACE = ("level", "area", "phase", "indicator", "period", "dimension", "member")
_SCHOOLS = 6


@pytest.fixture
def released(sample_home):
    """Pass boys and girls of a few schools in one measure through the gate, which takes long for all."""
    code = sample_home.authority
    folder = releases.current_folder()
    period = max(period for period, _ in pupil_groups.slices_of(code))
    table = pq.read_table(folder / GROUPS).to_pylist()
    here = [
        row
        for row in table
        if row["level"] == "school"
        and (row["indicator"], row["period"]) == ("rwm_expected", period)
        and row["dimension"] in ("all", "sex")
    ]
    sizes = {row["area"]: row["pupils"] for row in here if row["dimension"] == "all"}
    urns = sorted(sizes, key=lambda urn: (-sizes[urn], urn))[:_SCHOOLS]
    chosen = [row for row in here if row["area"] in urns]
    counts = [_count(row) for row in (*chosen, *_of_all_together(chosen, code=code))]
    passed = gate.release(Protected(counts), policy=catalogues.disclosure_policy())
    into = pupil_groups.released_file(folder, authority=code, period=period, dimension="sex")
    pq.write_table(pa.Table.from_pylist([_row(one) for one in passed.figures]), into)
    yield period
    into.unlink()
    school_sides._read.cache_clear()


def _count(row):
    return GroupCount(**{name: row[name] for name in (*_PLACE, "pupils", "achieved", "value")})


def _of_all_together(chosen, *, code):
    """Yield the rows of an authority that has these schools and no others."""
    for dimension, member in sorted({(row["dimension"], row["member"]) for row in chosen}):
        own = [row for row in chosen if (row["dimension"], row["member"]) == (dimension, member)]
        pupils, achieved = (sum(row[name] for row in own) for name in ("pupils", "achieved"))
        whole = {"pupils": pupils, "achieved": achieved, "value": 100 * achieved / pupils}
        yield own[0] | {"level": "authority", "area": code, "phase": "all"} | whole


def _row(one):
    known = isinstance(one.value, Known)
    return {name: getattr(one, name) for name in _PLACE} | {
        "value": one.value.value if known else None,
        "status": KNOWN if known else one.value.reason.value,
        "cohort": one.value.cohort,
    }


def test_nothing_of_pupil_files_is_shown_before_it_passed_the_gate(sample_home, client_of):
    assert school_sides.of_pupil_files(sample_home.authority) == {}
    client = client_of(Role.ADVISER)
    path = f"/equality/{sample_home.authority}/schools/ks2_gps_expected-boys/"
    assert client.get(path).status_code == 404


def test_released_groups_are_shown_and_withheld_ones_are_not(sample_home, released, client_of):
    code = sample_home.authority
    held = pupil_groups.released_groups(code, period=released, dimension="sex")
    shown = {
        (one.area, one.member): one.value
        for one in held
        if one.indicator == "rwm_expected" and one.dimension == "sex"
    }
    client = client_of(Role.ADVISER)
    path = f"/equality/{code}/schools/ks2_rwm_expected-boys/"
    text = client.get(path).content.decode()
    assert "as a whole the gap is" in text
    rows = list(csv.DictReader(io.StringIO(client.get(f"{path}schools.csv").content.decode("utf-8-sig"))))
    assert rows
    for row in rows:
        for member, column in (("boys", "group_value"), ("girls", "other_value")):
            value = shown.get((row["urn"], member), Missing(Reason.NOT_AVAILABLE))
            if isinstance(value, Known):
                assert float(row[column]) == pytest.approx(value.value, abs=0.051)
            else:
                assert row[column] == value.reason.value
        if "withheld" in (row["group_value"], row["other_value"]):
            assert row["gap"] == "withheld"


def test_the_authority_as_a_whole_has_an_interval(sample_home, released, client_of):
    found = {gap.id: one for gap, one in school_gaps.of_whole_authority(sample_home.authority)}
    one = found["ks2_rwm_expected-boys"]
    assert one.interval.low < one.amount.value < one.interval.high
    school = client_of(Role.ADVISER).get(f"/equality/{sample_home.authority}/")
    assert "own pupil files" in school.content.decode()


_BOYS = "ks2_rwm_expected-boys"


def test_figures_of_pupil_files_are_for_officers_and_others_are_shown_the_published(
    released, sample_home, person_with
):
    """Source: docs/decisions/0008: published figures are public; those of pupil files are not."""
    asked = {"area": sample_home.authority, "gap_id": _BOYS}
    own = school_gaps.of_authority(person_with(Role.ADVISER), **asked)
    public = school_gaps.of_authority(person_with(Role.SCRUTINY_MEMBER), **asked)

    assert own.whole is not None
    assert public.whole is None
    assert own.lines
    assert not any(line.releases for line in own.lines)
    assert public.lines
    assert all(line.releases for line in public.lines)


def test_a_school_is_shown_its_own_pupil_file_and_strangers_nothing(released, sample_home, person_with):
    officer = person_with(Role.ADVISER)
    lines = school_gaps.of_authority(officer, area=sample_home.authority, gap_id=_BOYS).lines
    school, other = (line.school for line in lines[:2])
    head = person_with(Role.SCHOOL_USER, urn=school.urn)
    assert school_gaps.of_school(head, school=other) == []
    for viewer, from_files in (
        (head, True),
        (officer, True),
        (person_with(Role.SCRUTINY_MEMBER), False),
    ):
        found = {one.gap.id: one for one in school_gaps.of_school(viewer, school=school)}
        shown = found[_BOYS].lines[0] if _BOYS in found else None
        assert shown is not None or not from_files
        assert shown is None or bool(shown.releases) is not from_files
