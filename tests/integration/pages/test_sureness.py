"""Which published limits belong to a score, and what is said of it."""

import pytest

from steward.evidence import catalogues
from steward.evidence.queries.figures import AreaFigure, Figure
from steward.pages.queries.sureness import limits_among, sureness_of
from steward.vocabulary.areas import Basis, Level
from steward.vocabulary.values import Known, Missing, Reason, Value


def _figure(indicator: str, value: Value, *, version: str = "final", urn: int = 100000) -> Figure:
    return Figure(urn, indicator, 2019, value, version, version, 2, preferred=True)


def _england(value: float) -> AreaFigure:
    return AreaFigure(
        Level.ENGLAND,
        "ENG",
        "all",
        "progress_8",
        2019,
        Known(value),
        Basis.PUBLISHED,
        None,
        None,
        "final",
        "r",
        2,
        preferred=True,
    )


def _limits(low: Value, high: Value, *, version: str = "provisional", urn: int = 100000):
    return limits_among(
        [
            _figure("progress_8_lower", low, version=version, urn=urn),
            _figure("progress_8_upper", high, version=version, urn=urn),
        ]
    )


def _said(value: Value, limits) -> str:
    measure = catalogues.indicators()["progress_8"]
    found = sureness_of(
        _figure("progress_8", value), indicator=measure, england=_england(-0.03), limits=limits
    )
    return found.sentence


def test_limits_printed_earlier_with_the_same_score_are_used_and_named(settings):
    limits = _limits(Known(-0.77, 259), Known(-0.45, 259))

    assert _said(Known(-0.61), limits) == (
        "Below England, and unlikely to be chance. It rests on 259 pupils. With 95% confidence the score "
        "lies between \N{MINUS SIGN}0.77 and \N{MINUS SIGN}0.45. That range is printed in the provisional "
        "tables, with the same score."
    )


@pytest.mark.parametrize(("score", "used"), [(-0.60, True), (-0.62, True), (-0.59, False), (-0.63, False)])
def test_limits_of_a_score_that_has_changed_since_are_not_used(score, used):
    said = _said(Known(score), _limits(Known(-0.77, 259), Known(-0.45, 259)))

    assert ("With 95% confidence" in said) is used
    assert used or said == "The publication does not say how many pupils this rests on."


def test_a_score_of_few_pupils_concludes_nothing_though_limits_are_printed():
    said = _said(Known(-1.9), _limits(Known(-2.9, 8), Known(-0.9, 8)))

    assert said.startswith("Too few pupils to say. It rests on only 8 pupils. With 95% confidence")


@pytest.mark.parametrize(
    "limits",
    [
        _limits(Missing(Reason.SUPPRESSED), Known(-0.45, 259)),
        _limits(Known(-0.77, 259), Missing(Reason.SUPPRESSED)),
        _limits(Known(-0.77, 259), Known(-0.45, 259), urn=100001),
        limits_among([]),
    ],
    ids=["no lower end", "no upper end", "another school", "none"],
)
def test_without_both_ends_nothing_is_said_of_chance(limits):
    assert _said(Known(-0.61), limits) == "The publication does not say how many pupils this rests on."


def test_a_missing_score_says_why():
    said = _said(Missing(Reason.SUPPRESSED), _limits(Known(-0.77, 259), Known(-0.45, 259)))

    assert said == Reason.SUPPRESSED.explanation
