"""Every file of the sample is recognised for what it is and passes screening, with intended warnings only."""

from pathlib import Path

import pytest

from steward.analysis.sources import catalogue, reading, recognition
from steward.analysis.sources.recognition import Recognised
from steward.analysis.sources.screening import Context, ScreeningReport, Verdict, screen
from steward.sample import SampleSummary, generate

Screened = dict[str, tuple[Recognised, ScreeningReport]]

EXPECTED = {
    "attendance_by_week": "attendance_spells",
    "england_abs.csv": "absence",
    "england_census.csv": "census",
    "england_ks2": "ks2",
    "ks4": "ks4",
    "england_spine.csv": "register_spine",
    "england_school_information.csv": "school_information",
    "england_swf.csv": "workforce",
    "financials": "school_balances",
    "mi_": "ofsted_management_information",
    "inspection_history": "ofsted_history",
    "grouplinks": "gias_group_links",
    "links": "gias_links",
    "edubasealldata_": "gias_establishments",
    "bds_long": "lait_series",
    "lait_data_dictionary": "lait_measures",
    "_wards.geojson": "ward_boundaries",
}
INTENDED = {"register", "blank_rows", "records", "keys"}
"""Schools in no register, a blank row, short records, a URN named twice: as the published files have them."""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> SampleSummary:
    return generate(tmp_path_factory.mktemp("sample"), schools=1_500, authorities=12)


@pytest.fixture(scope="module")
def screened(sample: SampleSummary) -> Screened:
    sources = catalogue.read_sources()
    read = {}
    for file in sample.files:
        found = reading.peek(sample.folder / file.path)
        recognised = recognition.recognise(found, sources=sources)
        read[file.path] = recognised, reading.read(found, layout=recognised.layout)
    registers = [(what, file) for what, file in read.values() if what.source.holds.value == "register"]
    urns = {int(urn) for what, file in registers for urn in file.table[what.layout.keys["urn"]].to_pylist()}
    codes = {
        code for what, file in registers for code in file.table[what.layout.keys["authority"]].to_pylist()
    }
    context = Context(known_urns=frozenset(urns), known_authorities=frozenset(codes))
    return {path: (what, screen(file, what, context=context)) for path, (what, file) in read.items()}


def test_every_file_is_recognised_as_its_publication(screened):
    for path, (recognised, _) in screened.items():
        name = Path(path).name
        expected = next(source for part, source in EXPECTED.items() if part in name)
        assert recognised.source.id == expected, path
        assert recognised.is_used or expected == "gias_group_links", path


def test_no_file_fails_screening(screened):
    failed = {
        path: report.sentence for path, (_, report) in screened.items() if report.verdict is Verdict.FAIL
    }

    assert failed == {}


def test_warnings_are_those_intended(screened):
    warned = {
        (path, one.test, one.message)
        for path, (_, report) in screened.items()
        for one in report.of(Verdict.WARNING)
        if one.test not in INTENDED
    }

    assert warned == set()


def test_one_spine_repeats_a_urn_and_later_key_stage_4_files_have_short_records(screened):
    def tests_of(path: str) -> set[str]:
        return {one.test for one in screened[path][1].of(Verdict.WARNING)}

    assert "keys" in tests_of("2016-2017/england_spine.csv")
    assert "records" in tests_of("2018-2019/england_ks4provisional.csv")
    assert "blank_rows" in tests_of("2013-2014/england_census.csv")


def test_published_area_figures_differ_a_little_from_those_of_the_schools(screened):
    _, report = screened["2018-2019/england_ks4provisional.csv"]

    differences = [abs(total.difference) for total in report.totals if total.column == "ATT8SCR"]

    assert len(differences) > 5
    assert 0.05 < sum(differences) / len(differences) < 2
