"""Two groups at once: for permitted roles only, only what the gate released, and withheld cells say so."""

import csv
import io
import math
from dataclasses import fields

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from steward.access.roles import Role
from steward.analysis.disclosure import gate
from steward.analysis.disclosure.gate import ReleasedGroup
from steward.analysis.disclosure.groups import GroupCount
from steward.analysis.rebuild.pupils import GROUPS
from steward.audit.models import AuditEvent
from steward.equality.forms import TwoGroupsFilters
from steward.equality.queries import two_groups
from steward.evidence import catalogues, crossings, groups
from steward.evidence.queries import pupil_groups, releases
from steward.evidence.queries.pupil_groups import Crossing
from steward.vocabulary.protection import Protected
from steward.vocabulary.values import KNOWN, Known, Reason

PLACE = ("level", "area", "phase", "indicator", "period", "dimension", "member")
DIMENSION = "disadvantaged+sex"
CELLS = {
    ("all", "all"): (60.0, 1000.0),
    (DIMENSION, "disadvantaged+boys"): (40.0, 200.0),
    (DIMENSION, "disadvantaged+girls"): (45.0, 200.0),
    (DIMENSION, "others+boys"): (70.0, 300.0),
    (DIMENSION, "others+girls"): (None, None),
    (DIMENSION, "unknown+girls"): (None, 4.0),
}


@pytest.fixture
def crossing(sample_home):
    """Put figures in the place where the gate leaves what it released, one pair without any number."""
    found = next(
        one
        for one in two_groups.held(sample_home.authority)
        if (one.dimension, one.indicator) == (DIMENSION, "rwm_expected")
    )
    into = pupil_groups.released_file(
        releases.current_folder(),
        authority=sample_home.authority,
        period=found.period,
        dimension=DIMENSION,
    )
    before = into.read_bytes() if into.exists() else None
    place = {"level": "authority", "area": sample_home.authority, "phase": "all"}
    rows = [
        place
        | {"indicator": found.indicator, "period": found.period, "dimension": dimension, "member": member}
        | {"value": value, "cohort": cohort}
        | {"status": KNOWN if value is not None else Reason.WITHHELD.value}
        for (dimension, member), (value, cohort) in CELLS.items()
    ]
    pq.write_table(pa.Table.from_pylist(rows), into)
    yield found
    into.unlink()
    if before is not None:
        into.write_bytes(before)


def address(code, crossing, name=""):
    asked = f"measure={crossing.indicator}&year={crossing.period}&two=disadvantaged%2Bsex"
    return f"/equality/{code}/two-groups/{name}?{asked}"


@pytest.fixture
def singles(sample_home):
    """Pass each of two characteristics through the gate, of the authority alone, which is quick."""
    code = sample_home.authority
    folder = releases.current_folder()
    period = max(one.period for one in two_groups.held(code))
    table = pq.read_table(folder / GROUPS).to_pylist()
    written = []
    for dimension in DIMENSION.split("+"):
        counts = [
            GroupCount(**{field.name: row[field.name] for field in fields(GroupCount)})
            for row in table
            if (row["level"], row["area"], row["period"]) == ("authority", code, period)
            and row["dimension"] in ("all", dimension)
        ]
        passed = gate.release(Protected(counts), policy=catalogues.disclosure_policy())
        into = pupil_groups.released_file(folder, authority=code, period=period, dimension=dimension)
        groups.write_released(passed.figures, into=into)
        written.append(into)
    yield period
    for into in written:
        into.unlink(missing_ok=True)


def test_pairs_pass_the_gate_only_after_each_single_characteristic(sample_home, singles):
    code = sample_home.authority
    folder = releases.current_folder()
    into = pupil_groups.released_file(folder, authority=code, period=singles, dimension=DIMENSION)
    wanted = {"period": singles, "dimension": DIMENSION, "into": into}
    assert crossings.release(code, **wanted) > 0
    rows = pq.read_table(into).to_pylist()
    into.unlink()
    assert {row["dimension"] for row in rows} == {"all", DIMENSION}
    assert {row["area"] for row in rows} == {code}
    pupil_groups.released_file(folder, authority=code, period=singles, dimension="sex").unlink()
    assert crossings.release(code, **wanted) == 0
    assert not into.exists()


def page_of(sample, client_of):
    answer = client_of(Role.HEAD_OF_SERVICE).get(f"/equality/{sample.authority}/two-groups/")
    return answer.content.decode()


def test_gaps_are_to_all_other_pupils(sample_home, crossing):
    found = two_groups.of_two(crossing, authority=sample_home.authority)
    by_pair = {(one.first, one.second): one for one in found.rows}
    boys = by_pair["Disadvantaged pupils", "Boys"]
    assert boys.gap.of.other.value == pytest.approx((60 * 1000 - 40 * 200) / 800)
    assert boys.gap.amount.value == pytest.approx(40 - 65)
    assert boys.gap.interval.high < 0
    assert found.told[0] is boys
    assert found.withheld == 2


