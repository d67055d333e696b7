"""Reads of inspection outcomes, each under the framework it was reached under."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from steward.evidence import catalogues, engine
from steward.evidence.queries import releases


@dataclass(frozen=True, slots=True)
class Inspection:
    """One full inspection of a school, or the fact that a snapshot lists none for it."""

    urn: int
    urn_at_inspection: int | None
    inspected_on: datetime.date | None
    published_on: datetime.date | None
    framework: str | None
    outcome: str | None
    category: str | None
    mark: str
    as_at: datetime.date
    release: str
    row: int

    @property
    def label(self) -> str:
        """The outcome in the words of its own framework."""
        if self.inspected_on is None:
            return "Not yet inspected"
        if self.framework is None or self.outcome is None:
            return "No overall outcome recorded"
        return catalogues.frameworks()[self.framework].label_of(self.outcome)


def inspections_of(urns: Iterable[int]) -> list[Inspection]:
    """Return each inspection of these schools once, newest first, from the newest release that names it."""
    chosen = sorted(set(urns))
    if not chosen:
        return []
    table = engine.table(releases.current_folder() / "inspections.parquet")
    rows = table.filter(table.urn.isin(chosen)).order_by(table.as_at.desc(), "row")
    seen: dict[tuple[int, datetime.date | None], Inspection] = {}
    for row in engine.connection().to_pyarrow(rows).to_pylist():
        found = _inspection(row)
        seen.setdefault((found.urn, found.inspected_on), found)
    dated = [found for found in seen.values() if found.inspected_on is not None]
    return sorted(dated, key=lambda found: (found.inspected_on, found.urn), reverse=True) or list(
        seen.values()
    )


def _inspection(row: dict[str, Any]) -> Inspection:
    return Inspection(
        urn=row["urn"],
        urn_at_inspection=row["urn_at_inspection"],
        inspected_on=row["inspected_on"],
        published_on=row["published_on"],
        framework=row["framework"],
        outcome=row["outcome"],
        category=row["category"],
        mark=row["mark"] or "",
        as_at=row["as_at"],
        release=row["release"],
        row=row["row"],
    )
