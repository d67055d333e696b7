"""`steward area` and `steward school`: what the pages show, for scripts and in short."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from steward.audit.operations import Program
from steward.command import area, school
from steward.command.faults import sentence_for
from steward.evidence.operations import loading
from steward.evidence.queries import figures
from steward.register.models import Predecessor

LOADER = Program("The tests of the command line")
REAL_FILES = (
    "register/edubasealldata_rebuilt_20220427.csv.gz",
    "ofsted/mi_schools_2013-12-31.csv.gz",
    "ofsted/mi_schools_2014-12-31.csv.gz",
    "performance_tables/2018-2019/england_abs.csv.gz",
    "performance_tables/2018-2019/england_ks4provisional.csv.gz",
    "lait",
)


def _run(command, *arguments):
    return CliRunner().invoke(command, arguments)


def _printed(command, *arguments):
    result = _run(command, *arguments)
    assert result.exit_code == 0, result.output or repr(result.exception)
    return json.loads(result.output)


def _refused(command, *arguments):
    """Return the sentence with which a command is refused."""
    result = _run(command, *arguments)
    assert result.exit_code != 0
    return sentence_for(result.exception)


def test_an_area_as_json_holds_what_its_page_shows(sample_home):
    found = _printed(area.command, sample_home.authority, "--json")
    assert found["authority"] == {
        "code": sample_home.authority,
        "name": sample_home.summary.authority_name,
        "region": found["authority"]["region"],
    }
    every = found["inspections"]["all"]
    assert every["schools"] == every["inspected"] + every["not_inspected"]
    assert sum(every["counts"].values()) == every["inspected"]
    assert found["snapshot"]["release"]
    for one in found["indicators"]:
        assert (one["value"] is not None) == (one["status"] == "known")
        assert one["basis"] in ("published", "computed")
        assert one["release"]
    assert {one["basis"] for one in found["indicators"]} == {"published", "computed"}
    weights = {(one["basis"], one["weighted_by"]) for one in found["indicators"]}
    assert weights == {("published", None), ("computed", "cohort"), ("computed", "roll")}


def test_proposals_are_given_with_every_rule(sample_home):
    found = _printed(area.command, sample_home.authority, "--json")
    assert found["proposals"]
    for one in found["proposals"]:
        assert one["settled"] == (one["category"] is not None)
        assert one["met"] or one["not_met"] or one["unsettled"]
        assert all(rule["sentence"] and rule["because"] for rule in (*one["met"], *one["unsettled"]))


def test_as_at_another_day_nothing_later_is_told(sample_home):
    found = _printed(area.command, sample_home.authority, "--as-at", "2014-06-30", "--json")
    assert found["as_at"] == "2014-06-30"
    assert found["snapshot"]["as_at"] <= "2014-06-30"
    assert max(one["period"] for one in found["indicators"]) <= 2013
    assert all(one["as_at"] == "2014-06-30" for one in found["proposals"])


def test_an_area_in_short(sample_home):
    text = _run(area.command, sample_home.authority).output
    assert sample_home.summary.authority_name in text
    assert "% of inspected schools" in text
    assert "Proposals for" in text


def test_what_cannot_be_shown_is_one_sentence(sample_home):
    assert "There is no local authority with the code 999" in _refused(area.command, "999")
    assert "is not a local authority code" in _refused(area.command, "Leeds")
    assert "is not a date" in _refused(area.command, sample_home.authority, "--as-at", "2013-02-30")
    assert "the earliest that has been loaded is of" in _refused(
        area.command, sample_home.authority, "--as-at", "1990-01-01"
    )
    assert "There is no school with URN 999999" in _refused(school.command, "999999")
    assert "is not a URN" in _refused(school.command, "12")


def test_nothing_loaded_is_one_sentence(db, settings, tmp_path):
    settings.STEWARD_STORE = tmp_path
    assert "No data has been loaded yet" in _refused(area.command, "383")
    assert "No data has been loaded yet" in _refused(school.command, "107833")


def test_a_school_as_json_holds_what_its_page_shows(sample_home):
    urn = sample_home.summary.teaching_schools[0]
    found = _printed(school.command, str(urn), "--json")
    assert found["school"]["urn"] == urn
    own = [one for one in found["indicators"] if one["urn"] == urn]
    assert len(own) == len(figures.figures_of([urn]))
    assert found["proposal"]["met"] or found["proposal"]["not_met"]
    assert found["inspections"][0]["outcome"]
    assert len(found["strongest"]) <= 3


def test_a_school_as_json_says_how_sure_each_figure_is(sample_home):
    urn = sample_home.summary.teaching_schools[0]
    found = _printed(school.command, str(urn), "--json")["indicators"]
    assert all(one["sureness"]["words"] for one in found)
    with_interval = [one for one in found if one["sureness"]["interval"]]
    assert with_interval
    for one in with_interval:
        interval, margin = one["sureness"]["interval"], 10 ** -one["decimals"]
        assert interval["low"] - margin <= one["value"] <= interval["high"] + margin
        assert interval["basis"] in ("published", "calculated")
    said = [one for one in with_interval if one["sureness"]["chance"] in ("unlikely", "possible")]
    assert said
    assert all(" England, " in one["sureness"]["words"] for one in said)
    roll = [one["sureness"] for one in found if one["code"] == "roll"]
    assert roll[0] == {"interval": None, "chance": None, "words": "A count, as published."}


def test_a_school_in_short(sample_home):
    urn = sample_home.summary.teaching_schools[0]
    text = _run(school.command, str(urn)).output
    assert f"URN {urn}" in text
    assert "Proposed by the policy" in text
    assert "A person decides." in text


def test_a_school_tells_of_its_predecessors(sample_home):
    link = Predecessor.objects.order_by("urn").first()
    found = _printed(school.command, str(link.urn), "--json")
    assert link.predecessor_urn in [one["urn"] for one in found["predecessors"]]


@pytest.fixture
def leeds(published_data: Path, db, settings, tmp_path):
    settings.STEWARD_STORE = tmp_path
    settings.STEWARD_AUTHORITY = ""
    loading.load([published_data / name for name in REAL_FILES], actor=LOADER, progress=lambda *_: None)


@pytest.mark.real
def test_leeds_stands_as_ofsted_reported(leeds):
    found = _printed(area.command, "383", "--as-at", "2013-12-31", "--json")
    every = found["inspections"]["all"]
    assert every["schools"] == 256
    counts = every["counts"]
    assert counts["outstanding"] == 45
    assert counts["good"] == 164
    assert counts["requires_improvement"] + counts["satisfactory"] == 40
    assert counts["inadequate"] == 7
    assert every["good_or_better_percent"]["schools"] == 81.6

    later = _printed(area.command, "383", "--as-at", "2014-12-31", "--json")
    assert later["inspections"]["all"]["schools"] == 260
    assert later["inspections"]["all"]["good_or_better_percent"]["schools"] == 83.8

    newest = _printed(area.command, "383", "--json")["indicators"]
    _assert_published(newest)
    in_short = _run(area.command, "383", "--as-at", "2019-12-31").output
    assert re.search(r"Attainment 8: 45\.1 in 2018 to 2019 \(published, final; provisional: 44\.8", in_short)


def _assert_published(indicators):
    def one(code, phase, **wanted):
        return next(
            each
            for each in indicators
            if (each["code"], each["period"], each["phase"]) == (code, 2019, phase)
            and each["basis"] == "published"
            and all(each[name] == value for name, value in wanted.items())
        )

    attainment = one("attainment_8", "all", version="provisional")
    progress = one("progress_8", "all", version="provisional")
    assert (attainment["value"], attainment["england"]["value"]) == (44.8, 46.5)
    assert (progress["value"], progress["england"]["value"]) == (0.02, -0.03)
    for phase, share in (("primary", 4.0), ("secondary", 5.5), ("special", 10.1)):
        england = one("absence", phase, preferred=True)["england"]
        assert (round(england["value"], 1), england["basis"]) == (share, "published")


@pytest.mark.real
def test_any_other_authority_works_too(leeds):
    found = _printed(area.command, "380", "--as-at", "2013-12-31", "--json")
    assert found["authority"]["name"] == "Bradford"
    assert found["inspections"]["all"]["schools"] > 100
    assert found["proposals"] == []
