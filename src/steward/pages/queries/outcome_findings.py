"""What stands out among the outcomes of an authority: what is high, what is low, what moved."""

from collections.abc import Sequence
from dataclasses import dataclass

from steward.analysis.comparison.standing_of_areas import AreaChange, Band
from steward.interface import words
from steward.pages.queries.area_outcomes import (
    AreaOutcome,
    TopicOutcomes,
    beside_words,
    size_words,
    standing_words,
)
from steward.vocabulary.areas import BEFORE_REORGANISATION

MOST = 4
LEAST_MOVE = 0.25
"""The least move against England that is named, in standard deviations of authorities."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence about a measure."""

    code: str
    title: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Findings:
    """The sentence that matters, and findings of each kind, the strongest first."""

    sentence: str
    high: tuple[Finding, ...]
    low: tuple[Finding, ...]
    moved: tuple[Finding, ...]


def findings_of(topics: Sequence[TopicOutcomes], *, name: str, most: int = MOST) -> Findings:
    """Return what stands out, `most` of each kind; what moved is taken from the two newest years only."""
    outcomes = _each_once(topics)
    ranked = [one for one in outcomes if one.rank is not None and one.band is not None]
    best = sorted((one for one in ranked if one.band is Band.A), key=_share)
    worst = sorted((one for one in ranked if one.band is Band.D), key=_share, reverse=True)
    movers = sorted((one for one in outcomes if _is_news(one, among=outcomes)), key=_by_move)
    return Findings(
        sentence=_sentence(ranked, name=name),
        high=tuple(_standing(one) for one in best[:most]),
        low=tuple(_standing(one) for one in worst[:most]),
        moved=tuple(_move(one) for one in movers[:most]),
    )


def _each_once(topics: Sequence[TopicOutcomes]) -> list[AreaOutcome]:
    found: dict[str, AreaOutcome] = {}
    for topic in topics:
        for one in topic.outcomes:
            if one.newest:
                found.setdefault(one.measure.code, one)
    return list(found.values())


def _is_news(one: AreaOutcome, *, among: Sequence[AreaOutcome]) -> bool:
    """Return whether a measure changed and moved against England in one of the two newest years."""
    newest = max((other.newest.year or 0 for other in among if other.newest), default=0)
    recent = one.newest is not None and (one.newest.year or 0) >= newest - 1
    changed = isinstance(one.change, AreaChange) and one.change.tells
    return recent and changed and abs(one.moved or 0.0) >= LEAST_MOVE


def _by_move(one: AreaOutcome) -> float:
    return -abs(one.moved or 0.0)


def _share(one: AreaOutcome) -> float:
    return one.rank.place / one.rank.of if one.rank else 1.0


def _sentence(ranked: Sequence[AreaOutcome], *, name: str) -> str:
    if not ranked:
        return f"The series of areas has no figure of {name} that can be ranked."
    best = sum(1 for one in ranked if one.band is Band.A)
    worst = sum(1 for one in ranked if one.band is Band.D)
    changed = [one.change for one in ranked if isinstance(one.change, AreaChange)]
    moved = f" {moved_words(changed)}" if changed else ""
    measures = words.counted(len(ranked), one="measure")
    found = (
        f"in the best quarter of authorities in {best} of {measures}, and in the lowest quarter in {worst}"
    )
    if name.endswith(BEFORE_REORGANISATION):
        plain = name.removesuffix(BEFORE_REORGANISATION).strip()
        return (
            f"{plain} was abolished when local government was reorganised. "
            f"In its last figures it was {found}."
        )
    return f"{name} is {found}.{moved}"


def moved_words(changed: Sequence[AreaChange]) -> str:
    """Return how many changes tell of better and of worse, and how many are too little to tell."""
    better = sum(1 for one in changed if one.good and one.tells)
    worse = sum(1 for one in changed if one.good is False and one.tells)
    little = len(changed) - better - worse
    return (
        f"Since the year before {better} got better and {worse} worse by more than rounding and what "
        f"authorities usually move in a year; the other {little} that compare changed too little to tell."
    )


def _standing(one: AreaOutcome) -> Finding:
    newest = one.newest
    if newest is None:
        return Finding(one.measure.code, one.title, standing_words(one))
    value = words.value_in_words(newest.value, measured=one.measure)
    beside = beside_words(newest.value, other=newest.england, name="England", measure=one.measure)
    parts = [f"{value} in {newest.label}", *([beside] if beside else []), standing_words(one)]
    return Finding(one.measure.code, one.title, "; ".join(parts))


def _move(one: AreaOutcome) -> Finding:
    own, england = one.change, one.change_of_england
    if not isinstance(own, AreaChange) or not isinstance(england, AreaChange):
        return Finding(one.measure.code, one.title, "")
    return Finding(
        one.measure.code,
        one.title,
        f"{own.word} in {own.until}: {_way(own, one=one)}, while England {_way(england, one=one)}",
    )


def _way(change: AreaChange, *, one: AreaOutcome) -> str:
    if change.amount == 0:
        return "stayed the same"
    way = "rose" if change.amount > 0 else "fell"
    return f"{way} {size_words(abs(change.amount), measure=one.measure)}"
