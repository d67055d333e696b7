"""Taking in one file: told what it is, read, screened and staged, before anything is changed."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from steward.analysis.sources import reading, recognition, screening
from steward.analysis.sources.definition import Holds, SourceDefinition
from steward.analysis.sources.recognition import Recognised
from steward.analysis.sources.screening import ScreeningReport
from steward.evidence import store


@dataclass(frozen=True, slots=True)
class NotUsed:
    """A file that this version knows and does not use, and why."""

    path: Path
    title: str
    why: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that cannot be taken in; `why` is a sentence."""

    path: Path
    why: str


@dataclass(frozen=True, slots=True)
class Told:
    """A file that has been recognised and not yet read."""

    peek: reading.Peek
    recognised: Recognised

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self.peek.path


@dataclass(frozen=True, slots=True)
class Staged:
    """A file read, screened and written to a staging folder."""

    told: Told
    report: ScreeningReport
    folder: Path
    rows: int
    coverage: str
    urns: frozenset[int]


def tell(
    path: Path, *, shown: str, sources: Mapping[str, SourceDefinition], year: str | None
) -> Told | NotUsed | Refused:
    """Return what the file at `path` is; `shown` is its path as the user gave it."""
    try:
        peek = reading.peek(path, shown=shown)
        recognised = recognition.recognise(peek, sources=sources, year=year)
    except (reading.UnreadableFile, recognition.NotRecognised) as fault:
        return Refused(path, str(fault))
    if recognised.source.holds is Holds.UNUSED:
        return NotUsed(path, recognised.source.title, recognised.source.not_used_because)
    return Told(peek, recognised)


def take_in(told: Told, *, context: screening.Context) -> Staged | Refused:
    """Read, screen and stage a recognised file. A file that fails screening is staged all the same:
    its report is kept, and it never becomes live.
    """
    try:
        published = reading.read(told.peek, layout=told.recognised.layout)
    except reading.UnreadableFile as fault:
        return Refused(told.path, str(fault))
    report = screening.screen(published, told.recognised, context=context)
    folder = store.stage()
    pq.write_table(published.table, folder / store.PUBLISHED, compression="zstd", row_group_size=50_000)
    return Staged(
        told=told,
        report=report,
        folder=folder,
        rows=published.table.num_rows,
        coverage=_coverage(published.table, told.recognised),
        urns=_urns(published.table, told.recognised),
    )


def _coverage(table: pa.Table, recognised: Recognised) -> str:
    """Return the code of the authority when every school in the file is of one, else nothing."""
    keys = recognised.layout.keys
    column = keys.get("authority") or keys.get("laestab")
    if column is None:
        return ""
    codes = pc.unique(pc.utf8_slice_codeunits(table[column], 0, 3)).to_pylist()
    found = [code for code in codes if code and code.isdigit()]
    return found[0] if len(found) == 1 else ""


def _urns(table: pa.Table, recognised: Recognised) -> frozenset[int]:
    column = recognised.layout.keys.get("urn")
    if recognised.source.holds is not Holds.REGISTER or column is None:
        return frozenset()
    return frozenset(int(text) for text in table[column].to_pylist() if text and text.isdigit())


def known_urns(staged: Set[int], registered: Set[int]) -> frozenset[int] | None:
    """Return the URNs of the registers in hand, or None when there is no register to check against."""
    together = frozenset(staged) | frozenset(registered)
    return together or None
