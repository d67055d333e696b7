"""Reads of how schools of a phase lie across England, against which a school stands out."""

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from steward.analysis.comparison.strengths import Spread
from steward.analysis.rebuild.whole import SPREADS_FILE
from steward.evidence import engine
from steward.evidence.queries import releases
from steward.vocabulary.phases import Phase

Spreads = Mapping[tuple[str, int], Spread]
"""By indicator and year."""


def spreads_of_phase(phase: Phase) -> Spreads:
    """Return how the schools of a phase lie in each indicator and year; nothing where there are too few."""
    return _spreads(releases.current_folder()).get(phase.value, MappingProxyType({}))


@lru_cache(maxsize=2)
def _spreads(folder: Path) -> Mapping[str, Spreads]:
    found: dict[str, dict[tuple[str, int], Spread]] = defaultdict(dict)
    for row in engine.connection().to_pyarrow(engine.table(folder / SPREADS_FILE)).to_pylist():
        spread = Spread(row["mean"], row["deviation"], row["schools"])
        found[row["phase"]][row["indicator"], row["period"]] = spread
    return MappingProxyType(found)
