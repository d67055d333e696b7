"""Writing the figures of groups of pupils into a folder of tables, from the files of pupils that are held."""

import hashlib
import os
import shutil
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from steward.analysis.disclosure import gate
from steward.analysis.disclosure.gate import ReleasedGroup
from steward.analysis.disclosure.groups import ALL, BOTH
from steward.analysis.rebuild.gap_indices import GAP_INDICES, write_gap_indices
from steward.analysis.rebuild.pupils import GROUPS, StoredPupils, write_groups
from steward.evidence import catalogues, engine, pupil_store
from steward.evidence.models import PupilFile, PupilFileState
from steward.evidence.queries import pupil_groups
from steward.vocabulary.values import KNOWN, Known

_PLACE = ("level", "area", "phase", "indicator", "period", "dimension", "member")
_RELEASED = pa.schema(
    {name: pa.int64() if name == "period" else pa.string() for name in _PLACE}
    | {"value": pa.float64(), "status": pa.string(), "cohort": pa.float64()}
)
_ESTABLISHMENTS = "establishments.parquet"
_POLICY, _COUNTS = b"policy", b"counts"
MADE_OF_PUPILS = (GROUPS, GAP_INDICES)
"""The tables that rest on rows of pupils, and are made anew when those change."""


def held() -> list[PupilFile]:
    """Return the files of pupils whose rows are in the store."""
    return list(PupilFile.objects.filter(state=PupilFileState.HELD))


def write(folder: Path, *, files: Sequence[PupilFile]) -> None:
    """Write the figures of groups from `files` beside the other tables in `folder`."""
    stored = [
        StoredPupils(
            id=file.id,
            parquet=pupil_store.rows_of(file.id),
            columns=tuple(file.columns),
            periods=file.periods,
        )
        for file in files
    ]
    aside = pupil_store.stage()
    connection, register = engine.connect_for_pupils(scratch=aside), folder / _ESTABLISHMENTS
    write_groups(
        connection,
        files=stored,
        establishments=register,
        rules=catalogues.pupil_rules(),
        into=aside / GROUPS,
    )
    write_gap_indices(connection, files=stored, establishments=register, into=aside / GAP_INDICES)
    for name in MADE_OF_PUPILS:
        (aside / name).chmod(0o600)
        (aside / name).rename(folder / name)
    shutil.rmtree(aside)


def keep_released(*, of: Path, into: Path) -> None:
    """Take over what the gate released in the tables `of` wherever it would be asked the same again.

    That is each characteristic and year whose counts are the same and whose policy is still in force. So a
    figure that was released stays as it was, whatever else is loaded. Two characteristics at once are kept
    only where each of the two is.
    """
    if not (of / GROUPS).exists():
        return
    found = sorted(of.glob(f"{pupil_groups.RELEASED}-*.parquet"), key=lambda path: (BOTH in path.stem, path))
    for path in found:
        kept = pq.read_schema(path).metadata or {}
        if kept.get(_POLICY) != _policy_in_force() or not _singles_are_in(into, path=path):
            continue
        if kept.get(_COUNTS) == _counts_behind(path, areas=_areas_in(path), folder=into):
            os.link(path, into / path.name)


def _singles_are_in(folder: Path, *, path: Path) -> bool:
    start, _, dimension = path.stem.rpartition("-")
    singles = dimension.split(BOTH) if BOTH in dimension else ()
    return all((folder / f"{start}-{one}.parquet").exists() for one in singles)


def _areas_in(released: Path) -> list[str]:
    return sorted(set(pq.read_table(released, columns=["area"]).column("area").to_pylist()))


def _counts_behind(released: Path, *, areas: Collection[str], folder: Path) -> bytes:
    """Return a digest of every count in `folder` on which a released file rests."""
    period, dimension = released.stem.split("-", 3)[2:]
    wanted = sorted({ALL, dimension, *dimension.split(BOTH)})
    table = pq.read_table(
        folder / GROUPS,
        columns=[*_PLACE, "pupils", "achieved", "value"],
        filters=(
            (pc.field("period") == int(period))
            & pc.field("dimension").isin(wanted)
            & pc.field("area").isin(pa.array(sorted(areas), pa.string()))
        ),
    )
    lines = sorted(repr([_told(one) for one in row.values()]) for row in table.to_pylist())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest().encode()


def _told(value: object) -> str:
    """Return a value as text; of means the digits that do not hang on the order of summing."""
    return f"{value:.9g}" if isinstance(value, float) else str(value)


def _policy_in_force() -> bytes:
    policy = catalogues.disclosure_policy()
    return hashlib.sha256(policy.model_dump_json().encode()).hexdigest().encode()


def release(authority: str, *, period: int, dimension: str, into: Path) -> int:
    """Pass one characteristic of one year through the disclosure gate, write what may be shown, count it."""
    passed = gate.release(
        pupil_groups.counts_of(authority, period=period, dimension=dimension),
        policy=catalogues.disclosure_policy(),
    )
    return write_released(passed.figures, into=into)


def write_released(figures: Iterable[ReleasedGroup], *, into: Path) -> int:
    """Write what the gate released where `pupil_groups` reads it; return how many figures may be shown."""
    rows = [
        {name: getattr(one, name) for name in _PLACE}
        | {
            "value": one.value.value if isinstance(one.value, Known) else None,
            "status": KNOWN if isinstance(one.value, Known) else one.value.reason.value,
            "cohort": one.value.cohort,
        }
        for one in figures
    ]
    counts = _counts_behind(into, areas={row["area"] for row in rows}, folder=into.parent)
    schema = _RELEASED.with_metadata({_POLICY: _policy_in_force(), _COUNTS: counts})
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), into.with_suffix(".new"))
    into.with_suffix(".new").rename(into)
    return sum(row["status"] == KNOWN for row in rows)
