"""Laws that hold whatever the figures: Kleene's logic, adjusters, and that missing never helps a school."""

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from spec.rules.test_decisions import rulebook, ruleset
from steward.analysis.rules import deciding
from steward.analysis.rules.answers import Answer, at_least, every, opposite, some
from steward.analysis.rules.proposals import evaluate
from steward.analysis.rules.school_evidence import Fact, Figure, Inspection, SchoolEvidence
from steward.vocabulary.facts import FactKind
from steward.vocabulary.identifiers import Urn
from steward.vocabulary.phases import Governance, Phase
from steward.vocabulary.values import Known, Missing, Reason

ANSWERS = st.sampled_from(list(Answer))
MANY = st.lists(ANSWERS, min_size=1, max_size=6)
COMPLETIONS = {
    Answer.MET: [Answer.MET],
    Answer.NOT_MET: [Answer.NOT_MET],
    Answer.UNKNOWN: [Answer.MET, Answer.NOT_MET],
}


def completed(answers: list[Answer]) -> list[list[Answer]]:
    """Return every way in which the unknown answers could turn out."""
    ways: list[list[Answer]] = [[]]
    for answer in answers:
        ways = [[*way, each] for way in ways for each in COMPLETIONS[answer]]
    return ways


@settings(deadline=None)
@given(MANY)
def test_combinations_say_what_is_so_however_the_unknown_turns_out(answers: list[Answer]) -> None:
    """The strong Kleene connectives are exact for separate conditions: known if every completion agrees."""
    for combine in (every, some, lambda found: at_least(2, among=found)):
        outcomes = {combine(way) for way in completed(answers)}
        assert combine(answers) == (outcomes.pop() if len(outcomes) == 1 else Answer.UNKNOWN)


@settings(deadline=None)
@given(MANY)
def test_every_and_some_are_each_others_opposites(answers: list[Answer]) -> None:
    assert every(answers) == opposite(some(opposite(each) for each in answers))
    assert some(answers) == at_least(1, among=answers)
    assert every(answers) == at_least(len(answers), among=answers)


@settings(deadline=None)
@given(ANSWERS)
def test_the_opposite_of_the_opposite_is_the_answer(answer: Answer) -> None:
    assert opposite(opposite(answer)) == answer


@settings(deadline=None)
@given(st.integers(0, 5), st.integers(0, 5), st.integers(1, 3), st.integers(0, 5))
def test_an_adjuster_never_lowers_and_keeps_the_order(low: int, high: int, by: int, at_most: int) -> None:
    low, high = min(low, high), max(low, high)
    assert deciding.raised(low, by=by, at_most=at_most) >= low
    assert deciding.raised(low, by=by, at_most=at_most) <= max(low, at_most)
    assert deciding.raised(low, by=by, at_most=at_most) <= deciding.raised(high, by=by, at_most=at_most)


IDS = [item.id for item in (*ruleset().rules, *ruleset().adjusters)]
ANSWERED = st.fixed_dictionaries(dict.fromkeys(IDS, ANSWERS))
POLICIES = st.sampled_from([ruleset(), ruleset(decides="first_match"), ruleset(default=None)])


@settings(deadline=None)
@given(POLICIES, ANSWERED)
def test_a_settled_category_is_at_least_as_grave_as_any_way_the_unknown_could_turn_out(
    policy, answers
) -> None:
    verdict = deciding.decide(policy, answers=answers)
    worst = -1
    for way in completed(list(answers.values())):
        concern = deciding.concern_of(policy, answers=dict(zip(answers, way, strict=True)))
        worst = max(worst, -1 if concern is None else concern)
    if verdict.settled:
        assert policy.concern(verdict.category) >= worst
    elif verdict.on_what_is_known is not None:
        assert policy.concern(verdict.on_what_is_known) < worst
    assert verdict.settled == (verdict.category is not None)
    assert not (verdict.settled and verdict.unsettled)


@settings(deadline=None)
@given(POLICIES, ANSWERED)
def test_the_best_category_is_given_only_by_a_rule_that_is_met(policy, answers) -> None:
    verdict = deciding.decide(policy, answers=answers)
    if verdict.category == policy.best.key:
        assert answers["R4"] is Answer.MET
        assert all(
            answers[rule.id] is Answer.NOT_MET for rule in policy.rules if rule.id in {"R1", "R2", "R3"}
        )


@settings(deadline=None)
@given(POLICIES, ANSWERED, st.sampled_from([adjuster.id for adjuster in ruleset().adjusters]))
def test_an_adjuster_that_is_met_never_means_less_concern(policy, answers, adjuster: str) -> None:
    without = deciding.concern_of(policy, answers={**answers, adjuster: Answer.NOT_MET})
    met = deciding.concern_of(policy, answers={**answers, adjuster: Answer.MET})
    assert (without is None and met is None) or met >= without


VALUES = st.sampled_from([None, 4.0, 5.0, 6.0, 60.0, 65.0, 70.0])
SOME_SCHOOL = st.builds(
    lambda expected, absence, outcome, facts: (expected, absence, outcome, facts),
    VALUES,
    VALUES,
    st.sampled_from([None, "good", "outstanding", "requires_improvement", "inadequate"]),
    st.sets(st.sampled_from([FactKind.NEW_HEAD, FactKind.NO_HEAD_IN_POST])),
)


def _school(
    expected: float | None, absence: float | None, outcome: str | None, facts: set[FactKind]
) -> SchoolEvidence:
    figures = {
        (name, 2019): Figure(Missing(Reason.SUPPRESSED) if value is None else Known(value, 30))
        for name, value in (("expected", expected), ("absence", absence))
    }
    return SchoolEvidence(
        urn=Urn(100001),
        as_at=date(2019, 12, 31),
        phase=Phase.PRIMARY,
        governance=Governance.MAINTAINED,
        figures=figures,
        years={"expected": (2019,), "absence": (2019,)},
        inspections=(Inspection(date(2018, 5, 1), "newer", outcome),),
        facts=tuple(Fact(kind, date(2019, 9, 1)) for kind in sorted(facts)),
    )


@settings(deadline=None)
@given(
    SOME_SCHOOL,
    st.sets(st.sampled_from(["expected", "absence", "inspection", "cohort"]), min_size=1),
    POLICIES,
)
def test_hiding_what_is_known_never_lowers_concern(parts, hidden, policy) -> None:
    """With a value suppressed the proposal is as grave or graver, or an officer must answer."""
    book = replace(rulebook(), ruleset=policy)
    school = _school(*parts)
    figures = {
        key: Figure(Missing(Reason.SUPPRESSED)) if key[0] in hidden else figure
        for key, figure in school.figures.items()
    }
    if "cohort" in hidden:
        figures = {
            key: Figure(Known(figure.value.value, 3)) if isinstance(figure.value, Known) else figure
            for key, figure in figures.items()
        }
    inspections = school.inspections
    if "inspection" in hidden:
        inspections = tuple(replace(each, outcome=None) for each in inspections)
    full = evaluate(book, school=school)
    less = evaluate(book, school=replace(school, figures=figures, inspections=inspections))
    if less.settled:
        assert less.category is not None
        known = deciding.concern_of(policy, answers={each.id: each.answer for each in full.outcomes})
        assert known is None or policy.concern(less.category) >= known
    if less.category == policy.best.key:
        assert full.category == policy.best.key
