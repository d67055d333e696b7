"""Taking in one file: told what it is, read, screened and staged, before anything is changed."""

import re
from collections.abc import Mapping
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
from steward.evidence.history import Known
from steward.vocabulary.academic_year import AcademicYear


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
    shown: str
    """The path as the user gave it."""

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


def tell(
    path: Path, *, shown: str, sources: Mapping[str, SourceDefinition], year: AcademicYear | None
) -> Told | NotUsed | Refused:
    """Return what the file at `path` is; `shown` is its path as the user gave it."""
    try:
        peek = reading.peek(path)
        recognised = recognition.recognise(peek, sources=sources, year=year)
    except (reading.UnreadableFile, recognition.NotRecognised) as fault:
        return Refused(path, str(fault))
    if recognised.source.holds is Holds.UNUSED:
        return NotUsed(path, recognised.source.title, recognised.source.not_used_because)
    return Told(peek, recognised, shown)


def take_in(told: Told, *, known: Known) -> Staged | Refused:
    """Read, screen and stage a recognised file, and add to what is `known` what the next ones need.

    A file that fails screening is staged all the same: its report is kept, and it never becomes live.
    """
    recognised = told.recognised
    try:
        published = reading.read(told.peek, layout=recognised.layout)
    except reading.UnreadableFile as fault:
        return Refused(told.path, str(fault))
    coverage = _coverage(published.table, recognised)
    report = screening.screen(published, recognised, context=known.context(recognised, coverage=coverage))
    folder = store.stage()
    pq.write_table(published.table, folder / store.PUBLISHED, compression="zstd", row_group_size=50_000)
    rows = published.table.num_rows
    if report.verdict is not screening.Verdict.FAIL:
        known.add_release(recognised, coverage=coverage, rows=rows, means=report.means)
        if recognised.source.holds is Holds.REGISTER:
            known.add_register(
                urns=_urns(published.table, recognised),
                authorities=_authorities(published.table, recognised),
            )
    return Staged(told, report, folder, rows, coverage)


def _coverage(table: pa.Table, recognised: Recognised) -> str:
    """Return the code of the authority when every row with one is of the same, else nothing."""
    found = _authorities(table, recognised)
    return found[0] if len(found) == 1 else ""


def _authorities(table: pa.Table, recognised: Recognised) -> list[str]:
    keys = recognised.layout.keys
    column = keys.get("authority") or keys.get("laestab")
    if column not in table.column_names:
        return []
    codes = pc.unique(pc.utf8_slice_codeunits(table[column], 0, 3))
    return [code for code in codes.to_pylist() if code and re.fullmatch("[0-9]{3}", code)]


def _urns(table: pa.Table, recognised: Recognised) -> list[int]:
    column = recognised.layout.keys.get("urn")
    if column not in table.column_names:
        return []
    return [int(text) for text in table[column].to_pylist() if re.fullmatch("[1-9][0-9]{4,6}", text or "")]
