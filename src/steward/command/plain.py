"""Figures, inspections and proposals in the kinds of JSON, as scripts are shown them."""

import datetime
from typing import Any

from steward.analysis.indicators.change import Change, NotComparable
from steward.evidence import catalogues
from steward.evidence.queries.figures import AreaFigure
from steward.pages.queries.area_standing import StandingBeside
from steward.pages.queries.lineage import InspectionLine, Relative
from steward.pages.queries.school_proposal import FoundLine, RuleLine, SchoolProposal
from steward.pages.queries.sureness import Sureness
from steward.vocabulary.academic_year import AcademicYear
from steward.vocabulary.rounding import round_half_away
from steward.vocabulary.values import KNOWN, Known, Value


class NotADay(ValueError):
    """The text is not a day; the message says how to write one."""


Plain = dict[str, Any]  # what json.dumps takes


def parse_day(text: str) -> datetime.date:
    """Return the day written as 2013-12-31, or raise NotADay."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as fault:
        raise NotADay(
            f"“{text}” is not a date: write it as year, month and day, such as 2013-12-31."
        ) from fault


def day(when: datetime.date | None) -> str | None:
    """Return a day as 2013-12-31, None for None."""
    return when.isoformat() if when else None


def value(found: Value) -> Plain:
    """Return a value, the pupils behind it, and known or the reason for which it is missing."""
    known = isinstance(found, Known)
    return {
        "value": found.value if isinstance(found, Known) else None,
        "cohort": found.cohort,
        "status": KNOWN if isinstance(found, Known) else found.reason.value,
        **({} if known else {"mark": getattr(found, "mark", "")}),
    }


def measured(code: str, *, period: int) -> Plain:
    """Return what a figure is of: the indicator, its unit, and the school year by the year of its end."""
    definition = catalogues.indicators()[code]
    return {
        "code": code,
        "title": definition.title,
        "theme": definition.theme,
        "unit": definition.unit,
        "decimals": definition.decimals,
        "polarity": definition.polarity,
        "period": period,
        "year": str(AcademicYear(period)),
    }


def area_figure(figure: AreaFigure | None) -> Plain | None:
    """Return an area's figure: its value, whether published or computed and from what, and its source."""
    if figure is None:
        return None
    return {
        **value(figure.value),
        "phase": figure.phase,
        "basis": figure.basis.value,
        "weighted_by": figure.weighted_by or None,
        "schools": figure.schools,
        "roll_share": figure.roll_share,
        "version": figure.version,
        "preferred": figure.preferred,
        "release": figure.release,
        "row": figure.row,
    }


def change(found: Change | NotComparable) -> Plain:
    """Return a change and its word, or why there is none."""
    years = {"since": found.since, "until": found.until}
    if isinstance(found, NotComparable):
        return {**years, "amount": None, "direction": None, "why_not": found.why}
    return {**years, "amount": found.amount, "direction": found.direction.value, "why_not": None}


def sureness(found: Sureness) -> Plain:
    """Return the 95% interval in the unit of the figure, and the words for how sure one can be of it.

    `interval` is None where there is none, `chance` where nothing can be said of chance.
    """
    finding = found.finding
    interval = finding.interval if finding else None
    return {
        "interval": None
        if finding is None or interval is None
        else {
            "low": interval.low,
            "high": interval.high,
            "basis": "published" if finding.published else "calculated",
        },
        "chance": found.chance.value if found.chance else None,
        "words": found.sentence,
    }


def standing(found: StandingBeside, *, keys: list[str]) -> Plain:
    """Return how the schools of a phase stand; `counts` is by the word of the outcome, `keys` all of them.

    Percentages are of judged schools, and of the pupils in them, to one decimal.
    """
    own, england = found.own, found.england
    counted = {grade.key: grade.schools for grade in found.grades}
    return {
        "schools": own.schools,
        "counts": {key: counted.get(key, 0) for key in keys},
        "inspected": own.inspected,
        "not_inspected": own.not_inspected,
        "judged": own.judged,
        "good_or_better": own.good,
        "no_rule_for_good_or_better": own.other,
        "good_or_better_percent": {
            "schools": _rounded(own.share_good),
            "pupils": _rounded(own.share_good_pupils),
        },
        "pupil_coverage_percent": _rounded(own.pupils_known),
        "england_good_or_better_percent": {
            "schools": _rounded(england.share_good) if england else None,
            "pupils": _rounded(england.share_good_pupils) if england else None,
        },
        "outcomes": [
            {
                "framework": count.framework,
                "outcome": count.outcome,
                "label": count.label,
                "schools": count.schools,
                "pupils": count.pupils,
            }
            for count in own.outcomes
        ],
    }


def _rounded(percent: float | None) -> float | None:
    return None if percent is None else round_half_away(percent, 1)


def inspection(line: InspectionLine) -> Plain:
    """Return an inspection in the words of its own framework."""
    return {
        "inspected_on": day(line.inspected_on),
        "published_on": day(line.published_on),
        "framework": line.framework,
        "outcome": line.outcome,
        "category": line.category or None,
        "earlier_urn": line.earlier_urn,
        "before_this_school_opened": line.before_opening,
        "as_at": day(line.as_at),
        "release": line.release,
        "row": line.row,
    }


def relative(found: Relative) -> Plain:
    """Return a school that came before or after."""
    return {
        "urn": found.urn,
        "name": found.name or None,
        "relation": found.relation or None,
        "since": day(found.since),
        "opened_on": day(found.opened_on),
        "closed_on": day(found.closed_on),
    }


def proposal(found: SchoolProposal) -> Plain:
    """Return a proposal with every rule: met, not met, and not settled."""
    return {
        "urn": found.urn,
        "name": found.name,
        "phase": found.phase.value,
        "category": found.category or None,
        "label": found.label,
        "settled": found.settled,
        "on_what_is_known": found.known_label or None,
        "reason": found.reason,
        "would_change": found.would_change,
        "as_at": day(found.as_at),
        "ruleset": found.ruleset,
        "ruleset_version": found.ruleset_version,
        "met": [_rule(rule) for rule in found.answered("met")],
        "not_met": [_rule(rule) for rule in found.answered("not_met")],
        "unsettled": [_rule(rule) for rule in found.answered("unknown")],
    }


def _rule(rule: RuleLine) -> Plain:
    return {
        "id": rule.id,
        "kind": rule.kind,
        "title": rule.title,
        "sentence": rule.sentence,
        "because": rule.because,
        "gives": rule.gives or None,
        "decides": rule.decides,
        "must_be_answered": rule.must_be_answered,
        "findings": [_finding(found) for found in rule.findings],
    }


def _finding(found: FoundLine) -> Plain:
    return {
        "because": found.because,
        "reason": found.reason or None,
        "indicator": found.indicator.id if found.indicator else None,
        "value": found.value,
        "cohort": found.cohort,
        "period": found.period,
        "threshold": found.threshold,
        "on": day(found.on),
        "urn": found.urn,
        "release": found.release or None,
        "row": found.row,
    }
