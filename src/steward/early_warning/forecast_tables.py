"""The figures of a back-test as rows of text, the same on the screen, on a page and in a document."""

import math
from collections.abc import Iterator
from datetime import date

from steward.analysis.forecasting.catalogue import FEATURES
from steward.analysis.forecasting.measures import Interval
from steward.analysis.forecasting.record import Backtest, Row
from steward.interface import words
from steward.vocabulary.phases import Phase

HEAD = (
    "Model",
    "AUC",
    "Average precision",
    "Caught in the riskiest 10%",
    "in the riskiest 20%",
    "Lift in the riskiest 10%",
    "Brier score",
    "Calibration slope",
    "Calibration error",
    "AUC beyond progress only",
)
GROUP_HEAD = (
    "Group",
    "Schools",
    "It came",
    "Mean forecast",
    "Flagged",
    "Caught, of those to which it came",
    "Flagged, of those to which it did not",
    "It came, of those flagged",
)
GOALS = {Phase.SECONDARY.value: 0.85, Phase.PRIMARY.value: 0.78}
"""AUC aimed at."""
_ECE_GOAL = 0.03
_RECALL_GOAL = 0.65
_GAP_GOAL = 10.0
NOT_KNOWN = "not known"
_ABOUT_RIGHT = 0.1


def rows_of(found: Backtest) -> Iterator[tuple[str, ...]]:
    """Yield one row a model, in the order of HEAD."""
    for one in found.rows:
        figures = one.figures
        yield (
            one.label,
            with_interval(figures["auc"]),
            with_interval(figures["average_precision"]),
            with_interval(figures["recall_10"], percent=True),
            with_interval(figures["recall_20"], percent=True),
            _number(figures["recall_10"].value / 0.1, decimals=1),
            _number(figures["brier"].value),
            _number(figures["calibration_slope"].value, decimals=2),
            _number(figures["calibration_error"].value),
            "" if one.better_than_progress is None else with_interval(one.better_than_progress, signed=True),
        )


def group_rows(row: Row) -> Iterator[tuple[str, ...]]:
    """Yield the groups of a model, in the order of GROUP_HEAD."""
    for one in row.groups:
        yield (
            f"{one.dimension.capitalize()}: {one.name}",
            f"{one.schools:,}",
            f"{one.came:,}",
            f"{100 * one.said:.0f}%",
            _percent(one.flag_rate),
            _percent(one.caught_rate),
            _percent(one.false_rate),
            _percent(one.right_rate),
        )


def about(found: Backtest) -> str:
    """Return in a sentence what was asked, of how many schools, and the ceiling of what can be caught."""
    phase = Phase(found.phase).label.lower()
    tenth, fifth = (100 * found.ceilings[name] for name in ("recall_10", "recall_20"))
    return (
        f"Of {found.schools_on_the_day:,} mainstream {phase} schools on {day_of(found.cutoff)}, "
        f"{found.inspected:,} have an answer by {day_of(found.until)}, and to {found.came:,} of them "
        f"({100 * found.base_rate:.1f}%) it came: {found.asked}. The riskiest 10% can hold at most "
        f"{tenth:.0f}% of those, the riskiest 20% at most {fifth:.0f}%."
    )


def learnt_from(found: Backtest) -> str:
    """Return in a sentence on which days in the past the models were learnt."""
    days = "; ".join(
        f"{day_of(day)}: {count:,} schools, {100 * share:.0f}%" for day, count, share in found.past
    )
    return (
        "Learnt from what came between these days and the cut-off (schools, and to how many it came): "
        f"{days}."
    )


def further(found: Backtest, *, row: Row) -> str:
    """Return in sentences how a model did where the last grade does not tell, and how early."""
    said = (
        f"Among the {found.good_before:,} schools that were good or outstanding before "
        f"({found.good_before_came:,} to which it came), its AUC was {_number(row.good_before)}; with every "
        f"school counted as if all had been inspected alike, {_number(row.weighted)}."
    )
    if row.lead_months is not None:
        months = f"{row.lead_months:.0f} months"
        said += f" Half of the schools that were caught were inspected more than {months} later."
    return said


