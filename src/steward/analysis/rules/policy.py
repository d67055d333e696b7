"""The ruleset printed as the text of the policy, so that policy and computation cannot drift apart."""

from collections.abc import Iterator
from dataclasses import dataclass

from steward.analysis.rules import wording
from steward.analysis.rules.circumstances import FactInForce
from steward.analysis.rules.cohorts import NEAREST_YEARS
from steward.analysis.rules.conditions import AllOf, AnyOf, every_condition
from steward.analysis.rules.proposals import Rulebook
from steward.analysis.rules.ruleset import Adjuster, AskedOf, Category, Ruleset, Signal
from steward.vocabulary.phases import Governance


@dataclass(frozen=True, slots=True)
class PolicyParagraph:
    """A paragraph of the policy. A heading when `number` is empty and `heading` is not."""

    number: str
    text: str
    heading: str = ""
    note: str = ""
    """Source, and what has not been checked against it."""


def policy_text(rulebook: Rulebook) -> tuple[PolicyParagraph, ...]:
    """Return the whole policy in order: who it is for, categories, rules, signals, adjusters, the unknown."""
    numbered: list[PolicyParagraph] = []
    for section, (heading, paragraphs) in enumerate(_sections(rulebook), start=1):
        numbered.append(PolicyParagraph("", "", heading=f"{section}. {heading}"))
        numbered.extend(
            PolicyParagraph(f"{section}.{place}", text, note=note)
            for place, (text, note) in enumerate(paragraphs, start=1)
        )
    return tuple(numbered)


Paragraph = tuple[str, str]
"""Text and note."""


def _sections(rulebook: Rulebook) -> Iterator[tuple[str, list[Paragraph]]]:
    ruleset = rulebook.ruleset
    yield "About this policy", list(_about(ruleset))
    yield "Categories", [(_category(each), "") for each in ruleset.categories]
    yield "How a category is proposed", [(text, "") for text in _how(ruleset)]
    for category in reversed(ruleset.categories):
        rules = [rule for rule in ruleset.rules if rule.gives == category.key]
        if rules:
            heading = f"When a school is proposed for “{category.label}”"
            yield heading, [_rule(each, rulebook=rulebook) for each in rules]
    if ruleset.signals:
        opening = ("A signal alone proposes nothing. Rules count how many are met.", "")
        yield "Signals", [opening, *(_rule(each, rulebook=rulebook) for each in ruleset.signals)]
    if ruleset.adjusters:
        adjusters = [_adjuster(each, rulebook=rulebook) for each in ruleset.adjusters]
        yield "What may raise concern further", adjusters
    yield "What is not known", [(text, "") for text in _unknown(ruleset)]
    yield "Schools the council does not maintain", [(ruleset.councils_view.note, "")]


def _about(ruleset: Ruleset) -> Iterator[Paragraph]:
    yield ruleset.about, f"Source: {ruleset.source}"
    phases = wording.listed((phase.label.lower() for phase in ruleset.phases), last="and")
    kinds = wording.listed((_kind_of_school(kind) for kind in ruleset.governance), last="and")
    yield f"It is for {kinds}. Phases: {phases}.", ""
    text = (
        f"Version {ruleset.version}, in effect from {wording.day(ruleset.effective_from)}. "
        f"Agreed by: {ruleset.agreed_by}. Owner: {ruleset.owner}. "
        f"Last reviewed {wording.day(ruleset.reviewed_on)}; next review {wording.day(ruleset.review_on)}."
    )
    yield text, ""
    if ruleset.unverified:
        yield f"Not checked against the primary document: {ruleset.unverified}", ""


def _kind_of_school(kind: Governance) -> str:
    return {"maintained": "maintained schools", "academy": "academies"}.get(
        kind.value, f"{kind.label.lower()} schools"
    )


def _category(category: Category) -> str:
    entitlement = category.entitlement
    if entitlement is None:
        return f"{category.label}: {category.meaning}"
    parts = []
    if entitlement.visits is not None:
        parts.append(f"{entitlement.visits} visit{'s' if entitlement.visits != 1 else ''}")
    if entitlement.days is not None:
        parts.append(f"{entitlement.days:g} day{'s' if entitlement.days != 1 else ''} of support")
    offered = f" A maintained school receives {wording.listed(parts, last='and')} a year." if parts else ""
    return f"{category.label}: {category.meaning}{offered} Reviewed {entitlement.review}."


