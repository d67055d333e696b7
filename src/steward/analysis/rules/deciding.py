"""From answers to a category. What is unknown and could mean more concern leaves it unsettled."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from steward.analysis.rules.answers import Answer
from steward.analysis.rules.ruleset import Rule, Ruleset

Answers = Mapping[str, Answer]
"""By id of rule and adjuster; those not asked of the school are absent."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The category proposed, or that an officer must answer, and why."""

    category: str | None
    settled: bool
    on_what_is_known: str | None
    """The category that the met rules give before what is unsettled; None when no rule is met."""
    decided_by: tuple[str, ...]
    """Met rules and adjusters that give the category; empty for the default."""
    unsettled: tuple[str, ...]
    """What an officer must answer, because it could mean more concern."""
    would_change: str
    """One line on what would change the proposal."""


def decide(ruleset: Ruleset, *, answers: Answers, found: Mapping[str, str] | None = None) -> Verdict:
    """Return the category that the answers give, settled only if nothing unknown could raise it.

    `found` is what was found by id, in sentences, for the line on what would change the proposal.
    """
    concern = concern_of(ruleset, answers=answers)
    unsettled = tuple(_unsettled(ruleset, answers=answers, concern=concern))
    decided_by = tuple(_deciding(ruleset, answers=answers))
    settled = concern is not None and not unsettled
    key = None if concern is None else ruleset.categories[concern].key
    known = key if any(answers.get(rule.id) is Answer.MET for rule in ruleset.rules) else None
    if settled:
        line = (
            _what_would_change(ruleset, answers=answers, decided_by=decided_by)
            if decided_by
            else _what_is_in_the_way(ruleset, answers=answers, found=found or {})
        )
    else:
        line = _what_to_answer(ruleset, known=known, unsettled=unsettled)
    return Verdict(key if settled else None, settled, known, decided_by, unsettled, line)


def concern_of(ruleset: Ruleset, *, answers: Answers) -> int | None:
    """Return the concern (0 is the best category) that met rules and adjusters give.

    Unknown counts as not met here. None when no rule is met and the ruleset has no default.
    """
    leading = _leading(ruleset, answers=answers)
    if leading:
        concern = ruleset.concern(leading[0].gives)
    elif ruleset.default is not None:
        concern = ruleset.concern(ruleset.default)
    else:
        return None
    for adjuster in ruleset.adjusters:
        if answers.get(adjuster.id) is Answer.MET:
            concern = raised(concern, by=adjuster.raises, at_most=ruleset.concern(adjuster.at_most))
    return concern


def raised(concern: int, *, by: int, at_most: int) -> int:
    """Return the concern after an adjuster: never lower, and beyond `at_most` only if it was already."""
    return max(concern, min(concern + by, at_most))


def _leading(ruleset: Ruleset, *, answers: Answers) -> list[Rule]:
    """Return the met rules that give the category before adjusters; all give the same one."""
    met = [rule for rule in ruleset.rules if answers.get(rule.id) is Answer.MET]
    if ruleset.decides == "first_match":
        return met[:1]
    if len(met) < 2:
        return met
    most = max(ruleset.concern(rule.gives) for rule in met)
    return [rule for rule in met if ruleset.concern(rule.gives) == most]


def _deciding(ruleset: Ruleset, *, answers: Answers) -> Iterator[str]:
    yield from (rule.id for rule in _leading(ruleset, answers=answers))
    before = concern_of(ruleset, answers={**answers, **dict.fromkeys(_adjusters(ruleset), Answer.NOT_MET)})
    for adjuster in ruleset.adjusters:
        if before is None or answers.get(adjuster.id) is not Answer.MET:
            continue
        after = raised(before, by=adjuster.raises, at_most=ruleset.concern(adjuster.at_most))
        if after > before:
            yield adjuster.id
        before = after


def _adjusters(ruleset: Ruleset) -> list[str]:
    return [adjuster.id for adjuster in ruleset.adjusters]