def verdicts(found: Backtest, *, row: Row) -> list[tuple[str, str, str]]:
    """Return each goal, what was reached, and whether it was met."""
    aim, auc = GOALS[found.phase], row.figures["auc"].value
    recall, top = row.figures["recall_10"].value, found.ceilings["recall_10"]
    error = row.figures["calibration_error"].value
    better, gap = row.better_than_progress, row.opportunity_gap
    return [
        (f"AUC of at least {aim}", _number(auc), _met(auc >= aim)),
        (
            "65% caught in the riskiest 10%",
            f"{100 * recall:.0f}% of at most {100 * top:.0f}%",
            _met(recall >= _RECALL_GOAL)
            if top >= _RECALL_GOAL
            else "Cannot be met: the base rate is too high",
        ),
        (f"Calibration error of at most {_ECE_GOAL}", _number(error), _met(error <= _ECE_GOAL)),
        (
            "Better than progress only, beyond chance",
            "" if better is None else with_interval(better, signed=True),
            _met(better is not None and better.low > 0),
        ),
        (
            "The most and the least disadvantaged fifth are caught alike, to 10 points",
            NOT_KNOWN if gap is None else f"{gap:+.0f} points",
            _met(gap is not None and abs(gap) <= _GAP_GOAL),
        ),
    ]


def known_rows(found: Backtest) -> Iterator[tuple[str, str]]:
    """Yield each number with the share of the schools for which it was known."""
    for one in FEATURES:
        yield one.title[0].upper() + one.title[1:], f"{100 * found.known[one.id]:.0f}%"


def how_sure(row: Row) -> str:
    """Return in sentences how what was said in the back-test went with what came."""
    return " ".join(one for one in (_level(row), _spread(row), _high(row)) if one)


def missed_by(row: Row) -> float | None:
    """Return how many times as many came in the back-test as had been said; None where nothing was said."""
    said, came = sum(one.expected for one in row.bands), sum(one.came for one in row.bands)
    return came / said if said > 0 else None


def level_in_short(row: Row) -> str:
    """Return how many were said and how many came in the back-test, such as "70 were said and 116 came"."""
    said, came = sum(one.expected for one in row.bands), sum(one.came for one in row.bands)
    return f"{said:,.0f} were said and {came:,} came"


def _level(row: Row) -> str:
    miss = missed_by(row)
    if miss is None:
        return ""
    if abs(miss - 1) <= _ABOUT_RIGHT:
        return f"In the back-test about as many came as were said: {level_in_short(row)}."
    more, low = ("more", "low") if miss > 1 else ("fewer", "high")
    return (
        f"In the back-test {100 * abs(miss - 1):.0f}% {more} came than were said ({level_in_short(row)}): "
        f"forecasts were too {low} on the whole."
    )


def _spread(row: Row) -> str:
    slope = row.figures["calibration_slope"].value
    if math.isnan(slope):
        return ""
    told = f"(calibration slope {slope:.2f}; 1 is right)"
    if slope < 1 - _ABOUT_RIGHT:
        return f"High and low forecasts lay further apart than what came of them {told}."
    if slope > 1 + _ABOUT_RIGHT:
        return f"High and low forecasts lay closer together than what came of them {told}."
    return f"High and low forecasts lay as far apart as what came of them {told}."


def _high(row: Row) -> str:
    """Return what came of the highest forecasts, so that nobody has to work it out from level and spread."""
    band = next((one for one in reversed(row.bands) if one.schools), None)
    if band is None:
        return ""
    return (
        f"Of the {band.schools:,} in the highest band used (“{band.words.lower()}”), {band.came:,} came and "
        f"{band.expected:,.0f} were said."
    )


def day_of(text: str) -> str:
    """Return a day kept as text, such as 2015-05-31, as it is printed: 31 May 2015."""
    return words.day(date.fromisoformat(text))


def with_interval(one: Interval, *, percent: bool = False, signed: bool = False) -> str:
    """Return a figure with its interval as text."""
    if math.isnan(one.value):
        return NOT_KNOWN
    if percent:
        return f"{100 * one.value:.0f}% ({100 * one.low:.0f} to {100 * one.high:.0f})"
    sign = "+" if signed else ""
    return f"{one.value:{sign}.3f} ({one.low:{sign}.3f} to {one.high:{sign}.3f})"


def _number(value: float, *, decimals: int = 3) -> str:
    return NOT_KNOWN if math.isnan(value) else f"{value:.{decimals}f}"


def _percent(value: float | None) -> str:
    return NOT_KNOWN if value is None else f"{value:.0f}%"


def _met(yes: bool) -> str:  # noqa: FBT001 - said in a word
    return "Met" if yes else "Missed"
