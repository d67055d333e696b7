"""The support categories a decision may choose from, as they were when it was begun."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from steward.categorisation.models import Decision, Proposal
from steward.vocabulary.phases import Governance

WATCH = "watch"
"""Id of the ruleset by which academies are watched."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One support category: its order of concern, and what it entitles to in a year."""

    key: str
    name: str
    """As the policy names it."""
    label: str
    """As it is said of this kind of school."""
    meaning: str
    concern: int
    visits: int | None
    days: float | None
    review: str


@dataclass(frozen=True, slots=True)
class Scheme:
    """The categories of a ruleset at a version, worded for a kind of school."""

    ruleset: str
    version: str
    title: str
    choices: tuple[Choice, ...]
    council_view: bool

    def choice(self, key: str) -> Choice | None:
        """Return the choice with this key, or None."""
        return next((each for each in self.choices if each.key == key), None)


def scheme_of(proposal: Proposal) -> Scheme:
    """Return the scheme by which a school is decided on, from the run that proposed."""
    text: Mapping[str, Any] = proposal.run.ruleset_text
    view = proposal.governance != Governance.MAINTAINED
    prefix = f"{text['councils_view']['prefix']} " if view else ""
    choices = [
        _choice(each, concern=order, prefix=prefix, view=view)
        for order, each in enumerate(text["categories"])
    ]
    return Scheme(proposal.run.ruleset, proposal.run.ruleset_version, text["title"], tuple(choices), view)


def plain(scheme: Scheme) -> list[dict[str, Any]]:
    """Return the categories of a scheme in the kinds of JSON, to be kept with a decision."""
    names = ("key", "name", "label", "meaning", "concern", "visits", "days", "review")
    return [{name: getattr(each, name) for name in names} for each in scheme.choices]


def kept(decision: Decision) -> Scheme:
    """Return the scheme as it was kept with a decision."""
    choices = tuple(Choice(**each) for each in decision.categories)
    return Scheme(
        decision.ruleset, decision.ruleset_version, decision.ruleset_title, choices, decision.council_view
    )


def support_in_words(choice: Choice) -> str:
    """Return what a maintained school receives in a year, in a sentence."""
    parts = []
    if choice.visits is not None:
        parts.append("1 visit" if choice.visits == 1 else f"{choice.visits} visits")
    if choice.days is not None:
        parts.append("1 day" if choice.days == 1 else f"{choice.days:g} days")
    again = f"It is looked at again {choice.review}." if choice.review else ""
    if not parts:
        return again or "The policy does not say what support comes with it."
    return f"With it come {' and up to '.join(parts)} of support in a year. {again}".strip()


def _choice(each: Mapping[str, Any], *, concern: int, prefix: str, view: bool) -> Choice:
    entitled: Mapping[str, Any] = {} if view else each.get("entitlement") or {}
    return Choice(
        key=each["key"],
        name=each["label"],
        label=f"{prefix}{each['label']}",
        meaning=each["meaning"],
        concern=concern,
        visits=entitled.get("visits"),
        days=entitled.get("days"),
        review=entitled.get("review", ""),
    )