def test_the_gap_of_a_score_has_the_interval_of_the_spread_of_pupils(monkeypatch):
    """By hand: 1.959964 standard deviations of pupils of 2019 times the root of 1/200 + 1/800."""
    scores = {("all", "all"): (0.0, 1000.0), (DIMENSION, "disadvantaged+boys"): (-1.2, 200.0)}
    rows = [
        ReleasedGroup("authority", "383", "all", "maths_progress", 2019, dimension, member, Known(*value))
        for (dimension, member), value in scores.items()
    ]
    monkeypatch.setattr(pupil_groups, "released_groups", lambda *_, **__: tuple(rows))
    found = two_groups.of_two(Crossing(2019, DIMENSION, "maths_progress"), authority="383")
    (boys,) = found.rows
    reach = 1.959964 * 5.38985717 * math.sqrt(1 / 200 + 1 / 800)
    assert boys.gap.of.other == Known(pytest.approx(0.3), 800.0)
    assert (boys.gap.interval.low, boys.gap.interval.high) == pytest.approx((-1.5 - reach, -1.5 + reach))
    assert boys.gap.is_unlikely_chance
    older = two_groups.of_two(Crossing(2018, DIMENSION, "maths_progress"), authority="383")
    assert older.rows[0].gap.interval is None


def test_withheld_pairs_give_their_reason_and_no_number(sample_home, crossing, client_of):
    client = client_of(Role.HEAD_OF_SERVICE)
    text = client.get(address(sample_home.authority, crossing)).content.decode()
    assert "in both “Disadvantaged pupils” and “Boys”" in text
    assert "by 25.0 percentage points" in text
    assert "Withheld to protect pupils" in text
    answer = client.get(address(sample_home.authority, crossing, "two-groups.csv"))
    rows = {
        (row["first_group"], row["second_group"]): row
        for row in csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    }
    hidden = rows["Pupils not known to be disadvantaged", "Girls"]
    assert (hidden["value"], hidden["pupils"], hidden["gap"]) == ("withheld", "withheld", "withheld")
    assert (hidden["all_others_value"], hidden["all_others_pupils"]) == ("withheld", "")
    assert rows["Disadvantaged pupils", "Boys"]["pupils"] == "200"


def test_a_download_is_recorded(sample_home, crossing, client_of):
    client_of(Role.DATA_OFFICER).get(address(sample_home.authority, crossing, "two-groups.csv"))
    assert AuditEvent.objects.latest("number").verb == "equality.two_groups.downloaded"


@pytest.mark.parametrize("role", [Role.ADVISER, Role.ADMINISTRATOR, Role.SCRUTINY_MEMBER])
def test_others_are_refused_and_see_no_link(sample_home, crossing, client_of, role):
    client = client_of(role)
    assert client.get(address(sample_home.authority, crossing)).status_code == 403
    assert client.get(address(sample_home.authority, crossing, "two-groups.csv")).status_code == 403
    assert "two-groups" not in client.get(f"/equality/{sample_home.authority}/").content.decode()


def test_the_page_of_gaps_leads_those_permitted_to_it(sample_home, client_of):
    text = client_of(Role.SENIOR_ADVISER).get(f"/equality/{sample_home.authority}/").content.decode()
    assert f"/equality/{sample_home.authority}/two-groups/" in text


def test_a_year_without_the_measure_is_none_and_what_is_unknown_is_the_usual(sample_home):
    older, newer = Crossing(2022, DIMENSION, "rwm_expected"), Crossing(2023, DIMENSION, "gps_expected")

    def wanted(**given):
        return TwoGroupsFilters({"two": DIMENSION} | given, held=[older, newer]).wanted()

    assert wanted(measure="rwm_expected", year="2022") == older
    assert wanted(measure="rwm_expected", year="2023") is None
    assert wanted(measure="rwm_expected", year="1066") == older
    assert TwoGroupsFilters(held=[]).wanted() is None


def test_an_unknown_authority_is_not_found(sample_home, client_of):
    assert client_of(Role.HEAD_OF_SERVICE).get("/equality/000/two-groups/").status_code == 404


def test_before_the_gate_nothing_is_shown(sample_home, client_of, monkeypatch):
    monkeypatch.setattr(pupil_groups, "released_groups", lambda *_, **__: None)
    text = page_of(sample_home, client_of)
    assert "not passed the disclosure gate" in text


def test_an_authority_without_pupil_files_says_how_to_load_one(sample_home, client_of, monkeypatch):
    monkeypatch.setattr(pupil_groups, "crossings_of", lambda _: [])
    monkeypatch.setattr(pupil_groups, "any_held", lambda: False)
    text = page_of(sample_home, client_of)
    assert "No pupil file has been loaded" in text
    assert "steward pupils load" in text
