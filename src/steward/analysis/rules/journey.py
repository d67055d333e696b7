"""What happens to a school under a ruleset, as numbered steps printed from the ruleset."""

from collections.abc import Iterator
from dataclasses import dataclass

from steward.analysis.rules import wording
from steward.analysis.rules.catalogue import Catalogue
from steward.analysis.rules.circumstances import FactInForce
from steward.analysis.rules.conditions import every_condition
from steward.analysis.rules.drifting import AttendanceDrifting
from steward.analysis.rules.inspections import (
    ConsecutiveOutcomesBelowGood,
    InspectionCategoryIn,
    InspectionOlderThan,
    InspectionOutcomeIn,
)
from steward.analysis.rules.proposals import Rulebook
from steward.analysis.rules.ruleset import Category, Ruleset
from steward.vocabulary.phases import Governance

_INSPECTIONS = (InspectionOutcomeIn, InspectionCategoryIn, InspectionOlderThan, ConsecutiveOutcomesBelowGood)


@dataclass(frozen=True, slots=True)
class JourneyStep:
    """One step: its number, what happens, and what belongs to it."""

    number: int
    title: str
    text: str
    points: tuple[str, ...] = ()


def journey(rulebook: Rulebook) -> tuple[JourneyStep, ...]:
    """Return what happens to a school from the first figure to the next review."""
    return tuple(
        JourneyStep(number, title, text, tuple(points))
        for number, (title, text, points) in enumerate(_steps(rulebook), start=1)
    )


_Step = tuple[str, str, list[str]]


def _steps(rulebook: Rulebook) -> Iterator[_Step]:
    ruleset = rulebook.ruleset
    yield "The council reads what is known", "Nothing is asked of the school for this.", _reads(rulebook)
    if ruleset.signals:
        signals = [f"{item.title} ({item.id}): {rulebook.sentences[item.id]}." for item in ruleset.signals]
        looked = _many(len(signals), one="signal is", many="signals are")
        text = f"{looked} looked at. A signal alone proposes nothing."
        yield "Signals are counted", text, signals
    yield "The rules propose", _how(ruleset), _given(rulebook)
    if ruleset.adjusters:
        text = "What is met here raises concern, and never lowers it."
        raised = [f"{item.title}: {rulebook.sentences[item.id]}." for item in ruleset.adjusters]
        yield "Concern may be raised", text, raised
    yield "What is not known is left open", _open(ruleset), []
    yield from _people(ruleset)
    yield "The school receives support", _support(ruleset), _entitled(ruleset)
    yield "It is looked at again", "How soon depends on the support category.", _reviews(ruleset)


def _reads(rulebook: Rulebook) -> list[str]:
    every = [each for item in rulebook.ruleset.named() for each in every_condition(item.when)]
    titles = _titles(rulebook.ruleset, catalogue=rulebook.catalogue)
    found = [f"Published figures: {wording.listed(titles, last='and')}."] if titles else []
    if any(isinstance(each, _INSPECTIONS) for each in every):
        found.append("Inspections, each under the framework of its time.")
    if any(isinstance(each, AttendanceDrifting) for each in every):
        found.append("Attendance by week or half term.")
    facts = sorted({each.fact.words for each in every if isinstance(each, FactInForce)})
    if facts:
        found.append(f"Whether it is on record that {wording.listed(facts, last='or that')}.")
    return found


def _titles(ruleset: Ruleset, *, catalogue: Catalogue) -> list[str]:
    return sorted(wording.quoted(catalogue.indicators[each]) for each in ruleset.indicators())


def _many(number: int, *, one: str, many: str) -> str:
    return f"{wording.count(number).capitalize()} {one if number == 1 else many}"


def _how(ruleset: Ruleset) -> str:
    if ruleset.decides == "most_concern":
        said = "Every rule is asked. Of those met, the one that means most concern decides."
    else:
        said = "The rules are asked in order. The first that is met decides."
    if ruleset.default is None:
        return f"{said} Where none is met, an officer must answer."
    return f"{said} Where none is met, it is “{ruleset.category(ruleset.default).label}”."


def _given(rulebook: Rulebook) -> list[str]:
    ruleset = rulebook.ruleset
    found = []
    for category in reversed(ruleset.categories):
        titles = [f"{rule.title} ({rule.id})" for rule in ruleset.rules if rule.gives == category.key]
        if titles:
            found.append(f"“{category.label}”: {'; '.join(titles)}.")
    return found


def _open(ruleset: Ruleset) -> str:
    return (
        "Where something is not known and could mean more concern, nothing is proposed: an officer must "
        f"answer. “{ruleset.best.label}” is never given because something is not known."
    )


def _people(ruleset: Ruleset) -> Iterator[_Step]:
    yield (
        "An officer proposes",
        "The adviser writes a reason, and says why where it is not what the rules propose.",
        [],
    )
    yield "A moderation meeting agrees or changes it", "Panel, minutes and any dissent are kept.", []
    told = [
        "The school may agree or not agree, with its own text, by a date.",
        "Where it does not agree, a second officer looks again.",
    ]
    academies = (
        []
        if Governance.ACADEMY not in ruleset.governance
        else [
            f"Of an academy it is said as “{ruleset.councils_view.prefix} ...”. {ruleset.councils_view.note}"
        ]
    )
    yield "The head teacher and the chair of governors are told", "They are sent a letter.", told + academies
    yield "The head of service makes it final", "It stays until a newer decision takes its place.", []


def _support(ruleset: Ruleset) -> str:
    if all(category.entitlement is None for category in ruleset.categories):
        return "This policy promises no number of visits or days."
    if Governance.MAINTAINED not in ruleset.governance:
        return "Only maintained schools receive support, and this policy is for none."
    return "A maintained school receives in a year:"


def _entitled(ruleset: Ruleset) -> list[str]:
    if Governance.MAINTAINED not in ruleset.governance:
        return []
    return [line for category in ruleset.categories if (line := _offer(category))]


def _offer(category: Category) -> str:
    given = category.entitlement
    if given is None or (given.visits is None and given.days is None):
        return ""
    parts = [] if given.visits is None else [f"{given.visits} visit{'s' if given.visits != 1 else ''}"]
    if given.days is not None:
        parts.append(f"{given.days:g} day{'s' if given.days != 1 else ''}")
    return f"“{category.label}”: {wording.listed(parts, last='and')}."


def _reviews(ruleset: Ruleset) -> list[str]:
    return [f"“{each.label}”: {each.entitlement.review}." for each in ruleset.categories if each.entitlement]
