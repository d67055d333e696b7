"""Small tables of pupils, as files and as figures worked out by hand."""

from datetime import date
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.parquet as pq

from steward.analysis import columns
from steward.analysis.accountability.catalogue import progress_8_tables
from steward.analysis.comparison.groups import read_groups
from steward.analysis.pupils import reading
from steward.analysis.pupils.layout import RESULTS, read_layouts
from steward.analysis.pupils.screening import PupilScreening
from steward.analysis.rebuild.pupils import PupilRules, StoredPupils
from steward.vocabulary.academic_year import AcademicYear

LAYOUT = read_layouts()[RESULTS]
URNS = frozenset({100001, 100002, 100003})
HEADER = (
    "urn,year,stage,sex,disadvantaged,sen,reading_score,maths_score,writing,prior_attainment,english_points,"
    "maths_points,ebacc_points,open_points,english_grade,maths_grade,sessions_possible,sessions_missed,"
    "reading_progress,ebacc_entered"
)
ROWS = (
    "100001,2023-2024,KS2,F,Y,N,104,99,EXS,,,,,,,,380,38,2.5,",
    "100001,2023-2024,KS2,M,N,K,110,112,GDS,,,,,,,,380,0,-1.25,",
    "100001,2023-2024,KS2,F,N,N,100,100,EXS,,,,,,,,190,19,,",
    "100002,2023-2024,KS2,M,,E,,,PK,,,,,,,,,,,",
    "100002,2023-2024,KS4,M,Y,N,,,,105.5,11,10,16,15,5,5,380,190,,Y",
    "100002,2023-2024,KS4,F,N,N,,,,79,0,0,0,0,0,0,380,10,,N",
    "100002,2023-2024,KS4,F,N,N,,,,,12,12,18,18,6,4,380,10,,",
)
"""The first of key stage 4 has 52 points from group 20, so 0.455 in 2024; the second -1.596 (methods 1.4)."""


def rules() -> PupilRules:
    """Return the definitions as shipped."""
    return PupilRules(LAYOUT, read_groups(), tuple(progress_8_tables().values()))


def written(folder: Path, *rows: str, header: str = HEADER, name: str = "pupils.csv") -> Path:
    """Return a CSV file with these rows."""
    path = folder / name
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def read(path: Path, *, year: int | None = None, urns: frozenset[int] = URNS) -> tuple[PupilScreening, Path]:
    """Return what reading a file finds, and where its rows are."""
    into = path.parent / "rows.parquet"
    found = reading.read(path, layout=LAYOUT, year=AcademicYear(year) if year else None, urns=urns, into=into)
    return found, into


def register_file(folder: Path) -> Path:
    """Return a register in which every school is in authority 383."""
    rows = [
        {"urn": urn, "authority": "383", "phase": "primary", "as_at": date(2024, 1, 1)}
        for urn in sorted(URNS)
    ]
    path = folder / "establishments.parquet"
    table = pa.Table.from_pylist(rows, schema=columns.ESTABLISHMENTS.to_pyarrow())
    pq.write_table(table, path)
    return path


def stored(found: PupilScreening, rows: Path) -> StoredPupils:
    """Return a file as the store has it."""
    return StoredPupils("pupils-2024-known", rows, found.columns, (2024,))


def figure(table: ibis.Table | pa.Table, **where: object) -> dict[str, object]:
    """Return the one row of figures with these values."""
    plain = table if isinstance(table, pa.Table) else table.to_pyarrow()
    (row,) = [one for one in plain.to_pylist() if all(one[name] == value for name, value in where.items())]
    return row
