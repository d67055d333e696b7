"""The lists of authorities like an authority, why they are like it, and how well each list predicts."""

import datetime
import statistics
from collections.abc import Mapping
from dataclasses import dataclass

from steward.analysis.comparison.comparators import Accuracy, Feature, Fit, LeftOut, Predicted
from steward.evidence.queries import neighbours, series
from steward.evidence.queries.neighbours import Circumstance, Neighbour, NeighbourList
from steward.register import queries as register

_WHY = 2
"""So many features are named that make two authorities alike, and as many that keep them apart."""


@dataclass(frozen=True, slots=True)
class ListedNeighbour:
    """A neighbour in a list, with its name and in how many of the other lists it stands too."""

    neighbour: Neighbour
    name: str
    also_in: int


@dataclass(frozen=True, slots=True)
class ListShown:
    """A list with the neighbours it gives an authority."""

    list: NeighbourList
    neighbours: tuple[ListedNeighbour, ...]


@dataclass(frozen=True, slots=True)
class WhyAlike:
    """Why a neighbour of our own list is one: in what the two are most alike, and least."""

    code: str
    name: str
    closeness: str
    alike: tuple[str, ...]
    apart: tuple[str, ...]
    chosen_back: bool


@dataclass(frozen=True, slots=True)
class FeatureOfArea:
    """A circumstance of an authority beside the middle of its ten neighbours and of all authorities."""

    feature: Feature
    share: float
    """How much of the distance it may make up, in percent."""
    own: Circumstance | None
    neighbours: float | None
    everywhere: float | None


@dataclass(frozen=True, slots=True)
class MeasureAccuracy:
    """How well each list predicts a measure."""

    accuracy: Accuracy
    predicted: Predicted


@dataclass(frozen=True, slots=True)
class AreaNeighbours:
    """Everything the page about neighbours says."""

    lists: tuple[ListShown, ...]
    why: tuple[WhyAlike, ...]
    features: tuple[FeatureOfArea, ...]
    left_out: tuple[LeftOut, ...]
    accuracy: tuple[MeasureAccuracy, ...]
    fit: Fit
    tried: tuple[float, float] | None
    """The lowest and the highest ratio of variants tried before the last choices."""

    @property
    def headline_ratio(self) -> float:
        """The mean error of our list as a share of the list it is compared with, over headline measures."""
        return statistics.fmean(
            one.accuracy.ratio(self.fit.against) for one in self.accuracy if one.predicted.headline
        )

    @property
    def headlines(self) -> int:
        """How many headline measures there are."""
        return sum(one.predicted.headline for one in self.accuracy)

    @property
    def worst_ratio(self) -> float:
        """The greatest such share of any measure."""
        return max(one.accuracy.ratio(self.fit.against) for one in self.accuracy)

    @property
    def better(self) -> int:
        """In how many measures our list predicts better."""
        return sum(one.accuracy.ratio(self.fit.against) < 1 for one in self.accuracy)

    @property
    def releases(self) -> tuple[str, ...]:
        """The releases that the lists and the circumstances come from."""
        return tuple(
            {
                one.neighbour.release
                for shown in self.lists
                for one in shown.neighbours
                if one.neighbour.release
            }
        )

    @property
    def dated(self) -> datetime.date:
        """The day of the accuracy."""
        return self.fit.fitted


def neighbours_of(code: str) -> AreaNeighbours:
    """Return the lists of neighbours of an authority and what stands behind them. Raises NothingLoaded."""
    _, method = neighbours.our_method()
    held = neighbours.lists()
    listed = {one.id: neighbours.neighbours_of(code, list_id=one.id) for one in held}
    ours = next((one for one in held if one.ours), None)
    predicted = {one.measure: one for one in method.predicts}
    accuracy = sorted(method.fit.accuracy, key=lambda one: list(predicted).index(one.measure))
    own_list = listed[ours.id] if ours else ()
    return AreaNeighbours(
        lists=tuple(ListShown(one, _named(one.id, listed=listed)) for one in held),
        why=_why(code, own_list=own_list, list_id=ours.id if ours else ""),
        features=_features(code, own_list=own_list),
        left_out=method.left_out,
        accuracy=tuple(MeasureAccuracy(one, predicted[one.measure]) for one in accuracy),
        fit=method.fit,
        tried=method.earlier_variants,
    )


def _name(code: str) -> str:
    known = register.authority(code)
    if known is not None and not known.name.startswith("Authority "):
        return known.name
    place = series.places().get(code)
    return place.name if place else f"Authority {code}"


def _named(list_id: str, *, listed: Mapping[str, tuple[Neighbour, ...]]) -> tuple[ListedNeighbour, ...]:
    others = [{one.authority for one in found} for key, found in listed.items() if key != list_id]
    return tuple(
        ListedNeighbour(one, _name(one.authority), sum(one.authority in other for other in others))
        for one in listed[list_id]
    )


def _why(code: str, *, own_list: tuple[Neighbour, ...], list_id: str) -> tuple[WhyAlike, ...]:
    found = []
    for one in own_list:
        gained = _gains(code, other=one.authority)
        ordered = sorted(gained, key=lambda pair: -pair[1])
        back = {two.authority for two in neighbours.neighbours_of(one.authority, list_id=list_id)}
        found.append(
            WhyAlike(
                code=one.authority,
                name=_name(one.authority),
                closeness=one.closeness,
                alike=tuple(title for title, gain in ordered[:_WHY] if gain > 0),
                apart=tuple(title for title, gain in reversed(ordered[-_WHY:]) if gain < 0),
                chosen_back=code in back,
            )
        )
    return tuple(found)


def _gains(code: str, *, other: str) -> list[tuple[str, float]]:
    """Return for each feature how much nearer two authorities are in it than one is to all, weighted."""
    _, method = neighbours.our_method()
    every = neighbours.circumstances()
    own, beside = every.get(code, {}), every.get(other, {})
    gains = []
    for feature in method.features:
        if feature.id in own and feature.id in beside:
            here = own[feature.id].scaled
            everybody = [one[feature.id].scaled for one in every.values() if feature.id in one]
            usual = statistics.fmean((here - each) ** 2 for each in everybody)
            gains.append((feature.title, feature.weight * (usual - (here - beside[feature.id].scaled) ** 2)))
    return gains


def _features(code: str, *, own_list: tuple[Neighbour, ...]) -> tuple[FeatureOfArea, ...]:
    _, method = neighbours.our_method()
    every = neighbours.circumstances()
    whole = sum(feature.weight for feature in method.features)
    ten = [every.get(one.authority, {}) for one in own_list]
    return tuple(
        FeatureOfArea(
            feature=feature,
            share=100 * feature.weight / whole,
            own=every.get(code, {}).get(feature.id),
            neighbours=_middle(feature.id, of=ten),
            everywhere=_middle(feature.id, of=list(every.values())),
        )
        for feature in sorted(method.features, key=lambda one: -one.weight)
    )


def _middle(feature: str, *, of: list[Mapping[str, Circumstance]]) -> float | None:
    values = [one[feature].value for one in of if feature in one]
    return statistics.median(values) if values else None
