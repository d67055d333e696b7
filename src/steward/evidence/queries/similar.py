"""Reads of the schools most like a school, of what they were found by, and of how they do."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

import numpy as np

from steward.analysis.comparison.comparators import (
    INTAKE_FILE,
    SIMILAR_FILE,
    ComparatorDefinition,
    Feature,
    SimilarSchools,
    word_for,
)
from steward.evidence import catalogues, engine
from steward.evidence.queries import releases, withholding
from steward.vocabulary.phases import Phase
from steward.vocabulary.values import KNOWN


@dataclass(frozen=True, slots=True)
class SimilarSchool:
    """A school in a set; rank 1 is the most alike."""

    urn: int
    rank: int
    distance: float
    closeness: str


@dataclass(frozen=True, slots=True)
class SimilarSet:
    """The schools most like a school, nearest first, by a method with its version and census year."""

    urn: int
    method: str
    period: int
    schools: tuple[SimilarSchool, ...]

    @property
    def urns(self) -> tuple[int, ...]:
        """The URNs, nearest first."""
        return tuple(one.urn for one in self.schools)


@dataclass(frozen=True, slots=True)
class IntakeFigure:
    """A feature of a school as it was compared: the figure and the year it is of."""

    value: float
    period: int


@dataclass(frozen=True, slots=True)
class SetYear:
    """How the schools of a set lie in a measure in one year; `values` are those known, in order."""

    values: tuple[float, ...]
    mean: float
    low: float
    middle: float
    high: float

    @property
    def schools(self) -> int:
        """How many schools of the set have a known figure."""
        return len(self.values)

    def below(self, value: float) -> int:
        """Return how many schools of the set have a lower figure."""
        return sum(one < value for one in self.values)

    def percentile(self, value: float) -> float:
        """Return the share of the set, in percent, that lies lower, those that are equal counting half."""
        equal = sum(one == value for one in self.values)
        return 100.0 * (self.below(value) + equal / 2) / len(self.values)


SetYears = Mapping[tuple[str, int], SetYear]
"""By indicator and year."""


def method() -> tuple[ComparatorDefinition, SimilarSchools]:
    """Return how similar schools are found: the definition and its part."""
    definition = next(one for one in catalogues.comparators().values() if one.similar_schools is not None)
    if definition.similar_schools is None:
        raise LookupError("No definition says how similar schools are found.")
    return definition, definition.similar_schools


def features_of(phase: Phase) -> tuple[Feature, ...]:
    """Return what schools of a phase are compared by; nothing for a phase that has no sets."""
    return method()[1].phases.get(phase, ())


def set_of(urn: int) -> SimilarSet | None:
    """Return the schools most like a school, or None where no set could be made. Raises NothingLoaded."""
    return _set_of(str(releases.current_folder()), urn)


def why_no_set(urn: int, *, phase: Phase) -> str:
    """Return in a sentence why a school has no set."""
    if not (releases.current_folder() / SIMILAR_FILE).exists():
        return (
            "Similar schools were not known when the figures were last worked out. Run: "
            "steward releases --rebuild"
        )
    definition, how = method()
    if not features_of(phase):
        return (
            f"Sets are made for primary, secondary, all-through and special schools; "
            f"this one is listed under: {phase.label.lower()}."
        )
    known = intake_of([urn]).get(urn, {})
    if not known:
        return (
            "No roll of this school is in the newest census that was loaded, or it is not an open "
            "state-funded school, so there is nothing to compare it by."
        )
    if len(known) < how.at_least:
        return (
            f"Only {len(known)} of what schools are compared by is published for this school; at least "
            f"{how.at_least} are needed ({definition.title.lower()}, version {definition.version})."
        )
    return f"Fewer than {how.fewest} other schools of its phase can be compared with it."


def intake_of(urns: Collection[int]) -> Mapping[int, Mapping[str, IntakeFigure]]:
    """Return what schools were compared by, by URN and feature; what is not published is not there."""
    path = releases.current_folder() / INTAKE_FILE
    if not path.exists() or not urns:
        return {}
    table = engine.table(path)
    found: dict[int, dict[str, IntakeFigure]] = defaultdict(dict)
    asked = table.filter(table.urn.isin(sorted(urns))).select("urn", "feature", "value", "period")
    rows = withholding.intake_released(asked, folder=path.parent)
    for row in engine.connection().to_pyarrow(rows).to_pylist():
        found[row["urn"]][row["feature"]] = IntakeFigure(row["value"], row["period"])
    return found


def years_of(urns: Collection[int], *, indicators: Collection[str]) -> SetYears:
    """Return how these schools lie in each indicator and year in which any of them has a known figure."""
    if not urns or not indicators:
        return {}
    return _years_of(str(releases.current_folder()), tuple(sorted(urns)), tuple(sorted(indicators)))


@lru_cache(maxsize=256)
def _set_of(folder: str, urn: int) -> SimilarSet | None:
    path = Path(folder) / SIMILAR_FILE
    if not path.exists():
        return None
    table = engine.table(path)
    rows = engine.connection().to_pyarrow(table.filter(table.urn == urn)).to_pylist()
    if not rows:
        return None
    words = method()[1].words
    schools = sorted(
        (
            SimilarSchool(row["other"], row["rank"], row["distance"], word_for(row["distance"], words=words))
            for row in rows
        ),
        key=lambda one: one.rank,
    )
    return SimilarSet(urn, rows[0]["method"], rows[0]["period"], tuple(schools))


@lru_cache(maxsize=64)
def _years_of(folder: str, urns: Sequence[int], indicators: Sequence[str]) -> SetYears:
    table = engine.table(Path(folder) / "values.parquet")
    about = table.filter(table.urn.isin(list(urns)) & table.indicator.isin(list(indicators)))
    released = withholding.released_of_schools(about, folder=Path(folder))
    known = released.filter(released.preferred, released.status == KNOWN)
    known = known.select("indicator", "period", "value")
    found: dict[tuple[str, int], list[float]] = defaultdict(list)
    columns = engine.connection().to_pyarrow(known).to_pydict()
    for code, period, value in zip(columns["indicator"], columns["period"], columns["value"], strict=True):
        found[code, period].append(value)
    return MappingProxyType({key: _set_year(values) for key, values in found.items()})


def _set_year(values: Sequence[float]) -> SetYear:
    ordered = np.sort(np.array(values))
    low, middle, high = (float(one) for one in np.quantile(ordered, (0.25, 0.5, 0.75)))
    return SetYear(tuple(ordered.tolist()), float(ordered.mean()), low, middle, high)
