"""What a whole ruleset proposes for small tables of schools, and what it leaves to an officer."""

from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from spec.rules.small_tables import CATALOGUE, DATES, rows, schools
from steward.analysis.rules.proposals import Rulebook, evaluate, evaluate_all, open_rulebook
from steward.analysis.rules.ruleset import Ruleset
from steward.definitions.reading import DefinitionFault
from steward.vocabulary.phases import Governance

SMALL = """
id: small
title: A small policy
version: "1"
effective_from: 2019-09-01
agreed_by: Nobody yet
source: Written for this test
about: A policy small enough to follow by eye.
phases: [primary, secondary]
governance: [maintained, academy]
newest_years: 2
decides: most_concern
categories:
  - {key: strong, label: Strong, meaning: Doing well., entitlement: {visits: 1, days: 2, review: each year}}
  - {key: secure, label: Secure, meaning: No more concern than most.}
  - {key: support, label: Needs support, meaning: Needs help.}
  - {key: concern, label: Causing concern, meaning: Needs much help.}
default: secure
councils_view: {prefix: "Council's view:", note: The council does not maintain academies.}
signals:
  - {id: S1, title: Absence, when: {kind: above, indicator: absence, than: 5}, source: test}
  - id: S2
    title: New head
    when: {kind: fact_in_force, fact: new_head, if_not_recorded: not_met}
    source: test
rules:
  - id: R1
    title: Requires improvement
    when: {kind: inspection_outcome_in, outcomes: {newer: [requires_improvement]}}
    gives: support
    source: test
  - id: R2
    title: Below the floor
    when: {kind: below, indicator: expected, than: 65}
    gives: concern
    source: test
  - id: R3
    title: Two signals
    when: {kind: signals_at_least, number: 2, signals: [S1, S2]}
    gives: support
    source: test
  - id: R4
    title: Good and no signal
    when:
      kind: all_of
      of:
        - {kind: inspection_outcome_in, outcomes: {newer: [good, outstanding]}}
        - {kind: not_of, of: {kind: signals_at_least, number: 1, signals: [S1, S2]}}
    gives: strong
    source: test
adjusters:
  - id: A1
    title: No head
    when: {kind: fact_in_force, fact: no_head_in_post, if_not_recorded: not_met}
    raises: 1
    at_most: support
    source: test
"""


def ruleset(**changes: Any) -> Ruleset:
    return Ruleset.model_validate({**yaml.safe_load(SMALL), **DATES, **changes})


def rulebook(**changes: Any) -> Rulebook:
    return open_rulebook(ruleset(**changes), catalogue=CATALOGUE)