def _how(ruleset: Ruleset) -> Iterator[str]:
    if ruleset.decides == "most_concern":
        yield "Every rule below is asked. Of the rules that are met, the one that means most concern decides."
    else:
        yield "The rules are asked in order. The first that is met decides."
    best = f"“{ruleset.best.label}” is never given by default: its own conditions must all be met."
    if ruleset.default is None:
        yield f"A school for which no rule is met is not placed: an officer must answer. {best}"
    else:
        label = ruleset.category(ruleset.default).label
        yield f"A school for which no rule is met is proposed for “{label}”. {best}"
    yield (
        "Where Ofsted lists for a school the inspection of the school it followed, as it does when a school "
        "becomes an academy, that inspection is read and named as such."
    )
    yield (
        "Where a school has no figure of its own for a year that began before it opened, and it followed one "
        "school that no other school followed, the figure under that earlier URN is read and named as such."
    )
    yield "A proposal is not a decision. An officer moderates and decides, and both are kept."


def _rule(item: Signal, *, rulebook: Rulebook) -> Paragraph:
    sentence = rulebook.sentences[item.id]
    text = f"{item.title} ({item.id}): {sentence}.{asked_in_words(item.asked_of)}{_no_record(item)}"
    return text, f"Source: {item.source}"


def _adjuster(item: Adjuster, *, rulebook: Rulebook) -> Paragraph:
    text, note = _rule(item, rulebook=rulebook)
    steps = "one category" if item.raises == 1 else f"{wording.count(item.raises)} categories"
    most = rulebook.ruleset.category(item.at_most).label
    return f"{text} Concern is raised by {steps}, but not beyond “{most}”; it is never lowered.", note


def asked_in_words(asked: AskedOf) -> str:
    """Return whom and when a rule is asked, in a sentence; nothing when always and of every school."""
    who = _asked_of_schools(asked)
    when = []
    if asked.since is not None:
        when.append(f"from {wording.day(asked.since)}")
    if asked.until is not None:
        when.append(f"until {wording.day(asked.until)}")
    if when:
        return f" Asked {'of ' + who + ', ' if who else ''}{' '.join(when)}."
    return f" Asked of {who}." if who else ""


def _asked_of_schools(asked: AskedOf) -> str:
    names = wording.listed((phase.label.lower() for phase in asked.phases), last="and")
    kinds = wording.listed((_kind_of_school(kind) for kind in asked.governance), last="and")
    who = f"{names} schools that are {kinds}" if kinds and names else kinds
    who = who or (f"{names} schools" if names else "")
    ages = _ages(asked)
    return f"{who or 'schools'} whose pupils range {ages}" if ages else who


def _ages(asked: AskedOf) -> str:
    low, high = asked.youngest_pupils_at_most, asked.oldest_pupils_at_least
    first = "" if low is None else f"from {low} or younger"
    last = "" if high is None else f"to {high} or older"
    return f"{first} {last}".strip()


def _no_record(item: Signal) -> str:
    facts = [each for each in every_condition(item.when) if isinstance(each, FactInForce)]
    if any(each.if_not_recorded == "unknown" for each in facts):
        return " Where nothing is on record this is not known."
    return " Where nothing is on record this is taken as not so." if facts else ""


def _unknown(ruleset: Ruleset) -> Iterator[str]:
    yield (
        "A figure that is missing, withheld by its publisher, about too few pupils, or not comparable "
        "with the year before is not known. It is never read as good and never as bad."
    )
    yield (
        "A figure is used only where it rests on as many pupils as the measure asks for, 11 for most, or as "
        "the rule asks for. A figure of the whole school, such as absence, rests on the pupils on roll."
    )
    years = wording.count(NEAREST_YEARS)
    yield (
        "Where the publication does not say how many pupils a figure of one year group rests on, it is not "
        "used if fewer pupils are on roll than are needed, or if fewer stood behind the same measure in the "
        f"nearest year that says, at most {years} years away. Otherwise it is used, and the answer says that "
        "the publication does not say how many pupils it rests on."
    )
    yield (
        "The England or authority figure is the published one of the school's phase, or of all schools where "
        "none is published by phase; where neither is published it is worked out from schools of the phase."
    )
    every = (each for item in ruleset.named() for each in every_condition(item.when))
    if any(isinstance(each, (AllOf, AnyOf)) and each.same_year for each in every):
        yield (
            "Where a rule asks for several figures of one year and no year has them all, the newest that "
            "has any of them is read, and the others are not known."
        )
    years = f"{wording.count(ruleset.newest_years)} year{'s' if ruleset.newest_years != 1 else ''}"
    yield (
        f"A figure is used while its school year is at most {years} before the current one; "
        "after that it is not known."
    )
    yield (
        "Where something is not known and could mean more concern, the proposal is not settled: "
        "an officer must answer. Where a rule that is met already means the most concern, it stands."
    )
