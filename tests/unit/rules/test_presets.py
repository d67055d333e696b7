"""Every ruleset that is shipped loads, refers to what exists, and prints as a policy one can read."""

import re

import pytest

from steward.analysis.indicators.catalogue import read_indicators
from steward.analysis.rules.catalogue import Catalogue
from steward.analysis.rules.conditions import AllOf, every_condition
from steward.analysis.rules.inspections import InspectionOutcomeIn
from steward.analysis.rules.policy import policy_text
from steward.analysis.rules.proposals import Rulebook, open_rulebook
from steward.analysis.rules.ruleset import read_rulesets
from steward.regimes.frameworks import read_frameworks

CATALOGUE = Catalogue(read_indicators(), read_frameworks())
RULESETS = read_rulesets()


@pytest.fixture(params=RULESETS.values(), ids=RULESETS.keys())
def book(request) -> Rulebook:
    return open_rulebook(request.param, catalogue=CATALOGUE)


def test_the_presets_are_there() -> None:
    assert set(RULESETS) == {"four-category", "havering", "priority", "letters", "watch"}
    assert [each.key for each in RULESETS["havering"].categories] == ["1", "2", "3A", "3B", "3C"]
    assert [each.key for each in RULESETS["letters"].categories] == list("ABCD")
    assert len(RULESETS["priority"].categories) == 2


def test_it_has_an_owner_a_review_date_a_source_and_says_what_is_not_verified(book: Rulebook) -> None:
    ruleset = book.ruleset
    assert ruleset.owner
    assert ruleset.reviewed_on < ruleset.review_on
    assert ruleset.source
    assert ruleset.unverified
    assert all(item.source for item in ruleset.named())


def test_outcomes_are_read_in_every_framework_that_gives_an_overall_one(book: Rulebook) -> None:
    overall = {
        key for key, framework in CATALOGUE.frameworks.items() if framework.scale and framework.below_good
    }
    for item in book.ruleset.named():
        for each in every_condition(item.when):
            if isinstance(each, InspectionOutcomeIn):
                assert set(each.outcomes) == overall, item.id


def test_signals_are_counted_whole(book: Rulebook) -> None:
    """A signal that no rule counts would be printed for nothing."""
    names = {signal.id for signal in book.ruleset.signals}
    counted = {
        name
        for rule in book.ruleset.rules
        for each in every_condition(rule.when)
        for name in getattr(each, "signals", ())
    }
    assert names == counted


def test_the_policy_text_is_numbered_sentences(book: Rulebook) -> None:
    paragraphs = policy_text(book)
    headings = [paragraph.heading for paragraph in paragraphs if paragraph.heading]
    assert headings[0] == "1. About this policy"
    assert [heading.split(".")[0] for heading in headings] == [str(n) for n in range(1, len(headings) + 1)]
    for paragraph in paragraphs:
        if not paragraph.heading:
            assert re.fullmatch(r"\d+\.\d+", paragraph.number)
            assert paragraph.text.endswith("."), paragraph.text
            assert not re.search(r"  |\.\.|\bNone\b|[{}_]|\s[.,]", paragraph.text), paragraph.text


def test_every_rule_category_and_date_is_in_the_policy_text(book: Rulebook) -> None:
    printed = "\n".join(paragraph.text + paragraph.note for paragraph in policy_text(book))
    for item in book.ruleset.named():
        assert f"{item.title} ({item.id}): {book.sentences[item.id]}." in printed
        assert item.source in printed
    for category in book.ruleset.categories:
        assert category.meaning in printed
    assert book.ruleset.unverified in printed
    assert str(book.ruleset.review_on.year) in printed


def test_a_paragraph_of_the_default_reads_as_a_sentence_of_a_policy() -> None:
    printed = [
        paragraph.text
        for paragraph in policy_text(open_rulebook(RULESETS["four-category"], catalogue=CATALOGUE))
    ]
    assert (
        "Below the floor standard at age 16 (R06): in the newest year with figures for all of these, "
        "“Progress 8” is below \N{MINUS SIGN}0.5, and “Progress 8: upper end of the interval” is below 0. "
        "Asked of secondary and all-through schools whose pupils range from 15 or "
        "younger to 16 or older, from 1 September 2016."
    ) in printed


@pytest.mark.parametrize("rule", ["R05", "R06", "R08"])
def test_a_floor_rule_holds_figures_of_the_same_year_against_each_other(rule: str) -> None:
    (floor,) = (each for each in RULESETS["four-category"].rules if each.id == rule)
    assert isinstance(floor.when, AllOf)
    assert floor.when.same_year


def test_no_hyphen_stands_for_a_minus_sign(book: Rulebook) -> None:
    for paragraph in policy_text(book):
        assert not re.search(r"(^|\s)-£?\d", paragraph.text), paragraph.text