SCHOOLS = """
    urn    | what                                          | phase   | governance | proposed | unsettled
    100001 | good, nothing against it                      | primary | maintained | strong   |
    100002 | good, one signal: the default                 | primary | maintained | secure   |
    100003 | requires improvement                          | primary | maintained | support  |
    100004 | below the floor                               | primary | maintained | concern  |
    100005 | below the floor and requires improvement      | primary | maintained | concern  |
    100006 | two signals                                   | primary | maintained | support  |
    100007 | good, results suppressed: never the best      | primary | maintained |          | R2
    100008 | requires improvement, results suppressed      | primary | maintained |          | R2
    100009 | below the floor, inspection unknown           | primary | maintained | concern  |
    100010 | good, absence suppressed: one signal unknown  | primary | maintained | secure   |
    100011 | new head, absence suppressed: two could be    | primary | maintained |          | R3
    100012 | nothing known at all                          | primary | maintained |          | R1 R2
    100013 | good, no head: raised by one                  | primary | maintained | secure   |
    100014 | requires improvement, no head: not beyond     | primary | maintained | support  |
    100015 | below the floor, no head: never lowered       | primary | academy    | concern  |
    100016 | ten pupils below the floor                    | primary | maintained |          | R2
    100017 | requires improvement, two signals             | primary | maintained | support  |
"""
VALUES = """
    urn    | indicator | period | value | cohort
    100001 | expected  | 2019   | 65    | 30
    100001 | absence   | 2019   | 5     | 99
    100002 | expected  | 2019   | 70    | 30
    100002 | absence   | 2019   | 6     | 99
    100003 | expected  | 2019   | 70    | 30
    100003 | absence   | 2019   | 4     | 99
    100004 | expected  | 2019   | 60    | 30
    100004 | absence   | 2019   | 4     | 99
    100005 | expected  | 2019   | 60    | 30
    100005 | absence   | 2019   | 4     | 99
    100006 | expected  | 2019   | 70    | 30
    100006 | absence   | 2019   | 6     | 99
    100007 | expected  | 2019   | SUPP  | 30
    100007 | absence   | 2019   | 4     | 99
    100008 | expected  | 2019   | SUPP  | 30
    100008 | absence   | 2019   | 4     | 99
    100009 | expected  | 2019   | 60    | 30
    100009 | absence   | 2019   | 4     | 99
    100010 | expected  | 2019   | 70    | 30
    100010 | absence   | 2019   | SUPP  | 99
    100011 | expected  | 2019   | 70    | 30
    100011 | absence   | 2019   | SUPP  | 99
    100013 | expected  | 2019   | 70    | 30
    100013 | absence   | 2019   | 4     | 99
    100014 | expected  | 2019   | 70    | 30
    100014 | absence   | 2019   | 4     | 99
    100015 | expected  | 2019   | 60    | 30
    100015 | absence   | 2019   | 4     | 99
    100016 | expected  | 2019   | 60    | 10
    100016 | absence   | 2019   | 4     | 99
    100017 | expected  | 2019   | 70    | 30
    100017 | absence   | 2019   | 6     | 99
"""
INSPECTIONS = """
    urn    | inspected_on | framework | outcome
    100001 | 2018-05-01   | newer     | good
    100002 | 2018-05-01   | newer     | good
    100003 | 2018-05-01   | newer     | requires_improvement
    100004 | 2018-05-01   | newer     | good
    100005 | 2018-05-01   | newer     | requires_improvement
    100006 | 2018-05-01   | newer     | good
    100007 | 2018-05-01   | newer     | good
    100008 | 2018-05-01   | newer     | requires_improvement
    100010 | 2018-05-01   | newer     | good
    100011 | 2018-05-01   | newer     | good
    100013 | 2018-05-01   | newer     | good
    100014 | 2018-05-01   | newer     | requires_improvement
    100015 | 2018-05-01   | newer     | good
    100016 | 2018-05-01   | newer     | good
    100017 | 2018-05-01   | newer     | requires_improvement
"""
FACTS = """
    urn    | kind            | since      | source
    100006 | new_head        | 2019-09-01 | Register
    100011 | new_head        | 2019-09-01 | Register
    100017 | new_head        | 2019-09-01 | Register
    100013 | no_head_in_post | 2019-09-01 | Register
    100014 | no_head_in_post | 2019-09-01 | Register
    100015 | no_head_in_post | 2019-09-01 | Register
"""


def gathered() -> dict[str, Any]:
    return {str(s.urn): s for s in schools(SCHOOLS, values=VALUES, inspections=INSPECTIONS, facts=FACTS)}


@pytest.mark.parametrize("row", rows(SCHOOLS), ids=lambda row: row["what"])
def test_the_proposal_is_that_of_the_table(row: dict[str, str]) -> None:
    proposal = evaluate(rulebook(), school=gathered()[row["urn"]])
    assert proposal.category == row.get("proposed"), proposal.verdict
    assert proposal.settled == ("proposed" in row)
    assert " ".join(proposal.verdict.unsettled) == row.get("unsettled", "")


