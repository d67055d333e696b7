"""Reads of what screening found in a release, and of published figures beside those computed here."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from steward.analysis.indicators import areas as analysis
from steward.analysis.sources.screening import Finding, ScreeningReport, Verdict
from steward.evidence import engine, store
from steward.evidence.models import DataRelease, ReleaseStatus
from steward.evidence.queries import masks, releases, withholding
from steward.vocabulary.areas import Level

_GRAVEST_FIRST = (Verdict.FAIL, Verdict.WARNING, Verdict.PASS)


@dataclass(frozen=True, slots=True)
class Difference:
    """A published area figure beside the one computed from the schools of the same release."""

    level: Level
    area: str
    phase: str
    indicator: str
    period: int
    published: float
    computed: float
    schools: int
    roll_share: float | None

    @property
    def amount(self) -> float:
        """Computed less published, in the unit of the indicator."""
        return self.computed - self.published


@dataclass(frozen=True, slots=True)
class FaultyRow:
    """A place that screening points at: what is wrong there, and the record as printed, if there is one."""

    finding: Finding
    row: int | None
    column: str
    value: str
    printed: tuple[str, ...]


def report_of(chosen: DataRelease) -> ScreeningReport:
    """Return the screening report kept with a release."""
    return ScreeningReport.from_json(chosen.screening)


def gravest_first(report: ScreeningReport) -> list[Finding]:
    """Return what was found, failures before warnings before tests passed."""
    return sorted(report.findings, key=lambda finding: _GRAVEST_FIRST.index(finding.verdict))


def warnings_in(chosen: DataRelease) -> int:
    """Return how many warnings screening gave."""
    return sum(one["verdict"] == Verdict.WARNING for one in chosen.screening.get("findings", ()))


def differences_of(chosen: DataRelease, *, authority: str) -> list[Difference]:
    """Return where a live release prints a figure of England or of one authority that was also computed."""
    if chosen.status != ReleaseStatus.LIVE:
        return []
    found = _differences(releases.current_folder(), chosen.id)
    wanted = {(Level.ENGLAND, "england"), (Level.AUTHORITY, authority)}
    return [one for one in found if (one.level, one.area) in wanted]


@lru_cache(maxsize=64)
def _differences(folder: Path, release: str) -> tuple[Difference, ...]:
    table = engine.table(folder / "areas.parquet")
    rows_of = withholding.released_of_areas(table.filter(table.release == release), folder=folder)
    found = analysis.difference(rows_of)
    rows = engine.connection().to_pyarrow(found.order_by("level", "area", "indicator", "phase", "period"))
    return tuple(
        Difference(
            level=Level(row["level"]),
            area=row["area"],
            phase=row["phase"],
            indicator=row["indicator"],
            period=row["period"],
            published=row["published"],
            computed=row["computed"],
            schools=row["schools"],
            roll_share=row["roll_share"],
        )
        for row in rows.to_pylist()
    )


def faulty_rows(chosen: DataRelease) -> tuple[tuple[str, ...], list[FaultyRow]]:
    """Return the columns of the file, and each place a failure or warning points at, with its record."""
    report = report_of(chosen)
    findings = [one for one in gravest_first(report) if one.verdict is not Verdict.PASS]
    numbers = {place.row for one in findings for place in one.places if place.row is not None}
    columns, printed = _printed(chosen, numbers=numbers)
    blank = ("",) * len(columns)
    return columns, [
        FaultyRow(one, place.row, place.column, place.value, printed.get(place.row, blank))
        for one in findings
        for place in one.places
    ]


def _printed(
    chosen: DataRelease, *, numbers: Iterable[int]
) -> tuple[tuple[str, ...], dict[Any, tuple[str, ...]]]:
    """Return the records as printed; of groups of pupils nothing, since no figure of theirs is released."""
    path = store.release_file(chosen.id)
    wanted = sorted(numbers)
    if not path.exists():
        return (), {}
    table = engine.table(path)
    columns = tuple(name for name in table.columns if name != "row")
    if not wanted:
        return columns, {}
    _, layout = releases.definition_of(chosen)
    shown = masks.open_columns(chosen, layout=layout, columns=columns)
    found = engine.connection().to_pyarrow(table.filter(table.row.isin(wanted))).to_pylist()
    return columns, {
        row["row"]: tuple((row[name] or "") if name in shown else masks.NOT_SHOWN for name in columns)
        for row in found
    }
