"""Reads of URNs that releases print and that no loaded register lists: kept, and shown, never dropped."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from steward.evidence import engine
from steward.evidence.queries import releases
from steward.register import queries as register


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A URN that is in no register, one of the releases that print it, and one row of that release."""

    urn: int
    release: str
    row: int


def unmatched() -> tuple[Unmatched, ...]:
    """Return each pair of URN and live release where the URN is in no register, by URN."""
    return _unmatched(releases.current_folder())


def unmatched_of(release_id: str) -> tuple[Unmatched, ...]:
    """Return the URNs of one live release that are in no register; empty before the first load."""
    try:
        return tuple(one for one in unmatched() if one.release == release_id)
    except releases.NothingLoaded:
        return ()


@lru_cache(maxsize=2)
def _unmatched(folder: Path) -> tuple[Unmatched, ...]:
    registered = register.all_urns()
    found: list[Unmatched] = []
    for name in ("values", "inspections"):
        table = engine.table(folder / f"{name}.parquet")
        printed = table.filter(table.urn.notnull()).group_by("urn", "release").agg(row=table.row.min())
        for row in engine.connection().to_pyarrow(printed).to_pylist():
            if row["urn"] not in registered:
                found.append(Unmatched(row["urn"], row["release"], row["row"]))
    return tuple(sorted(found, key=lambda one: (one.urn, one.release)))