def test_every_rule_asked_is_answered_with_its_sentence() -> None:
    proposal = evaluate(rulebook(), school=gathered()["100003"])
    assert [(each.id, each.kind, each.answer) for each in proposal.outcomes] == [
        ("S1", "signal", "not_met"),
        ("S2", "signal", "not_met"),
        ("R1", "rule", "met"),
        ("R2", "rule", "not_met"),
        ("R3", "rule", "not_met"),
        ("R4", "rule", "not_met"),
        ("A1", "adjuster", "not_met"),
    ]
    assert proposal.outcomes[3].sentence == "“Expected standard” is below 65%"
    assert [each.gives for each in proposal.outcomes[2:4]] == ["support", "concern"]


@pytest.mark.parametrize(
    ("urn", "line"),
    [
        (
            "100001",
            (
                "It would not be proposed as Strong if a rule that gives more concern were met, or "
                "this rule were no longer met: Good and no signal (R4)."
            ),
        ),
        (
            "100002",
            (
                "It would be proposed as Strong if this rule were met: Good and no signal (R4). "
                "What stands in the way: One of two signals is met: Absence (S1)."
            ),
        ),
        (
            "100003",
            "It would be proposed as Secure if this rule were no longer met: Requires improvement (R1).",
        ),
        ("100004", "It would be proposed as Strong if this rule were no longer met: Below the floor (R2)."),
        (
            "100008",
            (
                "On what is known it would be Needs support, but what is not known could mean more concern. "
                "An officer must answer: Below the floor (R2)."
            ),
        ),
        (
            "100009",
            (
                "An officer would have to answer Requires improvement (R1) if this rule were no longer met: "
                "Below the floor (R2)."
            ),
        ),
        (
            "100014",
            (
                "It would still be proposed as Needs support if this rule were no longer met: Requires "
                "improvement (R1), because this one is met: No head (A1)."
            ),
        ),
        ("100013", "It would be proposed as Strong if this rule were no longer met: No head (A1)."),
    ],
)
def test_one_line_says_what_would_change_it(urn: str, line: str) -> None:
    assert evaluate(rulebook(), school=gathered()[urn]).verdict.would_change == line


@pytest.mark.parametrize(
    ("changes", "urn", "because"),
    [
        ({"decides": "first_match"}, "100017", "this one is met: Two signals (R3)"),
        (
            {"default": "support", "adjusters": []},
            "100003",
            "it is the category of a school for which no rule is met",
        ),
    ],
)
def test_a_rule_that_others_make_up_for_is_said_to_change_nothing(
    changes: dict[str, Any], urn: str, because: str
) -> None:
    verdict = evaluate(rulebook(**changes), school=gathered()[urn]).verdict
    assert verdict.category == "support"
    assert verdict.would_change == (
        "It would still be proposed as Needs support if this rule were no longer met: "
        f"Requires improvement (R1), because {because}."
    )


def test_first_match_takes_the_first_rule_met_and_asks_about_graver_unknowns_before_it() -> None:
    book = rulebook(decides="first_match")
    known = gathered()
    assert evaluate(book, school=known["100005"]).category == "support"
    assert evaluate(book, school=known["100008"]).category == "support"
    assert evaluate(book, school=known["100007"]).verdict.unsettled == ("R2",)


def test_without_a_default_a_school_no_rule_places_is_left_to_an_officer() -> None:
    proposal = evaluate(rulebook(default=None), school=gathered()["100002"])
    assert (proposal.category, proposal.settled) == (None, False)
    assert proposal.verdict.would_change == "No rule places this school: an officer must answer."


def test_a_rule_is_asked_only_of_those_it_is_meant_for() -> None:
    rules = yaml.safe_load(SMALL)["rules"]
    rules[1]["asked_of"] = {"phases": ["secondary"]}
    known = gathered()["100004"]
    proposal = evaluate(rulebook(rules=rules), school=known)
    assert "R2" not in [each.id for each in proposal.outcomes]
    assert proposal.category == "strong"


