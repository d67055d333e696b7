"""Why a forecast is as it is, in sentences, and what was not known when it was made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from steward.analysis.forecasting.asking import Model
from steward.analysis.forecasting.catalogue import FEATURES, NAMES
from steward.analysis.forecasting.features import Frame
from steward.analysis.forecasting.outcomes import Whole

_MOST = 4
_LEAST = 0.05
_GRADES = {
    1: "outstanding",
    2: "good",
    3: "requires improvement, or satisfactory as it was once called",
    4: "inadequate",
}
_GRADE_ASKED = {"previous_inadequate": 4, "previous_outstanding": 1}
_BY_ID = {one.id: one for one in FEATURES}


@dataclass(frozen=True, slots=True)
class Reason:
    """What a number adds to the forecast: more than 0 makes it likelier (log odds)."""

    feature: str
    sentence: str
    adds: float


@dataclass(frozen=True, slots=True)
class Said:
    """The forecast of one school."""

    school: int
    likely: float
    reasons: tuple[Reason, ...]
    unknown: tuple[str, ...]
    """Titles of the numbers that the model reads and that were not known."""


def said_of(
    model: Model,
    *,
    frame: Frame,
    among: Whole,
    behind: Sequence[Mapping[str, str]] | None = None,
) -> list[Said]:
    """Return the forecast of the schools at the places `among`, what weighed most and what was not known.

    `behind` gives for each of them by feature the figures in words that stand behind it.
    """
    chosen = frame.chosen(among)
    likely, parts = model.likely(chosen.matrix), model.parts(chosen.matrix)
    whole = np.where(np.isnan(frame.matrix).all(axis=0), 0.0, frame.matrix)
    middles = dict(zip(NAMES, np.nanmedian(whole, axis=0), strict=True))
    found = []
    for row, school in enumerate(chosen.schools):
        values = {name: float(chosen.matrix[row, NAMES.index(name)]) for name in model.features}
        unknown = tuple(_BY_ID[name].title for name, value in values.items() if np.isnan(value))
        reasons = [
            Reason(name, _sentence(name, value=values[name], middle=float(middles[name])), float(adds))
            for name, adds in zip(model.features, parts[row], strict=True)
            if not np.isnan(values[name]) and abs(adds) >= _LEAST
        ]
        printed = behind[row] if behind else {}
        told = tuple(_with_figures(one, printed=printed) for one in _joined(reasons)[:_MOST])
        found.append(Said(int(school), float(likely[row]), told, unknown))
    return found


def _with_figures(one: Reason, *, printed: Mapping[str, str]) -> Reason:
    """Return a reason with the figures behind it, such as "(Progress 8 was -0.42 in 2019)"."""
    figures = printed.get(one.feature)
    return Reason(one.feature, f"{one.sentence[:-1]}: {figures}.", one.adds) if figures else one


def _joined(reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """Return reasons with those that say the same sentence put together, largest first."""
    sums: dict[str, Reason] = {}
    for one in reasons:
        before = sums.get(one.sentence)
        sums[one.sentence] = (
            one if before is None else Reason(one.feature, one.sentence, one.adds + before.adds)
        )
    return tuple(sorted(sums.values(), key=lambda one: (-abs(one.adds), one.sentence)))


def _sentence(name: str, *, value: float, middle: float) -> str:
    if name == "previous_grade":
        return f"The last inspection was {_GRADES[round(value)]}."
    if name in _GRADE_ASKED:
        return f"The last inspection was {'' if value else 'not '}{_GRADES[_GRADE_ASKED[name]]}."
    if name == "years_since":
        return _since(value)
    feature = _BY_ID[name]
    said = feature.higher if (value > 0 if name == "new_number" else value > middle) else feature.lower
    return f"{said[0].upper()}{said[1:]}."


def _since(years: float) -> str:
    whole = round(years)
    ago = "less than a year" if whole < 1 else "about a year" if whole == 1 else f"about {whole} years"
    return f"The last inspection began {ago} before."