def _unsettled(ruleset: Ruleset, *, answers: Answers, concern: int | None) -> list[str]:
    """Return what is unknown and, if met, would mean more concern than what is known."""
    rules = [rule.id for rule in ruleset.rules if answers.get(rule.id) is Answer.UNKNOWN]
    adjusters = [each.id for each in ruleset.adjusters if answers.get(each.id) is Answer.UNKNOWN]
    if concern is None:
        return rules
    if_raised = dict(answers) | dict.fromkeys(adjusters, Answer.MET)
    worst = [_if_met(ruleset, answers=if_raised, rule=rule) for rule in rules]
    if max([_if_met(ruleset, answers=if_raised, rule=None), *worst]) <= concern:
        return []
    alone = [each for each in (*rules, *adjusters) if _if_met(ruleset, answers=answers, rule=each) > concern]
    return alone or [*rules, *adjusters]


def _if_met(ruleset: Ruleset, *, answers: Answers, rule: str | None) -> int:
    supposed = answers if rule is None else {**answers, rule: Answer.MET}
    concern = concern_of(ruleset, answers=supposed)
    return -1 if concern is None else concern


def _what_to_answer(ruleset: Ruleset, *, known: str | None, unsettled: tuple[str, ...]) -> str:
    if not unsettled:
        return "No rule places this school: an officer must answer."
    label = "" if known is None else ruleset.category(known).label
    start = f"On what is known it would be {label}, but what is not known could mean more concern. "
    start = start if label else ""
    return f"{start}An officer must answer: {_named(unsettled, ruleset=ruleset)}."


def _what_is_in_the_way(ruleset: Ruleset, *, answers: Answers, found: Mapping[str, str]) -> str:
    """Return why a school by default in its category is not in the best one."""
    asked = [rule.id for rule in ruleset.rules if rule.gives == ruleset.best.key and rule.id in answers]
    best = ruleset.best.label
    if not asked:
        return f"No rule gives {best} to a school of this kind."
    which = "this rule were met" if len(asked) == 1 else "one of these rules were met"
    line = f"It would be proposed as {best} if {which}: {_named(asked, ruleset=ruleset)}."
    reasons = " ".join(dict.fromkeys(found[each] for each in asked if each in found))
    return f"{line} What stands in the way: {reasons}" if reasons else line


def _what_would_change(ruleset: Ruleset, *, answers: Answers, decided_by: tuple[str, ...]) -> str:
    giving_best = {rule.id for rule in ruleset.rules if rule.gives == ruleset.best.key}
    raising = [each for each in decided_by if each not in giving_best]
    lost = _no_longer_met(raising or decided_by, ruleset=ruleset)
    if not raising:
        best = ruleset.best.label
        return f"It would not be proposed as {best} if a rule that gives more concern were met, or {lost}."
    supposed = {**answers, **dict.fromkeys(raising, Answer.NOT_MET)}
    without = concern_of(ruleset, answers=supposed)
    if without is None:
        return f"No rule would place the school if {lost}."
    unsettled = _unsettled(ruleset, answers=supposed, concern=without)
    if unsettled:
        return f"An officer would have to answer {_named(unsettled, ruleset=ruleset)} if {lost}."
    label = ruleset.categories[without].label
    if without == concern_of(ruleset, answers=answers):
        instead = list(_deciding(ruleset, answers=supposed))
        return f"It would still be proposed as {label} if {lost}, because {_why(instead, ruleset=ruleset)}."
    return f"It would be proposed as {label} if {lost}."


def _why(deciding: Sequence[str], *, ruleset: Ruleset) -> str:
    """Return what gives the category: rules and adjusters that are met, or that none is."""
    if not deciding:
        return "it is the category of a school for which no rule is met"
    which = "this one is" if len(deciding) == 1 else "these are"
    return f"{which} met: {_named(deciding, ruleset=ruleset)}"


def _no_longer_met(rules: Sequence[str], *, ruleset: Ruleset) -> str:
    which = "this rule" if len(rules) == 1 else "these rules"
    return f"{which} were no longer met: {_named(rules, ruleset=ruleset)}"


def _named(ids: Sequence[str], *, ruleset: Ruleset) -> str:
    """Return rules by title and id, parted by semicolons, since titles may hold commas."""
    titles = {item.id: item.title for item in ruleset.named()}
    return "; ".join(f"{titles[each]} ({each})" for each in ids)
