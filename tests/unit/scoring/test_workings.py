"""Points, what is available, bands and what would change them; what is not known is never good."""

from dataclasses import replace
from datetime import date

import pytest

from spec.rules.small_tables import AS_AT, CATALOGUE, DATES, schools
from steward.analysis.rules.school_evidence import Fact
from steward.analysis.scoring.events import EventDefinition
from steward.analysis.scoring.inputs import (
    school_from,
    school_text,
    score_from,
    score_text,
    scoring_from,
    scoring_text,
    shared_from,
    shared_text,
)
from steward.analysis.scoring.method import ScoreMethod, read_methods
from steward.analysis.scoring.workings import NOT_ENOUGH_KNOWN, Scoring, score
from steward.vocabulary.facts import FactKind


def _test(than, points):
    return {"when": {"kind": "below", "indicator": "expected", "than": than}, "points": points}


GIVEN = {
    **DATES,
    "id": "small",
    "title": "Small",
    "version": "1",
    "author": "A",
    "approved_by": "nobody yet",
    "effective_from": date(2019, 1, 1),
    "status": "draft",
    "about": "a",
    "source": "s",
    "phases": ["primary"],
    "governance": ["maintained"],
    "newest_years": 2,
    "events_at_most": 6,
    "least_known": 50,
    "bands": [{"at_least": 0, "label": "Few signs"}, {"at_least": 20, "label": "Many signs"}],
    "items": [
        {
            "id": "low",
            "title": "Low attainment",
            "group": "standards",
            "source": "s",
            "tests": [_test(40.0, 10), _test(60.0, 4)],
        },
        {
            "id": "view",
            "title": "Adviser's view",
            "group": "inspection",
            "source": "s",
            "tests": [
                {
                    "when": {
                        "kind": "fact_in_force",
                        "fact": "expected_below_good",
                        "if_not_recorded": "unknown",
                    },
                    "points": 4,
                }
            ],
        },
    ],
}
COMPLAINTS = EventDefinition(
    **DATES,
    id="complaints",
    title="Complaints",
    fact="complaints",
    group="safeguarding",
    points=2,
    at_most=5,
    lasts_days=90,
    counted=True,
    evidence_needed="e",
    care="c",
    recorded_by=("adviser",),
    source="s",
)
LEAVING = COMPLAINTS.model_copy(
    update={
        "id": "head_leaving",
        "fact": FactKind.HEAD_LEAVING,
        "title": "Head leaves",
        "points": 4.0,
        "at_most": 4.0,
    }
)
SCORING = Scoring(
    ScoreMethod.model_validate(GIVEN), {"complaints": COMPLAINTS, "head_leaving": LEAVING}, CATALOGUE
)


def _school(value="", *, cohort="30", facts=()):
    values = f"urn | indicator | period | value | cohort\n100001 | expected | 2019 | {value} | {cohort}"
    (school,) = schools(
        "urn | phase | governance | authority\n100001 | primary | maintained | 999",
        values=values if value else "",
    )
    return replace(school, facts=facts)


def _score(school):
    return score(SCORING, school=school, events_on=AS_AT)


def _fact(kind, *, until=None):
    return Fact(kind, date(2019, 11, 1), until, "letter")


@pytest.mark.parametrize(
    ("what", "value", "points", "available"),
    [
        ("below both", "39.9", 10, 16),
        ("at the lower threshold", "40", 4, 16),
        ("at the upper threshold", "60", 0, 16),
        ("suppressed", "SUPP", 0, 6),
        ("no figures", "", 0, 6),
    ],
)
def test_the_met_test_with_most_points_counts_and_the_unknown_leaves_the_maximum(
    what, value, points, available
):
    found = _score(_school(value))
    assert (found.points, found.available, found.maximum) == (points, available, 20), what


@pytest.mark.parametrize(
    ("what", "value", "points", "available"),
    [
        ("the first known and low", "39", 4, 10),
        ("the first known and good", "80", 0, 10),
        ("neither known", "", 0, 6),
    ],
)
def test_one_settled_alternative_settles_the_part(what, value, points, available):
    other = {
        "when": {"kind": "fact_in_force", "fact": "improving", "if_not_recorded": "unknown"},
        "points": 4,
    }
    item = GIVEN["items"][0] | {"tests": [_test(60.0, 4), other], "alternatives": True}
    method = ScoreMethod.model_validate(GIVEN | {"items": [item]})
    found = score(Scoring(method, {}, CATALOGUE), school=_school(value), events_on=AS_AT)
    assert (found.points, found.available) == (points, available), what


def test_too_few_pupils_are_unknown_and_not_good():
    found = _score(_school("80", cohort="10"))
    low = found.contributions[0]
    assert (low.points, low.unknown, low.reason) == (0, 10, "small_cohort")
    assert found.band == NOT_ENOUGH_KNOWN


def test_what_is_unknown_never_gives_a_lower_share_than_the_same_school_known_to_be_good():
    known, unknown = _score(_school("80")), _score(_school("SUPP"))
    assert unknown.share >= known.share
    assert any("Up to 10 points more once it is known" in line for line in unknown.would_change)


def test_events_add_points_within_the_cap_of_their_kind_and_of_all_together():
    three = [_fact(FactKind.COMPLAINTS)] * 3
    assert _score(_school("80", facts=tuple(three))).points == 5
    both = _score(_school("80", facts=(*three, _fact(FactKind.HEAD_LEAVING))))
    assert both.points == 6
    assert both.contributions[-1].points == -3


def test_an_event_that_has_ended_adds_nothing_and_the_last_day_counts():
    assert _score(_school("80", facts=(_fact(FactKind.HEAD_LEAVING, until=date(2019, 12, 30)),))).points == 0
    live = _score(_school("80", facts=(_fact(FactKind.HEAD_LEAVING, until=AS_AT),)))
    assert live.points == 4
    assert live.would_change[0].startswith("4 points fewer after 31 December 2019")


def test_a_score_is_the_sum_of_its_contributions():
    found = _score(_school("39", facts=(_fact(FactKind.HEAD_LEAVING),)))
    assert sum(one.points for one in found.contributions) == found.points == 14
    assert found.band == "Many signs"


@pytest.mark.parametrize(
    "school",
    [
        _school("39.9", facts=(_fact(FactKind.COMPLAINTS), _fact(FactKind.HEAD_LEAVING, until=AS_AT))),
        _school("SUPP"),
        _school(),
    ],
    ids=["with events", "suppressed", "nothing known"],
)
def test_a_score_is_worked_out_again_from_what_is_kept_byte_for_byte(school):
    first = score_text(_score(school))
    shared = shared_from(shared_text([school], scoring=SCORING))
    again = score(
        scoring_from(scoring_text(SCORING)),
        school=school_from(school_text(school), shared=shared),
        events_on=AS_AT,
    )
    assert score_text(again) == first
    assert score_text(score_from(first)) == first


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"bands": [{"at_least": 5, "label": "a"}, {"at_least": 9, "label": "b"}]}, "begin at 0"),
        ({"status": "in_use"}, "approved_on"),
        ({"items": [*GIVEN["items"], GIVEN["items"][0]]}, "low is there twice"),
    ],
)
def test_a_method_that_does_not_hold_together_is_refused(changed, said):
    with pytest.raises(ValueError, match=said):
        ScoreMethod.model_validate({**GIVEN, **changed})


def test_the_shipped_method_begins_as_a_draft_that_nobody_approved():
    method = read_methods()["standard"]
    assert method.status == "draft"
    assert method.unverified
