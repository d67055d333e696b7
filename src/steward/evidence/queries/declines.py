"""Progress and inspections of all schools, to see whether declines came before worse inspections."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from steward.analysis.comparison.decline import Mean, Spreads
from steward.analysis.comparison.foresight import Foresight, Outcome, any_flag, flags_of, foresight
from steward.analysis.comparison.shrinkage import spread_of_means
from steward.evidence import catalogues, engine
from steward.evidence.queries import releases
from steward.vocabulary.phases import Phase
from steward.vocabulary.values import KNOWN

MEASURES: Mapping[Phase, tuple[str, ...]] = {
    Phase.PRIMARY: ("reading_progress", "maths_progress"),
    Phase.SECONDARY: ("progress_8",),
}
_KNOWN_ON = {Phase.PRIMARY: (12, 15, 0), Phase.SECONDARY: (1, 25, 1)}
"""Month, day and year after the results on which revised figures are published, or nearly."""


def foresight_of(phase: Phase, *, year: int) -> tuple[Foresight, dict[str, float]]:
    """Return what flags of a year foresaw, and the spread of schools in each measure.

    Only mainstream schools of the phase, and only years that the series allows to be compared.
    Raises NothingLoaded.
    """
    folder = releases.current_folder()
    flags, spreads = [], {}
    for code in MEASURES[phase]:
        measure = catalogues.indicators()[code]
        broken = {one.year for one in measure.breaks}
        pupils = min(measure.pupil_spreads, key=lambda one: abs(one.year - year)).deviation
        newest = _means(folder, code=code, year=year, phase=phase)
        spread = spread_of_means(
            [one.value for one in newest.values()],
            standard_errors=[pupils / one.pupils**0.5 for one in newest.values()],
        )
        spreads[code] = spread.tau
        years = [back for back in (1, 2, 3) if not broken & set(range(year - back + 1, year + 1))]
        before = [_means(folder, code=code, year=year - back, phase=phase) for back in years]
        flags.append(flags_of(newest, before=before, spreads=Spreads(pupils, spread.tau, spread.middle)))
    month, day, later = _KNOWN_ON[phase]
    known_on = date(year + later, month, day)
    return foresight(any_flag(flags), inspections=_inspections(folder), known_on=known_on), spreads


def _means(folder: Path, *, code: str, year: int, phase: Phase) -> dict[int, Mean]:
    values = engine.table(folder / "values.parquet")
    least = catalogues.indicators()[code].minimum_cohort
    chosen = values.filter(
        values.preferred,
        values.indicator == code,
        values.period == year,
        values.status == KNOWN,
        values.cohort >= least,
    ).select("urn", "value", "cohort")
    schools = engine.table(folder / "establishments.parquet")
    of_phase = schools.filter(schools.phase == phase.value).select("urn").distinct()
    found = engine.connection().to_pyarrow(chosen.semi_join(of_phase, "urn")).to_pylist()
    return {row["urn"]: Mean(row["value"], row["cohort"]) for row in found}


def _inspections(folder: Path) -> dict[int, Sequence[Outcome]]:
    table = engine.table(folder / "inspections.parquet")
    dated = table.filter(table.inspected_on.notnull(), table.outcome.notnull())
    rows = engine.connection().to_pyarrow(
        dated.select("urn", "inspected_on", "framework", "outcome").distinct()
    )
    ranks = {
        (framework.id, point.key): point.rank
        for framework in catalogues.frameworks().values()
        for point in framework.scale
    }
    found: dict[int, dict[date, int]] = defaultdict(dict)
    for row in rows.to_pylist():
        rank = ranks.get((row["framework"], row["outcome"]))
        if rank is not None:
            found[row["urn"]][row["inspected_on"]] = rank
    return {urn: [Outcome(on, ranks_[on]) for on in sorted(ranks_)] for urn, ranks_ in found.items()}