@pytest.mark.parametrize(
    ("asked", "ages", "included"),
    [
        ({"oldest_pupils_at_least": 11}, (4, 7), False),
        ({"oldest_pupils_at_least": 11}, (4, 11), True),
        ({"oldest_pupils_at_least": 11}, (None, None), True),
        ({"youngest_pupils_at_most": 10}, (11, 16), False),
        ({"since": "2019-12-31"}, (4, 11), True),
        ({"since": "2020-01-01"}, (4, 11), False),
        ({"until": "2019-12-31"}, (4, 11), True),
        ({"until": "2019-12-30"}, (4, 11), False),
        ({"governance": ["academy"]}, (4, 11), False),
    ],
)
def test_ages_dates_and_governance_say_who_is_asked(
    asked: Any, ages: tuple[Any, Any], included: bool
) -> None:
    rules = yaml.safe_load(SMALL)["rules"]
    rules[1]["asked_of"] = asked
    low, high = ages
    cells = f"100004 | primary | maintained | {low or ''} | {high or ''}"
    (school,) = schools(f"urn | phase | governance | age_low | age_high\n{cells}")
    proposal = evaluate(rulebook(rules=rules), school=school)
    assert ("R2" in [each.id for each in proposal.outcomes]) is included


def test_schools_outside_the_policy_get_no_proposal_and_unknown_phases_do() -> None:
    text = """
        urn    | phase   | governance
        100001 | primary | maintained
        100002 | nursery | maintained
        100003 | primary | independent
        100004 | unknown | academy
    """
    assert [p.urn for p in evaluate_all(rulebook(), schools=schools(text))] == [100001, 100004]


def test_an_academy_gets_the_councils_view_and_no_entitlement() -> None:
    policy = ruleset()
    assert policy.label_for("strong", governance=Governance.ACADEMY) == "Council's view: Strong"
    assert policy.label_for("strong", governance=Governance.MAINTAINED) == "Strong"
    assert policy.entitlement_for("strong", governance=Governance.ACADEMY) is None
    entitlement = policy.entitlement_for("strong", governance=Governance.MAINTAINED)
    assert entitlement is not None
    assert entitlement.days == 2


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"default": "strong"}, "the best category, which a rule must give"),
        ({"default": "other"}, "there is no category 'other'"),
        ({"rules": yaml.safe_load(SMALL)["rules"][:3]}, "no rule gives 'strong'"),
        ({"signals": []}, "there is no signal 'S1'"),
        ({"surprise": 1}, "Extra inputs are not permitted"),
        (
            {"adjusters": [{**yaml.safe_load(SMALL)["adjusters"][0], "at_most": "x"}]},
            "there is no category 'x'",
        ),
        ({"adjusters": [{**yaml.safe_load(SMALL)["adjusters"][0], "id": "R1"}]}, "R1 is there twice"),
    ],
)
def test_a_ruleset_that_does_not_hold_together_is_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        ruleset(**changes)


@pytest.mark.parametrize(
    ("when", "message"),
    [
        ({"kind": "below", "indicator": "nothing", "than": 1}, "R2: there is no indicator 'nothing'"),
        ({"kind": "inspection_outcome_in", "outcomes": {"lost": ["good"]}}, "no inspection framework 'lost'"),
        ({"kind": "inspection_outcome_in", "outcomes": {"newer": ["fine"]}}, "'fine' is not an outcome"),
    ],
)
def test_a_reference_to_nothing_is_refused_by_name(when: dict[str, Any], message: str) -> None:
    rules = yaml.safe_load(SMALL)["rules"]
    rules[1]["when"] = when
    with pytest.raises(DefinitionFault, match=message):
        rulebook(rules=rules)


@pytest.mark.parametrize(
    "when", [{"kind": "eval", "text": "1"}, {"kind": "below", "indicator": "x", "than": 1, "y": 2}]
)
def test_unknown_kinds_and_keys_are_refused(when: dict[str, Any]) -> None:
    rules = yaml.safe_load(SMALL)["rules"]
    rules[1]["when"] = when
    with pytest.raises(ValidationError):
        ruleset(rules=rules)
