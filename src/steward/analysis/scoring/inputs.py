"""What a score was worked out from, as text that is kept with it, so that it can be worked out again."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from pydantic import TypeAdapter

from steward.analysis.indicators.definition import IndicatorDefinition
from steward.analysis.rules.attendance_spells import Spell
from steward.analysis.rules.catalogue import Catalogue, Framework
from steward.analysis.rules.school_evidence import (
    AreaFigures,
    Fact,
    Figure,
    Inspection,
    Place,
    SchoolEvidence,
)
from steward.analysis.scoring.events import EventDefinition
from steward.analysis.scoring.method import ScoreMethod
from steward.analysis.scoring.workings import Score, Scoring
from steward.regimes.frameworks import InspectionFramework
from steward.vocabulary.facts import FactKind
from steward.vocabulary.identifiers import Urn
from steward.vocabulary.phases import Governance, Phase
from steward.vocabulary.values import Known, Missing, Reason, Value

_SCORE = TypeAdapter(Score)


@dataclass(frozen=True, slots=True)
class Shared:
    """What all schools of a run have in common."""

    as_at: date
    years: Mapping[str, tuple[int, ...]]
    areas: AreaFigures


def written(value: object) -> str:
    """Return the value as JSON that is the same for the same value, byte for byte."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)


def score_text(score: Score) -> str:
    """Return a score as text."""
    return written(asdict(score))


def score_from(text: str) -> Score:
    """Return the score that `score_text` wrote."""
    return _SCORE.validate_json(text)


def scoring_text(scoring: Scoring) -> str:
    """Return method, events, and the indicators and frameworks that the method reads, as text."""
    catalogue = scoring.catalogue
    return written(
        {
            "method": scoring.method.model_dump(mode="json"),
            "events": {name: one.model_dump(mode="json") for name, one in scoring.events.items()},
            "indicators": {
                name: catalogue.indicators[name].model_dump(mode="json")
                for name in sorted(scoring.method.indicators())
            },
            "frameworks": {name: _dumped(one) for name, one in catalogue.frameworks.items()},
        }
    )


def scoring_from(text: str) -> Scoring:
    """Return what `scoring_text` wrote."""
    kept = json.loads(text)
    indicators = {name: IndicatorDefinition.model_validate(one) for name, one in kept["indicators"].items()}
    frameworks = {name: InspectionFramework.model_validate(one) for name, one in kept["frameworks"].items()}
    events = {name: EventDefinition.model_validate(one) for name, one in kept["events"].items()}
    method = ScoreMethod.model_validate(kept["method"])
    return Scoring(method, events, Catalogue(indicators, frameworks))


def shared_text(schools: Iterable[SchoolEvidence], *, scoring: Scoring) -> str:
    """Return what all the schools of one authority share, as text, for what the method reads."""
    first = next(iter(schools), None)
    if first is None:
        return written({})
    read = scoring.method.indicators()
    return written(
        {
            "as_at": first.as_at,
            "years": {name: years for name, years in first.years.items() if name in read},
            "published": _places(first.areas.published, read=read),
            "computed": _places(first.areas.computed, read=read),
        }
    )


def shared_from(text: str) -> Shared:
    """Return what `shared_text` wrote. Raises KeyError for a run without schools."""
    kept = json.loads(text)
    areas = AreaFigures(_from_places(kept["published"]), _from_places(kept["computed"]))
    years = {name: tuple(found) for name, found in kept["years"].items()}
    return Shared(date.fromisoformat(kept["as_at"]), years, areas)


def school_text(school: SchoolEvidence) -> str:
    """Return what is known of one school, as text."""
    return written(
        {
            "urn": school.urn,
            "phase": school.phase.value,
            "governance": school.governance.value,
            "authority": school.authority,
            "ages": [school.age_low, school.age_high],
            "figures": [[*place, _figure(one)] for place, one in sorted(school.figures.items())],
            "inspections": [asdict(one) for one in school.inspections],
            "facts": [asdict(one) for one in school.facts],
            "attendance": [asdict(one) for one in school.attendance],
        }
    )


def school_from(text: str, *, shared: Shared) -> SchoolEvidence:
    """Return what `school_text` wrote, beside what all schools share."""
    kept = json.loads(text)
    low, high = kept["ages"]
    return SchoolEvidence(
        urn=Urn(kept["urn"]),
        as_at=shared.as_at,
        phase=Phase(kept["phase"]),
        governance=Governance(kept["governance"]),
        authority=kept["authority"],
        age_low=low,
        age_high=high,
        figures={(name, year): _from_figure(one) for name, year, one in kept["figures"]},
        years=shared.years,
        areas=shared.areas,
        inspections=tuple(Inspection(**_dated(one, "inspected_on")) for one in kept["inspections"]),
        facts=tuple(_fact(one) for one in kept["facts"]),
        attendance=tuple(Spell(**_dated(one, "begins", "ends")) for one in kept["attendance"]),
    )


def _figure(figure: Figure) -> dict[str, Any]:
    known = isinstance(figure.value, Known)
    return {
        "value": figure.value.value if isinstance(figure.value, Known) else None,
        "reason": figure.value.reason.value if isinstance(figure.value, Missing) else "",
        "mark": "" if known else getattr(figure.value, "mark", ""),
        "cohort": figure.value.cohort,
        "release": figure.release,
        "row": figure.row,
        "computed": figure.computed,
        "predecessor": figure.predecessor,
    }


def _from_figure(kept: dict[str, Any]) -> Figure:
    value: Value
    if kept["reason"]:
        value = Missing(Reason(kept["reason"]), mark=kept["mark"], cohort=kept["cohort"])
    else:
        value = Known(kept["value"], kept["cohort"])
    return Figure(value, kept["release"], kept["row"], kept["computed"], kept["predecessor"])


def _places(figures: Mapping[Place, Figure], *, read: frozenset[str]) -> list[list[Any]]:
    return [[*place, _figure(one)] for place, one in sorted(figures.items()) if place[3] in read]


def _from_places(kept: list[list[Any]]) -> dict[Place, Figure]:
    return {(one[0], one[1], one[2], one[3], one[4]): _from_figure(one[5]) for one in kept}


def _fact(kept: dict[str, Any]) -> Fact:
    dated = _dated(kept, "since", "until")
    return Fact(**{**dated, "kind": FactKind(dated["kind"])})


def _dated(kept: dict[str, Any], *names: str) -> dict[str, Any]:
    dates = {name: date.fromisoformat(kept[name]) for name in names if kept[name]}
    return {**kept, **dates}


def _dumped(framework: Framework) -> dict[str, Any]:
    if not isinstance(framework, InspectionFramework):
        raise TypeError("Only frameworks that are read from files can be kept.")
    return framework.model_dump(mode="json")


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} cannot be kept as text.")
