"""What a pair is worth and how far a supporter may go: the dated definition."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from steward.definitions import FOLDER
from steward.definitions.reading import Definition, Part, read_definitions

Urgency = Literal["urgent", "soon", "planned"]


class LoadStep(Part):
    """Up to this share of a supporter's days, each day costs so much value."""

    share: float = Field(gt=0, le=1)
    per_day: float = Field(ge=0)


class MatchingWeights(Definition):
    """The weights of one version of the method.

    Values are in pupil standard deviations of the outcome in need, times the weight of the need.
    """

    version: str
    source: str
    about: str
    prior_effect: float = Field(gt=0)
    need_weights: Mapping[Urgency, float]
    matched_expertise: float = Field(gt=0)
    unmatched_expertise: float = Field(gt=0)
    most_alike_bonus: float = Field(ge=0)
    travel_per_minute: float = Field(ge=0)
    risk_aversion: float = Field(ge=0)
    most_minutes: float = Field(gt=0)
    minutes_per_kilometre: float = Field(gt=0)
    supporters_per_school: int = Field(ge=1, le=3)
    second_supporter_share: float = Field(ge=0, le=1)
    """What a further supporter of the same school adds, as a share of what the first would."""
    load_steps: tuple[LoadStep, ...]
    fairness_slack: float = Field(ge=0, lt=1)

    @model_validator(mode="after")
    def _steps_rise_to_all_days(self) -> Self:
        shares = [step.share for step in self.load_steps]
        costs = [step.per_day for step in self.load_steps]
        if shares != sorted(set(shares)) or not shares or shares[-1] != 1.0 or costs != sorted(costs):
            raise ValueError("load_steps must rise to a share of 1.0, none cheaper than the one before")
        return self


def read_matching_weights(folders: tuple[Path, ...] = (FOLDER / "matching",)) -> dict[str, MatchingWeights]:
    """Return every version of the method by id."""
    return read_definitions(folders, MatchingWeights)
