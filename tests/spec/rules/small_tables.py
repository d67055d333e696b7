"""Schools and expected answers written as small tables, read through the same tables as real ones."""

from datetime import date

import pyarrow as pa
import yaml
from pydantic import TypeAdapter

from steward.analysis import columns
from steward.analysis.indicators.definition import IndicatorDefinition, Reading, SeriesBreak
from steward.analysis.rules.catalogue import Catalogue
from steward.analysis.rules.conditions import Condition
from steward.analysis.rules.school_evidence import FACTS, EvidenceTables, SchoolEvidence, gather
from steward.regimes.frameworks import InspectionFramework, ScalePoint
from steward.vocabulary.values import PUBLISHED_MARKS

AS_AT = date(2019, 12, 31)
DATES = {"owner": "Test", "reviewed_on": date(2026, 1, 1), "review_on": date(2027, 1, 1)}


def _indicator(
    id: str,
    *,
    title: str,
    unit: str,
    theme: str = "attainment",
    breaks: tuple[SeriesBreak, ...] = (),
) -> IndicatorDefinition:
    return IndicatorDefinition(
        id=id,
        title=title,
        meaning=title,
        theme=theme,
        unit=unit,
        decimals=0 if unit == "pupils" else 1,
        polarity="high",
        phases=("primary", "secondary"),
        numerator_meaning="n",
        denominator_meaning="d",
        minimum_cohort=11,
        readings=(Reading(source="s", from_year=2010, to_year=2019, value="V"),),
        breaks=breaks,
        **DATES,
    )


def _framework(id: str, *, title: str, outcomes: str, below: str) -> InspectionFramework:
    names = outcomes.split()
    return InspectionFramework(
        id=id,
        title=title,
        publisher="Ofsted",
        in_force_from=date(2005, 9, 1),
        has_overall=bool(names),
        scale=tuple(
            ScalePoint(key=key, label=key.replace("_", " ").capitalize(), rank=rank, marks=(key,))
            for rank, key in enumerate(names, start=1)
        ),
        below_good=tuple(below.split()),
        good_or_better=tuple(name for name in names if name not in below.split()),
        **DATES,
    )


CATALOGUE = Catalogue(
    indicators={
        each.id: each
        for each in (
            _indicator("expected", title="Expected standard", unit="percent"),
            _indicator("progress", title="Progress score", unit="score"),
            _indicator("absence", title="Absence", unit="percent", theme="attendance"),
            _indicator("roll", title="Pupils on roll", unit="pupils", theme="pupils"),
            _indicator(
                "broken",
                title="Old and new measure",
                unit="percent",
                breaks=(SeriesBreak(year=2018, why="The tests changed"),),
            ),
        )
    },
    frameworks={
        each.id: each
        for each in (
            _framework(
                "older",
                title="Inspection 2009",
                outcomes="outstanding good satisfactory inadequate",
                below="satisfactory inadequate",
            ),
            _framework(
                "newer",
                title="Inspection 2012",
                outcomes="outstanding good requires_improvement inadequate",
                below="requires_improvement inadequate",
            ),
            _framework("unread", title="Inspection 2024", outcomes="", below=""),
        )
    },
)


def condition(text: str) -> Condition:
    """Return the condition written in YAML."""
    return TypeAdapter(Condition).validate_python(yaml.safe_load(text))


def rows(text: str) -> list[dict[str, str]]:
    """Return the records of a table written with bars; blank cells are left out."""
    lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    head, *body = lines
    return [{name: cell for name, cell in zip(head, line, strict=True) if cell} for line in body]


def schools(
    text: str,
    *,
    values: str = "",
    areas: str = "",
    inspections: str = "",
    facts: str = "",
    links: str = "",
) -> list[SchoolEvidence]:
    """Return the evidence of the schools in the table `text`, in its order."""
    tables = EvidenceTables(
        establishments=_table([_typed(row) for row in rows(text)], columns.ESTABLISHMENTS),
        values=_table([_valued(row) for row in rows(values)] if values else [], columns.VALUES),
        areas=_table([_valued(row) for row in rows(areas)] if areas else [], columns.AREAS),
        inspections=_table(
            [_typed(row) for row in rows(inspections)] if inspections else [], columns.INSPECTIONS
        ),
        facts=_table([_typed(row) for row in rows(facts)] if facts else [], FACTS),
        links=_table([_typed(row) for row in rows(links)] if links else [], columns.LINKS),
    )
    return list(gather(tables, as_at=AS_AT).values())


_NUMBERS = {"urn", "urn_at_inspection", "predecessor", "period", "row", "age_low", "age_high"}
_DATES = {"opened_on", "inspected_on", "published_on", "since", "until", "as_at"}


def _typed(row: dict[str, str]) -> dict[str, object]:
    return {
        name: int(cell) if name in _NUMBERS else date.fromisoformat(cell) if name in _DATES else cell
        for name, cell in row.items()
    }


def _valued(row: dict[str, str]) -> dict[str, object]:
    written = row.get("value", "")
    typed = {name: cell for name, cell in _typed(row).items() if name != "value"}
    if "cohort" in row:
        typed["cohort"] = float(row["cohort"])
    reason = PUBLISHED_MARKS.get(written)
    if reason is not None:
        return {**typed, "status": reason.value, "mark": written, "preferred": True}
    return {**typed, "value": float(written), "status": "known", "mark": written, "preferred": True}


def _table(records: list[dict[str, object]], shape: object) -> pa.Table:
    schema = shape.to_pyarrow()
    known = set(schema.names)
    return pa.Table.from_pylist(
        [{k: v for k, v in row.items() if k in known} for row in records], schema=schema
    )
