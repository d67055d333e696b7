"""Proposals for Leeds from files as published: the rules read what the files say."""

import csv
import gzip
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from integration.categorisation.conftest import ACTOR
from steward.categorisation import queries
from steward.categorisation.models import ProposalRun
from steward.categorisation.operations import propose
from steward.evidence.operations import loading

FILES = (
    "register/edubasealldata_rebuilt_20220427.csv.gz",
    "ofsted/mi_schools_2013-12-31.csv.gz",
    "ofsted/inspection_history_2005-2020.csv.gz",
    "performance_tables/2012-2013/england_ks2_subset.csv.gz",
    "performance_tables/2012-2013/england_abs.csv.gz",
    "performance_tables/ks4_2013-2015_mainstream_secondary_derived.csv.gz",
)
DAY = date(2013, 12, 31)


@pytest.fixture
def run(db: None, published_data: Path, settings: Any, tmp_path: Path) -> ProposalRun:
    settings.STEWARD_STORE = tmp_path
    settings.STEWARD_RULESET = "four-category"
    loading.load([published_data / name for name in FILES], actor=ACTOR, progress=lambda *_: None)
    return propose(actor=ACTOR, authority="383", as_at=DAY)


@pytest.mark.real
def test_leeds_at_the_end_of_2013(run: ProposalRun, published_data: Path) -> None:
    proposals = list(queries.proposals_in(run, within=queries.EVERY_SCHOOL).defer(None))
    answers = {each.school_id: {answer.id: answer for answer in each.answers} for each in proposals}
    assert len(proposals) > 150

    printed = _printed_outcomes(published_data)
    met = Counter[str]()
    for urn in set(answers) & set(printed):
        for rule, grades in (("R01", {"4"}), ("R07", {"3"})):
            assert (answers[urn][rule].answer == "met") == (printed[urn] in grades), (urn, rule)
            met[rule] += answers[urn][rule].answer == "met"
    assert met["R01"] >= 1
    assert met["R07"] >= 30

    for each in proposals:
        unknown = [answer for answer in answers[each.school_id].values() if answer.answer == "unknown"]
        if each.category == "strong":
            assert not [
                answer.id for answer in unknown if answer.kind == "signal" or answer.gives != "strong"
            ]
        if each.settled:
            graver = [a for a in unknown if a.gives and _order(run, a.gives) > (each.concern or 0)]
            assert not graver, (each.school_id, graver)
        else:
            assert each.unsettled


OF_2013 = (
    "register/edubasealldata_rebuilt_20220427.csv.gz",
    "performance_tables/2012-2013/england_ks2_subset.csv.gz",
)


@pytest.mark.real
def test_a_school_with_fewer_than_eleven_pupils_is_never_below_the_floor_of_2013(
    db: None, published_data: Path, settings: Any, tmp_path: Path
) -> None:
    """North Yorkshire has many small schools. The file prints pupils in three bands of prior attainment."""
    settings.STEWARD_STORE = tmp_path
    settings.STEWARD_RULESET = "four-category"
    loading.load([published_data / name for name in OF_2013], actor=ACTOR, progress=lambda *_: None)
    run = propose(actor=ACTOR, authority="815", as_at=DAY)

    bands = ("TKS1EXP_L", "TKS1EXP_M", "TKS1EXP_H")
    printed = {
        int(row["URN"]): sum(int(row[band]) for band in bands)
        for row in _records(published_data / OF_2013[1])
        if row["URN"].isdigit() and all(row[band].isdigit() for band in bands)
    }
    floor = {
        each.school_id: answer.answer
        for each in queries.proposals_in(run, within=queries.EVERY_SCHOOL).defer(None)
        for answer in each.answers
        if answer.id == "R08"
    }
    small = {urn for urn in floor if printed.get(urn, 99) < 11}
    assert len(small) >= 50
    assert not [urn for urn in small if floor[urn] == "met"]
    assert sum(floor[urn] == "met" for urn in floor if urn not in small) >= 5


CONVERTED = (
    "register/edubasealldata_rebuilt_20220427.csv.gz",
    "register/links_edubasealldata_20190901.csv.gz",
    "performance_tables/2017-2018/england_ks2final_subset.csv.gz",
)


@pytest.mark.real
def test_results_of_leeds_schools_are_read_under_their_earlier_urns(
    db: None, published_data: Path, settings: Any, tmp_path: Path
) -> None:
    """Each is printed for the earlier URN, not for the school, and the link between them is the only one."""
    settings.STEWARD_STORE = tmp_path
    settings.STEWARD_RULESET = "four-category"
    loading.load([published_data / name for name in CONVERTED], actor=ACTOR, progress=lambda *_: None)
    run = propose(actor=ACTOR, authority="383", as_at=date(2019, 8, 31))

    earlier = {
        each.school_id: found
        for each in queries.proposals_in(run, within=queries.EVERY_SCHOOL).defer(None)
        for answer in each.answers
        if answer.id == "R05"
        for found in answer.findings
        if found.urn is not None and found.indicator == "rwm_expected" and found.value is not None
    }
    links = [
        (int(row["URN"]), int(row["LinkURN"]), row["LinkType"])
        for row in _records(published_data / CONVERTED[1])
    ]
    printed = {int(row["URN"]): row["PTRWM_EXP"] for row in _records(published_data / CONVERTED[2])}
    assert len(earlier) >= 5
    assert earlier[146213].urn == 107939
    for urn, found in earlier.items():
        assert urn not in printed
        assert printed[found.urn] == f"{found.value:.0f}%"
        both = {(a, b) for a, b, kind in links if kind.startswith("Predecessor")}
        both |= {(b, a) for a, b, kind in links if kind.startswith("Successor")}
        assert {b for a, b in both if a == urn} == {found.urn}
        assert {a for a, b in both if b == found.urn} == {urn}


def _records(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="cp1252", errors="replace", newline="") as stream:
        return list(csv.DictReader(stream))


def _order(run: ProposalRun, key: str) -> int:
    return list(queries.category_labels(run)).index(key)


def _printed_outcomes(published_data: Path) -> dict[int, str]:
    """Return the overall grade of each Leeds school as the file prints it, read without our own readers."""
    path = published_data / "ofsted/mi_schools_2013-12-31.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        records = list(csv.DictReader(stream))
    grade = "Overall effectiveness: how good is the school"
    return {int(row["urn"]): row[grade].strip() for row in records if row["Local Authority"] == "Leeds"}
