"""All schools at once are answered as each alone, whatever the policy; and unknown never helps a school."""

from dataclasses import replace
from typing import get_args

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories.random_policies import authorities, policies
from steward.analysis.rules import deciding
from steward.analysis.rules.answers import Answer
from steward.analysis.rules.columnar.columns import Columns
from steward.analysis.rules.columnar.evaluating import NO_CATEGORY, propose_all
from steward.analysis.rules.columnar.kinds import _KINDS
from steward.analysis.rules.conditions import Condition
from steward.analysis.rules.proposals import Rulebook, evaluate
from steward.analysis.rules.school_evidence import Figure, SchoolEvidence
from steward.vocabulary.values import Missing, Reason

SLOWLY = settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)


def same_as_alone(book: Rulebook, *, schools: list[SchoolEvidence]) -> int:
    """Assert that each school is answered as alone; return how many the policy covers."""
    found = propose_all(book, columns=Columns(schools))
    covered = 0
    for place, school in enumerate(schools):
        assert bool(found.covered[place]) == book.ruleset.covers(school), school.urn
        if not found.covered[place]:
            continue
        covered += 1
        alone = evaluate(book, school=school)
        assert found.answers_of(place) == {each.id: each.answer for each in alone.outcomes}, school.urn
        assert found.category(place) == alone.category, school.urn
        assert bool(found.settled[place]) == alone.settled, school.urn
        known = alone.verdict.on_what_is_known
        expected = NO_CATEGORY if known is None else book.ruleset.concern(known)
        assert found.known[place] == expected, school.urn
    return covered


def test_there_is_a_function_for_each_kind_and_no_other() -> None:
    union, *_ = get_args(Condition)
    assert set(_KINDS) == set(get_args(union))


@SLOWLY
@given(policies(), authorities())
def test_schools_at_once_are_answered_as_each_alone(book, schools) -> None:
    same_as_alone(book, schools=schools)


def test_no_school_at_all_is_no_fault() -> None:
    assert len(Columns([])) == 0


@SLOWLY
@given(policies(), authorities(), st.randoms(use_true_random=False))
def test_the_best_category_holds_however_the_unknown_turns_out(book, schools, random) -> None:
    for school in schools:
        found = evaluate(book, school=school)
        if found.category != book.ruleset.best.key:
            continue
        told = {
            each.id: random.choice([Answer.MET, Answer.NOT_MET])
            if each.answer is Answer.UNKNOWN and each.kind != "signal"
            else each.answer
            for each in found.outcomes
        }
        assert deciding.concern_of(book.ruleset, answers=told) == 0
        assert any(
            each.answer is Answer.MET and each.gives == book.ruleset.best.key for each in found.outcomes
        )


@SLOWLY
@given(policies(), authorities(), st.sets(st.sampled_from(["expected", "progress", "absence", "inspection"])))
def test_hiding_what_is_known_never_gives_the_best_category(book, schools, hidden) -> None:
    for school in schools:
        figures = {
            key: Figure(Missing(Reason.SUPPRESSED, cohort=figure.value.cohort))
            if key[0] in hidden
            else figure
            for key, figure in school.figures.items()
        }
        inspections = school.inspections
        if "inspection" in hidden:
            inspections = tuple(replace(each, outcome=None, category=None) for each in inspections)
        less = evaluate(book, school=replace(school, figures=figures, inspections=inspections))
        if less.category == book.ruleset.best.key:
            assert evaluate(book, school=school).category == book.ruleset.best.key
