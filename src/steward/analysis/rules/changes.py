"""What differs between two rulesets, in words: rules added, removed and changed, support categories too."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from steward.analysis.rules.policy import asked_in_words
from steward.analysis.rules.proposals import Rulebook
from steward.analysis.rules.ruleset import Adjuster, Category, Rule, Signal


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: what it is about, and how each of the two policies words it."""

    kind: Literal["added", "removed", "changed"]
    what: str
    """Rule R05, Below the floor standard at age 11."""
    before: str
    after: str


def changes_between(old: Rulebook, new: Rulebook) -> tuple[Change, ...]:
    """Return every difference from the old policy to the new that a school could feel."""
    return (
        *_differences(_about(old), _about(new)),
        *_differences(_categories(old), _categories(new)),
        *_differences(_items(old), _items(new)),
    )


def _differences(old: dict[str, str], new: dict[str, str]) -> Iterator[Change]:
    for what, text in new.items():
        if what not in old:
            yield Change("added", what, "", text)
        elif old[what] != text:
            yield Change("changed", what, old[what], text)
    yield from (Change("removed", what, text, "") for what, text in old.items() if what not in new)


def _about(book: Rulebook) -> dict[str, str]:
    ruleset = book.ruleset
    return {
        "How rules decide": ruleset.decides.replace("_", " "),
        "When no rule is met": "an officer must answer"
        if ruleset.default is None
        else ruleset.category(ruleset.default).label,
        "How old a figure may be, in years": str(ruleset.newest_years),
        "Phases": ", ".join(phase.label for phase in ruleset.phases),
        "Kinds of school": ", ".join(kind.label for kind in ruleset.governance),
    }


def _categories(book: Rulebook) -> dict[str, str]:
    order = enumerate(book.ruleset.categories, start=1)
    return {f"Support category {each.key}": f"{place}. {_category(each)}" for place, each in order}


def _category(each: Category) -> str:
    given = each.entitlement
    if given is None:
        return f"{each.label}: {each.meaning}"
    return (
        f"{each.label}: {each.meaning} Visits {_number(given.visits)}, days {_number(given.days)}, "
        f"reviewed {given.review}."
    )


def _number(of: float | None) -> str:
    return "not said" if of is None else f"{of:g}"


def _items(book: Rulebook) -> dict[str, str]:
    return {_name(item): _item(item, book=book) for item in book.ruleset.named()}


def _name(item: Signal) -> str:
    kind = "Rule" if isinstance(item, Rule) else "Adjuster" if isinstance(item, Adjuster) else "Signal"
    return f"{kind} {item.id}"


def _item(item: Signal, *, book: Rulebook) -> str:
    said = f"{item.title}: {book.sentences[item.id]}.{asked_in_words(item.asked_of)}"
    if isinstance(item, Rule):
        return f"{said} Gives “{book.ruleset.category(item.gives).label}”."
    if isinstance(item, Adjuster):
        return f"{said} Raises by {item.raises}, not beyond “{book.ruleset.category(item.at_most).label}”."
    return said
